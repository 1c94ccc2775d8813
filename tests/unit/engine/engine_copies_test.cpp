// SPDX-License-Identifier: GPL-3.0-or-later
// Two machines ran from one disk (X15): the one that a person has go on gets all of its own to the portal.
#include "core/vault/backup.h"
#include "tests/unit/engine/engine_bench.h"

#include <catch2/catch.hpp>
#include <set>

using namespace motcua;

namespace {

void beginAnew(EngineBench& bench)
{
    REQUIRE(beginNewEpoch(*bench.counter.folder, bench.counter.clock, NewEpoch::Copied));
    bench.restart();
}

/// Has entries of the other machine under these names, and takes all others.
struct PortalOfTwo
{
    ScriptedPortal& portal;
    std::set<std::string> taken{};
    std::vector<Json> applied{};
    bool hasJudged =
        true; ///< the other machine's entries; else they are bound only, and a look-up knows nothing

    Reply operator()(const Request& request)
    {
        if (request.path == "/v1/ops/status") {
            return statuses(request);
        }
        if (request.path != "/v1/ops") {
            return request.path == "/v1/hello" ? portal.greeting()(request) : portal.page()(request);
        }
        std::vector<Json> lines;
        for (const std::string& line : ScriptedPortal::linesOf(request)) {
            lines.push_back(*parseJson(line));
            if (taken.count(stringAt(lines.back(), "op")) != 0) {
                return ScriptedPortal::problem(409, "chain-fork")(request);
            }
        }
        applied.insert(applied.end(), lines.begin(), lines.end());
        return portal.judging(Outcome::Applied)(request);
    }

    Reply statuses(const Request& request) const
    {
        Results results{{}, portal.epoch()};
        const Json asked = *parseJson(request.body);
        for (const Json& op : asked.at("ops")) {
            const bool isTaken = hasJudged && taken.count(op.get<std::string>()) != 0;
            results.results.push_back(portal.result(op, isTaken ? std::string(64, 'f') : std::string(),
                                                    isTaken ? Outcome::Applied : Outcome::Unknown));
        }
        return ScriptedPortal::json(toJson(results));
    }
};

std::string opOf(EngineBench& bench, std::size_t which)
{
    return bench.counter.desk->queue().operations(true)->at(which).op;
}

} // namespace

TEST_CASE(
    "what stands at the portal under a name of ours is said again under another, and so is what follows it")
{
    EngineBench bench;
    const auto code = bench.receive("A");
    bench.receive("B");
    REQUIRE(bench.counter.desk->change(code, {{"/applicant/phone", "0987654321"}}, "dân báo"));
    PortalOfTwo portal{bench.portal};
    portal.taken = {opOf(bench, 0)};
    portal.hasJudged = GENERATE(true, false);
    bench.portal.always = [&](const Request& request) { return portal(request); };
    bench.settle();
    CHECK(bench.engine->state().trouble == Trouble::ChainFork);
    CHECK(portal.applied.empty()); // nothing goes before a person has decided

    beginAnew(bench);
    bench.settle();

    CHECK(bench.waiting() == 0);
    REQUIRE(portal.applied.size() == 3);
    const auto isAboutA = [](const Json& line) {
        return dumpJson(line).find("0987654321") != std::string::npos;
    };
    const auto& change = portal.applied.back();
    const auto& received = portal.applied[portal.applied.size() - 2];
    CHECK(stringAt(received, "kind") == "dossier.received");
    CHECK(at(received, "body").at("code") == code);
    CHECK(isAboutA(change));
    CHECK(change.at("after") == received.at("op"));
    CHECK(bench.states() == std::vector{OpState::Superseded, OpState::Acknowledged, OpState::Superseded,
                                        OpState::Acknowledged, OpState::Acknowledged});
    CHECK(bench.counter.findings().empty()); // rebuilt from facts it is the same
    CHECK(bench.counter.desk->dossiers().byCode(code)->dossier.at("applicant").at("phone") == "0987654321");
}

