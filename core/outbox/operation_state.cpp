// SPDX-License-Identifier: GPL-3.0-or-later
// The state of an operation is a function of facts. What stands in the row is a copy for speed.
#include "core/outbox/operations.h"

namespace motcua {

namespace {

/// The newest receipt of an operation, and whether the portal's stream named it.
struct ReceiptFact
{
    std::string result;
    std::optional<std::string> problem;
    std::int64_t at = 0;
};

Result<std::optional<ReceiptFact>> newestReceipt(Connection& connection, Position position)
{
    // An applied one outranks all others, whatever came after it out of order.
    // What a restored portal lost again counts no more.
    auto query = TRY(connection.prepare(R"(
        SELECT result, problem, id FROM receipt
        WHERE position = :position
          AND id > coalesce((SELECT max(receipt) FROM portal_lost WHERE position = :position), 0)
        ORDER BY result = 'applied' DESC, result = 'cancelled' DESC, id DESC LIMIT 1
    )"));
    query.bind(":position", position.value);
    const bool found = TRY(query.step());
    return found ? std::optional(ReceiptFact{query.text(0), query.optionalText(1), query.integer(2)})
                 : std::nullopt;
}

Result<bool> exists(Connection& connection, std::string_view sql, std::int64_t value)
{
    auto query = TRY(connection.prepare(sql));
    query.bind(":value", value);
    return query.step();
}

struct AttemptFact
{
    std::string instance;
    std::optional<std::string> outcome;
    std::optional<std::int64_t> notBefore;
    std::string detail;
};

Result<std::optional<AttemptFact>> newestAttempt(Connection& connection, Position position)
{
    auto query = TRY(connection.prepare(R"(
        SELECT a.instance, o.class, o.not_before, coalesce(o.detail, '')
        FROM attempt_operation ao JOIN attempt a ON a.id = ao.attempt LEFT JOIN outcome o ON o.attempt = a.id
        WHERE ao.position = :position ORDER BY ao.attempt DESC LIMIT 1
    )"));
    query.bind(":position", position.value);
    const bool found = TRY(query.step());
    if (!found) {
        return std::optional<AttemptFact>{};
    }
    return std::optional(
        AttemptFact{query.text(0), query.optionalText(1), query.optionalInteger(2), query.text(3)});
}

OpState stateOfAttempt(const AttemptFact& attempt, const std::string& instance)
{
    if (!attempt.outcome) {
        return attempt.instance == instance ? OpState::Sending : OpState::Unknown;
    }
    if (*attempt.outcome == "later" && attempt.notBefore) {
        return OpState::Backoff;
    }
    if (*attempt.outcome == "lost" || *attempt.outcome == "not-portal") {
        return OpState::Unknown;
    }
    return OpState::Waiting;
}

/// The place of an operation was withdrawn: the portal applied a cancellation of it, or said of another of
/// its operations that it is cancelled. The latter alone is known where the cancellation was lost with a
/// disk. Of the first one in a place it says less: that is cancelled too when another one there is applied.
constexpr std::string_view kCancelledInPlace = R"(
    SELECT 1 FROM operation o
    JOIN operation c ON c.position IN (
        SELECT p.position FROM operation p WHERE p.place = o.place AND p.place <> p.position UNION ALL SELECT o.place)
    JOIN receipt r ON r.position = c.position
         AND ((r.result = 'cancelled' AND o.kind <> 'dossier.cancelled' AND c.position <> o.place)
              OR (r.result = 'applied' AND c.kind = 'dossier.cancelled'))
         AND r.id > coalesce((SELECT max(receipt) FROM portal_lost WHERE position = c.position), 0)
    WHERE o.position = :value AND c.position <> o.position
)";

/// A withdrawal of the place came too late: one of its operations had been applied. Where that is none of
/// those that stand here, it was lost with a disk, and a backup took its place. A portal that went back and
/// judged the operation anew has taken that word back.
/// Where the portal has said nothing of the operation itself since (the first column), it may be the very one
/// that was applied, in a request that nobody waited for any more.
constexpr std::string_view kWithdrawnTooLate = R"(
    SELECT NOT EXISTS(SELECT 1 FROM receipt n WHERE n.position = o.position AND n.id > r.id) AS unheard
    FROM operation o
    JOIN operation c ON c.place = o.place AND c.place <> c.position AND c.kind = 'dossier.cancelled'
         AND c.position <> o.position
    JOIN receipt r ON r.position = c.position AND r.problem = 'already-applied'
    WHERE o.position = :value AND o.kind <> 'dossier.cancelled'
      AND NOT EXISTS(SELECT 1 FROM receipt n WHERE n.position = o.position AND n.id > r.id AND n.epoch <> r.epoch)
    ORDER BY unheard DESC LIMIT 1
)";

/// What it wanted goes on as an act of its own, in a new place.
constexpr std::string_view kCarriedOn = R"(
    SELECT 1 FROM operation o JOIN journal j ON j.dossier = o.dossier
    WHERE o.position = :value AND j.kind = 'operation.carried-on' AND j.entry ->> '$.body.position' = :value
)";

/// Another machine that ran from a copy of this disk had given its name before; what it wanted was said
/// again.
constexpr std::string_view kNameTaken = R"(
    SELECT 1 FROM operation o JOIN journal j ON j.dossier = o.dossier
    WHERE o.position = :value AND j.kind = 'operation.name-taken' AND j.entry ->> '$.body.position' = :value
)";
/// And somebody was withdrawing it, so that it was not said again.
constexpr std::string_view kNameGivenUp = R"(
    SELECT 1 FROM operation o JOIN journal j ON j.dossier = o.dossier
    WHERE o.position = :value AND j.kind = 'operation.name-taken' AND j.entry ->> '$.body.position' = :value
      AND j.entry ->> '$.body.withdrawn'
)";

