// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/engine/sync_engine.h"
#include "tests/support/world_network.h"
#include "tests/support/world_portal.h"

#include <memory>
#include <string>
#include <vector>

namespace motcua {

class World;

/// A whole counter: a real register in a folder, the desk, the engine, and the bad weather between it and
/// the portal.
class WorldCounter
{
public:
    WorldCounter(World& world, std::uint64_t seed, int slot);

    /// A dossier is taken in; its code.
    std::string receive(const std::string& name = "Nguyễn Văn Hà");
    [[nodiscard]] Desk& desk() { return *m_register.desk; }
    [[nodiscard]] SmallCounter& store() { return m_register; }
    [[nodiscard]] SyncEngine& engine() { return *m_engine; }
    [[nodiscard]] WorldNetwork& network() { return m_network; }
    [[nodiscard]] bool isAlive() const { return m_engine != nullptr; }

    /// One step of the engine; the network may kill the counter within. False: it died.
    bool step(EngineStep& done);
    void kill();
    void start();

    [[nodiscard]] std::int64_t waiting();
    [[nodiscard]] std::vector<DossierRow> dossiers();

private:
    void enrol(World& world);

    SmallCounter m_register;
    SeededRandom m_random;
    WorldNetwork m_network;
    std::unique_ptr<Queue> m_queue;
    std::unique_ptr<SyncEngine> m_engine;
};

/// Several counters and one portal under one sky and one clock. Everything that happens comes from the seed.
class World
{
public:
    explicit World(std::uint64_t seed, int counters = 1);

    [[nodiscard]] WorldCounter& counter(std::size_t which = 0) { return *m_counters[which]; }
    [[nodiscard]] std::size_t size() const { return m_counters.size(); }
    [[nodiscard]] WorldPortal& portal() { return m_portal; }
    [[nodiscard]] SeededRandom& random() { return m_random; }

    void advance(Millis by);
    void setWeather(const Weather& weather);

    /// Everybody works for so long: engines step, and wait when they say so.
    void runFor(Millis time);
    /// The sky clears, everything starts again, ghosts arrive, and all go on until nobody has anything to do.
    /// False: that did not come about within a bounded number of steps.
    [[nodiscard]] bool comesToRest();

    /// What is wrong; empty is good. To be asked at rest.
    [[nodiscard]] std::vector<std::string> wrongs();

private:
    friend class WorldCounter;
    struct Turn
    {
        Millis pause{60'000}; ///< how long all may sleep; nothing when one has more to do
        bool isIdle = true;   ///< nobody has anything to do, or waits to do it
    };
    [[nodiscard]] Turn stepAll();
    [[nodiscard]] std::int64_t happenings();
    void clearSky();
    void checkCounter(std::size_t which, std::vector<std::string>& wrongs);
    [[nodiscard]] static std::string bodyOf(WorldCounter& counter, const QueuedOperation& operation);
    [[nodiscard]] std::string story(WorldCounter& counter, const std::string& uid);
    void checkDossier(const std::string& who, WorldCounter& counter, const DossierRow& row,
                      std::vector<std::string>& wrongs);

    WorldPortal m_portal;
    SeededRandom m_random;
    std::vector<std::unique_ptr<WorldCounter>> m_counters;
};

} // namespace motcua
