// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/engine/engine_bench.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace std::chrono_literals;

namespace {

Change changeOf(EngineBench& bench, const std::string& code, std::int64_t seq, const std::string& note)
{
    const auto view = bench.counter.desk->dossiers().byCode(code);
    require(view.has_value(), "the dossier is there");
    Change change;
    change.seq = seq;
    change.uid = Uid(view->row.uid);
    const auto number = std::to_string(seq);
    change.rev = Rev(std::string(32 - number.size(), 'f') + number);
    change.dossier = view->dossier;
    change.dossier["note"] = note;
    return change;
}

} // namespace

TEST_CASE("a new token is on the disk before it is used")
{
    EngineBench bench;
    bench.receive();
    auto hello = bench.portal.hello();
    hello.token = "token-2";
    std::string stored;
    bench.portal.then(ScriptedPortal::greeting(hello)).then([&](const Request& request) {
        stored = bench.counter.portal->binding()->value().token;
        CHECK(headerOf(request.headers, "Authorization") == "Bearer token-2");
        return bench.portal.judging(Outcome::Applied)(request);
    });

    bench.step();
    bench.step();

    CHECK(stored == "token-2");
}

TEST_CASE("401, 403 and 426 hold the whole queue; a hello now and then finds out when it is over")
{
    EngineBench bench;
    bench.receive();
    const auto [status, name, trouble] = GENERATE(table<int, std::string, Trouble>({
        {401, "not-enrolled", Trouble::NotEnrolled},
        {403, "revoked", Trouble::Revoked},
        {426, "client-too-old", Trouble::ClientTooOld},
    }));
    bench.portal.then(bench.portal.greeting()).then(ScriptedPortal::problem(status, name));
    bench.step();
    bench.step();

    CHECK(bench.engine->state().trouble == trouble);
    CHECK(bench.engine->isStopped());
    CHECK(bench.step().did == Did::Waiting);
    bench.counter.clock.advance(7min);
    CHECK(bench.step().did == Did::Waiting);
    CHECK(bench.states() == std::vector{OpState::Waiting});

    bench.portal.then(bench.portal.greeting())
        .then(bench.portal.judging(Outcome::Applied))
        .then(bench.portal.page());
    bench.settle();
    CHECK(bench.waiting() == 0);
    CHECK_FALSE(bench.engine->isStopped());
    CHECK(bench.portal.calls() == Calls{kHello, kPush, kHello, kPush, kPull});
}

TEST_CASE("a hello can say that the device is revoked, or the program too old")
{
    EngineBench bench;
    bench.receive();
    auto hello = bench.portal.hello();
    const bool revoked = GENERATE(true, false);
    hello.revoked = revoked;
    hello.minApp = revoked ? "0.0.1" : "99.0";
    bench.portal.then(ScriptedPortal::greeting(hello));

    bench.step();

    CHECK(bench.engine->state().trouble == (revoked ? Trouble::Revoked : Trouble::ClientTooOld));
    CHECK(bench.step().did == Did::Waiting);
    CHECK(bench.portal.isDone());
}

TEST_CASE("a forked chain stops sending, but the city's news still comes")
{
    EngineBench bench;
    const auto code = bench.receive();
    const bool atHello = GENERATE(true, false);
    const auto fork = ScriptedPortal::problem(409, "chain-fork");
    if (!atHello) {
        bench.portal.then(bench.portal.greeting());
    }
    bench.portal.then(fork).then(bench.portal.page({changeOf(bench, code, 5, "Tin của thành phố")}));

    bench.settle();

    CHECK(bench.portal.isDone());
    CHECK(bench.engine->state().trouble == Trouble::ChainFork);
    CHECK(bench.engine->counters().pulled == 1);
    CHECK(bench.waiting() == 1);
    bench.counter.clock.advance(20min);
    bench.portal.then(fork);
    bench.step();
    CHECK(bench.portal.calls().back() == kHello);
}

TEST_CASE("a portal that knows more of our journal than we do gets nothing from this store")
{
    EngineBench bench;
    bench.receive();
    auto hello = bench.portal.hello();
    hello.lastSeq = 1'000;
    bench.portal.then(ScriptedPortal::greeting(hello)).then(bench.portal.page());

    bench.settle();

    CHECK(bench.engine->state().trouble == Trouble::StoreBehind);
    CHECK(bench.engine->state().detail == "store-behind");
    CHECK(bench.portal.calls() == Calls{kHello, kPull});
    CHECK(bench.waiting() == 1);
}

