// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace motcua {

namespace {

tl::unexpected<Error> failed(const char* what, const std::filesystem::path& path)
{
    return fail(ErrorKind::Storage, std::string(what) + " " + path.string() + ": " + std::strerror(errno));
}

/// A file descriptor that closes itself.
class Descriptor
{
public:
    explicit Descriptor(int value) : m_value(value) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor()
    {
        if (m_value >= 0) {
            ::close(m_value);
        }
    }
    [[nodiscard]] int value() const { return m_value; }

private:
    int m_value;
};

bool writeAll(int descriptor, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

} // namespace

Result<std::string> readFile(const std::filesystem::path& path, std::size_t bytesMax)
{
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error) {
        return fail(error == std::errc::no_such_file_or_directory ? ErrorKind::NotFound : ErrorKind::Storage,
                    path.string() + ": " + error.message());
    }
    if (size > bytesMax) {
        return fail(ErrorKind::Invalid,
                    path.string() + " is larger than " + std::to_string(bytesMax) + " bytes");
    }
    std::ifstream file(path, std::ios::binary);
    std::string bytes(size, '\0');
    if (!file.read(bytes.data(), static_cast<std::streamsize>(size))) {
        return failed("read", path);
    }
    return bytes;
}

Result<void> flushToDisk(const std::filesystem::path& path)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.value() < 0 || ::fsync(file.value()) != 0) {
        return failed("flush", path);
    }
    return {};
}

Result<void> makeFoldersDurably(const std::filesystem::path& folder, FileMode mode)
{
    std::error_code none;
    std::vector<std::filesystem::path> missing;
    for (auto each = folder; !each.empty() && !std::filesystem::is_directory(each, none);
         each = each.parent_path()) {
        missing.push_back(each);
    }
    for (; !missing.empty(); missing.pop_back()) {
        const std::filesystem::path& each = missing.back();
        if (std::filesystem::is_directory(each, none)) {
            continue; // the one before with a slash or a dot behind it
        }
        if (::mkdir(each.c_str(), mode == FileMode::Private ? 0700 : 0777) != 0) {
            const auto error = failed("make the folder", each);
            if (!std::filesystem::is_directory(each, none)) {
                return error;
            }
        }
        TRY(flushToDisk(each.has_parent_path() ? each.parent_path() : std::filesystem::path(".")));
    }
    return {};
}

void dropFromCache(int descriptor)
{
    ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
}

void dropFromCache(const std::filesystem::path& file)
{
    const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (opened.value() >= 0) {
        dropFromCache(opened.value());
    }
}

Result<void> writeFileDurably(const std::filesystem::path& path, std::string_view bytes, FileMode mode)
{
    std::error_code none;
    if (std::filesystem::exists(path, none) && !std::filesystem::is_regular_file(path, none)) {
        return fail(ErrorKind::Invalid, path.string() + " is no ordinary file");
    }
    std::filesystem::path temporary = path;
    temporary += ".new";
    const mode_t permissions = mode == FileMode::Private ? 0600 : 0644;
    {
        const Descriptor file(
            ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, permissions));
        if (file.value() < 0 || !writeAll(file.value(), bytes) || ::fsync(file.value()) != 0) {
            const auto error = failed("write", temporary);
            ::unlink(temporary.c_str());
            return error;
        }
    }
    if (::rename(temporary.c_str(), path.c_str()) != 0) {
        return failed("rename to", path);
    }
    return flushToDisk(path.has_parent_path() ? path.parent_path() : std::filesystem::path("."));
}

} // namespace motcua
