// SPDX-License-Identifier: GPL-3.0-or-later
// The portal, or a box before it, says no to a whole request.
#include "sync/protocol/gzip.h"
#include "tests/faults/fault_bench.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

using namespace motcua;
using namespace motcua::faults;
using namespace std::chrono_literals;

namespace {

EngineOptions oneByOne()
{
    EngineOptions options;
    options.batchCount = 1;
    return options;
}

/// Each push is refused like this; nothing is judged, nothing leaves the queue.
void refusesPushes(Reply reply, Trouble trouble)
{
    FaultBench bench;
    bench.receive(3);
    bench.during("/v1/ops", saying(std::move(reply)));

    bench.endure(4);

    CHECK(bench.way.hits > 0);
    CHECK(bench.applied() == 0);
    CHECK(bench.waiting() == 3);
    CHECK(bench.saw(trouble));
    bench.recover();
}

/// How long the counter waits after a 429 with this header.
Millis pauseAfter(const std::string& retryAfter)
{
    FaultBench bench;
    bench.receive(2);
    bench.endure(1); // the hello
    bench.during("/v1/ops", saying(problem(429, "busy", {{"Retry-After", retryAfter}})), 1);
    bench.endure(1);
    CHECK(bench.trouble() == Trouble::Busy);
    const auto done = bench.step();
    const Millis pause = done.did == Did::Waiting ? done.until - bench.counter.clock.monotonic() : Millis{0};
    bench.recover();
    return pause;
}

} // namespace

TEST_CASE("401 in the middle of a queue")
{
    FaultBench bench(oneByOne());
    bench.receive(4);
    bench.endure(3); // hello, and two of them
    const int before = bench.acknowledged();
    REQUIRE(before >= 1);
    bench.during("/", saying(problem(401, "not-enrolled")));

    bench.endure(3);

    CHECK(bench.trouble() == Trouble::NotEnrolled);
    CHECK(bench.engine->isStopped());
    CHECK(bench.acknowledged() <= before + 1);
    bench.recover();
}

TEST_CASE("403, the counter is shut out")
{
    FaultBench bench;
    bench.receive(3);
    bench.during("/", saying(problem(403, "revoked")));

    bench.endure(3);

    CHECK(bench.trouble() == Trouble::Revoked);
    CHECK(bench.applied() == 0);
    bench.recover();
}

TEST_CASE("404 for what the portal knows")
{
    FaultBench bench;
    const auto code = bench.receive();
    bench.settle();
    bench.changePhone(code);
    bench.during("/v1/ops", saying(problem(404, "not-found")));

    bench.endure(4);

    CHECK(bench.waiting() == 1);
    CHECK(bench.acknowledged() == 1);
    bench.recover();
    CHECK(bench.applied() == 2);
}

TEST_CASE("404 of a box that knows no such page")
{
    refusesPushes(page(404, "text/html", "<h1>Not Found</h1>"), Trouble::NotPortal);
}

TEST_CASE("409 chain-fork: nothing is sent until the portal says otherwise")
{
    FaultBench bench;
    bench.receive(3);
    bench.during("/v1/ops", saying(problem(409, "chain-fork")));

    bench.endure(3);

    CHECK(bench.engine->isStopped());
    CHECK(bench.applied() == 0);
    bench.recover();
}

TEST_CASE("409 of another name")
{
    refusesPushes(problem(409, "code-used"), Trouble::BadRequest);
}

TEST_CASE("409 without a problem")
{
    refusesPushes(page(409, "text/plain", "Conflict"), Trouble::Offline);
}

TEST_CASE("409 as a result: two wrote on one revision, in different fields")
{
    FaultBench bench;
    const auto code = bench.receive();
    bench.settle();
    bench.changePhone(code);
    REQUIRE(bench.city().set(bench.uidOf(code), {{"/note", "từ thành phố"}}));

    bench.recover();

    CHECK(bench.dossierAtPortal(code)["note"] == "từ thành phố");
    CHECK(bench.dossierAtPortal(code)["applicant"]["phone"] == "0987654321");
}

