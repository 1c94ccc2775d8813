// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"
#include "core/outbox/queue.h"

#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// One operation as stored. Everything but state, attempts, notBefore and lastError stands in the journal.
struct OperationRow
{
    Position position;
    std::int64_t dossier = 0;
    std::string kind;
    Position place;                ///< the first operation in its place
    std::optional<Position> after; ///< the place before it
    std::optional<std::string> baseRev;
    Hash digest{};
    Instant at;
    OpState state = OpState::Waiting;
    std::int64_t attempts = 0;
    std::optional<Instant> notBefore;
    std::optional<std::string> lastError;
};

/// The queue's rows. An operation leaves it only by a receipt or a recorded decision; nothing here removes
/// one. Writing must run inside the transaction that wrote the fact.
class Operations
{
public:
    explicit Operations(Connection& connection) : m_connection(connection) {}

    [[nodiscard]] Result<void> add(const OperationRow& row);
    [[nodiscard]] Result<std::optional<OperationRow>> find(Position position);
    /// All of a dossier, by place and then by position: the order in which they count.
    [[nodiscard]] Result<std::vector<OperationRow>> ofDossier(std::int64_t dossier);
    /// The last place on a dossier that an act of ours took; what the next act names as `after`. `before`: of
    /// those before this place. Places that another machine's entries took do not count.
    [[nodiscard]] Result<std::optional<Position>> lastPlace(std::int64_t dossier,
                                                            std::optional<Position> before = {});
    /// Sets what is computed, for many in one statement: the queue's checks and its index are prepared once
    /// for all of them. Sending counts as one more attempt. Only of those that go by themselves: what a
    /// stick's answer settled while their request was under way stays settled.
    [[nodiscard]] Result<void> setOnTheirWay(const std::vector<Position>& positions, OpState state,
                                             std::optional<Instant> notBefore = {},
                                             const std::optional<std::string>& lastError = {});
    /// The acknowledged ones came back in the portal's stream.
    [[nodiscard]] Result<void> confirm(const std::vector<Position>& positions);
    /// What derived() gives for operations with an applied receipt, for many in one statement.
    [[nodiscard]] Result<void> settleApplied(const std::vector<Position>& positions);

    /// Writes all that is computed, as derived() gave it.
    [[nodiscard]] Result<void> put(const OperationRow& row);

    /// The state from the facts alone: attempts, outcomes, receipts, what was pulled, and the place's others.
    /// `instance`: the running program; attempts of another one without an end count as unknown.
    [[nodiscard]] Result<OperationRow> derived(const OperationRow& row, const std::string& instance);

private:
    Connection& m_connection;
};

/// The positions as a JSON array, for json_each() in a statement about all of them.
[[nodiscard]] std::string positionList(const std::vector<Position>& positions);

[[nodiscard]] std::optional<OpState> parseOpState(std::string_view name);

} // namespace motcua
