// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/engine/engine_bench.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace std::chrono_literals;

TEST_CASE("a counter greets, sends, pulls and then rests until the next regular pull")
{
    EngineBench bench;
    bench.receive();
    bench.portal.then(bench.portal.greeting())
        .then(bench.portal.judging(Outcome::Applied))
        .then(bench.portal.page());

    const auto last = bench.settle();

    CHECK(last.did == Did::Idle);
    CHECK(last.until == bench.counter.clock.monotonic() + bench.options.pullEvery);
    CHECK(bench.portal.calls() == Calls{kHello, kPush, kPull});
    CHECK(bench.states() == std::vector{OpState::Acknowledged});
    CHECK(bench.engine->counters().acknowledged == 1);
    CHECK(bench.engine->state().online);
    for (const auto& request : bench.portal.asked) {
        CHECK(headerOf(request.headers, "authorization") == "Bearer token-1");
    }
}

TEST_CASE("hello says where this counter stands")
{
    EngineBench bench;
    bench.receive();
    bench.portal.then(bench.portal.greeting());

    bench.step();

    const auto body = parseJson(bench.portal.asked.front().body);
    REQUIRE(body);
    const auto head = bench.counter.portal->head();
    CHECK((*body)["install"] == bench.counter.folder->identity().install);
    CHECK((*body)["lastSeq"] == head->position.seq());
    CHECK((*body)["chainHead"] == toHex(head->chain));
    CHECK((*body)["waiting"] == 1);
}

TEST_CASE("nothing is done before there is a portal, and enrolling is noticed")
{
    SmallCounter counter;
    ScriptedPortal portal;
    Queue queue(*counter.connection, counter.folder->identity().install);
    SyncEngine engine(*counter.portal, queue, portal, counter.clock, counter.random);

    CHECK(engine.step()->did == Did::NotEnrolled);
    CHECK(portal.asked.empty());

    PortalBinding binding;
    binding.url = "https://portal.example.vn";
    binding.token = "t";
    binding.portalEpoch = portal.epoch();
    REQUIRE(counter.portal->bind(binding));
    portal.then(portal.greeting());
    CHECK(engine.step()->did == Did::Greeted);
}

TEST_CASE("the attempt is on the disk before the first byte leaves")
{
    EngineBench bench;
    bench.receive();
    OpState during = OpState::Waiting;
    bench.portal.then(bench.portal.greeting()).then([&](const Request& request) {
        during = bench.states().front();
        return ScriptedPortal::json(toJson(bench.portal.judged(request, Outcome::Applied)));
    });

    bench.step();
    bench.step();

    CHECK(during == OpState::Sending);
}

TEST_CASE("when the answer is lost the same bytes go again, and the first receipt settles them")
{
    EngineBench bench;
    bench.receive();
    const auto lost =
        GENERATE(Failure::Timeout, Failure::Reset, Failure::Unreadable, Failure::TooLarge, Failure::Stopped);
    bench.portal.then(bench.portal.greeting())
        .then(ScriptedPortal::failing(lost))
        .then(bench.portal.judging(Outcome::Replayed))
        .then(bench.portal.page());

    bench.step();
    bench.step();
    CHECK(bench.states() == std::vector{OpState::Unknown});
    bench.settle();

    CHECK(bench.states() == std::vector{OpState::Acknowledged});
    REQUIRE(bench.portal.calls() == Calls{kHello, kPush, kPush, kPull});
    CHECK(ScriptedPortal::linesOf(bench.portal.asked[1]) == ScriptedPortal::linesOf(bench.portal.asked[2]));
}

TEST_CASE("an HTTP status alone is never an acknowledgement")
{
    EngineBench bench;
    bench.receive();
    const auto bad =
        GENERATE(as<std::string>{}, "{}", "[]", "null", R"({"results":[],"portalEpoch":"e1"})",
                 R"({"results":)", R"({"portalEpoch":"e1","results":[{"op":"x","result":"applied"}]})");
    INFO(bad);
    bench.portal.then(bench.portal.greeting())
        .then(ScriptedPortal::saying({Failure::None, 200, {{"Content-Type", "application/json"}}, bad, {}}));

    bench.step();
    bench.step();

    CHECK(bench.engine->counters().acknowledged == 0);
    CHECK(bench.waiting() == 1);
    bench.portal.always = bench.portal.contented(Outcome::Replayed);
    bench.settle();
    CHECK(bench.engine->counters().acknowledged == 1);
}

TEST_CASE("a captive portal's page opens the breaker: then only one hello at a time goes out")
{
    EngineBench bench;
    bench.receive();
    const auto page =
        ScriptedPortal::saying({Failure::None, 200, {{"Content-Type", "text/html"}}, "<html>", {}});
    bench.portal.then(bench.portal.greeting()).then(page).then(page).then(page);

    bench.step();
    bench.step();
    CHECK(bench.engine->state().trouble == Trouble::NotPortal);
    CHECK_FALSE(bench.engine->state().online);
    for (int i = 0; i < 2; ++i) {
        bench.counter.clock.advance(15min);
        bench.step();
    }

    CHECK(bench.portal.calls() == Calls{kHello, kPush, kHello, kHello});
    CHECK(bench.waiting() == 1);
    bench.portal.then(bench.portal.greeting())
        .then(bench.portal.judging(Outcome::Applied))
        .then(bench.portal.page());
    bench.counter.clock.advance(15min);
    bench.settle();
    CHECK(bench.waiting() == 0);
}

