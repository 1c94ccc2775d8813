// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/memory_disk.h"

#include "core/base/check.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <sqlite3.h>

namespace motcua {

namespace {

constexpr const char* kShim = "memory-disk";
constexpr double kNoonOfJulianDay = 2'461'366.0; // a fixed day: nothing here may ask the real clock
constexpr int kPathMost = 512;

struct Opened
{
    std::string path;
    std::shared_ptr<MemoryFile> file;
    MemoryFile::Holder holder;
};

struct ShimFile
{
    sqlite3_file base;
    Opened* opened;
};

Opened& opened(sqlite3_file* file)
{
    return *reinterpret_cast<ShimFile*>(file)->opened;
}

int closeFile(sqlite3_file* file)
{
    auto* shim = reinterpret_cast<ShimFile*>(file);
    shim->opened->file->detach(shim->opened->holder);
    delete shim->opened;
    shim->opened = nullptr;
    file->pMethods = nullptr;
    return SQLITE_OK;
}

int readFile(sqlite3_file* file, void* to, int bytes, sqlite3_int64 at)
{
    const auto& from = *opened(file).file;
    if (from.isDead) {
        return SQLITE_IOERR_READ;
    }
    return from.read(static_cast<char*>(to), static_cast<std::size_t>(bytes), static_cast<std::size_t>(at))
               ? SQLITE_OK
               : SQLITE_IOERR_SHORT_READ;
}

int writeFile(sqlite3_file* file, const void* from, int bytes, sqlite3_int64 at)
{
    auto& to = *opened(file).file;
    if (!MemoryDisk::the().mayChange(to)) {
        return SQLITE_IOERR_WRITE;
    }
    const std::string_view what(static_cast<const char*>(from), static_cast<std::size_t>(bytes));
    to.write(what, static_cast<std::size_t>(at));
    MemoryDisk::the().note(DiskChange::Kind::Write, opened(file).path, static_cast<std::size_t>(at), what);
    return SQLITE_OK;
}

int truncateFile(sqlite3_file* file, sqlite3_int64 size)
{
    auto& which = *opened(file).file;
    if (!MemoryDisk::the().mayChange(which)) {
        return SQLITE_IOERR_TRUNCATE;
    }
    which.truncate(static_cast<std::size_t>(size));
    MemoryDisk::the().note(DiskChange::Kind::Truncate, opened(file).path, static_cast<std::size_t>(size));
    return SQLITE_OK;
}

int syncFile(sqlite3_file* file, int)
{
    auto& which = *opened(file).file;
    if (!MemoryDisk::the().mayChange(which)) {
        return SQLITE_IOERR_FSYNC;
    }
    which.sync();
    MemoryDisk::the().note(DiskChange::Kind::Sync, opened(file).path);
    return SQLITE_OK;
}

int fileSize(sqlite3_file* file, sqlite3_int64* size)
{
    *size = static_cast<sqlite3_int64>(opened(file).file->data().size());
    return opened(file).file->isDead ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

int lockFile(sqlite3_file* file, int level)
{
    auto& which = opened(file);
    if (which.file->isDead) {
        return SQLITE_IOERR_LOCK;
    }
    return which.file->lock(which.holder, level) ? SQLITE_OK : SQLITE_BUSY;
}

int unlockFile(sqlite3_file* file, int level)
{
    opened(file).holder.level = std::min(opened(file).holder.level, level);
    return SQLITE_OK;
}

int checkLock(sqlite3_file* file, int* out)
{
    *out = opened(file).file->isReserved() ? 1 : 0;
    return SQLITE_OK;
}

int control(sqlite3_file*, int, void*)
{
    return SQLITE_NOTFOUND;
}
int sectorSize(sqlite3_file*)
{
    return 4096;
}
int traits(sqlite3_file*)
{
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int shmMap(sqlite3_file* file, int which, int size, int extend, void volatile** out)
{
    auto& each = opened(file);
    each.holder.isMapped = true;
    *out = each.file->region(static_cast<std::size_t>(which), static_cast<std::size_t>(size), extend != 0);
    return each.file->isDead ? SQLITE_IOERR_SHMMAP : SQLITE_OK;
}

int shmLock(sqlite3_file* file, int first, int count, int flags)
{
    auto& each = opened(file);
    const auto slots = static_cast<std::uint16_t>(((1U << count) - 1U) << first);
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
        each.holder.sharedSlots = static_cast<std::uint16_t>(each.holder.sharedSlots & ~slots);
        each.holder.exclusiveSlots = static_cast<std::uint16_t>(each.holder.exclusiveSlots & ~slots);
        return SQLITE_OK;
    }
    if (each.file->isDead) {
        return SQLITE_IOERR_SHMLOCK;
    }
    return each.file->lockSlots(each.holder, slots, (flags & SQLITE_SHM_EXCLUSIVE) != 0) ? SQLITE_OK
                                                                                         : SQLITE_BUSY;
}

void shmBarrier(sqlite3_file*) {}

int shmUnmap(sqlite3_file* file, int)
{
    opened(file).file->unmap(opened(file).holder);
    return SQLITE_OK;
}

// Version 2: no memory-mapped reads.
constexpr sqlite3_io_methods kMethods{2,          closeFile,  readFile, writeFile,  truncateFile,
                                      syncFile,   fileSize,   lockFile, unlockFile, checkLock,
                                      control,    sectorSize, traits,   shmMap,     shmLock,
                                      shmBarrier, shmUnmap,   nullptr,  nullptr};

int openFile(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* outFlags)
{
    auto* shim = reinterpret_cast<ShimFile*>(file);
    shim->base.pMethods = nullptr;
    auto found = MemoryDisk::the().open(name, (flags & SQLITE_OPEN_CREATE) != 0);
    if (!found) {
        return SQLITE_CANTOPEN;
    }
    shim->opened = new (std::nothrow) Opened{name == nullptr ? "" : name, std::move(found), {}};
    if (shim->opened == nullptr) {
        return SQLITE_NOMEM;
    }
    shim->opened->file->attach(shim->opened->holder);
    shim->base.pMethods = &kMethods;
    if (outFlags != nullptr) {
        *outFlags = flags;
    }
    return SQLITE_OK;
}

int deleteFile(sqlite3_vfs*, const char* name, int)
{
    const bool isThere = MemoryDisk::the().holds(name);
    MemoryDisk::the().remove(name);
    MemoryDisk::the().note(DiskChange::Kind::Remove, name);
    return isThere ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
}

int accessFile(sqlite3_vfs*, const char* name, int, int* out)
{
    *out = MemoryDisk::the().holds(name) ? 1 : 0;
    return SQLITE_OK;
}

int fullPath(sqlite3_vfs*, const char* name, int most, char* out)
{
    sqlite3_snprintf(most, out, "%s", name);
    return SQLITE_OK;
}

int randomness(sqlite3_vfs*, int bytes, char* out)
{
    std::memset(out, 42, static_cast<std::size_t>(bytes));
    return bytes;
}

// Whoever waits here waits for itself: nobody else runs.
int sleepFor(sqlite3_vfs*, int micros)
{
    return micros;
}

int currentTime(sqlite3_vfs*, double* out)
{
    *out = kNoonOfJulianDay;
    return SQLITE_OK;
}

int lastError(sqlite3_vfs*, int, char*)
{
    return 0;
}

sqlite3_vfs g_shim;

} // namespace

MemoryDisk& MemoryDisk::the()
{
    static MemoryDisk disk;
    return disk;
}

MemoryDisk::MemoryDisk()
{
    require(sqlite3_initialize() == SQLITE_OK, "SQLite starts");
    g_shim = {};
    g_shim.iVersion = 1;
    g_shim.szOsFile = static_cast<int>(sizeof(ShimFile));
    g_shim.mxPathname = kPathMost;
    g_shim.zName = kShim;
    g_shim.xOpen = openFile;
    g_shim.xDelete = deleteFile;
    g_shim.xAccess = accessFile;
    g_shim.xFullPathname = fullPath;
    g_shim.xRandomness = randomness;
    g_shim.xSleep = sleepFor;
    g_shim.xCurrentTime = currentTime;
    g_shim.xGetLastError = lastError;
    require(sqlite3_vfs_register(&g_shim, 0) == SQLITE_OK, "the disk in memory is registered");
#if MOTCUA_ENCRYPTION
    require(sqlite3mc_vfs_create(kShim, 0) == SQLITE_OK, "encryption stands on the disk in memory");
    m_name = std::string("multipleciphers-") + kShim;
#else
    m_name = kShim;
#endif
}

MemoryDisk::AsDefault::AsDefault() : m_before(sqlite3_vfs_find(nullptr))
{
    static_cast<void>(MemoryDisk::the());
    sqlite3_vfs_register(&g_shim, 1);
}

MemoryDisk::AsDefault::~AsDefault()
{
    sqlite3_vfs_register(m_before, 1);
}

void MemoryDisk::put(const std::string& path, std::string_view bytes)
{
    auto& file = m_files[path];
    if (!file) {
        file = std::make_shared<MemoryFile>(m_isTracked);
    }
    file->replace(bytes);
    if (const auto log = m_files.find(path + "-wal"); log != m_files.end()) {
        log->second->replace({});
    }
}

std::string MemoryDisk::bytes(const std::string& path) const
{
    const auto found = m_files.find(path);
    require(found != m_files.end(), "the file is there");
    return found->second->data();
}

void MemoryDisk::remove(const std::string& path)
{
    m_files.erase(path);
}

std::vector<std::string> MemoryDisk::paths(const std::string& beginning) const
{
    std::vector<std::string> found;
    for (auto each = m_files.lower_bound(beginning);
         each != m_files.end() && each->first.starts_with(beginning); ++each) {
        found.push_back(each->first);
    }
    return found;
}

std::shared_ptr<MemoryFile> MemoryDisk::file(const std::string& path)
{
    return open(path.c_str(), true);
}

void MemoryDisk::note(DiskChange::Kind kind, const std::string& path, std::size_t at, std::string_view bytes)
{
    if (m_record != nullptr && !path.empty()) {
        m_record->push_back({kind, path, at, std::string(bytes)});
    }
}

void MemoryDisk::cutPower(const std::string& beginning, Random& random)
{
    for (const auto& path : paths(beginning)) {
        auto& file = m_files[path];
        auto left = std::make_shared<MemoryFile>(m_isTracked);
        left->replace(file->afterPowerCut(random));
        file->isDead = true;
        file = std::move(left);
    }
}

void MemoryDisk::cutPowerAt(const std::string& beginning, std::int64_t access, std::uint64_t dice)
{
    m_planned = PlannedCut{beginning, access, SeededRandom(dice), false};
}

bool MemoryDisk::tookPowerCut()
{
    const bool took = m_planned && m_planned->isDone;
    m_planned.reset();
    return took;
}

std::shared_ptr<MemoryFile> MemoryDisk::open(const char* path, bool create)
{
    if (path == nullptr) {
        return std::make_shared<MemoryFile>(false); // a temporary one, gone with its handle
    }
    const auto found = m_files.find(path);
    if (found != m_files.end()) {
        return found->second;
    }
    return create ? m_files.emplace(path, std::make_shared<MemoryFile>(m_isTracked)).first->second : nullptr;
}

bool MemoryDisk::mayChange(const MemoryFile& file)
{
    if (file.isDead || !m_planned || m_planned->isDone) {
        return !file.isDead;
    }
    // A machine has a handful of files; only a planned cut looks for the one at hand.
    const auto ours = paths(m_planned->beginning);
    const bool isOurs = std::any_of(ours.begin(), ours.end(),
                                    [&](const std::string& path) { return m_files[path].get() == &file; });
    if (isOurs && --m_planned->left == 0) {
        m_planned->isDone = true;
        cutPower(m_planned->beginning, m_planned->random);
    }
    return !file.isDead;
}

} // namespace motcua
