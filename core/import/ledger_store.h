// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/import/ledger_entry.h"
#include "core/journal/journal.h"

#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// What came of a ledger's rows. imported() + skipped() are all of them.
struct LedgerTally
{
    std::int64_t good = 0;
    std::int64_t review = 0; ///< came in, and somebody should look at them
    std::int64_t kept = 0;   ///< did not come in; their cells are kept
    std::int64_t blank = 0;  ///< rows without a letter

    [[nodiscard]] std::int64_t imported() const { return good + review; }
    [[nodiscard]] std::int64_t skipped() const { return kept + blank; }
    [[nodiscard]] std::int64_t rows() const { return imported() + skipped(); }
    void add(RowState state, bool isBlank);
};

/// One import as it stands in the register.
struct LedgerRecord
{
    std::int64_t id = 0;
    std::string sha256;
    std::string name;
    std::string sheet;
    std::string map; ///< JSON
    Instant at;
    std::string official;
    LedgerTally tally;
    std::int64_t last = 0; ///< the sheet's row up to which it was read
    bool isDone = false;
    std::optional<std::string> withdrawn; ///< why it was taken back
};

/// A row as it came in, with where it came from.
struct LedgerHit
{
    std::int64_t id = 0;
    std::int64_t ledger = 0;
    std::string file;
    std::string sheet;
    LedgerRow row; ///< cells and texts only from row()
};

/// The register's old ledgers. Writing must run inside the caller's transaction.
class LedgerStore
{
public:
    explicit LedgerStore(Connection& connection) : m_connection(connection) {}

    /// The import of this sheet that stands: not taken back. Nothing where there is none.
    [[nodiscard]] Result<std::optional<LedgerRecord>> standing(const std::string& sha256,
                                                               const std::string& sheet);
    [[nodiscard]] Result<std::vector<LedgerRecord>> all(); ///< newest first
    [[nodiscard]] Result<LedgerRecord> find(std::int64_t ledger);

    [[nodiscard]] Result<std::int64_t> begin(const LedgerRecord& record, std::uint64_t size,
                                             Position position);
    [[nodiscard]] Result<void> addRow(std::int64_t ledger, const LedgerRow& row);
    [[nodiscard]] Result<void> addBatch(std::int64_t ledger, std::int64_t first, std::int64_t last,
                                        const LedgerTally& tally, Position position);
    [[nodiscard]] Result<void> end(std::int64_t ledger, Instant at, Position position);
    [[nodiscard]] Result<void> withdraw(std::int64_t ledger, const std::string& official,
                                        const std::string& reason, Instant at, Position position);

    /// Where this number of this book and year stands already; nothing where it does not.
    [[nodiscard]] Result<std::optional<LedgerHit>> numberTaken(const LedgerRow& row);

    /// As Register::find: words of names and places, numbers. Newest first.
    [[nodiscard]] Result<std::vector<LedgerHit>> search(std::string_view text, std::int64_t limit);
    /// One row with its cells. NotFound.
    [[nodiscard]] Result<LedgerHit> row(std::int64_t id);
    /// Rows of an import with something to look at, in order, behind `after`.
    [[nodiscard]] Result<std::vector<LedgerHit>> odd(std::int64_t ledger, std::int64_t after,
                                                     std::int64_t limit);
    /// All rows of an import, in order, behind `after`, with their cells.
    [[nodiscard]] Result<std::vector<LedgerHit>> rows(std::int64_t ledger, std::int64_t after,
                                                      std::int64_t limit);

    /// What differs between the rows and what the journal says of them.
    [[nodiscard]] Result<std::vector<Finding>> verify();

private:
    [[nodiscard]] Result<std::vector<LedgerRecord>> read(std::string_view where, std::int64_t ledger,
                                                         const std::string& sha256, const std::string& sheet);
    Connection& m_connection;
};

/// What the journal's entry of a batch holds of its rows.
class LedgerDigest
{
public:
    void add(const LedgerRow& row);
    [[nodiscard]] std::string hex() const;

private:
    Hash m_hash{};
};

} // namespace motcua
