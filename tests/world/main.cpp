// SPDX-License-Identifier: GPL-3.0-or-later
// motcua-world: whole communes from seeds. README.md says what is played and what is looked at.
#include "tests/world/plan_text.h"
#include "tests/world/shrink.h"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#ifdef MOTCUA_MIMALLOC
#include <mimalloc.h>
#else
#include <malloc.h>
#endif
#include <sstream>
#include <string>
#include <unistd.h>

namespace {

using namespace motcua;
using SteadyClock = std::chrono::steady_clock;

constexpr const char* kUsage =
    "motcua-world [--minutes M] [--from-seed S] [--seed ONE] [--steps N] [--store memory|sqlite]\n"
    "             [--mutant digest|revision|attempt|unique|epoch|effect|scan] [--plan FILE]\n"
    "             [--fates NAME,NAME]   fates that every world gets, as: cloned disk,portal restored\n";
constexpr std::uint64_t kTwiceEvery = 20;
constexpr int kStoriesMost = 5;
constexpr std::size_t kLinesMost = 60; // of a story, with how it settled

struct Orders
{
    double minutes = 1;
    std::uint64_t fromSeed = 1;
    bool onlyOne = false;
    std::string planFile;
    bool understood = true;
    PlanOptions plan;
    PlayOptions play;
};

struct Sums
{
    long worlds = 0;
    long steps = 0;
    long red = 0;
    long deaths = 0;
    long dossiers = 0;
    long calls = 0;
    long twice = 0;
};

/// False: one of the names is no event's.
bool readFates(const std::string& names, std::vector<Event>& fates)
{
    std::istringstream list(names);
    for (std::string name; std::getline(list, name, ',');) {
        std::size_t event = 0;
        while (event < kEvents && eventName(static_cast<Event>(event)) != name) {
            ++event;
        }
        if (event == kEvents) {
            return false;
        }
        fates.push_back(static_cast<Event>(event));
    }
    return true;
}

bool readOrder(Orders& orders, const std::string& name, const std::string& value)
{
    if (name == "--minutes") {
        orders.minutes = std::strtod(value.c_str(), nullptr);
    } else if (name == "--from-seed" || name == "--seed") {
        orders.fromSeed = std::strtoull(value.c_str(), nullptr, 10);
        orders.onlyOne = name == "--seed";
    } else if (name == "--steps") {
        orders.plan.steps = std::atoi(value.c_str());
    } else if (name == "--store" && (value == "memory" || value == "sqlite")) {
        orders.play.mode = value == "memory" ? StoreMode::Memory : StoreMode::Sqlite;
        orders.plan.mode = orders.play.mode;
    } else if (name == "--plan") {
        orders.planFile = value;
        orders.onlyOne = true;
    } else if (name == "--fates") {
        return readFates(value, orders.plan.always);
    } else if (const auto mutant = parseMutant(value); name == "--mutant" && mutant) {
        orders.play.mutant = *mutant;
        orders.plan.always = fatesFor(*mutant);
    } else {
        return false;
    }
    return true;
}

Orders read(int count, char** texts)
{
    Orders orders;
    for (int i = 1; i + 1 < count; i += 2) {
        orders.understood = readOrder(orders, texts[i], texts[i + 1]) && orders.understood;
    }
    orders.understood = orders.understood && count % 2 == 1 && orders.plan.steps > 0;
    return orders;
}

// A broken invariant of the product ends the program; then the seed and the plan must not be lost.
std::string g_lastWords;

void onAbort(int)
{
    static_cast<void>(!::write(STDOUT_FILENO, g_lastWords.data(), g_lastWords.size()));
    ::_exit(1);
}

void prepareLastWords(const Plan& plan, StoreMode mode, const Sums& sums)
{
    g_lastWords = "seed " + std::to_string(plan.seed) + " is red: a broken invariant ended the program\n" +
                  planText(plan, mode) + "worlds " + std::to_string(sums.worlds + 1) + " steps " +
                  std::to_string(sums.steps) + " red " + std::to_string(sums.red + 1) + "\n";
}

void tellStory(const Plan& plan, const Orders& orders)
{
    int tried = 0;
    auto shrunk = shrink(plan, orders.play, tried);
    auto telling = orders.play;
    telling.tells = true;
    const auto played = play(shrunk, telling);
    std::printf("  its story in %zu steps with %d counters (%d tries):\n", shrunk.steps.size(),
                shrunk.counters, tried);
    for (std::size_t i = 0; i < played.story.size() && i < kLinesMost; ++i) {
        std::printf("    %2zu. %s\n", i + 1, played.story[i].c_str());
    }
    for (const auto& wrong : played.wrongs) {
        std::printf("    => %s\n", wrong.c_str());
    }
    std::printf("  its plan, for tests/world/red:\n%s", planText(shrunk, orders.play.mode).c_str());
}

/// The plan of a file, with its store, or the one that a seed draws.
Plan planOf(std::uint64_t seed, Orders& orders)
{
    if (orders.planFile.empty()) {
        return drawPlan(seed, orders.plan);
    }
    std::ifstream file(orders.planFile);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto kept = parsePlan(text);
    if (!kept) {
        std::fprintf(stderr, "%s is no plan\n", orders.planFile.c_str());
        std::exit(2);
    }
    orders.play.mode = kept->mode;
    return kept->plan;
}

void runOne(std::uint64_t seed, Orders& orders, Sums& sums)
{
    const auto plan = planOf(seed, orders);
    auto options = orders.play;
    options.tells = orders.onlyOne;
    auto played = play(plan, options);
    ++sums.worlds;
    sums.steps += played.steps;
    sums.deaths += played.deaths;
    sums.dossiers += played.dossiers;
    sums.calls += played.calls;
    if (orders.onlyOne) {
        for (const auto& line : played.story) {
            std::printf("  %s\n", line.c_str());
        }
        std::printf("trace %016llx\n", static_cast<unsigned long long>(played.trace));
    }
    if (seed % kTwiceEvery == 0 || orders.onlyOne) {
        ++sums.twice;
        if (play(plan, orders.play).trace != played.trace) {
            played.wrongs.push_back("the same seed made another world");
        }
    }
    if (played.wrongs.empty()) {
        return;
    }
    ++sums.red;
    std::printf("seed %llu is red:\n", static_cast<unsigned long long>(seed));
    for (const auto& wrong : played.wrongs) {
        std::printf("  %s\n", wrong.c_str());
    }
    std::fflush(stdout);
    if (sums.red <= kStoriesMost) {
        tellStory(plan, orders);
    }
    std::fflush(stdout);
}

/// What one world gave back is the next one's: nothing is returned to the system in between.
void keepMemory()
{
#ifdef MOTCUA_MIMALLOC
    mi_option_disable(mi_option_allow_decommit);
    mi_option_enable(mi_option_large_os_pages);
#else
    ::mallopt(M_TRIM_THRESHOLD, 1 << 30);
    ::mallopt(M_MMAP_THRESHOLD, 1 << 30);
#endif
}

} // namespace

