// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/portal_desk.h"

#include "core/base/check.h"
#include "core/db/setting.h"
#include "core/db/transaction.h"
#include "core/desk/chain.h"
#include "core/desk/clock_doubt.h"

#include <algorithm>
#include <set>

namespace motcua {

namespace {

/// What came due so shortly ago may have come due while the queue was asked what may be sent.
constexpr Millis kWhileAsking{1'000};

/// An operation whose receipt outran that of one before it goes again after that one had time to go; without
/// a pause it would go at once, and again, and keep the other waiting.
constexpr Millis kOutOfTurnPause{2'000};

constexpr std::string_view kClockOffset = "clock_offset"; ///< milliseconds; only while it is far off

Result<Json> portalKeys(Connection& connection)
{
    const auto text = TRY(settingOf(connection, "portal_keys"));
    return parseJson(text.value_or("[]"));
}

/// Newest word on each key, by its `kid`; what was known stays.
Json mergedKeys(Json known, const Json& heard)
{
    for (const Json& key : heard) {
        const auto same = std::find_if(known.begin(), known.end(), [&](const Json& each) {
            return each.is_object() && stringAt(each, "kid") == stringAt(key, "kid");
        });
        if (same == known.end()) {
            known.push_back(key);
        } else {
            *same = key;
        }
    }
    return known;
}

// Walks the open operations by their places, so that a correction comes before what waits behind it; a place
// before ours is settled when one of it was applied, or it was withdrawn, or all of it was carried on
// elsewhere. What waits for a withdrawal to be answered is held back.
constexpr std::string_view kSendable = R"(
        SELECT o.position, o.place, o.after, o.digest, o.state, j.entry, j.chain,
               o.after IS NULL OR EXISTS(SELECT 1 FROM operation p
                   WHERE (p.position = o.after OR (p.place = o.after AND p.place <> p.position))
                                         AND p.kind <> 'dossier.cancelled'
                                         AND p.state IN ('acknowledged', 'confirmed')) AS settled
        FROM operation o INDEXED BY operation_open JOIN journal j ON j.position = o.position
        WHERE o.final = 0
          AND (o.state IN ('waiting', 'unknown')
               OR (o.state = 'backoff' AND (o.not_before <= :now OR o.not_before > :latest)))
          AND (o.kind = 'dossier.cancelled' OR NOT EXISTS(
                  SELECT 1 FROM operation c
                  WHERE c.place = o.place AND c.place <> c.position AND c.kind = 'dossier.cancelled'
                  AND c.state NOT IN ('withdrawn', 'superseded', 'needs-you')))
        ORDER BY o.place, o.position
    )";

/// A row of it as it is sent.
Result<Outgoing> outgoingOf(const Statement& row, const std::string& install)
{
    const auto chain = hashFromBytes(row.view(6));
    const auto digest = hashFromBytes(row.view(3));
    if (!chain || !digest) {
        return fail(ErrorKind::Damaged, "an operation without chain or digest");
    }
    Outgoing out;
    out.position = {row.integer(0)};
    out.op = opIdOf(install, out.position).text();
    out.line = operationLine(row.view(5), *chain);
    out.digest = sha256(out.line);
    out.unknown = row.view(4) == "unknown";
    if (out.digest != *digest) {
        return fail(ErrorKind::Damaged, "the bytes of an operation have changed");
    }
    return out;
}

/// What of a batch has no result that was stored.
struct Unjudged
{
    std::vector<Position> early;  ///< applied, but out of turn
    std::vector<Position> others; ///< the answer says nothing of them
};

Unjudged unjudged(const std::vector<Outgoing>& batch, const std::vector<StoredResult>& results,
                  const std::vector<StoredResult>& provable)
{
    std::set<Position> judged;
    for (const StoredResult& result : provable) {
        judged.insert(result.position);
    }
    std::set<Position> early;
    for (const StoredResult& result : results) {
        if (!judged.contains(result.position)) {
            early.insert(result.position);
        }
    }
    Unjudged left{{early.begin(), early.end()}, {}};
    for (const Outgoing& out : batch) {
        if (!judged.contains(out.position) && !early.contains(out.position)) {
            left.others.push_back(out.position);
        }
    }
    return left;
}

std::string_view className(RequestEnd end)
{
    switch (end) {
    case RequestEnd::Answered:
        return "answered";
    case RequestEnd::Lost:
        return "lost";
    case RequestEnd::Later:
        return "later";
    case RequestEnd::Refused:
        return "refused";
    case RequestEnd::NotPortal:
        return "not-portal";
    }
    return "lost";
}

} // namespace

PortalDesk::PortalDesk(Connection& connection, const RegisterIdentity& identity, FieldOf fieldOf,
                       const Clock& clock, std::function<FieldRules(const Json& dossier)> rulesOf)
    : m_connection(connection), m_identity(identity), m_clock(clock), m_rulesOf(std::move(rulesOf)),
      m_journal(connection, identity.install, identity.epoch), m_projector(connection, std::move(fieldOf))
{}

Result<JournalHead> PortalDesk::head()
{
    return m_journal.head();
}

Result<std::optional<PortalBinding>> PortalDesk::binding()
{
    const auto url = TRY(settingOf(m_connection, "portal_url"));
    if (!url) {
        return std::optional<PortalBinding>{};
    }
    PortalBinding binding;
    binding.url = *url;
    const auto text = [this](std::string_view key) -> Result<std::string> {
        const auto value = TRY(settingOf(m_connection, key));
        return value.value_or("");
    };
    binding.ca = TRY(text("portal_ca"));
    binding.token = TRY(text("portal_token"));
    binding.portalEpoch = TRY(text("portal_epoch"));
    binding.keys = TRY(portalKeys(m_connection));
    binding.cursor = TRY(settingOf(m_connection, "portal_cursor"));
    return std::optional(binding);
}

Result<void> PortalDesk::bind(const PortalBinding& binding)
{
    auto transaction = TRY(Transaction::begin(m_connection));
    TRY(doubtUnder(binding.portalEpoch));
    TRY(putSetting(m_connection, "portal_url", binding.url));
    TRY(putSetting(m_connection, "portal_ca", binding.ca));
    TRY(putSetting(m_connection, "portal_token", binding.token));
    TRY(putSetting(m_connection, "portal_epoch", binding.portalEpoch));
    TRY(putSetting(m_connection, "portal_keys", dumpJson(binding.keys)));
    TRY(putSetting(m_connection, "portal_cursor", binding.cursor));
    return transaction.commit();
}

Result<Json> PortalDesk::learnKeys(const Json& heard, const std::optional<std::string>& token)
{
    auto transaction = TRY(Transaction::begin(m_connection));
    const Json known = TRY(portalKeys(m_connection));
    Json keys = mergedKeys(known, heard);
    if (keys == known && !token) {
        return keys;
    }
    TRY(putSetting(m_connection, "portal_keys", dumpJson(keys)));
    if (token) {
        TRY(putSetting(m_connection, "portal_token", token));
    }
    TRY(transaction.commit());
    return keys;
}

Result<std::vector<Outgoing>> PortalDesk::sendable(int count, std::size_t bytes)
{
    auto query = TRY(m_connection.prepare(kSendable));
    query.bind(":now", toMillis(m_clock.now())).bind(":latest", toMillis(m_clock.now() + kLongestPause));
    std::vector<Outgoing> batch;
    std::set<std::int64_t> places;
    std::size_t total = 0;
    while (static_cast<int>(batch.size()) < count && TRY(query.step())) {
        if (query.integer(7) == 0 && !TRY(isReached(m_connection, query.integer(2), places))) {
            continue;
        }
        Outgoing out = TRY(outgoingOf(query, m_identity.install));
        if (!batch.empty() && total + out.line.size() + 1 > bytes) {
            break;
        }
        total += out.line.size() + 1;
        places.insert(query.integer(1));
        batch.push_back(std::move(out));
    }
    return batch;
}

Result<std::optional<Instant>> PortalDesk::nextDue()
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT min(not_before) FROM operation INDEXED BY operation_open
        WHERE state = 'backoff' AND final = 0 AND not_before > :asked AND not_before <= :latest
    )"));
    const Instant now = m_clock.now();
    query.bind(":asked", toMillis(now - kWhileAsking)).bind(":latest", toMillis(now + kLongestPause));
    TRY(query.step());
    const auto due = query.optionalInteger(0);
    return due ? std::optional(fromMillis(*due)) : std::nullopt;
}

