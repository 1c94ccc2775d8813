// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/engine/sync_engine.h"
#include "tests/support/world_network.h"
#include "tests/support/world_portal.h"
#include "tests/support/world_trace.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace motcua {

class World;

/// Thrown when something failed that may not fail. Test code only.
struct WorldBroken
{
    std::string what;
};

/// A whole counter: a real register, the desk, the engine, and the bad weather between it and the portal.
class WorldCounter
{
public:
    WorldCounter(World& world, int slot);
    /// Another machine that was started from a copied disk.
    WorldCounter(World& world, int slot, const DiskCopy& copy);

    /// A dossier is taken in; its code. Nothing where the power went meanwhile.
    /// `scans`: the bytes of files that belong to it.
    std::optional<Received> takeIn(const std::string& name, const std::vector<std::string>& scans = {});
    std::string receive(const std::string& name = "Nguyễn Văn Hà", const std::vector<std::string>& scans = {})
    {
        return takeIn(name, scans).value().code;
    }
    /// The bytes of a scan are taken into the store: the file as a dossier names it. Nothing: the power went.
    std::optional<Json> scan(const std::string& bytes);
    [[nodiscard]] Desk& desk() { return *m_register.desk; }
    [[nodiscard]] WorldStore& store() { return m_register; }
    [[nodiscard]] SyncEngine& engine() { return *m_engine; }
    [[nodiscard]] WorldNetwork& network() { return m_network; }
    [[nodiscard]] bool isAlive() const { return m_engine != nullptr; }

    /// One step of the engine; the network or the power may kill the counter within. False: it died.
    bool step(EngineStep& done);
    void kill();
    void start();
    /// True: the power that was to go has gone, and the counter with it.
    bool losesPower();
    void restore(const DiskCopy& copy);
    /// A person has this machine go on, of two that ran from one disk.
    void beginAnew();

    [[nodiscard]] std::int64_t waiting();
    [[nodiscard]] std::vector<FileOnItsWay> files();
    [[nodiscard]] std::vector<DossierRow> dossiers();

private:
    WorldStore m_register;
    WorldNetwork m_network;
    std::unique_ptr<Queue> m_queue;
    std::unique_ptr<SyncEngine> m_engine;
};

struct WorldOptions
{
    int counters = 1;
    StoreMode mode = StoreMode::Memory;
    Mutant mutant = Mutant::None;
};

/// Several counters and one portal under one sky and one clock. Everything that happens comes from the seed.
class World
{
public:
    explicit World(std::uint64_t seed, int counters = 1) : World(seed, WorldOptions{.counters = counters}) {}
    World(std::uint64_t seed, const WorldOptions& options);

    [[nodiscard]] WorldCounter& counter(std::size_t which = 0) { return *m_counters[which]; }
    [[nodiscard]] std::size_t size() const { return m_counters.size(); }
    [[nodiscard]] WorldPortal& portal() { return m_portal; }
    [[nodiscard]] SeededRandom& random() { return m_random; }
    [[nodiscard]] WorldTrace& trace() { return m_trace; }
    [[nodiscard]] StoreMode mode() const { return m_options.mode; }

    /// All dice of what happens from here on come from this, so that a step means the same whatever was left
    /// out before it.
    void reseed(std::uint64_t seed);
    void advance(Millis by);
    void setWeather(const Weather& weather);
    /// Somebody starts another machine from a copy of a counter's disk.
    WorldCounter& addMachine(int slot, const DiskCopy& copy);

    /// The journal of this machine says that it took the dossier in, and nobody withdrew that: it has it to
    /// send again.
    [[nodiscard]] bool holds(std::size_t which, const std::string& uid);
    /// Nobody who may send knows how this dossier began, and the portal has forgotten it by going back to its
    /// backup.
    [[nodiscard]] bool isLostWithPortal(const std::string& uid);
    /// Somebody enrols a counter anew, with a code that the city gives out.
    void enrolAgain(std::size_t which);

    /// These machines bear one identity, because one was started from a copy of the other's disk.
    [[nodiscard]] bool areTwins(std::size_t one, std::size_t other);
    /// A machine that is switched off does nothing, and nothing waits for it.
    void setOff(std::size_t which, bool isOff);
    [[nodiscard]] bool isOff(std::size_t which) const { return m_off.count(which) != 0; }

    /// Everybody works for so long: engines step, and wait when they say so.
    void runFor(Millis time);
    /// The weather is good from here on; what is late arrives, and what is down comes up.
    void clearSky();
    /// The sky clears, everything starts again, ghosts arrive, and all go on until nobody has anything to do.
    /// False: that did not come about within a bounded number of steps.
    [[nodiscard]] bool comesToRest();

    /// What is wrong; empty is good. To be asked at rest. `verified`: the only counter whose register is
    /// verified whole; all are where none is named. Machines that are off are left out.
    [[nodiscard]] std::vector<std::string> wrongs(std::optional<std::size_t> verified = std::nullopt);
    /// The same of one machine, verified whole. `yetToCome`: machines that have not brought theirs to the
    /// city yet.
    [[nodiscard]] std::vector<std::string> wrongsOf(std::size_t which,
                                                    const std::set<std::size_t>& yetToCome);
    /// All that a counter did to a dossier, for whoever has to find out.
    [[nodiscard]] std::string story(WorldCounter& counter, const std::string& uid);

private:
    friend class WorldCounter;
    struct Turn
    {
        Millis pause{60'000}; ///< how long all may sleep; nothing when one has more to do
        bool isIdle = true;   ///< nobody has anything to do, or waits to do it
    };
    /// A counter that said until when it has nothing to do is left alone until then.
    struct Nap
    {
        Millis until{0};
        bool isIdle = false; ///< not even waiting to do something
    };
    [[nodiscard]] Turn stepAll();
    [[nodiscard]] Nap stepOne(std::size_t which);
    [[nodiscard]] std::int64_t happenings();
    void prepare(WorldCounter& counter);

    WorldOptions m_options;
    WorldTrace m_trace;
    WorldPortal m_portal;
    SeededRandom m_random;
    std::vector<std::unique_ptr<WorldCounter>> m_counters;
    std::vector<Nap> m_naps;
    std::set<std::size_t> m_off;
};

} // namespace motcua
