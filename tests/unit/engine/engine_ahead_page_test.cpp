// SPDX-License-Identifier: GPL-3.0-or-later
// What may go wrong while one page is under way and the one before it is being stored.
#include "tests/unit/engine/busy_portal.h"

using namespace motcua;
using namespace motcua::ahead;
using namespace std::chrono_literals;

TEST_CASE("the next page is asked for before this one is stored")
{
    Ahead ahead(0);
    ahead.portal.pages = 3;
    std::vector<std::optional<std::string>> stored;
    ahead.portal.departed = [&] { stored.push_back(ahead.bench.counter.portal->binding()->value().cursor); };

    ahead.bench.settle();

    REQUIRE(stored.size() == 3);
    CHECK_FALSE(stored[0]);
    CHECK_FALSE(stored[1]); // the first page was answered, and is not stored yet
    CHECK(stored[2] == "c1");
    CHECK(ahead.bench.portal.asked.back().path.find("cursor=c2") != std::string::npos);
    CHECK(ahead.bench.counter.portal->binding()->value().cursor == "c3");
}

TEST_CASE("what is queued while a page is under way goes out between two pages")
{
    Ahead ahead(0);
    ahead.portal.pages = 4;
    ahead.bench.step();
    REQUIRE(ahead.bench.engine->isUnderWay());
    ahead.bench.receive();

    ahead.bench.settle();

    CHECK(ahead.bench.portal.calls() == Calls{kPull, kPull, kPush, kPull, kPull});
    CHECK(ahead.bench.waiting() == 0);
}

TEST_CASE("the disk refuses a page: the one after it is given up, and nothing is skipped")
{
    Ahead ahead(0);
    ahead.portal.pages = 2;
    std::optional<Connection> other;
    int departures = 0;
    ahead.portal.departed = [&] {
        if (++departures == 2) {
            other.emplace(*ahead.bench.counter.folder->connect());
            REQUIRE(other->execute("BEGIN IMMEDIATE"));
        }
    };
    CHECK_FALSE(ahead.bench.engine->step());
    other.reset();
    ahead.portal.isGivingUp = true;
    CHECK_FALSE(ahead.bench.counter.portal->binding()->value().cursor);

    ahead.bench.step();

    CHECK(ahead.bench.portal.asked.back().path.find("cursor") == std::string::npos);
    CHECK(ahead.bench.counter.portal->binding()->value().cursor == "c2");
}

TEST_CASE("a page of another epoch that was asked for ahead is not taken")
{
    Ahead ahead(0);
    ScriptedPortal restored("k1", 's', "e2");
    const bool isFirst = GENERATE(true, false);
    if (!isFirst) {
        ahead.bench.portal.then(ahead.bench.portal.page({}, "of-old", true));
    }
    ahead.bench.portal.then(restored.page({}, "strange", true))
        .then(ScriptedPortal::greeting(restored.hello()))
        .then(restored.page({}, "of-new"));

    ahead.bench.settle();

    CHECK(ahead.bench.portal.isDone());
    CHECK(ahead.bench.portal.asked.back().path.find("cursor") == std::string::npos);
    CHECK(ahead.bench.counter.portal->binding()->value().cursor == "of-new");
}

TEST_CASE("a new run of the program asks about what the last one left under way")
{
    EngineBench bench;
    bench.receive();
    const auto batch = bench.counter.portal->sendable(50, 1 << 20);
    REQUIRE(bench.counter.portal->beginAttempt(*batch, "a run that was killed"));
    CHECK(bench.states() == std::vector{OpState::Sending});
    bench.restart();
    bench.portal.then(bench.portal.greeting())
        .then([&](const Request& request) {
            const std::string op = parseJson(request.body)->at("ops")[0];
            const auto digest = bench.counter.desk->queue().operations(false)->front().digest;
            return ScriptedPortal::json(
                toJson(Results{{bench.portal.result(op, digest, Outcome::Applied)}, "e1"}));
        })
        .then(bench.portal.page());

    bench.settle();

    CHECK(bench.portal.calls() == Calls{kHello, kStatus, kPull});
    CHECK(bench.states() == std::vector{OpState::Acknowledged});
}
