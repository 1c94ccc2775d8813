// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace motcua {

/// A disk that fails when it is told to. One a process, below SQLite's encryption: give name() as SignIn.vfs
/// or OpenOptions.vfs. Counts each access that changes or reads a file, and lets the i-th fail.
class FaultDisk
{
public:
    enum class Manner
    {
        Once,    ///< only the i-th access fails
        FromNow, ///< and everything after it, as when the power or the disk is gone
    };

    /// Registers itself with SQLite at first use.
    [[nodiscard]] static FaultDisk& the();

    /// What to open with: the encrypting disk on top of the failing one.
    [[nodiscard]] const std::string& name() const { return m_name; }

    /// The access number `at` from now on (1 is the next) fails.
    void failAt(std::int64_t at, Manner manner);
    void heal();
    [[nodiscard]] bool hasFailed() const { return m_failed; }
    [[nodiscard]] std::int64_t accesses() const { return m_accesses; }

    /// Asked by the shim at each access; true: it fails.
    [[nodiscard]] bool access();

private:
    FaultDisk();

    std::string m_name;
    std::int64_t m_accesses = 0;
    std::int64_t m_failAt = 0;
    Manner m_manner = Manner::Once;
    bool m_failed = false;
};

} // namespace motcua
