// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outbox/queue.h"

#include "core/journal/journal.h"
#include "core/outbox/operations.h"

#include <algorithm>

namespace motcua {

namespace {

QueuedOperation operationOf(const Statement& query, const std::string& install)
{
    QueuedOperation row;
    row.position = query.integer(0);
    row.op = opIdOf(install, {row.position}).text();
    row.uid = query.text(1);
    row.code = query.text(2);
    row.name = query.text(3);
    row.kind = query.text(4);
    row.state =
        query.integer(15) != 0 ? OpState::Blocked : parseOpState(query.view(5)).value_or(OpState::NeedsYou);
    row.at = fromMillis(query.integer(6));
    row.attempts = query.integer(7);
    if (const auto next = query.optionalInteger(8)) {
        row.nextTry = fromMillis(*next);
    }
    row.lastError = query.optionalText(9);
    row.digest = toHex(query.view(10));
    row.receipt = query.optionalText(11);
    if (const auto after = query.optionalInteger(12)) {
        row.after = opIdOf(install, {*after}).text();
    }
    row.baseRev = query.optionalText(13);
    if (query.integer(14) != row.position) {
        row.supersedes = opIdOf(install, {query.integer(14)}).text();
    }
    if (const auto exported = query.optionalInteger(16)) {
        row.exported = fromMillis(*exported);
    }
    return row;
}

/// Blocked is no fact of the operation itself. The place before it is open: nothing of it was applied or
/// withdrawn, and not all of it goes on elsewhere (as in core/desk/chain.h).
constexpr std::string_view kBlocked = R"(
    o.state IN ('waiting', 'backoff') AND o.after IS NOT NULL AND (
        SELECT NOT coalesce(max(p.state IN ('acknowledged', 'confirmed', 'withdrawn')) OR min(p.state = 'superseded'), 0)
        FROM operation p
        WHERE (p.position = o.after OR (p.place = o.after AND p.place <> p.position)) AND p.kind <> 'dossier.cancelled')
)";

/// The columns that operationOf() reads.
std::string selecting(std::string_view which)
{
    return std::string(R"(
        SELECT o.position, d.uid, d.code, d.name, o.kind, o.state, o.at, o.attempts, o.not_before, o.last_error,
               o.digest, (SELECT jws FROM receipt r WHERE r.position = o.position ORDER BY id DESC LIMIT 1),
               o.after, o.base_rev, o.place,
        )")
        .append(kBlocked)
        .append(R"(,
               (SELECT max(b.at) FROM exported e JOIN bundle b ON b.id = e.bundle WHERE e.position = o.position)
        FROM operation o JOIN dossier d ON d.id = o.dossier
        )")
        .append(which);
}

} // namespace

bool isSameQuestion(const ConflictField& a, const ConflictField& b)
{
    return a.pointer == b.pointer && a.base == b.base && a.ours == b.ours && a.theirs == b.theirs;
}

bool isSameCause(const ConflictCase& a, const ConflictCase& b)
{
    return a.op == b.op && a.problemType == b.problemType && a.situation == b.situation &&
           (a.situation == Situation::Usual || a.theirStatus == b.theirStatus) && a.gone == b.gone &&
           a.isMissing == b.isMissing && a.isRepeated == b.isRepeated;
}

bool isSameQuestion(const ConflictCase& a, const ConflictCase& b)
{
    const auto isSame = [](const ConflictField& x, const ConflictField& y) { return isSameQuestion(x, y); };
    return isSameCause(a, b) &&
           std::equal(a.fields.begin(), a.fields.end(), b.fields.begin(), b.fields.end(), isSame);
}

Result<std::vector<QueuedOperation>> Queue::operations(bool all)
{
    return some("WHERE :number OR o.final = 0 ORDER BY o.position", all ? 1 : 0);
}

Result<std::vector<QueuedOperation>> Queue::firstOpen(int count)
{
    return some(R"(
        WHERE o.position IN (SELECT position FROM operation INDEXED BY operation_open WHERE final = 0
                             ORDER BY state NOT IN ('conflict', 'needs-you'), position LIMIT :number)
        ORDER BY o.state NOT IN ('conflict', 'needs-you'), o.position
    )",
                count);
}

