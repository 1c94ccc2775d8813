// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/file_store.h"

#include "core/base/check.h"
#include "core/db/transaction.h"
#include "core/files/sealed_file.h"

#include <algorithm>
#include <sodium.h>
#include <vector>

namespace motcua {

namespace {

constexpr std::string_view kNamePurpose = "motcua: names of files 1";
constexpr std::size_t kSkipAtOnce = std::size_t{64} << 10;

const unsigned char* bytes(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string keyedHash(std::string_view key, std::string_view text)
{
    std::string hash(32, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(), bytes(text), text.size(),
                       bytes(key), key.size());
    return hash;
}

} // namespace

FileStore::FileStore(Connection& connection, FileShelf& shelf, const Secret& dataKey, const Clock& clock)
    : m_connection(connection), m_shelf(shelf), m_clock(clock), m_rows(connection),
      m_nameKey(keyedHash(dataKey.bytes(), kNamePurpose))
{}

std::string FileStore::nameOf(const Hash& sha256) const
{
    return toHex(std::string_view(keyedHash(m_nameKey.bytes(), bytesOf(sha256))));
}

Result<std::optional<FileRecord>> FileStore::find(std::string_view sha256)
{
    const auto raw = fromHex(sha256);
    const auto hash = raw ? hashFromBytes(*raw) : std::nullopt;
    return hash ? m_rows.find(*hash) : Result<std::optional<FileRecord>>(std::nullopt);
}

Result<FileRecord> FileStore::add(ByteSource& source, FileKind kind)
{
    TRY(source.rewind());
    const Digest digest = TRY(digestOf(source, kFileBytesMax));
    if (digest.size == 0) {
        return fail(ErrorKind::Invalid, "an empty file");
    }
    const auto known = TRY(m_rows.find(digest.sha256));
    if (known && TRY(check(*known)) == FileState::Good) {
        auto transaction = TRY(Transaction::begin(m_connection));
        if (const auto still = TRY(m_rows.find(digest.sha256)); still && still->id == known->id) {
            TRY(m_rows.setBroughtIn(known->id, m_clock.now()));
            TRY(transaction.commit());
            return *known;
        }
        return fail(ErrorKind::Storage, "a file was removed while it came again");
    }
    const Secret key = known ? TRY(m_rows.keyOf(known->id)) : makeFileKey();
    const auto unfinished = TRY(m_shelf.begin());
    TRY(source.rewind());
    const Digest sealed = TRY(seal(source, digest.size, key, *unfinished));
    if (sealed.sha256 != digest.sha256) {
        return fail(ErrorKind::Invalid, "a file changed while it was read");
    }
    TRY(unfinished->flush());
    return place(digest, kind, key, *unfinished, known.has_value());
}

/// The bytes are in their place and on the disk before the register says that they are. All of it under the
/// register's one writer's lock, so that of two who bring the same bytes at once one comes second.
Result<FileRecord> FileStore::place(const Digest& digest, FileKind kind, const Secret& key,
                                    FileShelf::Unfinished& unfinished, bool isKnown)
{
    auto transaction = TRY(Transaction::begin(m_connection));
    const auto now = TRY(m_rows.find(digest.sha256));
    if (now && !isKnown) {
        return *now; // somebody else was faster; these bytes, under another key, are dropped
    }
    if (now && TRY(m_rows.keyOf(now->id)).bytes() != key.bytes()) {
        return fail(ErrorKind::Storage, "a file was removed and came again meanwhile");
    }
    TRY(unfinished.place(nameOf(digest.sha256)));
    if (now) {
        TRY(m_rows.setBroughtIn(now->id, m_clock.now()));
        TRY(transaction.commit());
        return *now;
    }
    const FileRecord file = TRY(m_rows.add(digest, kind, key, m_clock.now()));
    TRY(transaction.commit());
    return file;
}

Result<std::unique_ptr<ByteSource>> FileStore::open(const FileRecord& file)
{
    Secret key = TRY(m_rows.keyOf(file.id));
    auto sealed = TRY(m_shelf.open(nameOf(file.sha256)));
    return unseal(std::move(sealed), std::move(key));
}

Result<std::string> FileStore::piece(const FileRecord& file, std::int64_t offset, std::size_t count)
{
    // Out of the way first: after an error it is opened anew.
    std::optional<Reading> reading = std::exchange(m_reading, std::nullopt);
    if (!reading || reading->file != file.id || reading->at > offset) {
        auto opened = TRY(open(file));
        reading = Reading{file.id, 0, std::move(opened)};
    }
    std::string skipped(kSkipAtOnce, '\0');
    while (reading->at < offset) {
        const auto want = std::min<std::int64_t>(offset - reading->at, kSkipAtOnce);
        const std::size_t got = TRY(reading->bytes->read(skipped.data(), static_cast<std::size_t>(want)));
        if (got == 0) {
            return fail(ErrorKind::Damaged, "a file is shorter than the register says");
        }
        reading->at += static_cast<std::int64_t>(got);
    }
    std::string piece(count, '\0');
    if (TRY(readFully(*reading->bytes, piece.data(), count)) != count) {
        return fail(ErrorKind::Damaged, "a file is shorter than the register says");
    }
    reading->at += static_cast<std::int64_t>(count);
    m_reading = std::move(reading);
    return piece;
}

Result<FileState> FileStore::look(const FileRecord& file)
{
    const auto opened = open(file);
    if (opened) {
        return FileState::Good;
    }
    const ErrorKind kind = opened.error().kind;
    if (kind == ErrorKind::NotFound || kind == ErrorKind::Invalid) {
        return FileState::Missing;
    }
    return kind == ErrorKind::Damaged ? Result<FileState>(FileState::Damaged)
                                      : tl::unexpected(opened.error());
}

Result<FileState> FileStore::check(const FileRecord& file)
{
    const FileState there = TRY(look(file));
    if (there != FileState::Good) {
        return there;
    }
    auto plain = TRY(open(file));
    const auto digest = digestOf(*plain, file.size);
    if (!digest) {
        const ErrorKind kind = digest.error().kind;
        const bool isBad = kind == ErrorKind::Damaged || kind == ErrorKind::Invalid;
        return isBad ? Result<FileState>(FileState::Damaged) : tl::unexpected(digest.error());
    }
    const bool isGood = digest->sha256 == file.sha256 && digest->size == file.size;
    return isGood ? FileState::Good : FileState::Damaged;
}

Result<int> FileStore::sweep(const std::set<std::string>& drafts)
{
    const Instant before = m_clock.now() - kOrphansStay;
    const int unnamed = TRY(sweepUnnamed(drafts, before));
    const int unknown = TRY(sweepUnknown(before));
    return unnamed + unknown;
}

Result<int> FileStore::sweepUnnamed(const std::set<std::string>& drafts, Instant before)
{
    std::vector<FileRecord> gone;
    {
        // The row goes first: whatever breaks then leaves bytes that nobody knows, never a row without bytes.
        auto transaction = TRY(Transaction::begin(m_connection));
        for (const FileRecord& file : TRY(m_rows.unnamed(before))) {
            if (!drafts.contains(toHex(file.sha256))) {
                TRY(m_rows.remove(file.id));
                gone.push_back(file);
            }
        }
        TRY(transaction.commit());
    }
    for (const FileRecord& file : gone) {
        // Under the writer's lock: the same bytes may be on their way in again, under the same name.
        const auto alone = TRY(Transaction::begin(m_connection));
        if (!TRY(m_rows.find(file.sha256))) {
            TRY(m_shelf.remove({nameOf(file.sha256), 0, {}, true}));
        }
    }
    return static_cast<int>(gone.size());
}

Result<std::set<std::string>> FileStore::namesOnShelf()
{
    std::set<std::string> names;
    for (const FileRecord& file : TRY(m_rows.all())) {
        names.insert(nameOf(file.sha256));
    }
    return names;
}

Result<int> FileStore::sweepUnknown(Instant before)
{
    auto known = TRY(namesOnShelf());
    std::vector<FileShelf::Entry> strangers;
    TRY(m_shelf.each([&](const FileShelf::Entry& entry) -> Result<void> {
        if (entry.written < before && !(entry.isPlaced && known.contains(entry.name))) {
            strangers.push_back(entry);
        }
        return {};
    }));
    if (strangers.empty()) {
        return 0;
    }
    // Once more under the writer's lock: one of them may have become known while the shelf was walked.
    const auto alone = TRY(Transaction::begin(m_connection));
    known = TRY(namesOnShelf());
    int gone = 0;
    for (const FileShelf::Entry& entry : strangers) {
        if (!(entry.isPlaced && known.contains(entry.name))) {
            TRY(m_shelf.remove(entry));
            ++gone;
        }
    }
    return gone;
}

} // namespace motcua