TEST_CASE("412, a condition that nobody set")
{
    refusesPushes(problem(412, "rev-mismatch"), Trouble::BadRequest);
}

TEST_CASE("413 for more than one operation at once")
{
    FaultBench bench;
    bench.receive(6);
    std::set<std::ptrdiff_t> sizes;
    bench.during("/v1/ops", [&](Turn& turn) {
        const auto lines = gunzip(turn.request.body, std::size_t{1} << 20).value_or(std::string());
        sizes.insert(std::count(lines.begin(), lines.end(), '\n'));
        const bool isOne = lines.find('\n') + 1 == lines.size();
        turn.answer(isOne ? turn.judged() : problem(413, "too-large"));
    });

    for (int i = 0; i < 60 && bench.waiting() > 0; ++i) {
        bench.endure(1);
    }

    CHECK(sizes.count(6) == 1);
    CHECK(sizes.count(1) == 1);
    CHECK(bench.waiting() == 0); // smaller and smaller, while it lasts
    bench.recover();
}

TEST_CASE("413 for whatever comes")
{
    refusesPushes(problem(413, "too-large"), Trouble::TooLarge);
}

TEST_CASE("422")
{
    refusesPushes(problem(422, "digest-mismatch"), Trouble::BadRequest);
}

TEST_CASE("426, the program is too old")
{
    FaultBench bench;
    bench.receive(3);
    bench.during("/v1/ops", saying(problem(426, "client-too-old")));

    bench.endure(2);

    CHECK(bench.trouble() == Trouble::ClientTooOld);
    CHECK(bench.engine->isStopped());
    bench.recover();
}

TEST_CASE("429 with Retry-After 0")
{
    CHECK(pauseAfter("0") <= 2s);
}

TEST_CASE("429 with Retry-After in ten years")
{
    const Millis pause = pauseAfter("315360000");
    CHECK(pause > 5h);
    CHECK(pause <= 6h);
}

TEST_CASE("429 with a Retry-After that has passed")
{
    CHECK(pauseAfter("Sun, 06 Nov 1994 08:49:37 GMT") <= 2s);
}

TEST_CASE("429 with a Retry-After that nobody can read")
{
    for (const char* garbage : {"soon", "-5", "1e9", "99999999999999999999999", "\xff\xfe", "NaN"}) {
        INFO(garbage);
        CHECK(pauseAfter(garbage) <= 6h);
    }
}

TEST_CASE("500 before the portal did anything")
{
    refusesPushes(page(500, "text/html", "<h1>Internal Server Error</h1>"), Trouble::Offline);
}

TEST_CASE("500 after the portal did the work")
{
    FaultBench bench;
    bench.receive(3);
    bench.during("/v1/ops", [](Turn& turn) {
        static_cast<void>(turn.judged());
        turn.answer(page(500, "text/html", "<h1>Internal Server Error</h1>"));
    });

    bench.endure(4);

    CHECK(bench.applied() == 3);
    CHECK(bench.acknowledged() == 0);
    bench.recover();
    CHECK(bench.applied() == 3);
}

TEST_CASE("502 and 504 of a proxy, the work done behind it or not")
{
    const int status = GENERATE(502, 504);
    const bool done = GENERATE(true, false);
    FaultBench bench;
    bench.receive(3);
    bench.during("/v1/ops", [status, done](Turn& turn) {
        if (done) {
            static_cast<void>(turn.judged());
        }
        turn.answer(page(status, "text/html", "<h1>Bad Gateway</h1>", {{"Retry-After", "86400"}}));
    });

    bench.endure(4);

    CHECK(bench.applied() == (done ? 3 : 0));
    CHECK(bench.acknowledged() == 0);
    bench.recover();
}
