// SPDX-License-Identifier: GPL-3.0-or-later
// A restored portal is asked what it still has: silence is no yes, and a question that fails holds up
// nothing.
#include "tests/unit/engine/engine_bench.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

/// A portal that was restored to before two dossiers, and answers questions about them as a test wants.
class RestoredPortal
{
public:
    RestoredPortal()
    {
        bench.receive("A");
        bench.receive("B");
        bench.portal.always = bench.portal.contented();
        bench.settle();
        REQUIRE(bench.states() == std::vector{OpState::Acknowledged, OpState::Acknowledged});
        bench.restart();
        bench.portal.always = [this](const Request& request) { return answer(request); };
    }

    EngineBench bench;
    ScriptedPortal restored{"k1", 's', "e2"};
    ScriptedPortal::Answer status; ///< to questions about operations
    std::vector<std::string> again;
    int pulls = 0;

private:
    Reply answer(const Request& request)
    {
        if (request.path == "/v1/hello") {
            return restored.greeting()(request);
        }
        if (request.path == "/v1/ops/status") {
            return status(request);
        }
        if (request.path == "/v1/ops") {
            const auto lines = ScriptedPortal::linesOf(request);
            again.insert(again.end(), lines.begin(), lines.end());
            return restored.judging(Outcome::Applied)(request);
        }
        ++pulls;
        return restored.page({}, "c2")(request);
    }
};

std::size_t asked(const Request& request)
{
    return parseJson(request.body)->at("ops").size();
}

} // namespace

TEST_CASE("a restored portal whose answer is silent about what it had acknowledged gets it again")
{
    RestoredPortal world;
    world.status = [&](const Request&) { return ScriptedPortal::json(toJson(Results{{}, "e2"})); };

    world.bench.settle();

    CHECK(world.again.size() == 2);
    CHECK(world.bench.waiting() == 0);
    CHECK(world.bench.engine->counters().lostAtPortal == 2);
    CHECK(world.bench.counter.findings().empty());
}

TEST_CASE("a restored portal that cannot be asked what it has still gets what is new, and tells its news")
{
    RestoredPortal world;
    std::vector<std::size_t> sizes;
    world.status = [&](const Request& request) -> Reply {
        sizes.push_back(asked(request));
        return {Failure::None, 500, {{"Content-Type", "text/html"}}, "<h1>500</h1>", {}};
    };
    for (int i = 0; i < 50 && sizes.empty(); ++i) {
        world.bench.settle(1);
    }
    const int pulls = world.pulls;
    world.bench.receive("C");
    for (int i = 0; i < 50 && (world.again.empty() || world.pulls == pulls); ++i) {
        world.bench.settle(1);
    }
    REQUIRE(world.again.size() == 1);
    CHECK(world.again.front().find("\"C\"") != std::string::npos);
    CHECK(world.pulls > pulls);

    // Fewer at a time; and one about which there is never an answer goes again, which is safe.
    for (int i = 0; i < 500 && world.again.size() < 3; ++i) {
        world.bench.settle(1);
    }
    CHECK(world.again.size() == 3);
    CHECK(sizes.front() == 2);
    CHECK(sizes.back() == 1);
    world.bench.settle();
    CHECK(world.bench.waiting() == 0);
    CHECK(world.bench.counter.findings().empty());
}

TEST_CASE("a counter that is enrolled again with a restored portal finds out what that lost")
{
    RestoredPortal world;
    world.status = [&](const Request&) { return ScriptedPortal::json(toJson(Results{{}, "e2"})); };
    // It says that it holds enough of this counter, and so it does: of a machine that ran from a copied disk.
    auto binding = **world.bench.counter.portal->binding();
    binding.token = "token-2";
    binding.portalEpoch = "e2";
    binding.keys = Json::array({toJson(world.restored.key())});
    binding.cursor.reset();
    REQUIRE(world.bench.counter.portal->bind(binding));
    world.bench.restart();

    world.bench.settle();

    CHECK(world.again.size() == 2);
    CHECK(world.bench.waiting() == 0);
    CHECK(world.bench.counter.findings().empty());
}
