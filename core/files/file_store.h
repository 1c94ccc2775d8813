// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/db/connection.h"
#include "core/files/file_rows.h"
#include "core/files/file_shelf.h"

#include <memory>
#include <set>
#include <string>

namespace motcua {

/// What a file on the shelf really is, against what the register says.
enum class FileState
{
    Good,
    Missing,
    Damaged, ///< its bytes are not what was written
};

/// Files that no operation and no draft names stay so long: their draft may be in somebody's other window, or
/// in a backup that is being restored.
inline constexpr Millis kOrphansStay{7LL * 24 * 60 * 60 * 1'000};

/// Scans and documents of dossiers. Their bytes lie encrypted on the shelf, each file with a key of its own
/// that stands in the encrypted register, under a name that is a keyed hash of the digest and so tells
/// nothing. Equal bytes are kept once. Bytes are on the disk before the register knows them; what a power cut
/// leaves behind in between is an orphan that sweep() finds a week later.
///
/// One object a connection; nothing is ever in memory whole.
class FileStore
{
public:
    /// `dataKey`: the register's; not kept.
    FileStore(Connection& connection, FileShelf& shelf, const Secret& dataKey, const Clock& clock);
    FileStore(const FileStore&) = delete;
    FileStore& operator=(const FileStore&) = delete;

    /// Takes a file in, in a transaction of its own. The source is read twice. Where its bytes are known
    /// already that record comes back, and bytes that were lost or damaged meanwhile are written again.
    /// Invalid: empty, longer than kFileBytesMax, or changed while it was read. Storage: nothing is kept.
    [[nodiscard]] Result<FileRecord> add(ByteSource& source, FileKind kind);
    [[nodiscard]] Result<std::optional<FileRecord>> find(std::string_view sha256);
    /// Its plain bytes. NotFound: they are not on the shelf; Damaged: while reading.
    [[nodiscard]] Result<std::unique_ptr<ByteSource>> open(const FileRecord& file);
    /// A part of it. The next part costs nothing but itself; one further ahead is read up to, one further
    /// back read from the beginning. Damaged: it ends before `count` bytes.
    [[nodiscard]] Result<std::string> piece(const FileRecord& file, std::int64_t offset, std::size_t count);
    /// Reads it whole. Errors are the disk's.
    [[nodiscard]] Result<FileState> check(const FileRecord& file);
    /// Only whether something of the right length lies there.
    [[nodiscard]] Result<FileState> look(const FileRecord& file);

    /// Removes what nobody named for a week: bytes that the register never came to know, and files that
    /// neither an operation nor one of `drafts` (digests in hex) names. How many files went.
    [[nodiscard]] Result<int> sweep(const std::set<std::string>& drafts);

    [[nodiscard]] FileRows& rows() { return m_rows; }
    [[nodiscard]] FileShelf& shelf() { return m_shelf; }
    /// The name on the shelf.
    [[nodiscard]] std::string nameOf(const Hash& sha256) const;

private:
    [[nodiscard]] Result<FileRecord> place(const Digest& digest, FileKind kind, const Secret& key,
                                           FileShelf::Unfinished& unfinished, bool isKnown);
    [[nodiscard]] Result<int> sweepUnnamed(const std::set<std::string>& drafts, Instant before);
    [[nodiscard]] Result<int> sweepUnknown(Instant before);
    [[nodiscard]] Result<std::set<std::string>> namesOnShelf();

    /// The file of which pieces are being read.
    struct Reading
    {
        std::int64_t file = 0;
        std::int64_t at = 0;
        std::unique_ptr<ByteSource> bytes;
    };

    Connection& m_connection;
    FileShelf& m_shelf;
    const Clock& m_clock;
    FileRows m_rows;
    Secret m_nameKey;
    std::optional<Reading> m_reading;
};

} // namespace motcua