Result<std::vector<Outgoing>> PortalDesk::unknown(int count)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT o.position, j.entry, j.chain FROM operation o INDEXED BY operation_open
        JOIN journal j ON j.position = o.position
        WHERE o.final = 0
          AND (o.state = 'unknown' OR (o.state IN ('waiting', 'backoff')
                AND (o.attempts > 0 OR o.position < :epoch
                     OR EXISTS(SELECT 1 FROM exported e WHERE e.position = o.position))))
        ORDER BY o.place, o.position LIMIT :count
    )"));
    query.bind(":epoch", Position::of(m_identity.epoch, 0).value);
    query.bind(":count", count);
    std::vector<Outgoing> found;
    while (TRY(query.step())) {
        Outgoing out;
        out.position = {query.integer(0)};
        out.op = opIdOf(m_identity.install, out.position).text();
        out.line = operationLine(query.view(1), hashFromBytes(query.view(2)).value_or(Hash{}));
        out.digest = sha256(out.line);
        out.unknown = true;
        found.push_back(std::move(out));
    }
    return found;
}

Result<void> PortalDesk::endPauses()
{
    auto transaction = TRY(Transaction::begin(m_connection));
    auto end = TRY(m_connection.prepare(R"(
        UPDATE operation SET state = 'waiting', not_before = NULL WHERE final = 0 AND state = 'backoff'
    )"));
    TRY(end.run());
    return transaction.commit();
}

Result<std::int64_t> PortalDesk::beginAttempt(const std::vector<Outgoing>& batch, const std::string& instance)
{
    require(!batch.empty(), "an attempt has operations");
    auto transaction = TRY(Transaction::begin(m_connection));
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO attempt(started, instance, first, count) VALUES(:started, :instance, :first, :count)
    )"));
    insert.bind(":started", toMillis(m_clock.now())).bind(":instance", instance);
    insert.bind(":first", batch.front().position.value)
        .bind(":count", static_cast<std::int64_t>(batch.size()));
    TRY(insert.run());
    const std::int64_t attempt = m_connection.lastInsertRowid();
    std::vector<Position> positions;
    for (const Outgoing& out : batch) {
        positions.push_back(out.position);
    }
    const std::string list = positionList(positions);
    auto link = TRY(m_connection.prepare(R"(
        INSERT INTO attempt_operation(position, attempt) SELECT value, :attempt FROM json_each(:positions)
    )"));
    link.bind(":positions", list).bind(":attempt", attempt);
    TRY(link.run());
    TRY(m_projector.operations().setOnTheirWay(positions, OpState::Sending));
    TRY(transaction.commit());
    return attempt;
}

Result<void> PortalDesk::endAttempt(std::int64_t attempt, RequestEnd end, std::optional<int> httpStatus,
                                    std::optional<Instant> notBefore, const std::string& detail,
                                    const std::vector<Outgoing>& batch,
                                    const std::vector<StoredResult>& results)
{
    auto transaction = TRY(Transaction::begin(m_connection));
    if (attempt != 0) {
        TRY(insertOutcome(attempt, end, httpStatus, notBefore, detail));
    }
    const auto provable = TRY(inChain(results));
    TRY(storeResults(provable));
    const Unjudged left = unjudged(batch, results, provable);
    const bool maybe = end == RequestEnd::Lost || end == RequestEnd::NotPortal;
    const OpState state = maybe ? OpState::Unknown : notBefore ? OpState::Backoff : OpState::Waiting;
    if (!left.others.empty()) {
        TRY(m_projector.operations().setOnTheirWay(left.others, state, notBefore, detail));
    }
    if (!left.early.empty()) {
        TRY(m_projector.operations().setOnTheirWay(left.early, OpState::Backoff,
                                                   m_clock.now() + kOutOfTurnPause, "out of turn"));
    }
    return transaction.commit();
}

Result<void> PortalDesk::insertOutcome(std::int64_t attempt, RequestEnd end, std::optional<int> httpStatus,
                                       std::optional<Instant> notBefore, const std::string& detail)
{
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO outcome(attempt, ended, class, http_status, not_before, detail)
        VALUES(:attempt, :ended, :class, :http_status, :not_before, :detail)
    )"));
    insert.bind(":attempt", attempt).bind(":ended", toMillis(m_clock.now())).bind(":class", className(end));
    insert.bind(":http_status", httpStatus ? std::optional<std::int64_t>(*httpStatus) : std::nullopt);
    insert.bind(":not_before", notBefore ? std::optional(toMillis(*notBefore)) : std::nullopt);
    insert.bind(":detail", detail);
    return insert.run();
}