int main(int count, char** texts)
{
    auto orders = read(count, texts);
    if (!orders.understood) {
        std::fputs(kUsage, stderr);
        return 2;
    }
    std::signal(SIGABRT, onAbort);
    keepMemory();
    const auto begin = SteadyClock::now();
    const auto end = begin + std::chrono::duration<double>(orders.minutes * 60);
    Sums sums;
    orders.play.begins = [&](const Plan& plan) { prepareLastWords(plan, orders.play.mode, sums); };
    const bool isHunt = orders.play.mutant != Mutant::None;
    for (auto seed = orders.fromSeed;
         sums.worlds == 0 || (!orders.onlyOne && SteadyClock::now() < end && !(isHunt && sums.red > 0));
         ++seed) {
        runOne(seed, orders, sums);
    }
    const std::chrono::duration<double> took = SteadyClock::now() - begin;
    const auto core = static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
    std::printf("dossiers %ld deaths %ld calls %ld\n", sums.dossiers, sums.deaths, sums.calls);
    std::printf("run twice %ld; worlds a second %.1f, a second of a core %.1f\n", sums.twice,
                static_cast<double>(sums.worlds) / took.count(), static_cast<double>(sums.worlds) / core);
    std::printf("worlds %ld steps %ld red %ld\n", sums.worlds, sums.steps, sums.red);
    return sums.red == 0 ? 0 : 1;
}
