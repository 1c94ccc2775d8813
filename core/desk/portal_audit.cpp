// SPDX-License-Identifier: GPL-3.0-or-later
// A portal that was restored from a backup: what that it judged of ours does it still have?
#include "core/db/setting.h"
#include "core/db/transaction.h"
#include "core/desk/desk_support.h"
#include "core/desk/portal_desk.h"

#include <charconv>
#include <set>

namespace motcua {

namespace {

Result<void> putAudit(Connection& connection, Position upTo)
{
    return putSetting(connection, kPortalAudit, std::to_string(upTo.value));
}

/// An operation that the portal lost, and what it had applied behind it on the same dossier, in the order of
/// places. That is lost too, or, where the answer was no more than silent, goes again with it: answered
/// alone, the one before would be an older word than theirs, and the row would never show it. A withdrawal
/// shows nothing in the row, and may have been applied whatever became of those before: it is asked about
/// by itself.
Result<std::vector<Position>> withWhatFollows(Connection& connection, Position lost)
{
    auto query = TRY(connection.prepare(R"(
        SELECT n.position FROM operation o JOIN operation n
            ON n.position IN (SELECT j.position FROM journal j WHERE j.dossier = o.dossier)
        WHERE o.position = :position AND n.place > o.place AND n.state IN ('acknowledged', 'confirmed')
          AND n.kind <> 'dossier.cancelled'
        ORDER BY n.place, n.position
    )"));
    query.bind(":position", lost.value);
    std::vector<Position> all{lost};
    while (TRY(query.step())) {
        all.push_back({query.integer(0)});
    }
    return all;
}

} // namespace

Result<std::int64_t> PortalDesk::acknowledged()
{
    auto query = TRY(m_connection.prepare(
        "SELECT count(*) FROM operation WHERE state = 'acknowledged' OR state = 'confirmed'"));
    TRY(query.step());
    return query.integer(0);
}

/// Neither receipts nor held files say anything any more until the portal was asked.
Result<void> PortalDesk::doubtAll(const std::string& reason)
{
    TRY(putAudit(m_connection, kReadFirst));
    auto newest = TRY(m_connection.prepare("SELECT coalesce(max(id), 0) FROM pulled"));
    TRY(newest.step());
    TRY(putSetting(m_connection, kToldBefore, newest.text(0)));
    return m_projector.files().addDoubt(reason, m_clock.now());
}

/// Before another epoch, or another portal's, is written down. The next greeting will not tell: it finds the
/// epoch that it expects.
Result<void> PortalDesk::doubtUnder(const std::string& portalEpoch)
{
    auto query =
        TRY(m_connection.prepare("SELECT 1 FROM setting WHERE key = 'portal_epoch' AND value <> :epoch"));
    query.bind(":epoch", portalEpoch);
    const bool isOther = TRY(query.step());
    query.reset();
    return isOther ? doubtAll("epoch " + portalEpoch) : Result<void>();
}

Result<std::optional<Position>> PortalDesk::auditedUpTo()
{
    const auto text = TRY(settingOf(m_connection, kPortalAudit));
    if (!text) {
        return std::optional<Position>{};
    }
    std::int64_t value = 0;
    const auto read = std::from_chars(text->data(), text->data() + text->size(), value);
    if (read.ec != std::errc{}) {
        return fail(ErrorKind::Damaged, "how far the portal was asked is no number");
    }
    return std::optional(Position{value});
}

Result<std::vector<Outgoing>> PortalDesk::toAudit(Position after, int count)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT position, digest, state, told FROM (
            SELECT position, digest, state, (
                SELECT coalesce(r.problem, r.result) FROM receipt r WHERE r.position = o.position
                AND ((o.state = 'withdrawn' AND r.result = 'cancelled')
                     OR (o.state = 'superseded' AND r.problem = 'already-applied')) LIMIT 1) AS told
            FROM operation o WHERE position > :after)
        WHERE state IN ('acknowledged', 'confirmed', 'conflict', 'needs-you') OR told IS NOT NULL
              OR (position < :epoch AND state IN ('superseded', 'withdrawn'))
        ORDER BY position LIMIT :count
    )"));
    query.bind(":after", after.value).bind(":count", count);
    query.bind(":epoch", Position::of(m_identity.epoch, 0).value);
    std::vector<Outgoing> batch;
    while (TRY(query.step())) {
        Outgoing asked;
        asked.position = {query.integer(0)};
        asked.op = opIdOf(m_identity.install, asked.position).text();
        asked.digest = hashFromBytes(query.view(1)).value_or(Hash{});
        asked.state = parseOpState(query.view(2)).value_or(OpState::Waiting);
        asked.told = query.optionalText(3);
        batch.push_back(std::move(asked));
    }
    return batch;
}

Result<void> PortalDesk::storeAudit(const std::vector<Position>& lost, const std::vector<StoredResult>& found,
                                    const std::string& portalEpoch, Position upTo)
{
    auto transaction = TRY(Transaction::begin(m_connection));
    std::set<Position> noted;
    for (const Position position : lost) {
        for (const Position each : TRY(withWhatFollows(m_connection, position))) {
            if (noted.insert(each).second) {
                TRY(storeLost(each, portalEpoch));
            }
        }
    }
    // All of the dossier was read before: no receipt is laid on a state that lacks what stands before it.
    TRY(storeResults(found));
    TRY(putAudit(m_connection, upTo));
    return transaction.commit();
}

Result<void> PortalDesk::storeLost(Position position, const std::string& portalEpoch)
{
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO portal_lost(position, epoch, at, receipt, pulled)
        SELECT :position, :epoch, :at, (SELECT coalesce(max(id), 0) FROM receipt),
               coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = :told),
                        (SELECT max(id) FROM pulled), 0)
    )"));
    insert.bind(":told", kToldBefore);
    insert.bind(":position", position.value).bind(":epoch", portalEpoch).bind(":at", toMillis(m_clock.now()));
    TRY(insert.run());
    TRY(m_projector.putDerived(position));
    return leaveAgain(position);
}

Result<void> PortalDesk::startAsking()
{
    auto transaction = TRY(Transaction::begin(m_connection));
    TRY(putAudit(m_connection, {}));
    return transaction.commit();
}

Result<void> PortalDesk::endAudit()
{
    auto transaction = TRY(Transaction::begin(m_connection));
    TRY(putSetting(m_connection, kPortalAudit, {}));
    TRY(putSetting(m_connection, kToldBefore, {}));
    return transaction.commit();
}

} // namespace motcua
