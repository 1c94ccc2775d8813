// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/folder_shelf.h"

#include "core/base/check.h"
#include "core/base/file.h"
#include "core/base/random.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace motcua {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kNameLength = 64;
constexpr const char* kUnfinished = ".new";

tl::unexpected<Error> failed(const char* what)
{
    return fail(ErrorKind::Storage, std::string(what) + ": " + std::strerror(errno));
}

/// Names are ours: hex digits of a keyed hash. Nothing else becomes part of a path.
bool isName(std::string_view name)
{
    return name.size() == kNameLength && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

fs::path placeOf(const fs::path& folder, const std::string& name)
{
    require(isName(name), "a file lies under a name of ours");
    return folder / name.substr(0, 2) / name;
}

class Writing final : public FileShelf::Unfinished
{
public:
    Writing(fs::path folder, fs::path path, int descriptor)
        : m_folder(std::move(folder)), m_path(std::move(path)), m_descriptor(descriptor)
    {}
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;
    ~Writing() override
    {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
        }
        if (!m_isPlaced) {
            ::unlink(m_path.c_str());
        }
    }

    Result<void> append(std::string_view bytes) override
    {
        while (!bytes.empty()) {
            const ssize_t written = ::write(m_descriptor, bytes.data(), bytes.size());
            if (written < 0 && errno != EINTR) {
                return failed("write a file");
            }
            bytes.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
        }
        return {};
    }

    Result<void> flush() override
    {
        // An error of fsync may be told once only and is never tried again; close() may tell one too.
        const bool good = ::fsync(m_descriptor) == 0;
        const bool closed = ::close(std::exchange(m_descriptor, -1)) == 0;
        return good && closed ? Result<void>() : failed("flush a file");
    }

    Result<void> place(const std::string& name) override
    {
        require(m_descriptor < 0, "a file is flushed before it gets its name");
        const fs::path target = placeOf(m_folder, name);
        TRY(makeFoldersDurably(target.parent_path()));
        // An empty folder may stand there where a file system was repaired.
        const bool isNamed = ::rename(m_path.c_str(), target.c_str()) == 0 ||
                             (errno == EISDIR && ::rmdir(target.c_str()) == 0 &&
                              ::rename(m_path.c_str(), target.c_str()) == 0);
        if (!isNamed) {
            return failed("name a file");
        }
        m_isPlaced = true;
        return flushToDisk(target.parent_path());
    }

private:
    fs::path m_folder;
    fs::path m_path;
    int m_descriptor;
    bool m_isPlaced = false;
};

FileShelf::Entry entryOf(const fs::path& path, bool isPlaced)
{
    FileShelf::Entry entry;
    entry.name = path.filename().string();
    entry.isPlaced = isPlaced;
    struct stat status = {};
    if (::stat(path.c_str(), &status) == 0) {
        entry.bytes = static_cast<std::int64_t>(status.st_size);
        entry.written = fromMillis(static_cast<std::int64_t>(status.st_mtime) * 1000);
    }
    return entry;
}

} // namespace

Result<std::unique_ptr<FileShelf::Unfinished>> FolderShelf::begin()
{
    TRY(makeFoldersDurably(m_folder));
    fs::path path = m_folder / (SystemRandom().hex(8) + kUnfinished);
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) {
        return failed("begin a file");
    }
    return std::unique_ptr<Unfinished>(std::make_unique<Writing>(m_folder, std::move(path), descriptor));
}

Result<std::unique_ptr<ByteSource>> FolderShelf::open(const std::string& name)
{
    // One bad sector must not stop what is done with all the others: a backup, or taking the paper in again.
    return std::unique_ptr<ByteSource>(TRY(DiskSource::open(placeOf(m_folder, name), ErrorKind::Damaged)));
}

Result<void> FolderShelf::each(const std::function<Result<void>(const Entry&)>& visit)
{
    std::error_code error;
    if (!fs::exists(m_folder, error)) {
        return {};
    }
    // Folders are read one at a time; what is neither a name of ours nor a file that was begun is left alone.
    for (fs::directory_iterator at(m_folder, error), end; !error && at != end; at.increment(error)) {
        if (at->path().extension() == kUnfinished) {
            TRY(visit(entryOf(at->path(), false)));
            continue;
        }
        std::error_code inner;
        for (fs::directory_iterator file(at->path(), inner); !inner && file != end; file.increment(inner)) {
            if (isName(file->path().filename().string())) {
                TRY(visit(entryOf(file->path(), true)));
            }
        }
    }
    return error ? fail(ErrorKind::Storage, m_folder.string() + ": " + error.message()) : Result<void>();
}

Result<void> FolderShelf::remove(const Entry& entry)
{
    const fs::path path = entry.isPlaced ? placeOf(m_folder, entry.name) : m_folder / entry.name;
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
        return failed("remove a file");
    }
    return {};
}

} // namespace motcua
