// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/world/plan_text.h"
#include "tests/world/shrink.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

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
    int played = 0;
    for (const auto& file : std::filesystem::directory_iterator(MOTCUA_SOURCE_DIR "/tests/world/red")) {
        std::ifstream in(file.path());
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        const auto kept = parsePlan(text);
        INFO(file.path());
        REQUIRE(kept);
        CHECK(parsePlan(planText(kept->plan, kept->mode))->plan.steps.size() == kept->plan.steps.size());
        const auto outcome = play(kept->plan, {.mode = kept->mode});
        INFO(firstWrong(outcome));
        CHECK(outcome.wrongs.empty());
        ++played;
    }
    CHECK(played >= 9);
    CHECK_FALSE(parsePlan("store memory\nthis is no plan\n"));
}

TEST_CASE("a red world is told in a story of at most twenty-five steps")
{
    const PlayOptions careless{.mode = StoreMode::Memory, .mutant = Mutant::Attempt};
    int tried = 0;
    const auto story = shrink(drawPlan(1, {}), careless, tried);
    CHECK(story.steps.size() <= kStoryMost);
    CHECK(!play(story, careless).wrongs.empty());
}

TEST_CASE("steps that need each other fall together where a story is too long")
{
    constexpr std::size_t kPairs = 20;
    Plan plan;
    for (std::size_t i = 0; i < 2 * kPairs; ++i) {
        plan.steps.push_back({Event::Wait, static_cast<std::uint32_t>(i % kPairs), 100 + i});
    }
    int tried = 0;

    // Red only while each counter has both of its steps, or none; the last three have them always.
    const auto story = shrink(
        plan,
        [](const Plan& less) {
            std::map<std::uint32_t, int> steps;
            for (const PlanStep& step : less.steps) {
                ++steps[step.counter];
            }
            return std::ranges::all_of(steps, [](const auto& each) { return each.second == 2; }) &&
                   steps.contains(17) && steps.contains(18) && steps.contains(19);
        },
        tried);

    CHECK(story.steps.size() <= kStoryMost);
    CHECK(story.steps.size() >= 6);
}

TEST_CASE("a step gets another seed where others fall away by that")
{
    constexpr std::uint64_t kBetter = 3;
    Plan plan;
    for (std::uint64_t i = 0; i < kStoryMost + 5; ++i) {
        plan.steps.push_back({Event::Wait, 0, 100 + i});
    }
    int tried = 0;

    const auto story = shrink(
        plan,
        [&](const Plan& less) {
            const bool isBetter = !less.steps.empty() && less.steps.front().seed == kBetter;
            return less.steps.size() == plan.steps.size() || (isBetter && less.steps.size() >= 4);
        },
        tried);

    CHECK(story.steps.size() == 4);
}