/// Somebody is withdrawing the place of an operation, and the portal has not turned that down, nor has
/// anything been said in that place since.
constexpr std::string_view kBeingCancelled = R"(
    SELECT 1 FROM operation o
    JOIN operation c ON c.place = o.place AND c.place <> c.position AND c.kind = 'dossier.cancelled'
         AND c.position <> o.position
    WHERE o.position = :value
      AND NOT EXISTS(SELECT 1 FROM receipt r WHERE r.position = c.position AND r.result <> 'applied')
      AND NOT EXISTS(SELECT 1 FROM journal j WHERE j.dossier = c.dossier AND j.kind = 'operation.name-taken'
                         AND j.entry ->> '$.body.position' = c.position)
      AND NOT EXISTS(SELECT 1 FROM operation n WHERE n.place = o.place AND n.place <> n.position
                         AND n.position > c.position AND n.kind <> 'dossier.cancelled')
)";

/// Of the place that it withdraws something was applied, also later, by a portal that went back: there is
/// nothing left to withdraw.
constexpr std::string_view kAppliedInPlace = R"(
    SELECT 1 FROM operation o
    JOIN operation p ON p.position IN (
        SELECT q.position FROM operation q WHERE q.place = o.place AND q.place <> q.position UNION ALL SELECT o.place)
    JOIN receipt r ON r.position = p.position AND r.result = 'applied'
         AND r.id > coalesce((SELECT max(receipt) FROM portal_lost WHERE position = p.position), 0)
    WHERE o.position = :value AND p.kind <> 'dossier.cancelled'
)";