Result<std::vector<QueuedOperation>> Queue::newestDone(int count)
{
    return some(R"(
        WHERE o.position IN (SELECT position FROM operation WHERE final = 1 ORDER BY position DESC LIMIT :number)
        ORDER BY o.position DESC
    )",
                count);
}

Result<std::vector<QueuedOperation>> Queue::some(std::string_view which, int number)
{
    auto query = TRY(m_connection.prepare(selecting(which)));
    query.bind(":number", number);
    std::vector<QueuedOperation> rows;
    while (TRY(query.step())) {
        rows.push_back(operationOf(query, m_install));
    }
    return rows;
}

Result<std::optional<QueuedOperation>> Queue::oldestToSend()
{
    auto query = TRY(m_connection.prepare(selecting(R"(
        WHERE o.position = (SELECT position FROM operation INDEXED BY operation_open
                            WHERE final = 0 AND state NOT IN ('conflict', 'needs-you')
                            ORDER BY at, position LIMIT 1)
    )")));
    const bool found = TRY(query.step());
    return found ? std::optional(operationOf(query, m_install)) : std::nullopt;
}

Result<std::vector<AttemptRow>> Queue::attempts(const std::optional<std::string>& op)
{
    const auto position = op ? positionOf(m_install, *op) : std::nullopt;
    if (op && !position) {
        return fail(ErrorKind::NotFound, "no operation of this counter: " + *op);
    }
    auto query = TRY(m_connection.prepare(R"(
        SELECT ao.position, a.started, o.ended, coalesce(o.class, ''), o.http_status, coalesce(o.detail, '')
        FROM attempt a JOIN attempt_operation ao ON ao.attempt = a.id LEFT JOIN outcome o ON o.attempt = a.id
        WHERE :position IS NULL OR ao.position = :position
        ORDER BY a.id, ao.position
    )"));
    query.bind(":position", position ? std::optional(position->value) : std::nullopt);
    std::vector<AttemptRow> rows;
    while (TRY(query.step())) {
        AttemptRow row;
        row.op = opIdOf(m_install, {query.integer(0)}).text();
        row.started = fromMillis(query.integer(1));
        if (const auto ended = query.optionalInteger(2)) {
            row.ended = fromMillis(*ended);
        }
        row.outcome = query.text(3);
        row.httpStatus = query.optionalInteger(4);
        row.detail = query.text(5);
        rows.push_back(std::move(row));
    }
    return rows;
}

Result<QueueSummary> Queue::summary()
{
    auto query = TRY(m_connection.prepare(std::string(R"(
        SELECT count(*), coalesce(sum(o.state = 'conflict'), 0), coalesce(sum(o.state = 'needs-you'), 0), min(o.at),
               coalesce(sum()")
                                              .append(kBlocked)
                                              .append(R"(), 0),
               (SELECT at FROM receipt WHERE result = 'applied' ORDER BY id DESC LIMIT 1),
               min(iif(o.state NOT IN ('conflict', 'needs-you'), o.at, NULL))
        FROM operation o INDEXED BY operation_open
        WHERE o.final = 0
    )")));
    TRY(query.step());
    QueueSummary summary;
    summary.waiting = query.integer(0);
    summary.conflicts = query.integer(1);
    summary.needsYou = query.integer(2);
    summary.blocked = query.integer(4);
    if (const auto oldest = query.optionalInteger(3)) {
        summary.oldestWaiting = fromMillis(*oldest);
    }
    if (const auto confirmed = query.optionalInteger(5)) {
        summary.lastConfirmed = fromMillis(*confirmed);
    }
    summary.toSend = summary.waiting - summary.conflicts - summary.needsYou;
    if (const auto oldest = query.optionalInteger(6)) {
        summary.oldestToSend = fromMillis(*oldest);
    }
    return summary;
}

Result<FilesWaiting> Queue::filesWaiting()
{
    return FileRows(m_connection).waiting();
}

} // namespace motcua
