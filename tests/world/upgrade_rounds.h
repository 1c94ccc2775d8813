// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/world/kill_loop_programs.h"
#include "tests/world/upgrade_register.h"

#include <QTemporaryDir>
#include <filesystem>

namespace motcua {

/// The same with the real programs: motcuactl is killed while it upgrades, again and again, and what comes of
/// it goes to a real portal over a real socket.
class UpgradeRounds
{
public:
    UpgradeRounds(QString bin, int operations, std::uint64_t seed);

    [[nodiscard]] bool prepare();
    void run(int rounds);
    /// The queue of the last round goes to the portal.
    void finish();

    [[nodiscard]] int wrongs() const { return m_wrongs.count(); }
    [[nodiscard]] int kills() const { return m_kills; }

private:
    Ran call(const char* command, const QStringList& more = {}, int killAfter = -1);
    [[nodiscard]] Result<void> work(int operations);
    [[nodiscard]] Result<void> bringDown();
    [[nodiscard]] Result<RegisterFolder> open();
    [[nodiscard]] Result<std::uint64_t> digest();
    void putOldBack() const;

    QString m_bin;
    int m_operations;
    SeededRandom m_random;
    SystemClock m_clock;
    QTemporaryDir m_home;
    std::filesystem::path m_register;
    PortalProgram m_portal;
    Wrongs m_wrongs;
    std::string m_old;
    std::uint64_t m_undisturbed = 0;
    int m_takes = 0; ///< milliseconds, undisturbed
    int m_kills = 0;
};

} // namespace motcua
