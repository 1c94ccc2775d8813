// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/engine/transport.h"
#include "sync/reference_portal/city.h"
#include "sync/reference_portal/portal_api.h"
#include "sync/reference_portal/sqlite_dossier_store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/memory_blob_store.h"
#include "tests/support/world_mutant.h"
#include "tests/support/world_store.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace motcua {

/// A request of the engine as the portal's HTTP side would hand it on, and back.
/// `arrived`: so much of the body came before the connection broke.
[[nodiscard]] portal::HttpAsk askOf(const Request& request, std::optional<std::size_t> arrived = {});
[[nodiscard]] Reply replyOf(portal::HttpAnswer answer);

/// The real reference portal in this process: its routes and its files, no sockets. It can be killed and
/// started again from its files. One at a time, because its files have one name.
class WorldPortal
{
public:
    explicit WorldPortal(std::uint64_t seed, StoreMode mode = StoreMode::Memory,
                         Mutant mutant = Mutant::None);
    WorldPortal(const WorldPortal&) = delete;
    WorldPortal& operator=(const WorldPortal&) = delete;
    ~WorldPortal();

    [[nodiscard]] Reply handle(const Request& request, std::optional<std::size_t> arrived = {});

    void kill();
    void start();
    [[nodiscard]] bool isUp() const { return m_isUp; }
    /// The machine's power goes, and comes back with what the disk has.
    void cutPower(Random& dice);

    [[nodiscard]] std::string copyDisk();
    /// The dossiers go back to a backup; what a restore must leave alone stays. The portal says so, as its
    /// handbook asks, unless the mutant forgets it.
    void restore(const std::string& copy);
    /// The whole box goes back to the moment of the copy: nothing has happened since, for nobody.
    void rewind(const std::string& copy);
    [[nodiscard]] bool wasRestored() const { return m_wasRestored; }
    /// It once had this dossier and lost it by going back.
    [[nodiscard]] bool hasDropped(const std::string& uid) const { return m_dropped.count(uid) != 0; }
    /// A copy of these operations that was made before arrives now: a ghost, or a stick.
    void noteLate(const std::set<std::string>& operations);
    /// Such a copy came after the portal had gone back.
    [[nodiscard]] bool cameLate(const std::string& operation) const { return m_late.count(operation) != 0; }

    /// The city at work, over a connection of its own, as the administrator's commands are.
    [[nodiscard]] portal::City city();
    /// The same portal as the administrator's programs open it.
    [[nodiscard]] portal::Portal& office() const;
    /// The files it holds, complete and not.
    [[nodiscard]] MemoryBlobs& blobs() const;
    [[nodiscard]] portal::KeyStore& keys() const;
    [[nodiscard]] std::string epoch() const;
    [[nodiscard]] portal::SqliteDossierStore& store() const;
    [[nodiscard]] std::vector<portal::StoredDossier> dossiers() const;
    [[nodiscard]] std::optional<portal::StoredDossier> dossier(const std::string& uid) const;
    [[nodiscard]] std::optional<portal::StoredOp> operation(const std::string& op) const;

    /// Next operations are answered `later`, for so many requests.
    int postponed = 0;
    FakeClock& clock;
    SeededRandom& random;

private:
    struct Programs;
    [[nodiscard]] static Programs& programs();
    void openSide();
    void putBack(const std::string& copy);

    StoreMode m_mode;
    Mutant m_mutant;
    bool m_isUp = false;
    bool m_wasRestored = false;
    bool m_wasPutBack = false;
    std::set<std::string> m_dropped; ///< uids
    std::set<std::string> m_late;
};

} // namespace motcua
