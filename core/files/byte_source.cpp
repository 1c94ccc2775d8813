// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/byte_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace motcua {

namespace {

/// This file is spoiled where it lies: a bad sector, or a file system that is not what it was. Others may be
/// good.
bool isSpoiled(int error)
{
    return error == EIO || error == EISDIR || error == EBADMSG || error == EUCLEAN || error == ENXIO;
}

} // namespace

Result<std::size_t> readFully(ByteSource& source, char* to, std::size_t most)
{
    std::size_t got = 0;
    while (got < most) {
        const std::size_t more = TRY(source.read(to + got, most - got));
        if (more == 0) {
            break;
        }
        got += more;
    }
    return got;
}

Result<std::size_t> MemorySource::read(char* to, std::size_t most)
{
    const std::size_t count = std::min(most, m_bytes.size() - m_at);
    std::copy_n(m_bytes.data() + m_at, count, to);
    m_at += count;
    return count;
}

Result<void> MemorySource::rewind()
{
    m_at = 0;
    return {};
}

Result<std::unique_ptr<DiskSource>> DiskSource::open(const std::filesystem::path& path, ErrorKind unreadable)
{
    // Without O_NONBLOCK opening a pipe would wait for somebody to write into it.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        const bool isMissing = errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG || errno == ELOOP;
        const ErrorKind kind = isMissing          ? ErrorKind::NotFound
                               : isSpoiled(errno) ? unreadable
                                                  : ErrorKind::Storage;
        return fail(kind, path.string() + ": " + std::strerror(errno));
    }
    std::unique_ptr<DiskSource> source(new DiskSource(descriptor, unreadable));
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0) {
        return fail(ErrorKind::Storage, path.string() + ": " + std::strerror(errno));
    }
    if (!S_ISREG(status.st_mode)) {
        return fail(ErrorKind::Invalid, path.string() + " is no ordinary file");
    }
    source->m_size = static_cast<std::int64_t>(status.st_size);
    return source;
}

DiskSource::~DiskSource()
{
    ::close(m_descriptor);
}

Result<std::size_t> DiskSource::read(char* to, std::size_t most)
{
    for (;;) {
        const ssize_t got = ::read(m_descriptor, to, most);
        if (got >= 0) {
            return static_cast<std::size_t>(got);
        }
        if (errno != EINTR) {
            return fail(isSpoiled(errno) ? m_unreadable : ErrorKind::Storage,
                        std::string("read a file: ") + std::strerror(errno));
        }
    }
}

Result<void> DiskSource::rewind()
{
    if (::lseek(m_descriptor, 0, SEEK_SET) != 0) {
        return fail(ErrorKind::Storage, std::string("read a file again: ") + std::strerror(errno));
    }
    return {};
}

} // namespace motcua
