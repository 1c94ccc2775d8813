// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/world.h"

#include "core/base/check.h"
#include "sync/engine/enrol.h"

#include <algorithm>

namespace motcua {

namespace {

constexpr int kRestSteps = 4'000;
constexpr int kQuietRounds = 1;
constexpr Millis kPullsWithin{61'000}; // an idle engine asks for news once a minute

EngineOptions smallOptions()
{
    EngineOptions options;
    options.batchCount = 7; // so that a few dozen dossiers make several batches, and pages
    options.pageLimit = 11;
    return options;
}

} // namespace

// ----------------------------------------------------------------------------------------- a counter

WorldCounter::WorldCounter(World& world, int slot)
    : m_register(slot, world.mode()), m_network(world.portal(), m_register.random, world.trace())
{}

WorldCounter::WorldCounter(World& world, int slot, const DiskCopy& copy)
    : m_register(slot, world.mode(), copy), m_network(world.portal(), m_register.random, world.trace())
{}

std::optional<Received> WorldCounter::takeIn(const std::string& name, const std::vector<std::string>& scans)
{
    Json draft = m_register.draft(name);
    for (const std::string& bytes : scans) {
        const auto file = scan(bytes);
        if (!file) {
            return std::nullopt;
        }
        draft["components"][0]["files"].push_back(*file);
    }
    const auto received = m_register.desk->receive(draft);
    if (!received && losesPower()) {
        return std::nullopt;
    }
    if (!received) {
        throw WorldBroken{"a dossier is not taken in: " + received.error().error.detail};
    }
    return *received;
}

std::optional<Json> WorldCounter::scan(const std::string& bytes)
{
    m_register.shelf.now = m_register.clock.now();
    MemorySource source(bytes);
    const auto file = m_register.files->add(source, FileKind::Pdf);
    if (!file && losesPower()) {
        return std::nullopt;
    }
    require(file.has_value(), file ? "" : file.error().detail.c_str());
    return Json{{"name", "trang.pdf"},
                {"sha256", toHex(file->sha256)},
                {"size", file->size},
                {"type", "application/pdf"}};
}

void WorldCounter::start()
{
    if (m_engine) {
        return;
    }
    if (!m_register.isRunning()) {
        if (const auto opened = m_register.restart(); !opened) {
            throw WorldBroken{"the register does not open: " + opened.error().detail};
        }
    }
    m_queue = std::make_unique<Queue>(*m_register.connection, m_register.identity().install);
    m_engine = std::make_unique<SyncEngine>(*m_register.portal, *m_queue, m_network, m_register.clock,
                                            m_register.random, smallOptions(), m_register.files.get());
}

void WorldCounter::kill()
{
    m_engine.reset();
    m_queue.reset();
    m_register.stop();
}

bool WorldCounter::losesPower()
{
    if (!MemoryDisk::the().tookPowerCut()) {
        return false;
    }
    kill();
    return true;
}

void WorldCounter::restore(const DiskCopy& copy)
{
    kill();
    m_register.restore(copy);
    start();
}

void WorldCounter::beginAnew()
{
    kill();
    m_register.beginAnew(NewEpoch::Copied);
    start();
}

bool WorldCounter::step(EngineStep& done)
{
    try {
        const auto result = m_engine->step();
        if (!result && losesPower()) {
            return false;
        }
        if (!result) {
            throw WorldBroken{"the engine's step fails: " + result.error().detail};
        }
        done = *result;
        return true;
    } catch (const CounterDied&) {
        kill();
        return false;
    }
}

std::int64_t WorldCounter::waiting()
{
    const auto summary = m_register.desk->queue().summary();
    require(summary.has_value(), "the queue is read");
    return summary->waiting;
}

std::vector<FileOnItsWay> WorldCounter::files()
{
    auto rows = m_register.desk->files();
    require(rows.has_value(), "the files are read");
    return std::move(*rows);
}

std::vector<DossierRow> WorldCounter::dossiers()
{
    auto rows = m_register.desk->dossiers().list({});
    require(rows.has_value(), "the register is read");
    return std::move(*rows);
}

// --------------------------------------------------------------------------------------- the world

World::World(std::uint64_t seed, const WorldOptions& options)
    : m_options(options), m_portal(seed * 101 + 1, options.mode, options.mutant), m_random(seed)
{
    for (int i = 0; i < options.counters; ++i) {
        m_counters.push_back(std::make_unique<WorldCounter>(*this, (i + 1) % kWorldSlots));
        prepare(*m_counters.back());
    }
    reseed(seed);
}

void World::prepare(WorldCounter& counter)
{
    if (m_options.mutant == Mutant::Attempt) {
        forgetAttempts(*counter.store().connection);
    }
    counter.start();
}

WorldCounter& World::addMachine(int slot, const DiskCopy& copy)
{
    m_counters.push_back(std::make_unique<WorldCounter>(*this, slot, copy));
    auto& added = *m_counters.back();
    added.store().clock = m_portal.clock;
    prepare(added);
    reseed(m_random.next());
    return added;
}

void World::enrolAgain(std::size_t which)
{
    auto& each = *m_counters[which];
    auto binding = each.store().portal->binding();
    const auto code = m_portal.keys().newEnrolmentCode("H26.131");
    require(binding.has_value() && binding->has_value() && code.has_value(),
            "a counter can be enrolled again");
    auto& store = each.store();
    const auto enrolled = enrol(each.network(), store.identity(), **binding, *code, "Quầy", store.clock);
    if (!enrolled) {
        throw WorldBroken{"a counter is not enrolled again: " + enrolled.error().detail};
    }
    require(store.portal->bind(enrolled->binding).has_value(), "the binding is kept");
    each.kill();
    each.start();
}

void World::reseed(std::uint64_t seed)
{
    m_random = SeededRandom(seed);
    m_portal.random = SeededRandom(seed * 101 + 1);
    for (std::size_t i = 0; i < m_counters.size(); ++i) {
        m_counters[i]->store().random = SeededRandom(seed * 1'000'003 + i * 31 + 7);
    }
}

void World::advance(Millis by)
{
    m_portal.clock.advance(by);
    for (auto& each : m_counters) {
        each->store().clock.advance(by);
        each->network().deliverDueGhosts();
    }
}

void World::setWeather(const Weather& weather)
{
    for (auto& each : m_counters) {
        each->network().weather = weather;
    }
}

World::Nap World::stepOne(std::size_t which)
{
    auto& each = *m_counters[which];
    if (!each.isAlive()) {
        each.start();
    }
    if (!m_portal.isUp() && m_random.below(3) == 0) {
        m_portal.start();
    }
    EngineStep done;
    each.network().fate = "";
    const bool lives = each.step(done);
    if (m_trace.tells && done.did != Did::Idle) {
        m_trace.tell("counter " + std::to_string(which + 1) + ": engine " + std::string(didName(done.did)) +
                     " (" + std::string(each.network().fate) + ")");
    }
    if (!lives || (done.did != Did::Idle && done.did != Did::Waiting)) {
        return {};
    }
    // What waits for a person (the portal does not know it, or froze it as a copied disk) is at rest too.
    return {done.until, done.did == Did::Idle || each.engine().isStopped()};
}

/// Each counter one step.
World::Turn World::stepAll()
{
    Turn turn;
    m_naps.resize(m_counters.size());
    for (std::size_t which = 0; which < m_counters.size(); ++which) {
        if (isOff(which)) {
            continue;
        }
        const auto now = m_counters[which]->store().clock.monotonic();
        if (m_naps[which].until <= now) {
            m_naps[which] = stepOne(which);
        }
        turn.isIdle = turn.isIdle && m_naps[which].isIdle;
        turn.pause = std::min(turn.pause, std::max(Millis{0}, m_naps[which].until - now));
    }
    return turn;
}

void World::runFor(Millis time)
{
    m_naps.clear();
    while (time > Millis{0}) {
        const auto pause = std::min(time, std::max(Millis{50}, stepAll().pause));
        advance(pause);
        time -= pause;
    }
}

void World::setOff(std::size_t which, bool isOff)
{
    if (isOff) {
        m_off.insert(which);
    } else {
        m_off.erase(which);
    }
}

void World::clearSky()
{
    setWeather({});
    m_portal.postponed = 0;
    m_portal.start();
    for (auto& each : m_counters) {
        each->network().isDown = false;
        each->network().deliverGhosts();
        if (each->isAlive() && each->engine().isStopped()) {
            each->kill(); // whoever finds a machine standing starts its program anew: it asks at once
        }
        each->start();
    }
}

bool World::comesToRest()
{
    clearSky();
    m_naps.clear();
    // Rest means: all are idle, have asked for news since, and heard nothing new.
    int quiet = 0;
    std::int64_t before = -1;
    for (int i = 0; i < kRestSteps && quiet < kQuietRounds; ++i) {
        const auto turn = stepAll();
        if (turn.isIdle) {
            const auto now = happenings();
            quiet = now == before ? quiet + 1 : 0;
            before = now;
            advance(kPullsWithin);
        }
        advance(std::max(Millis{1}, turn.pause));
    }
    return quiet >= kQuietRounds;
}

std::int64_t World::happenings()
{
    std::int64_t sum = 0;
    for (auto& each : m_counters) {
        const auto& counted = each->engine().counters();
        sum += counted.acknowledged + counted.conflicts + counted.refused + counted.merged + counted.pulled +
               counted.filesSent;
    }
    return sum;
}

} // namespace motcua
