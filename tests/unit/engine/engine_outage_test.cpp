// SPDX-License-Identifier: GPL-3.0-or-later
// An outage as the counter sees it: when it has begun, when it has ended, and how all come back without a
// crowd.
#include "tests/unit/engine/engine_bench.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace std::chrono_literals;

namespace {

/// One dossier waits, the machine is off for so long and on again; the portal spreads those who come.
void switchedOff(EngineBench& bench, Millis time)
{
    bench.receive();
    bench.counter.clock.advance(time);
    bench.restart();
    auto hello = bench.portal.hello();
    hello.spreadSeconds = 900;
    bench.portal.then(ScriptedPortal::greeting(hello)).then(bench.portal.judging(Outcome::Applied));
}

} // namespace

TEST_CASE("five losses in a row open the breaker, and pauses grow")
{
    EngineBench bench;
    bench.receive();
    bench.portal.always = ScriptedPortal::failing(Failure::Timeout);
    bench.portal.then(bench.portal.greeting());
    bench.step();

    for (int i = 0; i < 8; ++i) {
        bench.step();
        bench.counter.clock.advance(1min);
    }

    const auto calls = bench.portal.calls();
    REQUIRE(calls.size() == 9);
    CHECK(calls[1] == kPush);
    for (std::size_t i = 1; i < 6; ++i) {
        CHECK(calls[i] != kHello);
    }
    CHECK(Calls(calls.begin() + 6, calls.end()) == Calls{kHello, kHello, kHello});
}

TEST_CASE("after an outage the portal may spread the counters out")
{
    EngineBench bench;
    bench.receive();
    bench.portal.then(bench.portal.greeting());
    for (int i = 0; i < 5; ++i) {
        bench.portal.then(ScriptedPortal::failing(Failure::Refused));
    }
    auto hello = bench.portal.hello();
    hello.spreadSeconds = 900;
    bench.portal.then(ScriptedPortal::greeting(hello)).then(bench.portal.judging(Outcome::Applied));
    for (int i = 0; i < 7; ++i) {
        bench.counter.clock.advance(15min);
        bench.step();
    }

    const auto spread = bench.step();

    REQUIRE(spread.did == Did::Waiting);
    CHECK(spread.until > bench.counter.clock.monotonic());
    CHECK(spread.until <= bench.counter.clock.monotonic() + 900s);
}

TEST_CASE("a portal that has no time for the greeting ends no outage: its word on spreading is still obeyed")
{
    EngineBench bench;
    bench.receive();
    bench.portal.then(bench.portal.greeting());
    for (int i = 0; i < 5; ++i) {
        bench.portal.then(ScriptedPortal::failing(Failure::Refused));
    }
    auto hello = bench.portal.hello();
    hello.spreadSeconds = 900;
    bench.portal.then(ScriptedPortal::problem(503, "busy", {{"Retry-After", "30"}}))
        .then(ScriptedPortal::greeting(hello));
    for (int i = 0; i < 8; ++i) {
        bench.counter.clock.advance(15min);
        bench.step();
    }

    const auto spread = bench.step();

    const auto calls = bench.portal.calls();
    REQUIRE(calls.size() == 8);
    CHECK(Calls(calls.end() - 2, calls.end()) == Calls{kHello, kHello});
    REQUIRE(spread.did == Did::Waiting);
    CHECK(spread.until > bench.counter.clock.monotonic() + 9s);
}

TEST_CASE("who starts with a queue of hours spreads as after an outage, who starts with a fresh one does not")
{
    const auto [age, spreads] = GENERATE(std::pair{Millis{9min}, false}, std::pair{Millis{10min}, true});
    EngineBench bench;
    switchedOff(bench, age);
    bench.step();

    const auto next = bench.step();

    CHECK((next.did == Did::Waiting) == spreads);
    CHECK(bench.portal.calls() == (spreads ? Calls{kHello} : Calls{kHello, kPush}));
}

TEST_CASE("a single run that somebody waits for does not spread its first call")
{
    EngineOptions options;
    options.awayLeast = Millis::max();
    EngineBench bench(options);
    switchedOff(bench, 8h);

    bench.step();
    bench.step();

    CHECK(bench.portal.calls() == Calls{kHello, kPush});
}

TEST_CASE("a greeting in the middle of the work spreads nothing, however old the queue is")
{
    EngineBench bench;
    bench.receive();
    bench.portal.then(bench.portal.greeting());
    bench.step();
    bench.counter.clock.advance(bench.options.helloEvery);
    auto hello = bench.portal.hello();
    hello.spreadSeconds = 900;
    bench.portal.then(ScriptedPortal::greeting(hello)).then(bench.portal.judging(Outcome::Applied));

    bench.step();
    bench.step();

    CHECK(bench.portal.calls() == Calls{kHello, kHello, kPush});
}

TEST_CASE("who presses \"send now\" does not wait for the others, neither before the greeting nor after it")
{
    const bool before = GENERATE(true, false);
    EngineBench bench;
    switchedOff(bench, 8h);

    if (before) {
        REQUIRE(bench.engine->tryNow());
        bench.step();
    } else {
        bench.step();
        CHECK(bench.step().did == Did::Waiting);
        CHECK(bench.engine->state().reach == Reach::Busy); // and whoever looks sees why nothing goes
        CHECK(bench.engine->state().detail == "spread");
        REQUIRE(bench.engine->tryNow());
    }
    bench.step();

    CHECK(bench.portal.calls() == Calls{kHello, kPush});
    CHECK(bench.engine->state().reach == Reach::Online);
}
