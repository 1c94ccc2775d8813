// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fault_vfs.h"

#include "core/base/check.h"
#include "core/base/random.h"

#include <algorithm>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

namespace motcua {

namespace {

constexpr const char* kShim = "fault";
constexpr std::size_t kSector = 512;

struct ShimFile
{
    sqlite3_file base;
    sqlite3_file* real; ///< lies behind this struct, in the same piece of memory
    const char* path;   ///< SQLite keeps it as long as the file is open; none of a temporary one
};

sqlite3_vfs* g_real = nullptr;

sqlite3_file* real(sqlite3_file* file)
{
    return reinterpret_cast<ShimFile*>(file)->real;
}

void remember(sqlite3_file* file, std::size_t bytes, sqlite3_int64 at)
{
    const char* path = reinterpret_cast<ShimFile*>(file)->path;
    sqlite3_int64 length = 0;
    if (path == nullptr || !FaultDisk::the().remembers() ||
        real(file)->pMethods->xFileSize(real(file), &length) != SQLITE_OK) {
        return;
    }
    const auto there = std::clamp<sqlite3_int64>(length - at, 0, static_cast<sqlite3_int64>(bytes));
    std::string before(static_cast<std::size_t>(there), '\0');
    if (there > 0) {
        static_cast<void>(
            real(file)->pMethods->xRead(real(file), before.data(), static_cast<int>(there), at));
    }
    FaultDisk::the().remember(path, at, std::move(before), length);
}

int closeFile(sqlite3_file* file)
{
    const int code = real(file)->pMethods != nullptr ? real(file)->pMethods->xClose(real(file)) : SQLITE_OK;
    file->pMethods = nullptr;
    return code;
}

int readFile(sqlite3_file* file, void* to, int bytes, sqlite3_int64 at)
{
    return FaultDisk::the().access() ? SQLITE_IOERR_READ
                                     : real(file)->pMethods->xRead(real(file), to, bytes, at);
}

int writeFile(sqlite3_file* file, const void* from, int bytes, sqlite3_int64 at)
{
    if (FaultDisk::the().change()) {
        // Half of it gets through: a torn write, as when the power goes.
        static_cast<void>(real(file)->pMethods->xWrite(real(file), from, bytes / 2, at));
        return SQLITE_FULL;
    }
    remember(file, static_cast<std::size_t>(bytes), at);
    return real(file)->pMethods->xWrite(real(file), from, bytes, at);
}

int truncateFile(sqlite3_file* file, sqlite3_int64 size)
{
    if (FaultDisk::the().change()) {
        return SQLITE_IOERR_TRUNCATE;
    }
    sqlite3_int64 length = 0;
    if (real(file)->pMethods->xFileSize(real(file), &length) == SQLITE_OK && length > size) {
        remember(file, static_cast<std::size_t>(length - size), size);
    }
    return real(file)->pMethods->xTruncate(real(file), size);
}

int syncFile(sqlite3_file* file, int flags)
{
    if (FaultDisk::the().change()) {
        return SQLITE_IOERR_FSYNC;
    }
    const int code = real(file)->pMethods->xSync(real(file), flags);
    if (const char* path = reinterpret_cast<ShimFile*>(file)->path; path != nullptr) {
        FaultDisk::the().forget(path);
    }
    return code;
}

int fileSize(sqlite3_file* file, sqlite3_int64* size)
{
    return FaultDisk::the().access() ? SQLITE_IOERR_FSTAT : real(file)->pMethods->xFileSize(real(file), size);
}

int lockFile(sqlite3_file* file, int level)
{
    return real(file)->pMethods->xLock(real(file), level);
}
int unlockFile(sqlite3_file* file, int level)
{
    return real(file)->pMethods->xUnlock(real(file), level);
}
int checkLock(sqlite3_file* file, int* out)
{
    return real(file)->pMethods->xCheckReservedLock(real(file), out);
}
int control(sqlite3_file* file, int op, void* arg)
{
    return real(file)->pMethods->xFileControl(real(file), op, arg);
}
int sectorSize(sqlite3_file* file)
{
    return real(file)->pMethods->xSectorSize(real(file));
}
int traits(sqlite3_file* file)
{
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

int shmMap(sqlite3_file* file, int page, int size, int extend, void volatile** out)
{
    return FaultDisk::the().access() ? SQLITE_IOERR_SHMMAP
                                     : real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
}
int shmLock(sqlite3_file* file, int at, int n, int flags)
{
    return real(file)->pMethods->xShmLock(real(file), at, n, flags);
}
void shmBarrier(sqlite3_file* file)
{
    real(file)->pMethods->xShmBarrier(real(file));
}
int shmUnmap(sqlite3_file* file, int remove)
{
    return real(file)->pMethods->xShmUnmap(real(file), remove);
}

// Version 2: without memory-mapped reads, which would pass the shim by.
constexpr sqlite3_io_methods kMethods{2,          closeFile,  readFile, writeFile,  truncateFile,
                                      syncFile,   fileSize,   lockFile, unlockFile, checkLock,
                                      control,    sectorSize, traits,   shmMap,     shmLock,
                                      shmBarrier, shmUnmap,   nullptr,  nullptr};

int openFile(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* outFlags)
{
    auto* shim = reinterpret_cast<ShimFile*>(file);
    shim->base.pMethods = nullptr;
    shim->real = reinterpret_cast<sqlite3_file*>(shim + 1);
    shim->real->pMethods = nullptr;
    shim->path = name;
    if (FaultDisk::the().access()) {
        return SQLITE_CANTOPEN;
    }
    const int code = g_real->xOpen(g_real, name, shim->real, flags, outFlags);
    if (shim->real->pMethods != nullptr) {
        shim->base.pMethods = &kMethods;
    }
    return code;
}

int deleteFile(sqlite3_vfs*, const char* name, int sync)
{
    if (FaultDisk::the().change()) {
        return SQLITE_IOERR_DELETE;
    }
    FaultDisk::the().forget(name);
    return g_real->xDelete(g_real, name, sync);
}

int accessFile(sqlite3_vfs*, const char* name, int flags, int* out)
{
    return FaultDisk::the().access() ? SQLITE_IOERR_ACCESS : g_real->xAccess(g_real, name, flags, out);
}

sqlite3_vfs g_shim;

} // namespace

FaultDisk& FaultDisk::the()
{
    static FaultDisk disk;
    return disk;
}

FaultDisk::FaultDisk()
{
    require(sqlite3_initialize() == SQLITE_OK, "SQLite starts");
    g_real = sqlite3_vfs_find("unix");
    require(g_real != nullptr, "there is a real disk");
    g_shim = *g_real;
    g_shim.iVersion = 2;
    g_shim.szOsFile = static_cast<int>(sizeof(ShimFile)) + g_real->szOsFile;
    g_shim.zName = kShim;
    g_shim.pNext = nullptr;
    g_shim.xOpen = openFile;
    g_shim.xDelete = deleteFile;
    g_shim.xAccess = accessFile;
    require(sqlite3_vfs_register(&g_shim, 0) == SQLITE_OK, "the failing disk is registered");
#if MOTCUA_ENCRYPTION
    require(sqlite3mc_vfs_create(kShim, 0) == SQLITE_OK, "encryption stands on the failing disk");
    m_name = std::string("multipleciphers-") + kShim;
#else
    m_name = kShim;
#endif
}

void FaultDisk::failAt(std::int64_t at, Manner manner, std::uint64_t dice)
{
    m_accesses = 0;
    m_failAt = at;
    m_manner = manner;
    m_failed = false;
    m_dice = dice;
    m_unsynced.clear();
}

void FaultDisk::heal()
{
    m_failAt = 0;
    m_accesses = 0;
}

bool FaultDisk::access()
{
    return m_manner != Manner::Dies && m_manner != Manner::PowerCut && comes();
}

bool FaultDisk::change()
{
    const bool fails = comes();
    if (fails && (m_manner == Manner::Dies || m_manner == Manner::PowerCut)) {
        loseUnsynced();
        ::_exit(kDied);
    }
    return fails;
}

bool FaultDisk::comes()
{
    ++m_accesses;
    const bool fails =
        m_failAt != 0 && (m_accesses == m_failAt || (m_accesses > m_failAt && m_manner == Manner::FromNow));
    m_failed = m_failed || fails;
    return fails;
}

void FaultDisk::remember(const std::string& path, std::int64_t at, std::string before, std::int64_t length)
{
    m_unsynced[path].push_back({at, std::move(before), length});
}

/// The newest first, so that the oldest word on a sector is the last one.
void FaultDisk::loseUnsynced()
{
    SeededRandom random(m_dice);
    for (const auto& [path, all] : m_unsynced) {
        const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
        if (file < 0) {
            continue; // removed under another name
        }
        const auto luck = 1 + random.below(8); // of eight sectors so many are as before
        for (auto each = all.rbegin(); each != all.rend(); ++each) {
            for (std::size_t from = 0; from < each->bytes.size(); from += kSector) {
                const auto bytes = std::min(kSector, each->bytes.size() - from);
                if (random.below(8) < luck) {
                    static_cast<void>(!::pwrite(file, each->bytes.data() + from, bytes,
                                                each->at + static_cast<std::int64_t>(from)));
                }
            }
        }
        if (luck > 4) {
            static_cast<void>(!::ftruncate(file, all.front().length));
        }
        ::close(file);
    }
}

} // namespace motcua
