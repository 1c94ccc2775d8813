// SPDX-License-Identifier: GPL-3.0-or-later
// What may go wrong while one batch is under way and the answer before it is being stored.
#include "tests/unit/engine/busy_portal.h"

using namespace motcua;
using namespace motcua::ahead;
using namespace std::chrono_literals;

TEST_CASE("the next batch is out, its attempt on the disk, before the answer to this one is stored")
{
    Ahead ahead(3);
    std::vector<std::vector<OpState>> seen;
    ahead.portal.departed = [&] { seen.push_back(ahead.bench.states()); };

    ahead.bench.step();

    CHECK(ahead.portal.events == Calls{"start /v1/ops", "finish", "start /v1/ops"});
    REQUIRE(seen.size() == 2);
    CHECK(seen[1] == std::vector{OpState::Sending, OpState::Sending, OpState::Waiting});
    CHECK(ahead.bench.states() == std::vector{OpState::Acknowledged, OpState::Sending, OpState::Waiting});
    CHECK(ahead.bench.engine->isUnderWay());
    CHECK(ahead.bench.engine->counters().acknowledged == 1);

    ahead.bench.settle();
    CHECK_FALSE(ahead.bench.engine->isUnderWay());
    CHECK(ahead.bench.waiting() == 0);
    CHECK(ahead.bench.portal.calls() == Calls{kPush, kPush, kPush, kPull});
    CHECK(isEachSentOnce(ahead.portal));
}

TEST_CASE("a batch that was ready stays here when the answer does not come, and the diary says so")
{
    Ahead ahead(2);
    ahead.bench.portal.then(ScriptedPortal::saying({Failure::Timeout, 0, {}, {}, {}}));

    ahead.bench.step();

    CHECK(ahead.portal.sent.empty());
    CHECK(ahead.bench.states() == std::vector{OpState::Unknown, OpState::Waiting});
    CHECK_FALSE(ahead.bench.engine->isUnderWay());
    const auto diary = ahead.bench.counter.desk->queue().attempts({});
    REQUIRE(diary);
    CHECK(std::count_if(diary->begin(), diary->end(), [](const AttemptRow& row) {
              return row.outcome == "later" && row.detail == "not sent";
          }) == 1);
    CHECK(ahead.bench.counter.findings().empty()); // the state is what the facts say

    ahead.bench.settle();
    CHECK(ahead.bench.waiting() == 0);
    CHECK(isEachSentOnce(ahead.portal));
}

TEST_CASE("killed with a batch ready that never left: it is asked about and sent")
{
    Ahead ahead(2);
    struct DiesOnFinish final : Transport
    {
        explicit DiesOnFinish(Transport& way) : inner(way) {}
        Reply exchange(const Request& request) override { return inner.exchange(request); }
        void start(const Request& request) override { inner.start(request); }
        Reply finish() override { throw Killed{}; }
        Transport& inner;
    } dying(ahead.portal);
    ahead.bench.way = &dying;
    ahead.bench.restart();
    ahead.bench.step();
    CHECK_THROWS_AS(ahead.bench.step(), Killed);
    CHECK(ahead.bench.states() == std::vector{OpState::Sending, OpState::Sending});
    ahead.portal.isGivingUp = true;
    ahead.bench.portal.calls();
    ahead.restart();

    ahead.bench.step();
    CHECK(ahead.bench.portal.calls() == Calls{kStatus});
    ahead.bench.settle();
    CHECK(ahead.bench.waiting() == 0);
    CHECK(ahead.portal.sent.size() == 2);
    CHECK(isEachSentOnce(ahead.portal));
}

