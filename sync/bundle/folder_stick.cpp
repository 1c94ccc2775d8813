// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/bundle/folder_stick.h"

#include "sync/bundle/file_ends.h"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace motcua {

namespace {

constexpr const char* kUnfinished = ".part"; // no suffix of ours: nobody takes it for a bundle

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

class FolderFile final : public Stick::NewFile
{
public:
    FolderFile(FileHandle folder, FileHandle file, std::string name)
        : m_folder(std::move(folder)), m_file(std::move(file)), m_name(std::move(name))
    {}
    ~FolderFile() override
    {
        if (!m_isPlaced) {
            ::unlinkat(m_folder.value(), unfinished().c_str(), 0);
        }
    }

    Result<void> append(std::string_view bytes) override { return writeWhole(m_file, bytes); }

    Result<void> flush() override
    {
        if (::fsync(m_file.value()) != 0) {
            return fileFailure("flush " + m_name);
        }
        m_file = FileHandle();
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
        ::posix_fadvise(plain.value(), 0, 0, POSIX_FADV_DONTNEED);
        return std::unique_ptr<BundleSource>(std::make_unique<FileSource>(std::move(plain)));
    }

    Result<void> place() override
    {
        if (::renameat(m_folder.value(), unfinished().c_str(), m_folder.value(), m_name.c_str()) != 0) {
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
    [[nodiscard]] std::string unfinished() const { return m_name + kUnfinished; }
    [[nodiscard]] int open(int how) const
    {
        return ::openat(m_folder.value(), unfinished().c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | how);
    }

    FileHandle m_folder;
    FileHandle m_file;
    std::string m_name;
    bool m_isPlaced = false;
};

} // namespace

Result<std::vector<Stick::File>> FolderStick::bundles()
{
    FileHandle folder = TRY(openFolder(m_folder));
    DIR* opened = ::fdopendir(folder.value());
    if (opened == nullptr) {
        return fileFailure(m_folder.string());
    }
    const int descriptor = folder.release(); // closedir() closes it
    const std::unique_ptr<DIR, int (*)(DIR*)> list(opened, &::closedir);
    std::vector<File> files;
    while (const dirent* entry = ::readdir(list.get())) {
        struct stat about = {};
        if (isBundleName(entry->d_name) &&
            ::fstatat(descriptor, entry->d_name, &about, AT_SYMLINK_NOFOLLOW) == 0 &&
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
    ::posix_fadvise(file.value(), 0, 0, POSIX_FADV_DONTNEED);
    return std::unique_ptr<BundleSource>(std::make_unique<FileSource>(std::move(file)));
}

Result<std::unique_ptr<Stick::NewFile>> FolderStick::create(const std::string& name)
{
    FileHandle folder = TRY(openFolder(m_folder));
    const std::string unfinished = name + kUnfinished;
    ::unlinkat(folder.value(), unfinished.c_str(), 0); // of an earlier try that was broken off
    // Readable by whoever has the stick: it is sealed, and the city's machine knows none of our accounts.
    FileHandle file(::openat(folder.value(), unfinished.c_str(),
                             O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644));
    if (!file.isOpen()) {
        return fileFailure("write into " + m_folder.string());
    }
    return std::unique_ptr<NewFile>(std::make_unique<FolderFile>(std::move(folder), std::move(file), name));
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
