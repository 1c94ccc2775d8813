// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/world.h"

#include "sync/engine/enrol.h"

#include <algorithm>
#include <map>
#include <set>

namespace motcua {

namespace {

constexpr int kRestSteps = 4'000;

EngineOptions smallOptions()
{
    EngineOptions options;
    options.batchCount = 7; // so that a few dozen dossiers make several batches, and pages
    options.pageLimit = 11;
    return options;
}

} // namespace

// ----------------------------------------------------------------------------------------- a counter

WorldCounter::WorldCounter(World& world, std::uint64_t seed, int slot)
    : m_register(seed, slot), m_random(seed * 31 + 7), m_network(world.portal(), m_random)
{
    enrol(world);
    start();
}

void WorldCounter::enrol(World& world)
{
    PortalBinding to;
    to.url = "https://portal.example.vn";
    const auto enrolled = motcua::enrol(m_network, m_register.folder->identity(), to,
                                        world.portal().newCode(), "Quầy", m_register.clock);
    require(enrolled.has_value(), enrolled ? "" : enrolled.error().detail.c_str());
    require(m_register.portal->bind(enrolled->binding).has_value(), "the binding is kept");
}

std::string WorldCounter::receive(const std::string& name)
{
    const auto received = m_register.desk->receive(m_register.draft(name));
    require(received.has_value(), received ? "" : received.error().error.detail.c_str());
    return received->code;
}

void WorldCounter::start()
{
    if (m_engine) {
        return;
    }
    if (!m_register.desk) {
        const auto opened = m_register.restart();
        require(opened.has_value(), opened ? "" : opened.error().detail.c_str());
    }
    m_queue = std::make_unique<Queue>(*m_register.connection, m_register.folder->identity().install);
    m_engine = std::make_unique<SyncEngine>(*m_register.portal, *m_queue, m_network, m_register.clock,
                                            m_random, smallOptions());
}

void WorldCounter::kill()
{
    m_engine.reset();
    m_queue.reset();
    m_register.stop();
}

bool WorldCounter::step(EngineStep& done)
{
    try {
        const auto result = m_engine->step();
        require(result.has_value(), result ? "" : result.error().detail.c_str());
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

std::vector<DossierRow> WorldCounter::dossiers()
{
    auto rows = m_register.desk->dossiers().list({});
    require(rows.has_value(), "the register is read");
    return std::move(*rows);
}

// --------------------------------------------------------------------------------------- the world

World::World(std::uint64_t seed, int counters) : m_portal(seed * 101 + 1), m_random(seed)
{
    for (int i = 0; i < counters; ++i) {
        m_counters.push_back(
            std::make_unique<WorldCounter>(*this, seed * 1'000 + static_cast<std::uint64_t>(i), i + 1));
    }
}

void World::advance(Millis by)
{
    m_portal.clock.advance(by);
    for (auto& each : m_counters) {
        each->store().clock.advance(by);
    }
}

void World::setWeather(const Weather& weather)
{
    for (auto& each : m_counters) {
        each->network().weather = weather;
    }
}

/// Each counter one step.
World::Turn World::stepAll()
{
    Turn turn;
    for (auto& each : m_counters) {
        if (!each->isAlive()) {
            each->start();
        }
        if (!m_portal.isUp() && m_random.below(3) == 0) {
            m_portal.start();
        }
        EngineStep done;
        const bool lives = each->step(done);
        const bool pauses = lives && (done.did == Did::Idle || done.did == Did::Waiting);
        turn.isIdle = turn.isIdle && lives && done.did == Did::Idle;
        turn.pause =
            std::min(turn.pause,
                     pauses ? std::max(Millis{0}, done.until - each->store().clock.monotonic()) : Millis{0});
    }
    return turn;
}

void World::runFor(Millis time)
{
    while (time > Millis{0}) {
        const auto pause = std::min(time, std::max(Millis{50}, stepAll().pause));
        advance(pause);
        time -= pause;
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
        each->start();
    }
}

bool World::comesToRest()
{
    clearSky();
    // Rest means: three times in a row all are idle, and what they pulled in between was nothing new.
    int quiet = 0;
    std::int64_t before = -1;
    for (int i = 0; i < kRestSteps && quiet < 3; ++i) {
        const auto turn = stepAll();
        if (turn.isIdle) {
            const auto now = happenings();
            quiet = now == before ? quiet + 1 : 0;
            before = now;
        }
        advance(std::max(Millis{1}, turn.pause));
    }
    return quiet >= 3;
}

std::int64_t World::happenings()
{
    std::int64_t sum = 0;
    for (auto& each : m_counters) {
        const auto& counted = each->engine().counters();
        sum += counted.acknowledged + counted.conflicts + counted.refused + counted.merged + counted.pulled;
    }
    return sum;
}

std::vector<std::string> World::wrongs()
{
    std::vector<std::string> wrongs;
    std::map<std::string, std::string> codes;
    for (const auto& dossier : m_portal.dossiers()) {
        if (const auto [found, fresh] = codes.emplace(dossier.code, dossier.uid.text()); !fresh) {
            wrongs.push_back("two dossiers at the portal bear " + dossier.code);
        }
    }
    for (std::size_t which = 0; which < m_counters.size(); ++which) {
        checkCounter(which, wrongs);
    }
    return wrongs;
}

void World::checkCounter(std::size_t which, std::vector<std::string>& wrongs)
{
    auto& counter = *m_counters[which];
    const auto who = "counter " + std::to_string(which + 1) + ": ";
    for (const auto& finding : counter.store().findings()) {
        wrongs.push_back(who + finding.kind + " " + std::to_string(finding.seq) + " " + finding.detail);
    }
    const auto operations = counter.desk().queue().operations(true);
    require(operations.has_value(), "the queue is read");
    for (const auto& operation : *operations) {
        const auto there = m_portal.operation(operation.op);
        const bool applied = there && there->result == Outcome::Applied;
        const bool acknowledged =
            operation.state == OpState::Acknowledged || operation.state == OpState::Confirmed;
        if (applied != acknowledged) {
            wrongs.push_back(who + operation.op + " is " + std::string(opStateName(operation.state)) +
                             " here and " + (applied ? "applied" : "not applied") + " at the portal");
        }
        if (there && there->digest != operation.digest) {
            wrongs.push_back(who + operation.op + " has other bytes at the portal");
        }
        if (!isFinal(operation.state)) {
            wrongs.push_back(who + operation.op +
                             " still waits: " + std::string(opStateName(operation.state)) + " " +
                             operation.lastError.value_or(""));
        }
    }
    std::set<std::string> codes;
    for (const auto& row : counter.dossiers()) {
        if (!codes.insert(row.code).second) {
            wrongs.push_back(who + "two dossiers bear " + row.code);
        }
        checkDossier(who, counter, row, wrongs);
    }
}

std::string World::bodyOf(WorldCounter& counter, const QueuedOperation& operation)
{
    auto& store = counter.store();
    Journal journal(*store.connection, store.folder->identity().install, store.folder->identity().epoch);
    const auto position = positionOf(store.folder->identity().install, operation.op);
    require(position.has_value(), "an operation of this install");
    const auto line = journal.line(*position);
    require(line.has_value(), "its line is there");
    return dumpJson(at(*parseJson(*line), "body"));
}

/// All that this counter did to a dossier, for whoever has to find out.
std::string World::story(WorldCounter& counter, const std::string& uid)
{
    std::string told;
    const auto operations = counter.desk().queue().operations(true);
    for (const auto& each : *operations) {
        if (each.uid == uid) {
            const auto there = m_portal.operation(each.op);
            const auto position = positionOf(counter.store().folder->identity().install, each.op);
            Journal journal(*counter.store().connection, counter.store().folder->identity().install, 1);
            const auto line = position ? journal.line(*position) : Result<std::string>("");
            const auto body = parseJson(line.value_or(""));
            told += "\n    " + each.op.substr(33) + " " + each.kind + " " +
                    std::string(opStateName(each.state)) + " for " + each.supersedes.value_or("-") +
                    " base " + each.baseRev.value_or("-").substr(0, 8) + " " +
                    bodyOf(counter, each).substr(0, 200);
            if (there) {
                told += " | portal: " + std::string(there->result ? outcomeName(*there->result) : "none") +
                        " seq " + std::to_string(there->portalSeq.value_or(0)) + " rev " +
                        (there->rev ? there->rev->text().substr(0, 8) : "-");
            }
        }
    }
    return told;
}

void World::checkDossier(const std::string& who, WorldCounter& counter, const DossierRow& row,
                         std::vector<std::string>& wrongs)
{
    const auto here = counter.desk().dossiers().byUid(row.uid);
    require(here.has_value(), "a listed dossier is there");
    const auto there = m_portal.dossier(row.uid);
    if (!there) {
        // Only what was withdrawn before it ever arrived may be missing.
        const auto operations = counter.desk().queue().operations(true);
        const bool withdrawn =
            std::any_of(operations->begin(), operations->end(), [&](const QueuedOperation& each) {
                return each.uid == row.uid && each.kind == "dossier.received" &&
                       each.state == OpState::Withdrawn;
            });
        if (!withdrawn) {
            wrongs.push_back(who + row.code + " is not at the portal");
        }
        return;
    }
    if (here->dossier != *parseJson(there->text)) {
        wrongs.push_back(who + row.code + " differs from the portal's: " +
                         dumpJson(Json::diff(here->dossier, *parseJson(there->text))) +
                         story(counter, row.uid));
    }
    if (here->rev != there->rev.text()) {
        wrongs.push_back(who + row.code + " has another revision than the portal");
    }
}

} // namespace motcua
