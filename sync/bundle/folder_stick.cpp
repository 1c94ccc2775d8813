// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/bundle/folder_stick.h"

#include "core/base/file.h"
#include "core/base/random.h"
#include "sync/bundle/file_ends.h"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace motcua {

namespace {

constexpr std::string_view kUnfinished = ".part"; // no suffix of ours: nobody takes it for a bundle
using Folder = std::unique_ptr<DIR, int (*)(DIR*)>;

Result<FileHandle> openFolder(const std::filesystem::path& path)
{
    FileHandle folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return folder.isOpen() ? Result<FileHandle>(std::move(folder)) : fileFailure(path.string());
}

bool isPlainName(const std::string& name)
{
    return !name.empty() && name.front() != '.' && name.size() <= 200 &&
           name.find('/') == std::string::npos && name.find('\0') == std::string::npos;
}

bool isBundleName(std::string_view name)
{
    return isPlainName(std::string(name)) && name.ends_with(kBundleSuffix);
}

/// Lets go of the handle.
Result<Folder> listing(FileHandle folder, const std::string& what)
{
    DIR* opened = ::fdopendir(folder.value());
    if (opened == nullptr) {
        return fileFailure(what);
    }
    folder.release(); // closedir() closes it
    return Folder(opened, &::closedir);
}

/// Whoever writes a file holds a lock on it, which dies with the program.
bool isAbandoned(int folder, const char* name)
{
    const FileHandle file(::openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
    return !file.isOpen() || ::flock(file.value(), LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
}

/// What earlier tries at this file left when they were broken off.
Result<void> removeAbandoned(const std::filesystem::path& path, const std::string& name)
{
    const Folder list = TRY(listing(TRY(openFolder(path)), path.string()));
    while (const dirent* entry = ::readdir(list.get())) {
        const std::string_view found = entry->d_name;
        const int folder = ::dirfd(list.get());
        if (found.starts_with(name + ".") && found.ends_with(kUnfinished) &&
            isAbandoned(folder, entry->d_name)) {
            ::unlinkat(folder, entry->d_name, 0);
        }
    }
    return {};
}

class FolderFile final : public Stick::NewFile
{
public:
    FolderFile(FileHandle folder, FileHandle file, std::string name, std::string unfinished)
        : m_folder(std::move(folder)), m_file(std::move(file)), m_name(std::move(name)),
          m_unfinished(std::move(unfinished))
    {}
    ~FolderFile() override
    {
        if (!m_isPlaced && isStillOurs().value_or(false)) {
            ::unlinkat(m_folder.value(), m_unfinished.c_str(), 0);
        }
    }

    Result<void> append(std::string_view bytes) override { return writeWhole(m_file, bytes); }

    Result<void> flush() override
    {
        if (::fsync(m_file.value()) != 0) {
            return fileFailure("flush " + m_name);
        }
        return {};
    }

    Result<std::unique_ptr<BundleSource>> readBack() override
    {
        FileHandle direct(open(O_DIRECT));
        if (direct.isOpen()) {
            auto source = std::make_unique<DirectSource>(std::move(direct));
            char first = 0;
            if (source->read(&first, 1) && source->rewind()) {
                return std::unique_ptr<BundleSource>(std::move(source));
            }
        }
        FileHandle plain(open(0));
        if (!plain.isOpen()) {
            return fileFailure("read back " + m_name);
        }
        dropFromCache(plain.value());
        return std::unique_ptr<BundleSource>(std::make_unique<FileSource>(std::move(plain)));
    }

    Result<void> place() override
    {
        if (!TRY(isStillOurs())) {
            return fail(ErrorKind::Damaged, m_unfinished + " is not what was written");
        }
        if (::renameat(m_folder.value(), m_unfinished.c_str(), m_folder.value(), m_name.c_str()) != 0) {
            return fileFailure("name " + m_name);
        }
        m_isPlaced = true;
        // Where a folder cannot be flushed (some file systems of sticks), the system writes it when it is let
        // go.
        if (::fsync(m_folder.value()) != 0 && errno != EINVAL && errno != ENOTSUP) {
            return fileFailure("flush the folder of " + m_name);
        }
        return {};
    }

private:
    [[nodiscard]] int open(int how) const
    {
        return ::openat(m_folder.value(), m_unfinished.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | how);
    }
    /// Somebody else may have put another file in its place.
    [[nodiscard]] Result<bool> isStillOurs() const
    {
        struct stat written = {};
        struct stat named = {};
        if (::fstat(m_file.value(), &written) != 0 ||
            ::fstatat(m_folder.value(), m_unfinished.c_str(), &named, AT_SYMLINK_NOFOLLOW) != 0) {
            return fileFailure("find " + m_unfinished);
        }
        return written.st_dev == named.st_dev && written.st_ino == named.st_ino;
    }

    FileHandle m_folder;
    FileHandle m_file; ///< open to the end: it holds the lock, and some sticks number a file only while open
    std::string m_name;
    std::string m_unfinished;
    bool m_isPlaced = false;
};

} // namespace

Result<std::vector<Stick::File>> FolderStick::bundles()
{
    const Folder list = TRY(listing(TRY(openFolder(m_folder)), m_folder.string()));
    std::vector<File> files;
    while (const dirent* entry = ::readdir(list.get())) {
        struct stat about = {};
        if (isBundleName(entry->d_name) &&
            ::fstatat(::dirfd(list.get()), entry->d_name, &about, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(about.st_mode)) {
            files.push_back({entry->d_name, about.st_size});
        }
        if (files.size() >= kStickFilesMax) {
            break;
        }
    }
    std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.name < b.name; });
    return files;
}

Result<std::unique_ptr<BundleSource>> FolderStick::open(const std::string& name)
{
    if (!isPlainName(name)) {
        return fail(ErrorKind::Foreign, "no name of a bundle");
    }
    const FileHandle folder = TRY(openFolder(m_folder));
    // Non-blocking, because to open a pipe would wait for somebody who writes into it.
    FileHandle file(
        ::openat(folder.value(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
    if (!file.isOpen()) {
        const bool isLink = errno == ELOOP || errno == ENXIO;
        return isLink ? fail(ErrorKind::Foreign, name + " is no ordinary file") : fileFailure(name);
    }
    struct stat about = {};
    if (::fstat(file.value(), &about) != 0) {
        return fileFailure(name);
    }
    if (!S_ISREG(about.st_mode)) {
        return fail(ErrorKind::Foreign, name + " is no ordinary file");
    }
    if (about.st_size > kBundleFileBytesMax) {
        return fail(ErrorKind::Refused, name + " is too large");
    }
    dropFromCache(file.value());
    return std::unique_ptr<BundleSource>(std::make_unique<FileSource>(std::move(file)));
}

Result<std::unique_ptr<Stick::NewFile>> FolderStick::create(const std::string& name)
{
    TRY(removeAbandoned(m_folder, name));
    FileHandle folder = TRY(openFolder(m_folder));
    // Of its own: two programs may write one bundle onto one stick.
    std::string unfinished = name + "." + SystemRandom().hex(8) + std::string(kUnfinished);
    // Readable by whoever has the stick: it is sealed, and the city's machine knows none of our accounts.
    FileHandle file(::openat(folder.value(), unfinished.c_str(),
                             O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644));
    if (!file.isOpen()) {
        return fileFailure("write into " + m_folder.string());
    }
    ::flock(file.value(), LOCK_EX | LOCK_NB); // where a stick knows no locks, nobody respects one either
    return std::unique_ptr<NewFile>(
        std::make_unique<FolderFile>(std::move(folder), std::move(file), name, std::move(unfinished)));
}

std::optional<std::int64_t> FolderStick::freeBytes() const
{
    struct statvfs about = {};
    if (::statvfs(m_folder.c_str(), &about) != 0) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(about.f_bavail) * static_cast<std::int64_t>(about.f_frsize);
}

} // namespace motcua
