// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/world/shrink.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

using namespace motcua;

namespace {

std::string firstWrong(const Played& played)
{
    return played.wrongs.empty() ? std::string() : played.wrongs.front();
}

void allAreGreen(const PlanOptions& options, std::uint64_t from, std::uint64_t count)
{
    for (auto seed = from; seed < from + count; ++seed) {
        const auto played = play(drawPlan(seed, options), {.mode = options.mode});
        INFO("seed " << seed << ": " << firstWrong(played));
        CHECK(played.wrongs.empty());
    }
}

} // namespace

TEST_CASE("random communes in bad weather come to rest with everything in its place")
{
    allAreGreen({}, 1, 30);
}

TEST_CASE("random communes whose power goes at any write come to rest with everything in its place")
{
    PlanOptions options;
    options.mode = StoreMode::Sqlite;
    allAreGreen(options, 1'000, 12);
}

TEST_CASE("the same seed makes the same world")
{
    for (const auto mode : {StoreMode::Memory, StoreMode::Sqlite}) {
        PlanOptions options;
        options.mode = mode;
        for (std::uint64_t seed = 3; seed < 5; ++seed) {
            const auto plan = drawPlan(seed, options);
            CHECK(play(plan, {.mode = mode}).trace == play(plan, {.mode = mode}).trace);
        }
    }
}

TEST_CASE("a world that was ever red stays green")
{
    std::ifstream seeds(MOTCUA_SOURCE_DIR "/tests/world/red_seeds.txt");
    REQUIRE(seeds);
    std::string line;
    while (std::getline(seeds, line)) {
        std::istringstream words(line);
        std::uint64_t seed = 0;
        std::string store;
        std::string also;
        PlanOptions options;
        if (line.empty() || line.front() == '#' || !(words >> seed >> store >> options.steps >> also)) {
            continue;
        }
        options.also = eventsToCome(also);
        options.mode = store == "sqlite" ? StoreMode::Sqlite : StoreMode::Memory;
        const auto played = play(drawPlan(seed, options), {.mode = options.mode});
        INFO(line << ": " << firstWrong(played));
        CHECK(played.wrongs.empty());
    }
}

TEST_CASE("a red world is told in a story of at most twenty-five steps")
{
    const PlayOptions careless{.mode = StoreMode::Memory, .mutant = Mutant::Attempt};
    int tried = 0;
    const auto story = shrink(drawPlan(1, {}), careless, tried);
    CHECK(story.steps.size() <= kStoryMost);
    CHECK(!play(story, careless).wrongs.empty());
}
