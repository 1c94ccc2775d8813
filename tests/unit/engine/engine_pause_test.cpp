// SPDX-License-Identifier: GPL-3.0-or-later
// How long nothing goes: by the portal's wish, by our own prudence, and until a person wants it.
#include "tests/unit/engine/engine_bench.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace std::chrono_literals;

TEST_CASE("Retry-After holds all calls, also against a person's wish; our own backoff does not")
{
    EngineBench bench;
    bench.receive();
    bench.portal.then(bench.portal.greeting())
        .then(ScriptedPortal::problem(503, "busy", {{"Retry-After", "120"}}));
    bench.step();
    bench.step();
    CHECK(bench.states() == std::vector{OpState::Backoff});

    CHECK(bench.engine->tryNow());
    auto held = bench.step();
    REQUIRE(held.did == Did::Waiting);
    CHECK(held.until - bench.counter.clock.monotonic() >= 120s);
    CHECK(held.until - bench.counter.clock.monotonic() <= 144s);
    bench.counter.clock.advance(119s);
    CHECK(bench.step().did == Did::Waiting);
    CHECK(bench.portal.calls() == Calls{kHello, kPush});

    bench.counter.clock.advance(26s);
    bench.portal.then(ScriptedPortal::failing(Failure::Timeout));
    bench.step();
    CHECK(bench.engine->tryNow());
    CHECK_FALSE(bench.engine->tryNow());
    bench.portal.then(bench.portal.judging(Outcome::Applied));
    CHECK(bench.step().did == Did::Pushed);
    CHECK(bench.waiting() == 0);
}

TEST_CASE("what waits for a pause of our own goes when a person wants it, and when the clock was set back")
{
    EngineBench bench;
    bench.receive();
    bench.portal.then(bench.portal.greeting());
    bench.step();
    for (int i = 0; i < 6; ++i) {
        bench.portal.then(ScriptedPortal::problem(503, "busy", {}));
        bench.counter.clock.advance(15min);
        bench.step();
    }
    REQUIRE(bench.states() == std::vector{OpState::Backoff});
    REQUIRE(bench.step().did == Did::Waiting);

    SECTION("a person wants it")
    {
        CHECK(bench.engine->tryNow());
    }
    SECTION("the clock, five hours fast, is put right")
    {
        bench.counter.clock.setWall(bench.counter.clock.now() - 5h);
        bench.counter.clock.advance(16min);
    }
    bench.portal.always = bench.portal.contented();
    const Millis before = bench.counter.clock.monotonic();
    bench.settle();

    CHECK(bench.waiting() == 0);
    CHECK(bench.counter.clock.monotonic() - before < 1min);
}

TEST_CASE("the portal's wish is cut to six hours, and zero or past wishes count for nothing")
{
    EngineBench bench;
    bench.receive();
    const auto [value, least, most] = GENERATE(table<std::string, Millis, Millis>({
        {"315360000", 6h, 6h},
        {"0", 0s, 2s},
        {"Thu, 01 Jan 2026 00:00:00 GMT", 0s, 2s},
        {"later", 0s, 2s},
    }));
    INFO(value);
    bench.portal.then(bench.portal.greeting())
        .then(ScriptedPortal::problem(429, "busy", {{"Retry-After", value}}));
    bench.step();
    bench.step();

    const auto held = bench.step();

    REQUIRE(held.did == Did::Waiting);
    CHECK(held.until - bench.counter.clock.monotonic() >= least);
    CHECK(held.until - bench.counter.clock.monotonic() <= most);
}
