// SPDX-License-Identifier: GPL-3.0-or-later
// Requests and answers that are lost, come twice, late, in another order, or out of somebody's cache.
#include "tests/faults/fault_bench.h"

#include <catch2/catch.hpp>
#include <map>

using namespace motcua;
using namespace motcua::faults;
using namespace std::chrono_literals;

namespace {

/// Keeps requests back; the client hears nothing.
Fault keeping(std::vector<Request>& kept)
{
    return [&kept](Turn& turn) {
        kept.push_back(turn.request);
        turn.reset();
    };
}

} // namespace

TEST_CASE("the answer is lost before the portal did anything")
{
    FaultBench bench;
    bench.receive(3);
    bench.during("/v1/ops", [](Turn& turn) { turn.reset(); });

    bench.endure(5);

    CHECK(bench.applied() == 0);
    CHECK(bench.waiting() == 3);
    bench.recover();
    CHECK(bench.applied() == 3);
}

TEST_CASE("the answer is lost after the portal did the work")
{
    FaultBench bench;
    bench.receive(3);
    bench.during("/v1/ops", [](Turn& turn) {
        static_cast<void>(turn.judged());
        turn.reset();
    });

    bench.endure(5);

    CHECK(bench.applied() == 3);
    CHECK(bench.acknowledged() == 0);
    bench.recover();
    CHECK(bench.applied() == 3);
}

TEST_CASE("the answer is lost after the work, and the program is started again")
{
    FaultBench bench;
    bench.receive(3);
    // Each time: Qt sends once more by itself where a connection breaks before the first byte of an answer.
    bench.during("/v1/ops", [](Turn& turn) {
        static_cast<void>(turn.judged());
        turn.reset();
    });
    bench.endure(2);
    REQUIRE(bench.applied() == 3);
    REQUIRE(bench.acknowledged() == 0);
    bench.way.clear();
    int pushes = 0;
    bench.during("/v1/ops", [&pushes](Turn& turn) {
        pushes += turn.request.path == "/v1/ops" ? 1 : 0;
        turn.answer(turn.judged());
    });

    bench.restartProgram();
    bench.endure(4);

    CHECK(bench.acknowledged() == 3);
    CHECK(pushes == 0); // it asked, and was told
    bench.recover();
}

TEST_CASE("a proxy hands the request on twice")
{
    const bool firstAnswer = GENERATE(true, false);
    FaultBench bench;
    bench.receive(3);
    bench.during("/", [firstAnswer](Turn& turn) {
        const Reply first = turn.judged();
        const Reply second = turn.judged();
        turn.answer(firstAnswer ? first : second);
    });

    bench.endure(5);

    CHECK(bench.applied() == 3);
    bench.recover();
    CHECK(bench.applied() == 3);
}

TEST_CASE("requests arrive in another order than they were sent")
{
    FaultBench bench;
    bench.receive(4);
    std::vector<Request> kept;
    bench.during("/v1/ops", keeping(kept));
    bench.endure(4);
    REQUIRE(kept.size() >= 3);

    for (auto late = kept.rbegin(); late != kept.rend(); ++late) {
        static_cast<void>(bench.portalHandles(*late));
    }

    CHECK(bench.applied() == 4);
    bench.recover();
    CHECK(bench.applied() == 4);
}

TEST_CASE("a change overtakes the intake it stands on")
{
    FaultBench bench;
    const auto code = bench.receive();
    std::vector<Request> kept;
    bench.during("/v1/ops", keeping(kept), 1);
    bench.endure(2);
    bench.changePhone(code);
    bench.during("/v1/ops", keeping(kept));
    bench.endure(3);

    for (auto late = kept.rbegin(); late != kept.rend(); ++late) {
        static_cast<void>(bench.portalHandles(*late));
    }
    bench.recover();

    CHECK(bench.applied() == 2);
    CHECK(stringAt(at(bench.dossierAtPortal(code), "applicant"), "phone") == "0987654321");
}

TEST_CASE("a request that was given up arrives an hour later")
{
    FaultBench bench;
    const auto code = bench.receive();
    std::vector<Request> ghosts;
    bench.during("/v1/ops", keeping(ghosts), 1);
    bench.endure(2);
    bench.recover();
    bench.changePhone(code);
    bench.settle();
    REQUIRE(ghosts.size() == 1);
    const auto before = bench.dossierAtPortal(code);
    bench.advance(1h);

    static_cast<void>(bench.portalHandles(ghosts.front()));

    CHECK(bench.dossierAtPortal(code) == before);
    CHECK(bench.applied() == 2);
    bench.receive(1);
    bench.recover();
}

TEST_CASE("a proxy gives everybody the first answer that it saw")
{
    FaultBench bench;
    bench.receive(2);
    bench.settle();
    auto cache = std::make_shared<std::map<std::string, Reply>>();
    bench.during("/", [cache](Turn& turn) {
        const auto key = turn.request.method + turn.request.path;
        const auto found = cache->find(key);
        turn.answer(found != cache->end() ? found->second : cache->emplace(key, turn.judged()).first->second);
    });
    const auto first = bench.receive("Trần Thị Sáu");
    bench.endure(3);
    const auto second = bench.receive("Lê Văn Bảy");
    bench.changePhone(first);

    bench.endure(12);

    CHECK(bench.waiting() == 2); // their requests never came to the portal
    CHECK(bench.applied() == 3);
    bench.recover();
    CHECK(bench.applied() == 5);
    CHECK(bench.dossierAtPortal(second)["applicant"]["name"] == "Lê Văn Bảy");
}