TEST_CASE("what stands behind an operation does not go while its answer is not stored")
{
    Ahead ahead(0);
    const auto code = ahead.bench.receive("A");
    REQUIRE(ahead.bench.counter.desk->change(code, {{"/applicant/phone", "0987654321"}}, "Dân báo số mới"));
    ahead.bench.receive("B");
    const auto outcome = GENERATE(Outcome::Applied, Outcome::Conflict, Outcome::Later);
    ahead.bench.portal.then(ahead.bench.portal.judging(outcome));

    ahead.bench.step();

    REQUIRE(ahead.portal.sent.size() == 1);
    CHECK(ahead.portal.sent.front().find("\"B\"") != std::string::npos);
    ahead.bench.step();
    const bool isBehindSent =
        std::any_of(ahead.portal.sent.begin(), ahead.portal.sent.end(),
                    [](const std::string& line) { return line.find("0987654321") != std::string::npos; });
    CHECK(isBehindSent == (outcome == Outcome::Applied));
    if (outcome == Outcome::Applied) {
        ahead.bench.settle();
        CHECK(ahead.bench.waiting() == 0);
    }
}

TEST_CASE("killed with one answer unstored and one request under way: it asks first, and sends nothing twice")
{
    Ahead ahead(4);
    int departures = 0;
    const int dieAt = GENERATE(1, 2, 3);
    ahead.portal.isGivingUp = true; // a killed program breaks its connection off
    ahead.portal.departed = [&] {
        if (++departures == dieAt) {
            throw Killed{};
        }
    };
    const auto work = [&] {
        for (;;) {
            ahead.bench.step();
        }
    };
    CHECK_THROWS_AS(work(), Killed);
    const auto states = ahead.bench.states();
    CHECK(std::count(states.begin(), states.end(), OpState::Sending) == std::min(dieAt, 2));
    ahead.bench.portal.calls();
    ahead.portal.departed = {};
    ahead.restart();

    ahead.bench.step();

    CHECK(ahead.bench.portal.calls() == Calls{kStatus});
    CHECK(ahead.bench.engine->counters().acknowledged == std::min(dieAt, 2));
    ahead.bench.settle();
    CHECK(ahead.bench.waiting() == 0);
    CHECK(ahead.portal.sent.size() == 4);
    CHECK(isEachSentOnce(ahead.portal));
}

TEST_CASE("a look-up asks about a dossier's whole chain, also where a part of it is known to wait")
{
    EngineOptions options;
    options.batchCount = 2;
    EngineBench bench(options);
    BusyPortal portal(bench);
    const auto code = bench.receive();
    REQUIRE(bench.counter.desk->change(code, {{"/applicant/phone", "0987654321"}}, "Dân báo số mới"));
    const auto always = bench.portal.always;
    bench.portal.then(bench.portal.greeting())
        .then([&](const Request& request) -> Reply {
            static_cast<void>(always(request)); // both are applied, the answer is lost, the batch is halved
            return {Failure::Timeout, 0, {}, {}, {}};
        })
        .then(ScriptedPortal::problem(503, "busy", {{"Retry-After", "60"}}));
    for (int i = 0; i < 3; ++i) {
        if (const auto done = bench.step(); done.did == Did::Waiting) {
            bench.counter.clock.advance(done.until - bench.counter.clock.monotonic());
            bench.step();
        }
    }
    CHECK(bench.states() == std::vector{OpState::Backoff, OpState::Unknown});
    bench.restart();

    bench.settle();

    CHECK(portal.sent.size() == 2);
    CHECK(bench.states() == std::vector{OpState::Acknowledged, OpState::Acknowledged});
    const auto view = bench.counter.desk->dossiers().byCode(code);
    CHECK(view->dossier["applicant"]["phone"] == "0987654321");
    CHECK(view->dossier["status"] == "received");
    CHECK(bench.counter.findings().empty());
}

TEST_CASE("killed before the request arrived: what the portal never saw is sent after all")
{
    Ahead ahead(1);
    ahead.bench.portal.then([](const Request&) -> Reply { throw Killed{}; });
    CHECK_THROWS_AS(ahead.bench.step(), Killed);
    ahead.bench.portal.calls();
    ahead.restart();

    ahead.bench.settle();

    CHECK(ahead.bench.portal.calls() == Calls{kStatus, kPush, kPull});
    CHECK(ahead.bench.waiting() == 0);
}

