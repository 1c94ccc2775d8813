// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/blob_store.h"

#include "core/base/file.h"
#include "core/base/hash.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace motcua::portal {

namespace {

constexpr std::size_t kBlobBytesMax = 20971520;
constexpr const char* kPartSuffix = ".part";

tl::unexpected<Error> systemError(const char* during)
{
    return fail(ErrorKind::Storage, std::string(during) + ": " + std::strerror(errno));
}

/// An open file that is closed at the end of the scope.
class File
{
public:
    File(const std::string& path, int flags) : m_descriptor(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File()
    {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
        }
    }
    [[nodiscard]] int descriptor() const { return m_descriptor; }

private:
    int m_descriptor;
};

Result<void> writeAll(int descriptor, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) {
            return systemError("write a file");
        }
        bytes.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
    return {};
}

std::int64_t sizeOf(const std::string& path)
{
    struct stat status = {};
    return ::stat(path.c_str(), &status) == 0 ? static_cast<std::int64_t>(status.st_size) : -1;
}

/// How long the open file is; nothing where it does not bear this name any more.
std::optional<std::int64_t> lengthOf(int descriptor, const std::string& path)
{
    struct stat open = {};
    struct stat named = {};
    const bool isNamed = ::fstat(descriptor, &open) == 0 && ::stat(path.c_str(), &named) == 0 &&
                         open.st_ino == named.st_ino && open.st_dev == named.st_dev;
    return isNamed ? std::optional(static_cast<std::int64_t>(open.st_size)) : std::nullopt;
}

} // namespace

/// Nothing more to append makes a store look at what it has: it gives it its name, or begins again.
Result<BlobStore::Held> BlobStore::settled(const std::string& unit, const std::string& sha256,
                                           std::int64_t size)
{
    const Held before = TRY(held(unit, sha256));
    if (before.isComplete || before.bytes < size) {
        return before;
    }
    TRY(append(unit, sha256, size, {}, size));
    return held(unit, sha256);
}

// Both parts of the path were checked by their callers: a unit's code, 64 hex digits.
std::string FolderBlobStore::pathOf(const std::string& unit, const std::string& sha256) const
{
    return m_folder + "/" + unit + "/" + sha256;
}

Result<BlobStore::Held> FolderBlobStore::held(const std::string& unit, const std::string& sha256)
{
    const std::string path = pathOf(unit, sha256);
    if (const std::int64_t size = sizeOf(path); size >= 0) {
        return Held{size, true};
    }
    return Held{std::max<std::int64_t>(0, sizeOf(path + kPartSuffix)), false};
}

Result<BlobStore::Taken> FolderBlobStore::append(const std::string& unit, const std::string& sha256,
                                                 std::int64_t offset, std::string_view piece,
                                                 std::int64_t size)
{
    const std::string folder = m_folder + "/" + unit;
    const std::string path = pathOf(unit, sha256);
    const std::string part = path + kPartSuffix;
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    const Held before = TRY(held(unit, sha256));
    if (before.isComplete || (before.bytes != offset && before.bytes <= size)) {
        return Taken::WrongOffset;
    }
    // The same file may come over the network and from a stick at once, in two processes: whoever has the
    // lock of the part looks where it stands and writes, and keeps the lock until it has its name.
    const File file(part, O_WRONLY | O_CREAT | O_APPEND);
    if (file.descriptor() < 0 || ::flock(file.descriptor(), LOCK_EX) != 0) {
        return systemError("open a file");
    }
    const auto stands = lengthOf(file.descriptor(), part);
    if (stands != offset) {
        if (stands.value_or(0) > size) {
            std::filesystem::remove(part,
                                    failure); // nothing good can come of it: the next asks, and begins again
        }
        return Taken::WrongOffset;
    }
    TRY(writeAll(file.descriptor(), piece));
    if (::fdatasync(file.descriptor()) != 0) {
        return systemError("sync a file");
    }
    if (offset + static_cast<std::int64_t>(piece.size()) < size) {
        return Taken::More;
    }
    if (toHex(motcua::sha256(TRY(readFile(part, kBlobBytesMax)))) != sha256) {
        std::filesystem::remove(part, failure);
        return Taken::Discarded;
    }
    if (::rename(part.c_str(), path.c_str()) != 0) {
        return systemError("rename a file");
    }
    TRY(flushToDisk(folder));
    return Taken::Whole;
}

Result<std::string> FolderBlobStore::read(const std::string& unit, const std::string& sha256,
                                          std::int64_t offset, std::int64_t count)
{
    const File file(pathOf(unit, sha256), O_RDONLY);
    if (file.descriptor() < 0) {
        return errno == ENOENT ? fail(ErrorKind::NotFound, "no complete file " + sha256)
                               : systemError("open a file");
    }
    std::string bytes(static_cast<std::size_t>(count), '\0');
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t got = ::pread(file.descriptor(), bytes.data() + done, bytes.size() - done,
                                    static_cast<off_t>(offset) + static_cast<off_t>(done));
        if (got == 0) {
            return fail(ErrorKind::Damaged, "a stored file is shorter than it was");
        }
        if (got < 0 && errno != EINTR) {
            return systemError("read a file");
        }
        done += got > 0 ? static_cast<std::size_t>(got) : 0;
    }
    return bytes;
}

} // namespace motcua::portal
