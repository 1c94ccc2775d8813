// SPDX-License-Identifier: GPL-3.0-or-later
// Acts on a dossier that is in the register: change, move, withdraw.
#include "core/base/text.h"
#include "core/db/transaction.h"
#include "core/desk/clock_doubt.h"
#include "core/desk/desk_support.h"
#include "core/desk/turned_down.h"
#include "core/dossier/deadline.h"
#include "core/dossier/patch.h"

#include <algorithm>

namespace motcua {

namespace {

constexpr std::size_t kSaidMost = 120; ///< characters of a value within a sentence

Refusal problem(std::string pointer, std::string rule, std::string message)
{
    return Refusal(Problems{{std::move(pointer), std::move(rule), std::move(message), Severity::Hard, {}}});
}

/// When the dossier waited for the citizen, as its history tells.
std::vector<Suspension> suspensionsIn(const std::vector<HistoryEntry>& history)
{
    std::vector<Suspension> suspensions;
    for (const HistoryEntry& entry : history) {
        for (const FieldChange& change : entry.changes) {
            if (change.pointer != "/status") {
                continue;
            }
            if (change.to == "supplementing") {
                suspensions.push_back({entry.at, std::nullopt});
            } else if (change.from == "supplementing" && !suspensions.empty() && !suspensions.back().to) {
                suspensions.back().to = entry.at;
            }
        }
    }
    return suspensions;
}

/// What a person typed is stored composed and without control characters, as at intake.
Json tidied(const Json& value, Lines lines)
{
    if (value.is_string()) {
        return tidyText(value.get_ref<const std::string&>(), lines);
    }
    Json tidy = value;
    if (tidy.is_structured()) {
        for (Json& member : tidy) {
            member = tidied(member, lines);
        }
    }
    return tidy;
}

Json tidiedSet(const Json& set)
{
    Json tidy = Json::object();
    for (auto member = set.begin(); member != set.end(); ++member) {
        const bool person = member.key().starts_with("/applicant");
        tidy[member.key()] = tidied(member.value(), person ? Lines::Join : Lines::Keep);
    }
    return tidy;
}

/// The strictest rules that the dossier itself keeps: one that a newer portal gave may hold members that we
/// do not know, but a change made here may not bring any.
SchemaRules rulesFor(const Json& dossier)
{
    for (const SchemaRules rules : {kCounterRules, kContractRules}) {
        if (validateDossier(dossier, rules).empty()) {
            return rules;
        }
    }
    return kAnswerRules;
}

/// That `now` stands where a person saw something else.
std::string meanwhileWords(const Json* now)
{
    std::string words = "Thông tin này vừa được sửa ở nơi khác";
    if (now == nullptr || now->is_null() || *now == "") {
        words += ", nay để trống";
    } else if (now->is_string() && codePoints(now->get_ref<const std::string&>()) <= kSaidMost) {
        words += ", nay là “" + now->get<std::string>() + "”";
    }
    return words + "; hãy xem lại rồi sửa. Chưa ghi gì.";
}

/// See `seen` of Desk::change().
Answer<void> mustStandAsSeen(const Json& seen, const Json& dossier)
{
    Problems problems;
    for (auto member = seen.begin(); member != seen.end(); ++member) {
        const Json* now = findAt(dossier, member.key());
        if ((now == nullptr ? Json() : *now) != member.value()) {
            problems.push_back({member.key(), "changed-meanwhile", meanwhileWords(now), Severity::Hard, {}});
        }
    }
    if (!problems.empty()) {
        return tl::unexpected(Refusal(std::move(problems)));
    }
    return {};
}

/// What only an act on a book writes.
const Json& registrationOf(const Json& dossier)
{
    return at(at(dossier, "form"), "registration");
}

/// One that changes something, and leaves alone what only an act on a book writes.
Answer<void> mustBeRealChange(const Json& before, const Json& changed)
{
    if (registrationOf(changed) != registrationOf(before)) {
        return tl::unexpected(problem("/form/registration", "book-decides",
                                      "Số trong sổ chỉ có khi ký và vào sổ, không sửa được ở đây."));
    }
    if (changed == before) {
        return tl::unexpected(problem("", "empty-change", "Giá trị mới giống giá trị đang có."));
    }
    return {};
}

} // namespace

Answer<Acted> Desk::change(const std::string& code, const Json& wanted, const std::string& reason,
                           const Json& seen)
{
    TRY(mustBeAllowed(Act::Receive));
    auto transaction = TRY(Transaction::begin(m_connection));
    const DossierView view = TRY(m_register.byCode(code));
    if (!wanted.is_object() || wanted.empty()) {
        return tl::unexpected(problem("", "empty-change", "Chưa có trường nào được sửa."));
    }
    TRY(mustStandAsSeen(seen, view.dossier));
    const Json set = tidiedSet(wanted);
    const FieldRules rules = fieldRulesOf(m_catalogue)(view.dossier);
    for (auto member = set.begin(); member != set.end(); ++member) {
        if (reason.empty() && rules.rule(member.key()).needsReason) {
            return tl::unexpected(problem(member.key(), "reason-required", "Sửa trường này phải ghi lý do."));
        }
    }
    const Json changed = TRY(applyPatch(view.dossier, set, rulesFor(view.dossier)));
    TRY(mustBeRealChange(view.dossier, changed));
    if (Problems files = TRY(changedFileProblems(changed, view.dossier)); !files.empty()) {
        return tl::unexpected(Refusal(std::move(files)));
    }

    NewEntry entry = changeEntry(view, set, reason);
    const auto rows = TRY(m_projector.operations().ofDossier(view.row.id));
    Json again = Json::object();
    if (const OperationRow* place = turnedDown(rows)) {
        TRY(correctInPlace(*place, set, entry));
        again = TRY(setOnceMore(m_projector, *place, rows, set));
    } else {
        TRY(placeBehind(view, entry));
    }
    const Acted acted = TRY(appendOperation(view, entry));
    if (!again.empty()) {
        TRY(changeWithin(view, again, reason));
    }
    TRY(transaction.commit());
    return acted;
}

/// Stands nowhere yet: in a place, or behind all.
NewEntry Desk::changeEntry(const DossierView& view, const Json& set, const std::string& reason) const
{
    Json body{{"set", set}};
    if (!reason.empty()) {
        body["reason"] = reason;
    }
    return operationEntry("dossier.changed", Uid(view.row.uid), view.row.id, std::move(body));
}

Answer<Acted> Desk::changeWithin(const DossierView& view, const Json& set, const std::string& reason)
{
    TRY(applyPatch(view.dossier, set, rulesFor(view.dossier)));
    NewEntry entry = changeEntry(view, set, reason);
    TRY(placeBehind(view, entry));
    return TRY(appendOperation(view, std::move(entry)));
}

Result<void> Desk::placeBehind(const DossierView& view, NewEntry& entry)
{
    const auto rows = TRY(m_projector.operations().ofDossier(view.row.id));
    const bool neverSent = !view.rev && std::ranges::all_of(rows, [](const OperationRow& row) {
        return row.kind != "dossier.received" || row.state == OpState::Withdrawn ||
               row.state == OpState::Superseded;
    });
    if (neverSent) {
        return fail(ErrorKind::Refused,
                    "Hồ sơ này đã rút trước khi gửi lên cổng; hãy tiếp nhận một hồ sơ mới.");
    }
    entry.after = TRY(m_projector.operations().lastPlace(view.row.id));
    if (view.rev) {
        entry.baseRev = Rev(*view.rev);
    }
    return {};
}

Answer<void> Desk::correctInPlace(const OperationRow& place, const Json& set, NewEntry& entry)
{
    if (place.kind == "dossier.moved") {
        return tl::unexpected(problem("/status", "turned-down-move",
                                      "Cổng chưa nhận bước xử lý trước đó; hãy rút bước ấy trước khi sửa."));
    }
    const Json before = TRY(m_projector.bodyOf(place.position));
    entry.supersedes = place.place;
    entry.after = place.after;
    if (place.kind == "dossier.received") {
        entry.kind = place.kind;
        entry.body = TRY(applyPatch(before, set, rulesFor(before)));
        return {};
    }
    // What it was made on stays: what the city did to its fields since is for the rules and a person to
    // weigh.
    if (place.baseRev) {
        entry.baseRev = Rev(*place.baseRev);
    }
    entry.body["set"] = joinedSets(at(before, "set"), set);
    return {};
}

Result<Acted> Desk::appendOperation(const DossierView& view, NewEntry entry)
{
    entry.local = TRY(withClockDoubt(m_connection, entry.at, entry.local));
    const Written written = TRY(m_journal.append(entry));
    const OperationRow row = operationRow(entry, written);
    TRY(m_projector.enqueue(row, entry.body));
    if (!entry.supersedes) {
        const Standing before = TRY(m_projector.rows().load(view.row.id));
        const Standing after = afterOperation(before, entry.kind, entry.body, entry.at);
        TRY(m_projector.rows().update(view.row.id, before.dossier, after, {}));
    }
    return Acted{view.row.uid, opIdOf(m_identity.install, written.position).text()};
}

Answer<Acted> Desk::move(const std::string& code, Status to, const std::string& note,
                         std::optional<Instant> newDue)
{
    TRY(mustBeAllowed(Act::Receive));
    const DossierView view = TRY(m_register.byCode(code));
    if (!mayMove(view.row.status, to)) {
        return tl::unexpected(problem("/status", "illegal-move",
                                      "Hồ sơ “" + std::string(statusLabel(view.row.status)) +
                                          "” không chuyển sang “" + std::string(statusLabel(to)) +
                                          "” được."));
    }
    const Instant now = m_clock.now();
    Json body{{"to", std::string(statusName(to))}};
    if (!note.empty()) {
        body["note"] = note;
    }
    if (newDue) {
        body["dueAt"] = toRfc3339(*newDue);
    } else if (view.row.status == Status::Supplementing && to == Status::Processing) {
        // The days of waiting do not count, so the appointment moves.
        auto suspensions = suspensionsIn(TRY(m_register.history(view.row.id)));
        if (!suspensions.empty() && !suspensions.back().to) {
            suspensions.back().to = now;
        }
        if (const auto due = dueFor(m_catalogue, view.dossier, suspensions)) {
            body["dueAt"] = toRfc3339(*due);
        }
    }
    NewEntry entry = operationEntry("dossier.moved", Uid(view.row.uid), view.row.id, std::move(body));
    entry.at = now;
    TRY(applyMove(view.dossier, entry.body, now, kAnswerRules));

    auto transaction = TRY(Transaction::begin(m_connection));
    TRY(placeBehind(view, entry));
    const Acted acted = TRY(appendOperation(view, entry));
    TRY(transaction.commit());
    return acted;
}

Answer<void> Desk::mustBeWithdrawable(const OperationRow& row)
{
    auto rows = TRY(m_projector.operations().ofDossier(row.dossier));
    std::erase_if(rows, [&](const OperationRow& other) { return other.place != row.place; });
    const bool isTurnedDown = turnedDown(rows) != nullptr;
    for (const OperationRow& other : rows) {
        const bool isWithdrawal = other.kind == "dossier.cancelled";
        const bool cameTooLate = isWithdrawal && other.state == OpState::Withdrawn;
        if (cameTooLate && isTurnedDown) {
            continue; // a portal that went back has turned down since what it had applied then
        }
        if (cameTooLate || other.state == OpState::Acknowledged || other.state == OpState::Confirmed) {
            return tl::unexpected(problem("", "already-applied",
                                          "Cổng đã ghi nhận thao tác này; hãy sửa bằng một thao tác mới."));
        }
        if (other.state == OpState::Withdrawn || (isWithdrawal && !isFinal(other.state))) {
            return tl::unexpected(problem("", "already-withdrawn", "Thao tác này đã được rút."));
        }
    }
    return {};
}

Answer<Acted> Desk::withdrawOperation(const std::string& op, const std::string& reason)
{
    TRY(mustBeAllowed(Act::Decide));
    const auto position = positionOf(m_identity.install, op);
    const auto row = position ? TRY(m_projector.operations().find(*position)) : std::nullopt;
    if (!row) {
        return tl::unexpected(Refusal(Error{ErrorKind::NotFound, "Không có thao tác này ở quầy: " + op}));
    }
    if (reason.empty()) {
        return tl::unexpected(problem("", "reason-required", "Rút một thao tác phải ghi lý do."));
    }
    if (row->kind == "dossier.cancelled") {
        return tl::unexpected(problem("", "not-cancellable", "Việc rút không thể rút lại."));
    }
    TRY(mustBeWithdrawable(*row));
    const DossierView view = TRY(m_register.byId(row->dossier));
    NewEntry entry =
        operationEntry("dossier.cancelled", Uid(view.row.uid), view.row.id, {{"reason", reason}});
    entry.supersedes = row->place;
    auto transaction = TRY(Transaction::begin(m_connection));
    const Acted acted = TRY(appendOperation(view, entry));
    TRY(transaction.commit());
    return acted;
}

} // namespace motcua
