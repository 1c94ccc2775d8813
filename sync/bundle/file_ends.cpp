// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/bundle/file_ends.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace motcua {

namespace {

constexpr std::size_t kDirectBytes = std::size_t{1} << 20;
constexpr std::size_t kAlignment = 4096;

Result<std::size_t> readSome(int file, char* into, std::size_t count)
{
    while (true) {
        const ssize_t got = ::read(file, into, count);
        if (got >= 0) {
            return static_cast<std::size_t>(got);
        }
        if (errno != EINTR) {
            return fileFailure("read");
        }
    }
}

Result<void> toBeginning(int file)
{
    return ::lseek(file, 0, SEEK_SET) == 0 ? Result<void>() : fileFailure("rewind");
}

} // namespace

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept
{
    if (this != &other) {
        FileHandle gone(std::exchange(m_value, other.release()));
    }
    return *this;
}

FileHandle::~FileHandle()
{
    if (m_value >= 0) {
        ::close(m_value);
    }
}

int FileHandle::release()
{
    return std::exchange(m_value, -1);
}

tl::unexpected<Error> fileFailure(const std::string& what)
{
    const bool isMissing = errno == ENOENT || errno == ENOTDIR;
    return fail(isMissing ? ErrorKind::NotFound : ErrorKind::Storage, what + ": " + std::strerror(errno));
}

Result<void> writeWhole(const FileHandle& file, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.value(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return fileFailure("write");
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<std::size_t> FileSource::read(char* into, std::size_t count)
{
    return readSome(m_file.value(), into, count);
}

Result<void> FileSource::rewind()
{
    return toBeginning(m_file.value());
}

DirectSource::DirectSource(FileHandle file)
    : m_file(std::move(file)), m_buffer(static_cast<char*>(std::aligned_alloc(kAlignment, kDirectBytes)))
{}

Result<std::size_t> DirectSource::read(char* into, std::size_t count)
{
    if (m_taken == m_have) {
        m_taken = 0;
        m_have = TRY(readSome(m_file.value(), m_buffer.get(), kDirectBytes));
    }
    const std::size_t given = std::min(count, m_have - m_taken);
    std::memcpy(into, m_buffer.get() + m_taken, given);
    m_taken += given;
    return given;
}

Result<void> DirectSource::rewind()
{
    m_have = m_taken = 0;
    return toBeginning(m_file.value());
}

Result<std::unique_ptr<PrivateFile>> PrivateFile::create(const std::string& folder)
{
    FileHandle file(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (!file.isOpen()) {
        // Not every file system knows files without a name: one that loses its name at once does as well.
        std::string name = folder + "/motcua-XXXXXX";
        file = FileHandle(::mkostemp(name.data(), O_CLOEXEC));
        if (!file.isOpen()) {
            return fileFailure("a private file in " + folder);
        }
        ::unlink(name.c_str());
    }
    return std::unique_ptr<PrivateFile>(new PrivateFile(std::move(file)));
}

Result<void> PrivateFile::append(std::string_view bytes)
{
    return writeWhole(m_file, bytes);
}

Result<std::size_t> PrivateFile::read(char* into, std::size_t count)
{
    return readSome(m_file.value(), into, count);
}

Result<void> PrivateFile::rewind()
{
    return toBeginning(m_file.value());
}

} // namespace motcua