TEST_CASE("a forged receipt acknowledges nothing, and its good neighbours are kept")
{
    EngineBench bench;
    bench.receive();
    bench.receive("Trần Thị Bé");
    SignedWords stranger("k1", 'z');
    bench.portal.then(bench.portal.greeting()).then([&](const Request& request) {
        auto results = bench.portal.judged(request, Outcome::Applied);
        const auto line = ScriptedPortal::linesOf(request).front();
        results.results[0] =
            stranger.result(results.results[0].op.text(), toHex(sha256(line)), Outcome::Applied);
        return ScriptedPortal::json(toJson(results));
    });

    bench.step();
    bench.step();

    CHECK(bench.states() == std::vector{OpState::Unknown, OpState::Acknowledged});
    CHECK(bench.engine->state().trouble == Trouble::NotPortal);
}

TEST_CASE("a key that the portal changed since the last hello is learned, not mistrusted")
{
    EngineBench bench;
    bench.receive();
    SignedWords rotated("k2", 'q');
    auto hello = bench.portal.hello();
    hello.keys.push_back(rotated.key());
    const auto judge = [&](const Request& request) {
        const auto line = ScriptedPortal::linesOf(request).front();
        const auto op = stringAt(*parseJson(line), "op");
        return ScriptedPortal::json(
            toJson(Results{{rotated.result(op, toHex(sha256(line)), Outcome::Applied)}, "e1"}));
    };
    bench.portal.then(bench.portal.greeting())
        .then(judge)
        .then(ScriptedPortal::greeting(hello))
        .then(judge)
        .then(bench.portal.page());

    bench.settle();

    CHECK(bench.portal.calls() == Calls{kHello, kPush, kHello, kPush, kPull});
    CHECK(bench.waiting() == 0);
    CHECK(bench.counter.portal->binding()->value().keys.size() == 2);
}

TEST_CASE("after 413 the batch is halved")
{
    EngineBench bench;
    for (int i = 0; i < 4; ++i) {
        bench.receive();
    }
    bench.options.batchCount = 4;
    bench.restart();
    std::vector<std::size_t> sizes;
    bench.portal.then(bench.portal.greeting());
    bench.portal.always = [&](const Request& request) {
        if (request.path != "/v1/ops") {
            return bench.portal.page()(request);
        }
        sizes.push_back(ScriptedPortal::linesOf(request).size());
        return sizes.back() > 2 ? ScriptedPortal::problem(413, "too-large")(request)
                                : bench.portal.judging(Outcome::Applied)(request);
    };

    bench.settle();

    CHECK(sizes.front() == 4);
    CHECK(sizes[1] == 2);
    CHECK(bench.waiting() == 0);
}

TEST_CASE("one operation that breaks the portal holds none of the others")
{
    EngineBench bench;
    for (int i = 0; i < 40; ++i) {
        bench.receive(i == 0 ? "Nguyễn Văn Độc" : "Nguyễn Văn Lành");
    }
    const bool answers = GENERATE(true, false);
    bench.portal.always = [&](const Request& request) {
        if (request.path != "/v1/ops") {
            return bench.portal.contented()(request);
        }
        for (const auto& line : ScriptedPortal::linesOf(request)) {
            if (line.find("Độc") != std::string::npos) {
                return answers ? ScriptedPortal::problem(400, "bad-request")(request)
                               : ScriptedPortal::saying({Failure::None, 500, {}, "", {}})(request);
            }
        }
        return bench.portal.judging(Outcome::Applied)(request);
    };

    for (int i = 0; i < 300 && bench.waiting() > 1; ++i) {
        const auto done = bench.step();
        if (done.did == Did::Waiting) {
            bench.counter.clock.advance(done.until - bench.counter.clock.monotonic());
        }
    }

    CHECK(bench.waiting() == 1);
    CHECK(bench.counter.desk->queue().operations(false)->front().name == "Nguyễn Văn Độc");
}

TEST_CASE("later and blocked wait by themselves; the rest of the batch is done")
{
    EngineBench bench;
    bench.receive("A");
    bench.receive("B");
    bench.portal.then(bench.portal.greeting()).then([&](const Request& request) {
        auto results = bench.portal.judged(request, Outcome::Applied);
        results.results[0].result = Outcome::Later;
        results.results[0].receipt.clear();
        results.results[0].retryAfterSeconds = 30;
        return ScriptedPortal::json(toJson(results));
    });
    bench.portal.then(bench.portal.page());
    bench.step();
    bench.step();
    CHECK(bench.states() == std::vector{OpState::Backoff, OpState::Acknowledged});
    bench.step();
    bench.step(); // merges nothing

    const auto pause = bench.step();

    REQUIRE(pause.did == Did::Waiting);
    CHECK(pause.until - bench.counter.clock.monotonic() >= 30s);
    CHECK(pause.until - bench.counter.clock.monotonic() <= 36s);
    bench.portal.then(bench.portal.judging(Outcome::Applied)).then(bench.portal.page());
    bench.settle();
    CHECK(bench.waiting() == 0);
}
