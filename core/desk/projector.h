// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/files/file_rows.h"
#include "core/outbox/operations.h"
#include "core/register/projection.h"

#include <optional>
#include <set>
#include <string>

namespace motcua {

/// What the portal and we last agreed on about a dossier, from facts alone.
struct Agreed
{
    std::optional<Json> dossier; ///< none: the portal has not taken it yet
    std::optional<Instant> closed;
    AgreedState state;
    std::set<std::int64_t> taken; ///< positions of the operations of ours that it holds, by their receipts
    std::set<std::int64_t> told;  ///< and those that the portal's news named as being in it

    [[nodiscard]] bool holds(Position position) const
    {
        return taken.contains(position.value) || told.contains(position.value);
    }
};

/// Puts operations and the portal's words into the register's rows. What a row shows is always
///
///     what was last agreed  +  our operations that are not settled, in their order
///
/// In the usual case that is a small step from the row as it is; in all others refold() computes it anew from
/// facts. rebuild() does so for every dossier, and a standing test says that both ways agree.
class Projector
{
public:
    Projector(Connection& connection, FieldOf fieldOf)
        : m_connection(connection), m_operations(connection), m_files(connection),
          m_projection(connection, std::move(fieldOf))
    {}

    /// A new dossier of ours, as its journal entry `position` says. Returns its id.
    [[nodiscard]] Result<void> addReceived(std::int64_t id, const std::string& uid, Position position,
                                           Json dossier, const std::optional<std::string>& clientRef);
    /// The row after one more act of ours.
    [[nodiscard]] Result<void> showAct(std::int64_t id, const Standing& before, const Json& after,
                                       Instant at);

    /// Puts a new operation of ours into the queue; the files that its body names are to be sent. Where it
    /// takes over or withdraws a place, the place's other operations and the row are computed anew.
    [[nodiscard]] Result<void> enqueue(const OperationRow& row, const Json& body);

    /// After `row` was added or answered: the other operations of its place, and the row.
    [[nodiscard]] Result<void> settlePlace(const OperationRow& row);

    /// An operation's state from the facts as they are now, then its place and the row.
    [[nodiscard]] Result<void> putDerived(Position position);

    [[nodiscard]] Result<Agreed> agreed(std::int64_t id);
    /// What an operation was made on: the state at its base revision with our earlier places over it. The
    /// "base" of a three-way decision.
    [[nodiscard]] Result<Standing> baseOf(const OperationRow& operation);
    [[nodiscard]] Result<Json> bodyOf(Position position);
    [[nodiscard]] Result<void> refold(std::int64_t id);
    /// Drops all projections and computes them from facts.
    [[nodiscard]] Result<void> rebuild(const std::string& instance);

    [[nodiscard]] Operations& operations() { return m_operations; }
    [[nodiscard]] FileRows& files() { return m_files; }
    [[nodiscard]] DossierProjection& rows() { return m_projection; }

private:
    [[nodiscard]] Result<Standing> standing(std::int64_t id, const Agreed& agreed);
    enum class Log
    {
        Whole,    ///< to its end
        UpTo,     ///< to where a revision was agreed
        EverUpTo, ///< the same, with what a restored portal lost since
    };
    [[nodiscard]] Result<Agreed> agreedAt(std::int64_t id, const std::optional<std::string>& rev, Log log);
    [[nodiscard]] Result<void> rebuildOperations(const std::string& instance);
    [[nodiscard]] Result<void> rebuildDossiers();
    [[nodiscard]] Result<void> rebuildNumbers(std::int64_t id);
    [[nodiscard]] Result<void> rebuildSkippedNumbers();

    Connection& m_connection;
    Operations m_operations;
    FileRows m_files;
    DossierProjection m_projection;
};

/// What is agreed once the portal has applied an operation of ours, by its receipt. Where the revision shows
/// that something else lies between, which has not been pulled yet, the place in the portal's order stays
/// open, so that the pull that brings it is taken for news.
[[nodiscard]] AgreedState agreedAfter(const AgreedState& before, const Hash& digest,
                                      const AgreedState& receipt);

/// A dossier after one operation of ours; unchanged where the step is no longer possible on it.
[[nodiscard]] Standing afterOperation(const Standing& before, std::string_view kind, const Json& body,
                                      Instant at);

} // namespace motcua
