// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"
#include "core/vault/register_folder.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <unistd.h>

namespace motcua {

namespace {

constexpr const char* kLockName = "register.lock";
constexpr std::size_t kHolderBytesMax = 300;

std::string holderOf(const std::filesystem::path& path)
{
    const auto text = readFile(path, kHolderBytesMax);
    return text && !text->empty() ? *text : std::string("một chương trình khác");
}

} // namespace

FolderLock::FolderLock(FolderLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

FolderLock::~FolderLock()
{
    if (m_descriptor >= 0) {
        // The file stays: removing it would let two programs lock two files of one name.
        static_cast<void>(::ftruncate(m_descriptor, 0));
        ::close(m_descriptor);
    }
}

Result<FolderLock> FolderLock::take(const std::filesystem::path& folder, std::string_view program,
                                    const Clock& clock, Millis timeout)
{
    const std::filesystem::path path = folder / kLockName;
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) {
        return fail(ErrorKind::Storage, "lock " + path.string() + ": " + std::strerror(errno));
    }
    FolderLock lock(descriptor);
    const Millis give = clock.monotonic() + timeout;
    while (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        const Millis left = give - clock.monotonic();
        if (left <= Millis{0}) {
            ::close(std::exchange(lock.m_descriptor, -1));
            return fail(ErrorKind::Locked, holderOf(path));
        }
        ::poll(nullptr, 0, static_cast<int>(std::min(left, Millis{50}).count()));
    }
    const std::string holder = std::string(program) + ", tiến trình " + std::to_string(::getpid()) + ", từ " +
                               toDisplayTime(clock.now());
    const bool written =
        ::ftruncate(descriptor, 0) == 0 &&
        ::pwrite(descriptor, holder.data(), holder.size(), 0) == static_cast<ssize_t>(holder.size());
    if (!written) {
        return fail(ErrorKind::Storage, "lock " + path.string() + ": " + std::strerror(errno));
    }
    return lock;
}

} // namespace motcua
