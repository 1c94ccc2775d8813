// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outbox/operations.h"

#include "core/base/check.h"

#include <array>

namespace motcua {

namespace {

struct StateName
{
    OpState state;
    std::string_view name;
};

constexpr std::array kStates{
    StateName{OpState::Waiting, "waiting"},     StateName{OpState::Blocked, "blocked"},
    StateName{OpState::Sending, "sending"},     StateName{OpState::Unknown, "unknown"},
    StateName{OpState::Backoff, "backoff"},     StateName{OpState::Conflict, "conflict"},
    StateName{OpState::NeedsYou, "needs-you"},  StateName{OpState::Acknowledged, "acknowledged"},
    StateName{OpState::Confirmed, "confirmed"}, StateName{OpState::Superseded, "superseded"},
    StateName{OpState::Withdrawn, "withdrawn"},
};

OperationRow rowOf(const Statement& query)
{
    OperationRow row;
    row.position = {query.integer(0)};
    row.dossier = query.integer(1);
    row.kind = query.text(2);
    row.place = {query.integer(3)};
    if (const auto after = query.optionalInteger(4)) {
        row.after = Position{*after};
    }
    row.baseRev = query.optionalText(5);
    row.digest = hashFromBytes(query.view(6)).value_or(Hash{});
    row.at = fromMillis(query.integer(7));
    row.state = parseOpState(query.view(8)).value_or(OpState::NeedsYou);
    row.attempts = query.integer(9);
    if (const auto notBefore = query.optionalInteger(10)) {
        row.notBefore = fromMillis(*notBefore);
    }
    row.lastError = query.optionalText(11);
    return row;
}

} // namespace

std::string_view opStateName(OpState state)
{
    return kStates[static_cast<std::size_t>(state)].name;
}

bool isFinal(OpState state)
{
    return state >= OpState::Acknowledged;
}

bool asksAPerson(OpState state)
{
    return state == OpState::Conflict || state == OpState::NeedsYou;
}

std::optional<OpState> parseOpState(std::string_view name)
{
    for (const StateName& row : kStates) {
        if (row.name == name) {
            return row.state;
        }
    }
    return std::nullopt;
}

Result<void> Operations::add(const OperationRow& row)
{
    require(m_connection.inTransaction(), "an operation is queued inside its act's transaction");
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO operation(position, dossier, kind, place, after, base_rev, digest, at, state, attempts,
            not_before, last_error)
        VALUES(:position, :dossier, :kind, :place, :after, :base_rev, :digest, :at, :state, :attempts,
            :not_before, :last_error)
    )"));
    insert.bind(":position", row.position.value).bind(":dossier", row.dossier).bind(":kind", row.kind);
    insert.bind(":place", row.place.value);
    insert.bind(":after", row.after ? std::optional(row.after->value) : std::nullopt);
    insert.bind(":base_rev", row.baseRev).bindBlob(":digest", bytesOf(row.digest));
    insert.bind(":at", toMillis(row.at))
        .bind(":state", opStateName(row.state))
        .bind(":attempts", row.attempts);
    insert.bind(":not_before", row.notBefore ? std::optional(toMillis(*row.notBefore)) : std::nullopt);
    insert.bind(":last_error", row.lastError);
    return insert.run();
}

Result<std::optional<OperationRow>> Operations::find(Position position)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT position, dossier, kind, place, after, base_rev, digest, at, state, attempts, not_before,
               last_error
        FROM operation WHERE position = :position
    )"));
    query.bind(":position", position.value);
    const bool found = TRY(query.step());
    return found ? std::optional(rowOf(query)) : std::nullopt;
}

Result<std::vector<OperationRow>> Operations::ofDossier(std::int64_t dossier)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT position, dossier, kind, place, after, base_rev, digest, at, state, attempts, not_before,
               last_error
        FROM operation WHERE position IN (SELECT position FROM journal WHERE dossier = :dossier)
        ORDER BY place, position
    )"));
    query.bind(":dossier", dossier);
    std::vector<OperationRow> rows;
    while (TRY(query.step())) {
        rows.push_back(rowOf(query));
    }
    return rows;
}

