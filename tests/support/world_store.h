// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/desk.h"
#include "core/desk/portal_desk.h"
#include "core/desk/verify.h"
#include "tests/support/fake_clock.h"
#include "tests/support/memory_disk.h"
#include "tests/support/memory_shelf.h"

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace motcua {

/// How much of the real thing stands below a world.
enum class StoreMode
{
    Memory, ///< fast: connections live on from world to world, nothing is ever unsynced
    Sqlite, ///< every start opens its files anew, and the power may go at any write
};

inline constexpr int kWorldSlots = 10;

/// A register's whole contents, as a backup or a copied disk has them.
struct DiskCopy
{
    std::string database;
    std::int64_t head = 0; ///< the journal's position in it
    std::map<std::string, MemoryShelf::Kept> files;
    std::set<std::string> dossiers; ///< uids of all that stand in it
};

/// The register of one counter of a world, cloned from one that was made and enrolled once a process, with a
/// clock and random numbers of its own.
class WorldStore
{
public:
    /// `slot` is 0…9. A second store of one slot is a cloned disk: see `copy`.
    WorldStore(int slot, StoreMode mode);
    /// Another machine that starts from a copied disk.
    WorldStore(int slot, StoreMode mode, const DiskCopy& copy);
    WorldStore(const WorldStore&) = delete;
    WorldStore& operator=(const WorldStore&) = delete;
    ~WorldStore();

    [[nodiscard]] Result<void> restart();
    /// The program ends, however it ends.
    void stop();
    void cutPower(Random& dice);
    [[nodiscard]] const std::string& machine() const { return m_machine; }

    [[nodiscard]] DiskCopy copyDisk();
    /// The disk's contents are replaced by a backup's, and the register is begun anew in the next epoch.
    void restore(const DiskCopy& copy);
    /// A person decides that this machine goes on, of two that ran from one disk.
    void beginAnew(NewEpoch reason);

    /// What a full verification finds; empty is good.
    /// The receipts of an operation in their order, in a word each.
    [[nodiscard]] std::vector<std::string> receipts(const std::string& op);
    [[nodiscard]] std::vector<Finding> findings();
    [[nodiscard]] Json draft(const std::string& name = "Nguyễn Văn Hà") const;
    [[nodiscard]] const RegisterIdentity& identity() const { return m_folder->identity(); }
    [[nodiscard]] const Secret& dataKey() const { return m_folder->dataKey(); }
    [[nodiscard]] bool isRunning() const { return desk != nullptr; }

    FakeClock clock;
    SeededRandom random{1};
    const Catalogue& catalogue;
    Connection* connection = nullptr;
    MemoryShelf shelf;
    std::unique_ptr<FileStore> files;
    std::unique_ptr<Desk> desk;
    std::unique_ptr<PortalDesk> portal;

private:
    [[nodiscard]] std::string database() const;
    [[nodiscard]] Result<void> connect();
    void leavePool();

    StoreMode m_mode;
    std::string m_machine; ///< what all of its files' names begin with
    RegisterFolder* m_folder;
    std::unique_ptr<RegisterFolder> m_ownFolder; ///< of a copied disk
    bool m_isRestored = false;
    std::unique_ptr<Connection> m_ownConnection; ///< unless it is a pooled one
};

/// The catalogue, read once a process.
[[nodiscard]] const Catalogue& worldCatalogue();

} // namespace motcua
