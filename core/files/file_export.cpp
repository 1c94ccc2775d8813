// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/file_export.h"

#include "core/base/file.h"
#include "core/base/random.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace motcua {

namespace {

constexpr std::size_t kChunk = std::size_t{64} << 10;

tl::unexpected<Error> failed(const std::filesystem::path& path)
{
    return fail(ErrorKind::Storage, path.string() + ": " + std::strerror(errno));
}

/// A file that is new, open for writing, and gone again unless it was kept.
class Draft
{
public:
    explicit Draft(std::filesystem::path path)
        : m_path(std::move(path)),
          m_descriptor(::open(m_path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600))
    {}
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;
    ~Draft()
    {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
            ::unlink(m_path.c_str());
        }
    }

    Result<void> append(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const ssize_t written = m_descriptor < 0 ? -1 : ::write(m_descriptor, bytes.data(), bytes.size());
            if (written < 0 && (m_descriptor < 0 || errno != EINTR)) {
                return failed(m_path);
            }
            bytes.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
        }
        return {};
    }
    Result<void> keepAs(const std::filesystem::path& target)
    {
        if (m_descriptor < 0 || ::fsync(m_descriptor) != 0 || ::rename(m_path.c_str(), target.c_str()) != 0) {
            return failed(target);
        }
        ::close(std::exchange(m_descriptor, -1));
        return flushToDisk(target.parent_path());
    }

private:
    std::filesystem::path m_path;
    int m_descriptor;
};

} // namespace

Result<void> exportFile(FileStore& store, const FileRecord& file, const std::filesystem::path& target)
{
    auto plain = TRY(store.open(file));
    Draft draft(target.parent_path() / (".motcua-" + SystemRandom().hex(8) + ".part"));
    Digester digester;
    std::string chunk(kChunk, '\0');
    while (const std::size_t got = TRY(plain->read(chunk.data(), chunk.size()))) {
        digester.add(std::string_view(chunk).substr(0, got));
        TRY(draft.append(std::string_view(chunk).substr(0, got)));
    }
    if (digester.digest().sha256 != file.sha256) {
        return fail(ErrorKind::Damaged, "a file is not what the register says");
    }
    return draft.keepAs(target);
}

} // namespace motcua
