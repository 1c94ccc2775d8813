// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fault_vfs.h"
#include "tests/support/world.h"

#include <filesystem>
#include <string>
#include <vector>

namespace motcua {

struct UpgradeSums
{
    long steps = 0; ///< at which the upgrade was ended
    long lost = 0;
    long twice = 0;
    long operations = 0;
};

/// A register that the previous release left behind with a full queue, and the portal as it was then. The
/// upgrade is ended at a step of it, done again, and the result compared with that of one which nobody
/// disturbed.
class UpgradeBox
{
public:
    explicit UpgradeBox(int operations);
    UpgradeBox(const UpgradeBox&) = delete;
    UpgradeBox& operator=(const UpgradeBox&) = delete;
    ~UpgradeBox();

    /// At about so many moments for each manner of ending, the first and last ones always.
    void endEverywhere(long moments);
    /// After the last access of the database: the names change, and the power may go before the folder is
    /// sure.
    void endBetweenNames();

    [[nodiscard]] const UpgradeSums& sums() const { return m_sums; }
    [[nodiscard]] const std::vector<std::string>& wrongs() const { return m_wrongs; }
    /// How the queue stood before the upgrade: state and number.
    [[nodiscard]] const std::string& mixture() const { return m_mixture; }

private:
    struct Upgraded
    {
        std::uint64_t digest = 0;
        std::vector<std::string> operations;
        std::string bytes;
    };
    /// What the portal has in the end, and what still waits here.
    struct Sent
    {
        std::vector<std::string> operations;
        std::vector<std::string> dossiers;
        std::int64_t effects = 0;
    };

    void build(int operations);
    void troubleAtThePortal(const std::vector<std::string>& codes);
    void freshFolder() const;
    /// Opens the register as a program does; the file is upgraded where it is old.
    [[nodiscard]] Result<void> open();
    /// In a process of its own, which dies at the access; false: it came to its end.
    [[nodiscard]] bool openAndDie();
    [[nodiscard]] long countSteps(FaultDisk::Manner manner);
    void endOnce(FaultDisk::Manner manner, long step);
    [[nodiscard]] Result<Upgraded> upgraded();
    void judge(const std::string& where, bool sends);
    [[nodiscard]] Sent send(const std::string& bytes);
    void compare(const Sent& sent, const std::string& where);
    void wrong(long& kind, const std::string& what);

    World m_world{1};
    std::filesystem::path m_folder;
    std::string m_old;
    std::string m_portal;
    Instant m_then;
    std::string m_mixture;
    Upgraded m_undisturbed;
    Sent m_undisturbedSent;
    long m_judged = 0;
    UpgradeSums m_sums;
    std::vector<std::string> m_wrongs;
};

} // namespace motcua
