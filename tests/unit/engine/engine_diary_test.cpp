// SPDX-License-Identifier: GPL-3.0-or-later
// What the engine writes down about the network, and what it says about it in between.
#include "tests/unit/engine/engine_bench.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace std::chrono_literals;

namespace {

struct Seen
{
    std::string reach;
    std::int64_t waiting;
    auto operator<=>(const Seen&) const = default;
};

std::vector<Seen> sightings(EngineBench& bench)
{
    auto query = *bench.counter.connection->prepare("SELECT reach, waiting FROM sighting ORDER BY id");
    std::vector<Seen> seen;
    while (*query.step()) {
        seen.push_back({query.text(0), query.integer(1)});
    }
    return seen;
}

void wait(EngineBench& bench, Millis span)
{
    bench.counter.clock.advance(span);
}

} // namespace

TEST_CASE("the diary gets a line when the way changes, and none for each call")
{
    EngineBench bench;
    bench.receive();
    bench.portal.then(ScriptedPortal::failing(Failure::Refused))
        .then(ScriptedPortal::failing(Failure::Timeout))
        .then(bench.portal.greeting())
        .then(bench.portal.judging(Outcome::Applied))
        .then(bench.portal.page());
    const Instant began = bench.counter.clock.now();

    bench.settle();

    CHECK(sightings(bench) == std::vector<Seen>{{"offline", 1}, {"online", 1}});
    CHECK(bench.engine->state().reach == Reach::Online);
    CHECK(*bench.engine->state().since > began);
}

TEST_CASE("while nothing changes the diary says so every ten minutes, and nothing where nobody was asked")
{
    EngineBench bench;
    bench.portal.then(bench.portal.greeting());
    bench.portal.always = bench.portal.page();
    bench.settle();
    REQUIRE(sightings(bench).size() == 1);

    for (int minute = 0; minute < 25; ++minute) {
        wait(bench, 1min);
        bench.settle();
    }

    CHECK(sightings(bench).size() == 3);
}

TEST_CASE("busy, held and a stranger are told apart, each with the moment it began")
{
    EngineBench bench;
    bench.receive();
    const auto [answer, reach] = GENERATE(table<ScriptedPortal::Answer, Reach>({
        {ScriptedPortal::problem(503, "busy", {{"Retry-After", "60"}}), Reach::Busy},
        {ScriptedPortal::problem(401, "not-enrolled"), Reach::Held},
        {ScriptedPortal::problem(400, "bad-request"), Reach::Held},
        {ScriptedPortal::saying({Failure::None, 200, {{"Content-Type", "text/html"}}, "<html>", {}}),
         Reach::NotPortal},
        {ScriptedPortal::failing(Failure::Timeout), Reach::Offline},
    }));
    bench.portal.then(bench.portal.greeting()).then(answer);
    bench.step();
    wait(bench, 90s);
    const Instant then = bench.counter.clock.now();

    bench.step();

    CHECK(bench.engine->state().reach == reach);
    CHECK(bench.engine->state().since == then);
    CHECK(sightings(bench) == std::vector<Seen>{{"online", 1}, {std::string(reachName(reach)), 1}});
}

TEST_CASE("a counter that was never heard has no state to tell")
{
    EngineBench bench;

    CHECK_FALSE(bench.engine->state().since);
    CHECK(sightings(bench).empty());
}

TEST_CASE("a call that we broke off ourselves says nothing about the network")
{
    EngineBench bench;
    bench.portal.then(bench.portal.greeting()).then(ScriptedPortal::failing(Failure::Stopped));
    bench.step();

    bench.step();

    CHECK(bench.engine->state().reach == Reach::Online);
    CHECK(sightings(bench).size() == 1);
}

TEST_CASE("sightings stand as they were written")
{
    EngineBench bench;
    bench.portal.then(ScriptedPortal::failing(Failure::Refused));
    bench.step();

    CHECK_FALSE(bench.counter.connection->execute("UPDATE sighting SET reach = 'online'"));
    CHECK_FALSE(bench.counter.connection->execute("DELETE FROM sighting"));
    CHECK(sightings(bench).size() == 1);
}

TEST_CASE("a greeting tells how far the clocks are apart, and the next one that they are together again")
{
    EngineBench bench;
    Hello hello = bench.portal.hello();
    hello.now = bench.counter.clock.now() + 3h;
    bench.portal.then(ScriptedPortal::greeting(hello));
    bench.portal.always = bench.portal.page();
    bench.settle();
    REQUIRE(bench.engine->state().clockOff);
    CHECK(*bench.engine->state().clockOff > 2h);

    bench.portal.always = {};
    wait(bench, 31min);
    hello.now = bench.counter.clock.now();
    bench.portal.then(ScriptedPortal::greeting(hello)).then(bench.portal.page());
    bench.settle();
    CHECK_FALSE(bench.engine->state().clockOff);
}
