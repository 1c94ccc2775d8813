// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/world/simulation.h"

#include <catch2/catch.hpp>

using namespace motcua;

TEST_CASE("random offices in bad weather come to rest with everything in its place")
{
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        INFO("seed " << seed);
        const auto simulated = simulate(seed, 120);
        INFO((simulated.wrongs.empty() ? std::string() : simulated.wrongs.front()));
        CHECK(simulated.wrongs.empty());
    }
}

TEST_CASE("the same seed makes the same world")
{
    CHECK(simulate(3, 60).trace == simulate(3, 60).trace);
}
