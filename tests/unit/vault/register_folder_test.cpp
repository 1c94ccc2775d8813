// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/small_counter.h"

#include <catch2/catch.hpp>
#include <fstream>

using namespace motcua;

namespace fs = std::filesystem;

TEST_CASE("a register that was being made when the program ended is made anew")
{
    const TemporaryFolder home;
    const auto touch = [&](const char* name) { std::ofstream(home.path() / name) << "x"; };
    CHECK_FALSE(holdsRegister(home.path()));
    touch("register.keys"); // the register itself was lost: nobody may make another one over it unseen
    CHECK(holdsRegister(home.path()));
    touch("register.db.new"); // ended between the keys and the register's name
    CHECK_FALSE(holdsRegister(home.path()));

    FakeClock clock;
    SeededRandom random{1};
    REQUIRE(RegisterFolder::create(home.path(), practiceRegister(), practiceSignIn(), clock, random));
    CHECK(holdsRegister(home.path()));
    touch("register.db.new");
    CHECK(holdsRegister(home.path()));
    CHECK(RegisterFolder::open(home.path(), practiceSignIn(), clock));
}

TEST_CASE("an epoch is read back from its operations however late its clock was")
{
    for (const std::int64_t epoch : {std::int64_t{1}, std::int64_t{1} << 22, Position::kEpochMost}) {
        const Position position = Position::of(epoch, 7);
        CHECK(positionOf("install", opIdOf("install", position).text()) == position);
    }
    CHECK_FALSE(positionOf("install", "install-" + std::to_string(Position::kEpochMost + 1) + "-7"));
}
