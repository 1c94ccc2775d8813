// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/hash.h"
#include "core/base/id.h"
#include "core/base/json.h"
#include "core/base/time.h"
#include "core/db/connection.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// An entry's place in this counter's journal: epoch and seq in one number, the order of all entries.
struct Position
{
    static constexpr std::int64_t kEpochFactor = std::int64_t{1} << 40;
    static constexpr std::int64_t kEpochMost = (std::int64_t{1} << 23) - 1; ///< what 63 bits leave for it
    std::int64_t value = 0;

    [[nodiscard]] static Position of(std::int64_t epoch, std::int64_t seq)
    {
        return {epoch * kEpochFactor + seq};
    }
    [[nodiscard]] std::int64_t epoch() const { return value / kEpochFactor; }
    [[nodiscard]] std::int64_t seq() const { return value % kEpochFactor; }
    auto operator<=>(const Position&) const = default;
};

/// "install-epoch-seq" of the contract.
[[nodiscard]] OpId opIdOf(const std::string& install, Position position);
/// Nothing where the text is no operation of this install.
[[nodiscard]] std::optional<Position> positionOf(const std::string& install, std::string_view op);

/// What is to be written. An operation for the portal and an entry of ours have the same shape.
struct NewEntry
{
    std::string kind;     ///< "dossier.received" …, or "paper.printed", "account.added" …
    std::string official; ///< full name, at most 120 characters
    Instant at;
    Json body = Json::object();
    std::optional<Uid> uid;
    std::optional<std::int64_t> dossier; ///< the register's row
    std::optional<std::string> local;    ///< kept and hashed here, never sent

    // Operations only: all of these stand in the line (see the contract).
    bool operation = false;
    std::optional<Position> after;
    std::optional<Rev> baseRev;
    std::optional<Position> supersedes;
};

struct Written
{
    Position position;
    Hash chain;
    /// An operation's exact line and its digest; empty otherwise.
    std::string line;
    Hash digest{};
};

struct JournalHead
{
    Position position; ///< seq 0: empty
    Hash chain{};      ///< 32 zero bytes before the first of an epoch
};

/// The append-only log with its SHA-256 chain: chain = SHA-256(previous | SHA-256(entry | local)), as the
/// contract asks. Everything else in the register is computed from it and from the portal's words.
/// append() must run inside the caller's transaction.
class Journal
{
public:
    Journal(Connection& connection, std::string install, std::int64_t epoch);

    [[nodiscard]] Result<Written> append(const NewEntry& entry);
    [[nodiscard]] Result<JournalHead> head();
    /// The chain as it was when this entry was the last. NotFound.
    [[nodiscard]] Result<JournalHead> headAt(Position position);
    [[nodiscard]] const std::string& install() const { return m_install; }

    /// The exact line of an operation again. `digest` is compared where given: bytes never change.
    [[nodiscard]] Result<std::string> line(Position position);

private:
    Connection& m_connection;
    std::string m_install;
    std::int64_t m_epoch;
};

/// One thing that verification found.
struct Finding
{
    std::int64_t seq = 0;
    std::string kind; ///< "chain", "page", "projection", "gap", "state"
    std::string detail;
};

/// Recomputes the chain over all entries. Reads one row at a time.
[[nodiscard]] Result<std::vector<Finding>> verifyChain(Connection& connection);

/// The line of an operation: its entry with the chain spliced in behind the last member.
[[nodiscard]] std::string operationLine(std::string_view entry, const Hash& chain);

} // namespace motcua