TEST_CASE("what somebody was withdrawing under a name that is taken is not said again")
{
    EngineBench bench;
    const auto code = bench.receive();
    PortalOfTwo portal{bench.portal};
    bench.portal.always = [&](const Request& request) { return portal(request); };
    bench.settle();
    REQUIRE(bench.counter.desk->change(code, {{"/note", "nhầm"}}, "nhầm"));
    const auto change = opOf(bench, 1);
    bench.portal.always = [&](const Request&) -> Reply { return {Failure::Timeout, 0, {}, {}, ""}; };
    bench.step();
    REQUIRE(bench.counter.desk->withdrawOperation(change, "nhầm"));
    portal.taken = {change, opOf(bench, 2)};
    bench.portal.always = [&](const Request& request) { return portal(request); };

    beginAnew(bench);
    bench.settle();

    CHECK(bench.waiting() == 0);
    CHECK(bench.counter.findings().empty());
    // The next act stands on what the portal has of ours, not on the other machine's.
    REQUIRE(bench.counter.desk->change(code, {{"/note", "đúng"}}, "sửa"));
    bench.settle();
    CHECK(portal.applied.back().at("after") == portal.applied.front().at("op"));
}

TEST_CASE(
    "what was turned down is said again under another name, where the portal has another machine's there")
{
    EngineBench bench;
    const auto code = bench.receive();
    bench.portal.always = bench.portal.contented();
    bench.settle();
    REQUIRE(bench.counter.desk->change(code, {{"/note", "đúng"}}, "sửa"));
    bench.portal.always = bench.portal.contented(Outcome::Rejected);
    bench.settle();
    REQUIRE(bench.states() == std::vector{OpState::Acknowledged, OpState::NeedsYou});
    PortalOfTwo portal{bench.portal};
    portal.taken = {opOf(bench, 1)};
    bench.portal.always = [&](const Request& request) { return portal(request); };

    beginAnew(bench);
    bench.settle();

    CHECK(bench.waiting() == 0);
    CHECK(bench.states() == std::vector{OpState::Acknowledged, OpState::Superseded, OpState::Acknowledged});
    CHECK(at(portal.applied.back(), "body").at("set").at("/note") == "đúng");
    CHECK(bench.counter.findings().empty());
    beginAnew(bench); // and it is found once only
    bench.settle();
    CHECK(bench.states().size() == 3);
}

TEST_CASE("a correction under a taken name is not said again while its place is being withdrawn")
{
    EngineBench bench;
    const auto code = bench.receive();
    bench.portal.always = bench.portal.contented();
    bench.settle();
    REQUIRE(bench.counter.desk->change(code, {{"/note", "một"}}, "sửa"));
    bench.portal.always = bench.portal.contented(Outcome::Rejected);
    bench.settle();
    REQUIRE(bench.counter.desk->change(code, {{"/note", "hai"}}, "sửa")); // in the same place
    bench.portal.always = [&](const Request&) -> Reply { return {Failure::Timeout, 0, {}, {}, ""}; };
    bench.step();
    REQUIRE(bench.counter.desk->withdrawOperation(opOf(bench, 2), "nhầm"));
    PortalOfTwo portal{bench.portal};
    portal.taken = {opOf(bench, 2)};
    bench.portal.always = [&](const Request& request) { return portal(request); };

    beginAnew(bench);
    bench.settle();

    CHECK(bench.waiting() == 0);
    for (const Json& line : portal.applied) {
        CHECK(stringAt(line, "kind") != "dossier.changed");
    }
    CHECK(stringAt(portal.applied.back(), "kind") == "dossier.cancelled");
    CHECK(bench.counter.findings().empty());
}

TEST_CASE("a fork within the new epoch stops again: there is a third machine, or the same was done twice")
{
    EngineBench bench;
    beginAnew(bench);
    bench.receive();
    PortalOfTwo portal{bench.portal};
    portal.taken = {opOf(bench, 0)};
    bench.portal.always = [&](const Request& request) { return portal(request); };

    bench.settle();

    CHECK(bench.engine->state().trouble == Trouble::ChainFork);
    CHECK(bench.waiting() == 1);
}