Result<void> PortalDesk::recoverAttempts(const std::string& instance)
{
    // Within the transaction: another connection of this counter may be storing a stick's answer.
    auto transaction = TRY(Transaction::begin(m_connection));
    std::vector<OperationRow> sending;
    {
        auto query = TRY(m_connection.prepare(R"(
            SELECT position FROM operation INDEXED BY operation_open
            WHERE state = 'sending' AND final = 0
        )"));
        while (TRY(query.step())) {
            const auto row = TRY(m_projector.operations().find({query.integer(0)}));
            sending.push_back(TRY(m_projector.operations().derived(*row, instance)));
        }
    }
    if (sending.empty()) {
        return {};
    }
    for (const OperationRow& row : sending) {
        TRY(m_projector.operations().put(row));
    }
    return transaction.commit();
}

Result<void> PortalDesk::noteSighting(const Sighting& sighting)
{
    auto transaction = TRY(Transaction::begin(m_connection));
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO sighting(at, instance, reach, waiting, detail) VALUES(:at, :instance, :reach, :waiting, :detail)
    )"));
    insert.bind(":at", toMillis(sighting.at)).bind(":instance", sighting.instance);
    insert.bind(":reach", reachName(sighting.reach)).bind(":waiting", sighting.waiting);
    insert.bind(":detail", sighting.detail);
    TRY(insert.run());
    return transaction.commit();
}

Result<std::optional<Millis>> PortalDesk::noteClock(Millis offset)
{
    const bool isOff = offset > kClockOff || -offset > kClockOff;
    const auto before = TRY(settingOf(m_connection, kClockOffset));
    const auto after = isOff ? std::optional(std::to_string(offset.count())) : std::nullopt;
    if (before || after) {
        auto transaction = TRY(Transaction::begin(m_connection));
        TRY(putSetting(m_connection, kClockOffset, after));
        TRY(transaction.commit());
    }
    return isOff ? std::optional(offset) : std::nullopt;
}

} // namespace motcua
