// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/world_store.h"

#include "core/base/check.h"
#include "core/desk/desk_support.h"
#include "core/vault/backup.h"
#include "tests/support/plain_draft.h"
#include "tests/support/world_templates.h"

namespace motcua {

namespace {

std::int64_t headOf(Connection& connection, const RegisterIdentity& identity)
{
    const auto head = Journal(connection, identity.install, identity.epoch).head();
    require(head.has_value(), head ? "" : head.error().detail.c_str());
    return head->position.value;
}

} // namespace

const Catalogue& worldCatalogue()
{
    static const auto catalogue = Catalogue::load(MOTCUA_SOURCE_DIR "/resources/catalogue");
    require(catalogue.has_value(), "the catalogue lies in " MOTCUA_SOURCE_DIR "/resources");
    return *catalogue;
}

WorldStore::WorldStore(int slot, StoreMode mode) : catalogue(worldCatalogue()), m_mode(mode)
{
    auto& made = WorldTemplates::the().counter(slot);
    m_machine = made.home.string() + "/";
    m_folder = made.folder.get();
    if (mode == StoreMode::Sqlite) {
        made.pooled.reset();
        for (const auto& path : MemoryDisk::the().paths(m_machine)) {
            MemoryDisk::the().remove(path);
        }
        MemoryDisk::the().setTracked(true);
    }
    MemoryDisk::the().put(database(), made.bytes);
    if (m_folder->identity().epoch != 1) {
        require(m_folder->reload().has_value(), "the identity is read again");
    }
    const auto opened = connect();
    require(opened.has_value(), opened ? "" : opened.error().detail.c_str());
}

WorldStore::WorldStore(int slot, StoreMode mode, const DiskCopy& copy)
    : catalogue(worldCatalogue()), m_mode(mode)
{
    const auto home = WorldTemplates::the().newMachine(slot);
    m_machine = home.string() + "/";
    for (const auto& path : MemoryDisk::the().paths(m_machine)) {
        MemoryDisk::the().remove(path);
    }
    MemoryDisk::the().setTracked(mode == StoreMode::Sqlite);
    MemoryDisk::the().put(database(), copy.database);
    shelf.files = copy.files;
    auto folder = RegisterFolder::open(home, WorldTemplates::signIn(), clock);
    require(folder.has_value(), folder ? "" : folder.error().detail.c_str());
    m_ownFolder = std::make_unique<RegisterFolder>(std::move(*folder));
    m_folder = m_ownFolder.get();
    const auto opened = connect();
    require(opened.has_value(), opened ? "" : opened.error().detail.c_str());
}

WorldStore::~WorldStore()
{
    stop();
    MemoryDisk::the().setTracked(false);
}

std::string WorldStore::database() const
{
    return m_machine + "register.db";
}

Result<void> WorldStore::connect()
{
    auto& pooled = WorldTemplates::the().counter(m_folder->identity().slot).pooled;
    const bool isPooled = m_mode == StoreMode::Memory && !m_ownFolder && !m_isRestored;
    auto& mine = isPooled ? pooled : m_ownConnection;
    if (!mine) {
        mine = std::make_unique<Connection>(TRY(m_folder->connect()));
    }
    connection = mine.get();
    files = std::make_unique<FileStore>(*connection, shelf, m_folder->dataKey(), clock);
    desk = std::make_unique<Desk>(*connection, m_folder->identity(), m_folder->actor(), catalogue, clock,
                                  random);
    portal = std::make_unique<PortalDesk>(*connection, m_folder->identity(), fieldOf(catalogue), clock,
                                          fieldRulesOf(catalogue));
    return {};
}

Result<void> WorldStore::restart()
{
    stop();
    return connect();
}

void WorldStore::stop()
{
    portal.reset();
    desk.reset();
    files.reset();
    connection = nullptr;
    m_ownConnection.reset();
}

void WorldStore::cutPower(Random& dice)
{
    MemoryDisk::the().cutPower(m_machine, dice);
    stop();
}

DiskCopy WorldStore::copyDisk()
{
    // As a backup does it: through SQLite, whole, while the register stays in use.
    const auto target = m_machine + "copy";
    const auto copied = connection->backupTo(target, &m_folder->dataKey(), MemoryDisk::the().name());
    require(copied.has_value(), copied ? "" : copied.error().detail.c_str());
    DiskCopy copy{
        MemoryDisk::the().bytes(target), headOf(*connection, m_folder->identity()), shelf.files, {}};
    auto uids = connection->prepare("SELECT uid FROM dossier");
    require(uids.has_value(), "the register is read");
    while (uids->step().value_or(false)) {
        copy.dossiers.insert(uids->text(0));
    }
    MemoryDisk::the().remove(target);
    return copy;
}

void WorldStore::restore(const DiskCopy& copy)
{
    leavePool();
    MemoryDisk::the().put(database(), copy.database);
    shelf.files = copy.files;
    require(m_folder->reload().has_value(), "the backup is a register");
    beginAnew(NewEpoch::Restored);
}

void WorldStore::beginAnew(NewEpoch reason)
{
    leavePool();
    const auto begun = beginNewEpoch(*m_folder, clock, reason);
    require(begun.has_value(), begun ? "" : begun.error().detail.c_str());
    const auto opened = connect();
    require(opened.has_value(), opened ? "" : opened.error().detail.c_str());
}

/// A connection that only read could not tell the next world's disk from this one.
void WorldStore::leavePool()
{
    stop();
    if (!m_ownFolder) {
        WorldTemplates::the().counter(m_folder->identity().slot).pooled.reset();
    }
    m_isRestored = true;
}

std::vector<Finding> WorldStore::findings()
{
    auto verified =
        verifyRegister(*connection, m_folder->identity(), fieldOf(catalogue), Depth::Full, files.get());
    require(verified.has_value(), verified ? "" : verified.error().detail.c_str());
    return verified->findings;
}

std::vector<std::string> WorldStore::receipts(const std::string& op)
{
    auto query = connection->prepare(
        "SELECT id, result, coalesce(seq, 0) FROM receipt WHERE position = :position ORDER BY id");
    require(query.has_value(), "the receipts are read");
    query->bind(":position", positionOf(identity().install, op).value_or(Position{}).value);
    std::vector<std::string> all;
    while (query->step().value_or(false)) {
        all.push_back(std::to_string(query->integer(0)) + ":" + query->text(1) + "@" +
                      std::to_string(query->integer(2)));
    }
    return all;
}

Json WorldStore::draft(const std::string& name) const
{
    return plainDraft(catalogue, dayInVietnam(clock.now()), name);
}

} // namespace motcua
