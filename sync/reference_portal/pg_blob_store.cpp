// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/pg_blob_store.h"

#include "core/base/hash.h"

#include <algorithm>

namespace motcua::portal {

Result<BlobStore::Held> PgBlobStore::held(const std::string& unit, const std::string& sha256)
{
    const PgRows found = TRY(m_database->run(R"(
        SELECT is_complete, coalesce((SELECT start + length(bytes) FROM blob_piece
            WHERE blob_piece.unit = blob.unit AND blob_piece.sha256 = blob.sha256 ORDER BY start DESC LIMIT 1), 0)
        FROM blob WHERE unit = $1 AND sha256 = $2)",
                                             {unit, sha256}));
    return found.isEmpty() ? Held{} : Held{found.number(0, 1), found.flag(0, 0)};
}

Result<BlobStore::Taken> PgBlobStore::append(const std::string& unit, const std::string& sha256,
                                             std::int64_t offset, std::string_view piece, std::int64_t size)
{
    TRY(m_database->begin());
    auto taken = appendInside(unit, sha256, offset, piece, size);
    if (!taken) {
        m_database->rollBack();
        return taken;
    }
    TRY(m_database->commit());
    return taken;
}

Result<BlobStore::Taken> PgBlobStore::appendInside(const std::string& unit, const std::string& sha256,
                                                   std::int64_t offset, std::string_view piece,
                                                   std::int64_t size)
{
    // One after the other for one file: a digest is taken over what cannot change meanwhile.
    TRY(m_database->run("SELECT 1 FROM blob WHERE unit = $1 AND sha256 = $2 FOR UPDATE", {unit, sha256}));
    const Held before = TRY(held(unit, sha256));
    if (before.isComplete || before.bytes != offset) {
        return Taken::WrongOffset;
    }
    if (piece.empty()) {
        return Taken::More;
    }
    TRY(m_database->run("INSERT INTO blob_piece (unit, sha256, start, bytes) VALUES ($1, $2, $3, $4)",
                        {unit, sha256, offset, piece}));
    if (offset + static_cast<std::int64_t>(piece.size()) < size) {
        return Taken::More;
    }
    if (!TRY(isRight(unit, sha256))) {
        TRY(m_database->run("DELETE FROM blob_piece WHERE unit = $1 AND sha256 = $2", {unit, sha256}));
        return Taken::Discarded;
    }
    TRY(m_database->run("UPDATE blob SET is_complete = true WHERE unit = $1 AND sha256 = $2",
                        {unit, sha256}));
    return Taken::Whole;
}

Result<bool> PgBlobStore::isRight(const std::string& unit, const std::string& sha256)
{
    const PgRows digest = TRY(m_database->run(R"(
        SELECT sha256(string_agg(bytes, '' ORDER BY start)) FROM blob_piece WHERE unit = $1 AND sha256 = $2)",
                                              {unit, sha256}));
    return toHex(digest.view(0, 0)) == sha256;
}

Result<std::string> PgBlobStore::read(const std::string& unit, const std::string& sha256, std::int64_t offset,
                                      std::int64_t count)
{
    const PgRows found = TRY(m_database->run(R"(
        SELECT start, bytes FROM blob_piece
        WHERE unit = $1 AND sha256 = $2 AND start < $3 AND start + length(bytes) > $4
            AND EXISTS (SELECT 1 FROM blob WHERE unit = $1 AND sha256 = $2 AND is_complete)
        ORDER BY start)",
                                             {unit, sha256, offset + count, offset}));
    if (found.isEmpty()) {
        return fail(ErrorKind::NotFound, "no complete file " + sha256);
    }
    std::string bytes;
    for (int row = 0; row < found.count(); ++row) {
        const std::string_view piece = found.view(row, 1);
        const auto skipped =
            static_cast<std::size_t>(std::max<std::int64_t>(0, offset - found.number(row, 0)));
        bytes += piece.substr(skipped, static_cast<std::size_t>(count) - bytes.size());
    }
    return bytes;
}

} // namespace motcua::portal
