// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/backup_files.h"

#include <algorithm>
#include <charconv>
#include <fstream>

namespace motcua {

namespace {

constexpr std::size_t kChunk = std::size_t{64} << 10;
constexpr std::size_t kNameLength = 64;
constexpr std::size_t kLineMax = 200;
constexpr std::string_view kEnd = "end ";
/// A sealed file is a little longer than its plain bytes.
constexpr std::int64_t kSealedBytesMax = 2 * kFileBytesMax;

bool isName(std::string_view name)
{
    return name.size() == kNameLength && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

/// Reads a part of a backup through a stream of its own.
class PartSource final : public ByteSource
{
public:
    PartSource(const std::filesystem::path& container, std::int64_t offset, std::int64_t bytes)
        : m_in(container, std::ios::binary), m_offset(offset), m_bytes(bytes), m_left(bytes)
    {
        m_in.seekg(offset);
    }

    Result<std::size_t> read(char* to, std::size_t most) override
    {
        const auto want = std::min<std::int64_t>(m_left, static_cast<std::int64_t>(most));
        if (want > 0 && !m_in.read(to, want)) {
            return fail(ErrorKind::Storage, "a backup cannot be read");
        }
        m_left -= want;
        return static_cast<std::size_t>(want);
    }
    Result<void> rewind() override
    {
        m_in.clear();
        m_in.seekg(m_offset);
        m_left = m_bytes;
        return {};
    }

private:
    std::ifstream m_in;
    std::int64_t m_offset;
    std::int64_t m_bytes;
    std::int64_t m_left;
};

Result<std::int64_t> lengthOf(ByteSource& source)
{
    std::string chunk(kChunk, '\0');
    std::int64_t length = 0;
    while (const std::size_t got = TRY(source.read(chunk.data(), chunk.size()))) {
        length += static_cast<std::int64_t>(got);
    }
    TRY(source.rewind());
    return length;
}

Result<void> put(std::ostream& out, Digester& digester, std::string_view bytes)
{
    digester.add(bytes);
    if (!out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
        return fail(ErrorKind::Storage, "the files could not be written into the backup");
    }
    return {};
}

/// Lost, or the disk does not give it back. A backup of the rest is better than none, and the caller counts
/// it.
bool isLost(ErrorKind kind)
{
    return kind == ErrorKind::NotFound || kind == ErrorKind::Invalid || kind == ErrorKind::Damaged;
}

Result<void> putFile(ByteSource& sealed, std::int64_t left, const std::string& name, std::ostream& out,
                     Digester& digester)
{
    TRY(put(out, digester, name + " " + std::to_string(left) + "\n"));
    std::string chunk(kChunk, '\0');
    while (left > 0) {
        const std::size_t got = TRY(sealed.read(chunk.data(), chunk.size()));
        if (got == 0 || static_cast<std::int64_t>(got) > left) {
            return fail(ErrorKind::Storage, "a file changed while it was copied");
        }
        TRY(put(out, digester, std::string_view(chunk).substr(0, got)));
        left -= static_cast<std::int64_t>(got);
    }
    return {};
}

std::string lastLine(std::int64_t count, const Digest& digest)
{
    return std::string(kEnd) + std::to_string(count) + " " + toHex(digest.sha256) + "\n";
}

tl::unexpected<Error> unreadable()
{
    return fail(ErrorKind::Damaged, "the backup's files are not readable");
}

Result<std::string> lineFrom(std::istream& in)
{
    std::string line;
    for (char c = 0; line.size() < kLineMax && in.get(c);) {
        line += c;
        if (c == '\n') {
            return line;
        }
    }
    return unreadable();
}

/// The name and length in the line before a file.
Result<std::pair<std::string, std::int64_t>> parsed(const std::string& line)
{
    std::int64_t bytes = -1;
    const char* const end = line.data() + line.size() - 1;
    const bool isLong = line.size() > kNameLength + 2 && line[kNameLength] == ' ';
    const auto read = isLong ? std::from_chars(line.data() + kNameLength + 1, end, bytes)
                             : std::from_chars_result{nullptr, std::errc::invalid_argument};
    std::string name = line.substr(0, kNameLength);
    if (read.ec != std::errc{} || read.ptr != end || bytes < 0 || bytes > kSealedBytesMax || !isName(name)) {
        return unreadable();
    }
    return std::pair(std::move(name), bytes);
}

Result<void> pass(std::istream& in, std::int64_t bytes, Digester& digester)
{
    std::string chunk(kChunk, '\0');
    while (bytes > 0) {
        const auto want = std::min<std::int64_t>(bytes, kChunk);
        if (!in.read(chunk.data(), want)) {
            return fail(ErrorKind::Damaged, "the backup ends in its files");
        }
        digester.add(std::string_view(chunk).substr(0, static_cast<std::size_t>(want)));
        bytes -= want;
    }
    return {};
}

} // namespace

Result<std::int64_t> writeFiles(FileStore& files, std::ostream& out)
{
    std::int64_t count = 0;
    Digester digester;
    for (const FileRecord& file : TRY(files.rows().all())) {
        const std::string name = files.nameOf(file.sha256);
        auto sealed = files.shelf().open(name);
        auto length = sealed ? lengthOf(**sealed) : tl::unexpected(sealed.error());
        if (!length && isLost(length.error().kind)) {
            continue;
        }
        const std::int64_t bytes = TRY(length);
        TRY(putFile(**sealed, bytes, name, out, digester));
        ++count;
    }
    const std::string end = lastLine(count, digester.digest());
    if (!out.write(end.data(), static_cast<std::streamsize>(end.size()))) {
        return fail(ErrorKind::Storage, "the files could not be written into the backup");
    }
    return count;
}

Result<BackupShelf> BackupShelf::read(std::istream& in, const std::filesystem::path& container)
{
    BackupShelf shelf;
    shelf.m_container = container;
    Digester digester;
    for (;;) {
        const std::string line = TRY(lineFrom(in));
        if (line.starts_with(kEnd)) {
            if (line != lastLine(shelf.count(), digester.digest())) {
                return fail(ErrorKind::Damaged, "the files in the backup are not what was written");
            }
            return shelf;
        }
        digester.add(line);
        const auto [name, bytes] = TRY(parsed(line));
        shelf.m_parts[name] = Part{static_cast<std::int64_t>(in.tellg()), bytes};
        TRY(pass(in, bytes, digester));
    }
}

Result<std::unique_ptr<FileShelf::Unfinished>> BackupShelf::begin()
{
    return fail(ErrorKind::Unsupported, "nothing is put into a finished backup");
}

Result<std::unique_ptr<ByteSource>> BackupShelf::open(const std::string& name)
{
    const auto found = m_parts.find(name);
    if (found == m_parts.end()) {
        return fail(ErrorKind::NotFound, "the backup holds no such file");
    }
    return std::unique_ptr<ByteSource>(
        std::make_unique<PartSource>(m_container, found->second.offset, found->second.bytes));
}

Result<void> BackupShelf::each(const std::function<Result<void>(const Entry&)>& visit)
{
    for (const auto& [name, part] : m_parts) {
        TRY(visit({name, part.bytes, {}, true}));
    }
    return {};
}

Result<void> BackupShelf::remove(const Entry&)
{
    return fail(ErrorKind::Unsupported, "nothing is taken out of a finished backup");
}

Result<void> copyShelf(FileShelf& from, FileShelf& to)
{
    return from.each([&](const FileShelf::Entry& entry) -> Result<void> {
        const auto source = TRY(from.open(entry.name));
        const auto copy = TRY(to.begin());
        std::string chunk(kChunk, '\0');
        while (const std::size_t got = TRY(source->read(chunk.data(), chunk.size()))) {
            TRY(copy->append(std::string_view(chunk).substr(0, got)));
        }
        TRY(copy->flush());
        return copy->place(entry.name);
    });
}

Result<std::int64_t> badFiles(FileStore& files)
{
    std::int64_t bad = 0;
    for (const FileOnItsWay& each : TRY(files.rows().onTheirWay())) {
        const FileState state = TRY(files.check(each.file));
        bad += state == FileState::Good ? 0 : 1;
    }
    return bad;
}

} // namespace motcua
