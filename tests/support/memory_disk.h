// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/memory_file.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

struct sqlite3_vfs;

namespace motcua {

/// One change of a file on the disk in memory.
struct DiskChange
{
    enum class Kind
    {
        Write,
        Truncate, ///< `at` is the new length
        Sync,
        Remove,
    };
    Kind kind = Kind::Write;
    std::string path;
    std::size_t at = 0;
    std::string bytes;
};

/// A disk in memory below SQLite and its encryption; no file of it ever touches a real one. One a process,
/// one thread at a time. Files are named by their path; a machine's files share a beginning.
class MemoryDisk
{
public:
    /// Registers itself with SQLite at first use.
    [[nodiscard]] static MemoryDisk& the();

    /// What to open with: the encrypting disk on top of this one.
    [[nodiscard]] const std::string& name() const { return m_name; }

    /// While one lives, whoever opens a file without naming a disk opens it here, in plain text: the
    /// reference portal's store.
    class AsDefault
    {
    public:
        AsDefault();
        AsDefault(const AsDefault&) = delete;
        AsDefault& operator=(const AsDefault&) = delete;
        ~AsDefault();

    private:
        sqlite3_vfs* m_before;
    };

    /// Files made from now on remember what has not been synced.
    void setTracked(bool isTracked) { m_isTracked = isTracked; }

    /// New contents of a file, there at once; its log is emptied. Whoever has it open reads them next.
    void put(const std::string& path, std::string_view bytes);
    [[nodiscard]] std::string bytes(const std::string& path) const;
    [[nodiscard]] bool holds(const std::string& path) const { return m_files.contains(path); }
    void remove(const std::string& path);
    /// All that is named so, and its log.
    [[nodiscard]] std::vector<std::string> paths(const std::string& beginning) const;

    /// The power of a machine goes now: its files are what the cut left, and all handles of before are dead.
    void cutPower(const std::string& beginning, Random& random);
    /// The same at the n-th write, sync or truncation from now on (1 is the next).
    void cutPowerAt(const std::string& beginning, std::int64_t access, std::uint64_t dice);
    /// Whether the cut asked for last has come. Forgets it in any case.
    [[nodiscard]] bool tookPowerCut();

    /// From now on each change is also written down here, in the order in which they are made; nullptr: no
    /// more.
    void recordTo(std::vector<DiskChange>* changes) { m_record = changes; }
    /// The file itself, for whoever puts a crashed one together; made when missing.
    [[nodiscard]] std::shared_ptr<MemoryFile> file(const std::string& path);

    // For the shim.
    void note(DiskChange::Kind kind, const std::string& path, std::size_t at = 0,
              std::string_view bytes = {});
    [[nodiscard]] std::shared_ptr<MemoryFile> open(const char* path, bool create);
    /// Before each change of a file; false: the power is gone.
    [[nodiscard]] bool mayChange(const MemoryFile& file);

private:
    MemoryDisk();

    struct PlannedCut
    {
        std::string beginning;
        std::int64_t left = 0;
        SeededRandom random{0};
        bool isDone = false;
    };

    std::string m_name;
    bool m_isTracked = false;
    std::map<std::string, std::shared_ptr<MemoryFile>> m_files;
    std::optional<PlannedCut> m_planned;
    std::vector<DiskChange>* m_record = nullptr;
};

} // namespace motcua