Result<std::optional<Position>> Operations::lastPlace(std::int64_t dossier, std::optional<Position> before)
{
    // Cancelling takes no place of its own: nothing may name it as `after`.
    auto query = TRY(m_connection.prepare(R"(
        SELECT max(place) FROM operation
        WHERE position IN (SELECT position FROM journal WHERE dossier = :dossier)
          AND kind <> 'dossier.cancelled' AND (:before IS NULL OR place < :before)
          AND NOT EXISTS(SELECT 1 FROM journal t WHERE t.dossier = :dossier AND t.kind = 'operation.name-taken'
                             AND place < t.position AND place >= t.entry ->> '$.body.from')
    )"));
    query.bind(":dossier", dossier);
    query.bind(":before", before ? std::optional(before->value) : std::nullopt);
    TRY(query.step());
    const auto place = query.optionalInteger(0);
    return place ? std::optional(Position{*place}) : std::nullopt;
}

Result<void> Operations::put(const OperationRow& row)
{
    auto change = TRY(m_connection.prepare(R"(
        UPDATE operation SET state = :state, not_before = :not_before, last_error = :last_error, attempts = :attempts
        WHERE position = :position
    )"));
    change.bind(":state", opStateName(row.state)).bind(":position", row.position.value);
    change.bind(":last_error", row.lastError).bind(":attempts", row.attempts);
    change.bind(":not_before", row.notBefore ? std::optional(toMillis(*row.notBefore)) : std::nullopt);
    return change.run();
}

Result<void> Operations::setOnTheirWay(const std::vector<Position>& positions, OpState state,
                                       std::optional<Instant> notBefore,
                                       const std::optional<std::string>& lastError)
{
    const std::string list = positionList(positions);
    auto change = TRY(m_connection.prepare(R"(
        UPDATE operation SET state = :state, not_before = :not_before, last_error = :last_error,
            attempts = attempts + (:state = 'sending')
        WHERE position IN (SELECT value FROM json_each(:positions))
          AND state IN ('waiting', 'sending', 'unknown', 'backoff')
    )"));
    change.bind(":state", opStateName(state)).bind(":positions", list).bind(":last_error", lastError);
    change.bind(":not_before", notBefore ? std::optional(toMillis(*notBefore)) : std::nullopt);
    return change.run();
}

Result<void> Operations::confirm(const std::vector<Position>& positions)
{
    const std::string list = positionList(positions);
    auto change = TRY(m_connection.prepare(R"(
        UPDATE operation SET state = 'confirmed', not_before = NULL, last_error = NULL
        WHERE position IN (SELECT value FROM json_each(:positions))
    )"));
    change.bind(":positions", list);
    return change.run();
}

Result<void> Operations::settleApplied(const std::vector<Position>& positions)
{
    const std::string list = positionList(positions);
    auto change = TRY(m_connection.prepare(R"(
        UPDATE operation SET not_before = NULL, last_error = NULL,
            state = CASE WHEN EXISTS(SELECT 1 FROM pulled p WHERE p.op = operation.position AND p.id >
                        coalesce((SELECT max(pulled) FROM portal_lost l WHERE l.position = operation.position), 0))
                    THEN 'confirmed' ELSE 'acknowledged' END,
            attempts = (SELECT count(*) FROM attempt_operation ao WHERE ao.position = operation.position)
        WHERE position IN (SELECT value FROM json_each(:positions))
    )"));
    change.bind(":positions", list);
    return change.run();
}

std::string positionList(const std::vector<Position>& positions)
{
    std::string list = "[";
    for (const Position position : positions) {
        list += (list.size() > 1 ? "," : "") + std::to_string(position.value);
    }
    return list + "]";
}

} // namespace motcua
