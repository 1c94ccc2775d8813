// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/desk.h"

#include "core/base/text.h"
#include "core/db/transaction.h"
#include "core/desk/clock_doubt.h"
#include "core/desk/desk_support.h"
#include "core/dossier/code.h"
#include "core/dossier/deadline.h"
#include "core/dossier/draft.h"
#include "core/dossier/schema.h"

namespace motcua {

namespace {

constexpr std::size_t kReasonMax = 2000; ///< characters, as of every other reason

/// The city and the other counters must be able to tell the citizen why: of what is sent, only the note can
/// say it.
Json withReason(const Json& draft, const std::string& reason)
{
    Json noted = draft;
    if (noted.is_object() && (at(noted, "note").is_null() || at(noted, "note").is_string())) {
        const std::string before = stringAt(noted, "note");
        noted["note"] = (before.empty() ? "" : before + '\n') + "Lý do từ chối: " + reason;
    }
    return noted;
}

} // namespace

Desk::Desk(Connection& connection, const RegisterIdentity& identity, Actor actor, const Catalogue& catalogue,
           const Clock& clock, Random& random)
    : m_connection(connection), m_identity(identity), m_actor(std::move(actor)), m_catalogue(catalogue),
      m_clock(clock), m_random(random), m_journal(connection, identity.install, identity.epoch),
      m_projector(connection, fieldOf(catalogue)), m_register(connection, clock),
      m_known(connection, m_projector.rows()), m_queue(connection, identity.install)
{}

Result<void> Desk::mustBeAllowed(Act act) const
{
    if (!mayDo(m_actor.role, act)) {
        return fail(ErrorKind::Refused,
                    "Vai trò “" + std::string(roleLabel(m_actor.role)) + "” không được làm việc này.");
    }
    return {};
}

Answer<Problems> Desk::check(const Json& draft)
{
    CheckedDraft checked = checkDraft(draft, m_catalogue, m_clock.now(), m_identity.unitName);
    for (Problem& missing : TRY(missingFiles(checked.dossier, {}))) {
        checked.problems.push_back(std::move(missing));
    }
    return std::move(checked.problems);
}

Answer<Received> Desk::receive(const Json& draft, std::int64_t draftId)
{
    return takeIn(draft, Status::Received, {}, draftId);
}

Answer<Received> Desk::refuse(const Json& draft, const std::string& reason, std::int64_t draftId)
{
    const std::string tidied = tidyText(reason, Lines::Keep);
    if (tidied.empty()) {
        return tl::unexpected(
            Refusal(Problems{{"", "reason-required", "Cần ghi lý do từ chối.", Severity::Hard, {}}}));
    }
    if (codePoints(tidied) > kReasonMax) {
        return tl::unexpected(
            Refusal(Problems{{"", "max-length", "Lý do từ chối dài quá 2000 ký tự.", Severity::Hard, {}}}));
    }
    return takeIn(withReason(draft, tidied), Status::Refused, tidied, draftId);
}

Answer<Received> Desk::takeIn(const Json& draft, Status status, const std::string& reason,
                              std::int64_t draftId)
{
    TRY(mustBeAllowed(Act::Receive));
    const Instant now = m_clock.now();
    CheckedDraft checked = checkDraft(draft, m_catalogue, now, m_identity.unitName);
    // What the law forbids to take in is just what is refused on paper.
    if (status == Status::Refused && !checked.refusable) {
        return tl::unexpected(Refusal(checked.againstRefusal));
    }
    if (status != Status::Refused && !checked.accepted()) {
        return tl::unexpected(Refusal(checked.problems));
    }

    auto transaction = TRY(Transaction::begin(m_connection));
    TRY(mustHaveFiles(checked));
    TRY(useUpDraft(draftId));
    const int number = TRY(freeNumber(m_projector, m_identity, dayInVietnam(now)));
    const auto dueAt = complete(checked, status, number, now);
    Received received = TRY(writeReceived(checked, reason, number, dueAt, now));
    TRY(transaction.commit());
    return received;
}

Result<Received> Desk::writeReceived(CheckedDraft& checked, const std::string& reason, int number,
                                     std::optional<Instant> dueAt, Instant now)
{
    Received received{makeUuidV7(toMillis(now), m_random), stringAt(checked.dossier, "code"), now, dueAt,
                      answeredProblems(checked)};
    const std::int64_t id = TRY(m_projector.rows().nextId());
    const Uid uid(received.uid);
    NewEntry entry = operationEntry("dossier.received", uid, id, std::move(checked.dossier));
    entry.local = TRY(withClockDoubt(m_connection, now, localFacts(checked, reason)));
    const Written written = TRY(m_journal.append(entry));
    TRY(m_projector.files().nameIn(written.position.value, entry.body));
    const auto clientRef = checked.clientRef.empty() ? std::nullopt : std::optional(checked.clientRef);
    TRY(m_projector.addReceived(id, uid.text(), written.position, std::move(entry.body), clientRef));
    TRY(m_projector.rows().takeNumber(dayInVietnam(now), m_identity.slot, number, id));
    TRY(m_projector.operations().add(operationRow(entry, written)));
    return received;
}

std::optional<Instant> Desk::complete(CheckedDraft& checked, Status status, int number, Instant now) const
{
    Json& dossier = checked.dossier;
    dossier["code"] = makeCode(m_identity.unit, dayInVietnam(now), m_identity.slot, number);
    dossier["officialCode"] = nullptr;
    dossier["status"] = std::string(statusName(status));
    dossier["receivedAt"] = toRfc3339(now);
    dossier["finishedAt"] = nullptr;
    dossier["returnedAt"] = nullptr;
    DeadlineOptions options;
    options.extended = checked.extended;
    options.channel = stringAt(dossier, "channel", "counter");
    const auto deadline = computeDeadline(checked.term, now, options, m_catalogue.calendar());
    const auto dueAt = status == Status::Received && deadline ? deadline->dueAt : std::nullopt;
    dossier["dueAt"] = dueAt ? Json(toRfc3339(*dueAt)) : Json(nullptr);
    return dueAt;
}

NewEntry Desk::operationEntry(std::string kind, const Uid& uid, std::int64_t dossier, Json body) const
{
    NewEntry entry;
    entry.kind = std::move(kind);
    entry.official = m_actor.fullName.empty() ? m_actor.account : m_actor.fullName;
    entry.at = m_clock.now();
    entry.body = std::move(body);
    entry.uid = uid;
    entry.dossier = dossier;
    entry.operation = true;
    return entry;
}

} // namespace motcua