TEST_CASE(
    "when the portal was restored, everything is read again, and the unknown is asked about before it goes")
{
    EngineBench bench;
    bench.receive();
    bench.portal.then(bench.portal.greeting()).then(ScriptedPortal::failing(Failure::Reset));
    bench.step();
    bench.step();
    REQUIRE(bench.counter.portal->storePage("e1", {}, "cursor-of-old"));
    bench.restart();
    ScriptedPortal restored("k1", 's', "e2");
    const auto about = [&](const Request& request) {
        const auto ops = parseJson(request.body)->at("ops");
        REQUIRE(ops.size() == 1);
        const auto digest = bench.counter.desk->queue().operations(true)->front().digest;
        return ScriptedPortal::json(
            toJson(Results{{restored.result(ops[0], digest, Outcome::Applied)}, "e2"}));
    };
    bench.portal.then(ScriptedPortal::greeting(restored.hello()))
        .then(restored.page({}, "cursor-of-new"))
        .then(about)  // the unknown
        .then(about); // and all that is acknowledged
    bench.portal.then(restored.page({}, "cursor-of-new"));

    bench.settle();

    CHECK(bench.portal.calls() == Calls{kHello, kPush, kHello, kPull, kStatus, kStatus, kPull});
    CHECK(bench.portal.asked[3].path.find("cursor") == std::string::npos);
    CHECK(bench.waiting() == 0);
    const auto binding = bench.counter.portal->binding();
    CHECK(binding->value().portalEpoch == "e2");
    CHECK(binding->value().cursor == "cursor-of-new");
}

TEST_CASE("what a restored portal lost of what it had acknowledged goes again, and only that")
{
    EngineBench bench;
    bench.receive("A");
    bench.receive("B");
    bench.portal.always = bench.portal.contented();
    bench.settle();
    REQUIRE(bench.states() == std::vector{OpState::Acknowledged, OpState::Acknowledged});
    bench.portal.calls();
    bench.restart();
    // It says so itself, or it only holds fewer than we have receipts for.
    const auto epoch = GENERATE(as<std::string>{}, "e2", "e1");
    ScriptedPortal restored("k1", 's', epoch);
    auto hello = restored.hello();
    hello.held = 1;
    std::vector<std::string> again;
    bench.portal.always = [&](const Request& request) -> Reply {
        if (request.path == "/v1/hello") {
            hello.held = 1 + static_cast<std::int64_t>(again.size());
            return ScriptedPortal::json(toJson(hello));
        }
        if (request.path == "/v1/ops/status") {
            const auto operations = *bench.counter.desk->queue().operations(true);
            return ScriptedPortal::json(
                toJson(Results{{restored.result(operations[0].op, operations[0].digest, Outcome::Applied),
                                restored.result(operations[1].op, "", Outcome::Unknown)},
                               epoch}));
        }
        if (request.path == "/v1/ops") {
            const auto lines = ScriptedPortal::linesOf(request);
            again.insert(again.end(), lines.begin(), lines.end());
            return restored.judging(Outcome::Applied)(request);
        }
        return restored.page({}, "c2")(request);
    };

    for (int i = 0; i < 10 && bench.engine->counters().lostAtPortal == 0; ++i) {
        bench.step();
    }
    CHECK(bench.states() == std::vector{OpState::Acknowledged, OpState::Waiting});
    CHECK(bench.counter.findings().empty());
    bench.restart(); // what is lost is a fact
    bench.settle();

    REQUIRE(again.size() == 1);
    CHECK(again.front().find("\"B\"") != std::string::npos);
    CHECK(bench.waiting() == 0);
    CHECK(bench.engine->counters().lostAtPortal == 0);
    CHECK(bench.counter.findings().empty());
}

TEST_CASE("a page of another epoch is not taken before a hello has said so")
{
    EngineBench bench;
    ScriptedPortal restored("k1", 's', "e2");
    bench.portal.then(bench.portal.greeting())
        .then(restored.page({}, "strange"))
        .then(ScriptedPortal::greeting(restored.hello()))
        .then(restored.page({}, "good"));

    bench.settle();

    CHECK(bench.portal.calls() == Calls{kHello, kPull, kHello, kPull});
    CHECK(bench.counter.portal->binding()->value().cursor == "good");
}

TEST_CASE("a cursor that the portal gave up means: begin again, lose nothing")
{
    EngineBench bench;
    const auto refusal = GENERATE(as<std::string>{}, "cursor-gone", "bad-request");
    REQUIRE(bench.counter.portal->storePage("e1", {}, "old"));
    bench.restart();
    bench.portal.then(bench.portal.greeting())
        .then(ScriptedPortal::problem(refusal == "cursor-gone" ? 410 : 400, refusal));
    if (refusal == "cursor-gone") {
        bench.portal.then(bench.portal.greeting());
    }
    bench.portal.then(bench.portal.page({}, "new"));

    bench.settle();

    CHECK(bench.portal.isDone());
    CHECK(bench.portal.asked.back().path.find("cursor") == std::string::npos);
    CHECK(bench.counter.portal->binding()->value().cursor == "new");
}

TEST_CASE("large operations of unknown fate are asked about before they are sent again")
{
    EngineOptions options;
    options.lookUpAbove = 100;
    EngineBench bench(options);
    bench.receive();
    bench.portal.then(bench.portal.greeting())
        .then(ScriptedPortal::failing(Failure::Timeout))
        .then([&](const Request& request) {
            const std::string op = parseJson(request.body)->at("ops")[0];
            return ScriptedPortal::json(
                toJson(Results{{bench.portal.result(op, "", Outcome::Unknown)}, "e1"}));
        })
        .then(bench.portal.judging(Outcome::Applied))
        .then(bench.portal.page());

    bench.settle();

    CHECK(bench.portal.calls() == Calls{kHello, kPush, kStatus, kPush, kPull});
    CHECK(bench.waiting() == 0);
}
