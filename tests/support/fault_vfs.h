// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace motcua {

/// A disk that fails when it is told to. One a process, below SQLite's encryption: give name() as SignIn.vfs
/// or OpenOptions.vfs. Counts each access that changes or reads a file, and lets the i-th fail.
class FaultDisk
{
public:
    enum class Manner
    {
        Once,     ///< only the i-th access fails
        FromNow,  ///< and everything after it, as when the power or the disk is gone
        Dies,     ///< the process ends there, without a word; only changes of the disk count
        PowerCut, ///< the same, and of what was not synced each sector of 512 bytes is as before or not
    };

    /// Registers itself with SQLite at first use.
    [[nodiscard]] static FaultDisk& the();

    /// What to open with: the encrypting disk on top of the failing one.
    [[nodiscard]] const std::string& name() const { return m_name; }

    /// The access number `at` from now on (1 is the next) fails.
    void failAt(std::int64_t at, Manner manner, std::uint64_t dice = 0);
    /// The exit status of a process that died here.
    static constexpr int kDied = 99;
    void heal();
    [[nodiscard]] bool hasFailed() const { return m_failed; }
    [[nodiscard]] std::int64_t accesses() const { return m_accesses; }

    /// Asked by the shim at each access; true: it fails.
    [[nodiscard]] bool access();
    /// The same for what changes the disk.
    [[nodiscard]] bool change();
    [[nodiscard]] bool remembers() const { return m_failAt != 0 && m_manner == Manner::PowerCut; }
    /// What stood where something is written now, and how long the file was.
    void remember(const std::string& path, std::int64_t at, std::string before, std::int64_t length);
    void forget(const std::string& path) { m_unsynced.erase(path); }

private:
    FaultDisk();
    [[nodiscard]] bool comes();
    void loseUnsynced();

    struct Before
    {
        std::int64_t at = 0;
        std::string bytes;
        std::int64_t length = 0;
    };
    std::string m_name;
    std::int64_t m_accesses = 0;
    std::int64_t m_failAt = 0;
    Manner m_manner = Manner::Once;
    bool m_failed = false;
    std::uint64_t m_dice = 0;
    std::map<std::string, std::vector<Before>> m_unsynced;
};

} // namespace motcua