/// Since the conflict the portal's stream brought the very revision that the operation was made on: a portal
/// that went back had judged it before the dossier's own counter sent the rest again. It is judged anew.
Result<bool> isBaseBack(Connection& connection, const OperationRow& row, std::int64_t receipt)
{
    auto query = TRY(connection.prepare(R"(
        SELECT rev = :base FROM pulled WHERE dossier = :dossier AND receipt >= :receipt AND body IS NOT NULL
        ORDER BY id DESC LIMIT 1
    )"));
    query.bind(":base", row.baseRev).bind(":dossier", row.dossier).bind(":receipt", receipt);
    const bool found = TRY(query.step());
    return found && row.baseRev && query.integer(0) != 0;
}

enum class LateWithdrawal
{
    None,
    Heard,   ///< what the portal says of the operation counts
    Unheard, ///< of the operation itself it has said nothing since
};

Result<LateWithdrawal> lateWithdrawal(Connection& connection, Position position)
{
    auto query = TRY(connection.prepare(kWithdrawnTooLate));
    query.bind(":value", position.value);
    const bool found = TRY(query.step());
    return !found                  ? LateWithdrawal::None
           : query.integer(0) != 0 ? LateWithdrawal::Unheard
                                   : LateWithdrawal::Heard;
}

/// Turned down, and yet done with. A portal that went back may say something else than that the place is
/// spent; then what was carried on stands in no place there, and ours is to be decided again.
Result<bool> isMovedOn(Connection& connection, Position position, const ReceiptFact& receipt)
{
    const bool isSpent = receipt.problem == "already-applied";
    return (isSpent && TRY(exists(connection, kCarriedOn, position.value))) ||
           TRY(lateWithdrawal(connection, position))
    == LateWithdrawal::Heard;
}

Result<std::int64_t> attemptCount(Connection& connection, Position position)
{
    auto query = TRY(connection.prepare("SELECT count(*) FROM attempt_operation WHERE position = :position"));
    query.bind(":position", position.value);
    TRY(query.step());
    return query.integer(0);
}

OpState stateOfReceipt(const OperationRow& row, const ReceiptFact& receipt)
{
    if (receipt.result == "cancelled") {
        return OpState::Withdrawn;
    }
    if (receipt.result == "conflict") {
        // For a uid that exists no field can be decided.
        return receipt.problem == "uid-taken" ? OpState::NeedsYou : OpState::Conflict;
    }
    if (receipt.problem == "already-applied") {
        // Another one of its place had been applied. A withdrawal has nothing left to do then; what a
        // correction wants is merged into what the portal has now.
        return row.kind == "dossier.cancelled" ? OpState::Withdrawn : OpState::Conflict;
    }
    return OpState::NeedsYou;
}

constexpr std::string_view kSeenInNews = R"(
    SELECT 1 FROM pulled WHERE op = :value
      AND id > coalesce((SELECT max(pulled) FROM portal_lost WHERE position = :value), 0) LIMIT 1
)";
constexpr std::string_view kReplaced = R"(
    SELECT 1 FROM operation o
    JOIN operation later ON later.place = o.place AND later.place <> later.position AND later.position > o.position
    WHERE o.position = :value AND later.kind <> 'dossier.cancelled'
)";

/// The state of one with which nothing more is done; nothing where it may still go or wait.
Result<std::optional<OpState>> settledState(Connection& connection, const OperationRow& row,
                                            const std::optional<ReceiptFact>& receipt)
{
    if (receipt && receipt->result == "applied") {
        const bool isSeen = TRY(exists(connection, kSeenInNews, row.position.value));
        return isSeen ? OpState::Confirmed : OpState::Acknowledged;
    }
    if (TRY(exists(connection, kNameGivenUp, row.position.value))) {
        return OpState::Withdrawn;
    }
    if (TRY(exists(connection, kReplaced, row.position.value)) ||
        TRY(exists(connection, kNameTaken, row.position.value))) {
        return OpState::Superseded;
    }
    if (TRY(exists(connection, kCancelledInPlace, row.position.value))) {
        return OpState::Withdrawn;
    }
    const bool isMoved = receipt && TRY(isMovedOn(connection, row.position, *receipt));
    return isMoved ? std::optional(OpState::Superseded) : std::nullopt;
}

} // namespace

Result<OperationRow> Operations::derived(const OperationRow& row, const std::string& instance)
{
    OperationRow now = row;
    now.attempts = TRY(attemptCount(m_connection, row.position));
    now.notBefore = std::nullopt;
    const auto receipt = TRY(newestReceipt(m_connection, row.position));
    if (const auto settled = TRY(settledState(m_connection, row, receipt))) {
        now.state = *settled;
        return now;
    }
    if (receipt) {
        now.state = stateOfReceipt(row, *receipt);
        const bool isAsked = asksAPerson(now.state);
        if (isAsked && row.kind == "dossier.cancelled" &&
            TRY(exists(m_connection, kAppliedInPlace, row.position.value))) {
            now.state = OpState::Withdrawn;
        } else if (isAsked && TRY(exists(m_connection, kBeingCancelled, row.position.value))) {
            now.state = OpState::Waiting; // for the answer to its withdrawal; sendable() holds it back
        } else if (isAsked && TRY(lateWithdrawal(m_connection, row.position)) == LateWithdrawal::Unheard) {
            now.state = OpState::Unknown; // it goes again, and what the portal says then counts
        } else if (receipt->problem == "rev-mismatch" && TRY(isBaseBack(m_connection, row, receipt->at))) {
            now.state = OpState::Waiting;
        }
        return now;
    }
    const auto attempt = TRY(newestAttempt(m_connection, row.position));
    now.state = attempt ? stateOfAttempt(*attempt, instance) : OpState::Waiting;
    if (now.state == OpState::Backoff) {
        now.notBefore = fromMillis(attempt->notBefore.value_or(0));
    }
    return now;
}

} // namespace motcua