TEST_CASE("a look-up that nobody ever answers holds the queue only until the breaker has opened")
{
    Ahead ahead(1);
    ahead.bench.portal.then([](const Request&) -> Reply { throw Killed{}; });
    CHECK_THROWS_AS(ahead.bench.step(), Killed);
    for (int i = 0; i < Breaker::kLossesToOpen; ++i) {
        ahead.bench.portal.then(ScriptedPortal::saying({Failure::None, 500, {}, "", {}}));
    }
    ahead.bench.way = &ahead.portal;
    ahead.bench.portal.always = ahead.bench.portal.contented();
    ahead.bench.restart();

    ahead.bench.settle();

    CHECK(ahead.bench.waiting() == 0);
}

TEST_CASE("a forged answer is found when the next batch has left: that one is judged on its own, then hello")
{
    Ahead ahead(3);
    SignedWords stranger("k1", 'z');
    ahead.bench.portal.then([&](const Request& request) {
        const auto line = ScriptedPortal::linesOf(request).front();
        const auto op = stringAt(*parseJson(line), "op");
        return ScriptedPortal::json(
            toJson(Results{{stranger.result(op, toHex(sha256(line)), Outcome::Applied)}, "e1"}));
    });

    ahead.bench.step();
    CHECK(ahead.bench.states() == std::vector{OpState::Unknown, OpState::Sending, OpState::Waiting});
    CHECK(ahead.bench.engine->state().trouble == Trouble::NotPortal);
    ahead.bench.step();
    CHECK(ahead.bench.states() == std::vector{OpState::Unknown, OpState::Acknowledged, OpState::Waiting});
    CHECK_FALSE(ahead.bench.engine->isUnderWay());

    ahead.bench.portal.calls();
    ahead.bench.settle();
    CHECK(ahead.bench.portal.calls().front() == kHello);
    CHECK(ahead.bench.waiting() == 0);
}

TEST_CASE("a changed key is met by two batches before hello can bring it, and neither is mistrusted")
{
    Ahead ahead(2);
    SignedWords rotated("k2", 'q');
    const auto judge = [&](const Request& request) {
        if (request.path != "/v1/ops") {
            return ahead.bench.portal.page()(request);
        }
        const auto line = ScriptedPortal::linesOf(request).front();
        const auto op = stringAt(*parseJson(line), "op");
        return ScriptedPortal::json(
            toJson(Results{{rotated.result(op, toHex(sha256(line)), Outcome::Applied)}, "e1"}));
    };
    auto hello = ahead.bench.portal.hello();
    hello.keys.push_back(rotated.key());
    ahead.bench.portal.then(judge).then(judge).then(ScriptedPortal::greeting(hello));
    ahead.bench.portal.always = judge;

    ahead.bench.step();
    ahead.bench.step();
    CHECK(ahead.bench.engine->state().trouble == Trouble::Offline);
    ahead.bench.settle();

    const auto calls = ahead.bench.portal.calls();
    CHECK(Calls(calls.begin(), calls.begin() + 3) == Calls{kPush, kPush, kHello});
    CHECK(std::count(calls.begin(), calls.end(), kHello) == 1);
    CHECK(ahead.bench.waiting() == 0);
}

TEST_CASE("the disk refuses an answer while the next batch is under way: both are asked about, none is lost")
{
    Ahead ahead(4);
    std::optional<Connection> other;
    int departures = 0;
    ahead.portal.departed = [&] {
        if (++departures == 2) {
            other.emplace(*ahead.bench.counter.folder->connect());
            REQUIRE(other->execute("BEGIN IMMEDIATE")); // nobody else writes now
        }
    };

    CHECK_FALSE(ahead.bench.engine->step());
    CHECK_FALSE(ahead.bench.engine->isUnderWay());
    other.reset();
    ahead.portal.isGivingUp = true;
    ahead.bench.portal.calls();
    ahead.bench.settle();

    CHECK(ahead.bench.portal.calls().front() == kStatus);
    CHECK(ahead.bench.waiting() == 0);
    CHECK(ahead.portal.sent.size() == 4);
    CHECK(isEachSentOnce(ahead.portal));
}
