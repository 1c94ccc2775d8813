// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/world/plan.h"

#include <algorithm>
#include <array>

namespace motcua {

namespace {

struct Chance
{
    Event act;
    std::string_view name;
    int weight;     ///< of what people do
    int weightMost; ///< of a fate, where a world has it at all
};

constexpr std::array<Chance, kEvents> kChances{{{Event::Receive, "receives", 20, 0},
                                                {Event::Change, "changes", 14, 0},
                                                {Event::Move, "moves", 14, 0},
                                                {Event::Withdraw, "withdraws", 3, 0},
                                                {Event::Decide, "decides", 6, 0},
                                                {Event::CityFiles, "city files", 3, 0},
                                                {Event::CityChanges, "city changes", 6, 0},
                                                {Event::CityMoves, "city moves", 3, 0},
                                                {Event::CityCodes, "city gives a code", 2, 0},
                                                {Event::Engine, "engine", 100, 0},
                                                {Event::Wait, "wait", 8, 0},
                                                {Event::Kill, "kill", 0, 8},
                                                {Event::PortalKill, "portal dies", 0, 6},
                                                {Event::Network, "network", 0, 6},
                                                {Event::Ghosts, "ghosts", 0, 6},
                                                {Event::Postpone, "portal postpones", 0, 6},
                                                {Event::RotateKey, "portal's key", 0, 4},
                                                {Event::RotateToken, "token", 0, 4},
                                                {Event::ClockJump, "clock", 0, 4},
                                                {Event::NewEpoch, "portal's epoch", 0, 3},
                                                {Event::Backup, "backup", 0, 5},
                                                {Event::Restore, "restore", 0, 3},
                                                {Event::PowerCut, "power cut", 0, 10},
                                                {Event::PortalPowerCut, "portal's power cut", 0, 6},
                                                {Event::Clone, "cloned disk", 0, 2},
                                                {Event::PortalBackup, "portal's backup", 0, 5},
                                                {Event::ClockBack, "clock back", 0, 4},
                                                {Event::PortalRestore, "portal restored", 0, 3},
                                                {Event::Scan, "scans", 0, 12},
                                                {Event::StickOut, "stick out", 0, 4},
                                                {Event::StickToCity, "stick to the city", 0, 4},
                                                {Event::StickBack, "stick back", 0, 4}}};

class Draw
{
public:
    Draw(std::uint64_t seed, const PlanOptions& options)
        : m_seed(seed), m_random(seed * 7919 + 13), m_options(options)
    {}

    Plan plan(std::uint64_t seed)
    {
        Plan plan;
        plan.seed = seed;
        // Most communes have few counters; every size up to ten comes.
        while (plan.counters < kWorldSlots && m_random.below(5) < 2) {
            ++plan.counters;
        }
        plan.weather = weather();
        SeededRandom ofTears(m_seed * 8191 + 7);
        plan.weather.tear = some(15, ofTears);
        const auto weights = drawWeights();
        int sum = 0;
        for (const int each : weights) {
            sum += each;
        }
        for (int i = 0; i < m_options.steps; ++i) {
            auto dice = static_cast<int>(m_random.below(static_cast<std::uint64_t>(sum)));
            std::size_t which = 0;
            while (dice >= weights[which]) {
                dice -= weights[which++];
            }
            plan.steps.push_back({kChances[which].act, static_cast<std::uint32_t>(m_random.below(1'000'000)),
                                  m_random.next()});
        }
        return plan;
    }

private:
    int some(int most) { return some(most, m_random); }
    static int some(int most, Random& random)
    {
        return random.below(3) == 0 ? static_cast<int>(random.below(static_cast<std::uint64_t>(most) + 1))
                                    : 0;
    }

    Weather weather()
    {
        const auto dice = m_random.below(6);
        if (dice < 2) {
            return dice == 0 ? kStorm : Weather{};
        }
        return {.loseAnswer = some(25),
                .cutAnswer = some(10),
                .reset = some(25),
                .ghost = some(10),
                .twice = some(10),
                .echo = some(8),
                .busy = some(10),
                .bare503 = some(8),
                .error500 = some(10),
                .captive = some(5),
                .redirect = some(5),
                .forged = some(4),
                .portalDies = some(4),
                .counterDies = some(8)};
    }

    [[nodiscard]] bool isPossible(Event act) const
    {
        const bool needsDisk = act == Event::PowerCut || act == Event::PortalPowerCut;
        return !needsDisk || m_options.mode == StoreMode::Sqlite;
    }

    [[nodiscard]] static bool isOfSticks(Event act)
    {
        return act == Event::StickOut || act == Event::StickToCity || act == Event::StickBack;
    }

    std::array<int, kEvents> drawWeights()
    {
        std::array<int, kEvents> weights{};
        for (std::size_t i = 0; i < kEvents; ++i) {
            const auto& chance = kChances[i];
            const bool isSure = std::find(m_options.always.begin(), m_options.always.end(), chance.act) !=
                                m_options.always.end();
            // Dice of their own, so that a kind added later leaves the old worlds as they were.
            SeededRandom dice(m_seed * 8191 + i * 131 + 17);
            const int drawn = some(chance.weightMost, dice);
            if (isOfSticks(chance.act) && chance.act != Event::StickOut) {
                weights[i] = weights[static_cast<std::size_t>(Event::StickOut)]; // none without the others
                continue;
            }
            weights[i] = chance.weight + (isSure ? chance.weightMost : isPossible(chance.act) ? drawn : 0);
        }
        return weights;
    }

    std::uint64_t m_seed;
    SeededRandom m_random;
    const PlanOptions& m_options;
};

} // namespace

std::string_view eventName(Event act)
{
    return kChances[static_cast<std::size_t>(act)].name;
}

std::vector<Event> fatesFor(Mutant mutant)
{
    switch (mutant) {
    case Mutant::Digest:
        return {Event::Clone};
    case Mutant::Epoch:
        return {Event::PortalBackup, Event::PortalRestore};
    case Mutant::Scan:
        return {Event::Scan};
    default:
        return {};
    }
}

Plan drawPlan(std::uint64_t seed, const PlanOptions& options)
{
    return Draw(seed, options).plan(seed);
}

} // namespace motcua
