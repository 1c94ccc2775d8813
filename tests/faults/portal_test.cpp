// SPDX-License-Identifier: GPL-3.0-or-later
// The portal itself is wrong: it went back, forgets, has another time, reads from an old copy, pages badly.
#include "tests/faults/fault_bench.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace motcua::faults;
using namespace std::chrono_literals;

namespace {

EngineOptions smallPages()
{
    EngineOptions options;
    options.pageLimit = 2;
    return options;
}

/// The city writes something on each of these.
void cityWrites(FaultBench& bench, const std::vector<std::string>& codes)
{
    for (const auto& code : codes) {
        REQUIRE(bench.city().set(bench.uidOf(code), {{"/note", "về hồ sơ " + code}}));
    }
}

void knowsWhatTheCityWrote(FaultBench& bench, const std::vector<std::string>& codes)
{
    for (const auto& code : codes) {
        const auto view = bench.counter.desk->dossiers().byCode(code);
        REQUIRE(view);
        CHECK(view->dossier["note"] == "về hồ sơ " + code);
    }
}

std::vector<std::string> fiveAtThePortal(FaultBench& bench)
{
    std::vector<std::string> codes;
    for (const char* name : {"Đỗ Một", "Đỗ Hai", "Đỗ Ba", "Đỗ Bốn", "Đỗ Năm"}) {
        codes.push_back(bench.receive(name));
    }
    bench.settle();
    return codes;
}

/// Five dossiers go, the portal goes back to before the last three, one way or another.
void goesBack(Millis age, bool saysSo)
{
    FaultBench bench;
    bench.receive(2);
    bench.settle();
    const auto copy = bench.copyPortal();
    bench.advance(age);
    bench.receive(3);
    bench.settle();
    bench.restorePortal(copy);
    bench.portalForgets = true;
    if (saysSo) {
        REQUIRE(bench.office->keys().newEpoch());
    }
    CHECK(bench.applied() == 2);
    bench.receive(1);

    bench.advance(31min);
    bench.endure(8);
    bench.recover();

    CHECK(bench.applied() == 6);
    CHECK(bench.engine->counters().lostAtPortal == 3);
}

/// The city files, changes and receives while its clock is so far off.
void hasAnotherTime(Millis off)
{
    FaultBench bench;
    const auto codes = fiveAtThePortal(bench);
    bench.portalClock.setWall(bench.portalClock.now() + off);
    bench.receive(2);
    cityWrites(bench, codes);

    bench.recover();

    knowsWhatTheCityWrote(bench, codes);
    bench.portalClock.setWall(bench.counter.clock.now());
    bench.changePhone(codes.front());
    bench.recover();
}

} // namespace

TEST_CASE("the portal gives up the cursor")
{
    FaultBench bench(smallPages());
    const auto codes = fiveAtThePortal(bench);
    cityWrites(bench, codes);
    bench.receive(2);
    bench.during("/v1/changes?", saying(problem(410, "cursor-gone")), 2);

    bench.endure(4);
    bench.recover();

    knowsWhatTheCityWrote(bench, codes);
}

TEST_CASE("a page comes twice")
{
    FaultBench bench(smallPages());
    const auto codes = fiveAtThePortal(bench);
    cityWrites(bench, codes);
    bench.receive(2);
    Reply last;
    int number = 0;
    bench.during("/v1/changes", [&](Turn& turn) {
        if (number++ % 2 == 0) {
            last = turn.judged();
        }
        turn.answer(last);
    });

    bench.endure(12);
    CHECK(number > 1);
    bench.recover();

    knowsWhatTheCityWrote(bench, codes);
}

TEST_CASE("a page is left out")
{
    FaultBench bench(smallPages());
    const auto codes = fiveAtThePortal(bench);
    cityWrites(bench, codes);
    bench.during(
        "/v1/changes",
        [&](Turn& turn) {
            const Reply first = turn.judged();
            Request next = turn.request;
            next.path = "/v1/changes?limit=2&cursor=" + stringAt(*parseJson(first.body), "cursor");
            turn.answer(bench.portalHandles(next));
        },
        1);
    bench.receive(2);
    bench.endure(6);
    bench.recover();

    // What was left out is there as soon as somebody looks from the beginning again.
    bench.during("/v1/changes", saying(problem(410, "cursor-gone")), 1);
    bench.advance(2min);
    bench.endure(2);
    bench.recover();
    bench.endure(10);
    knowsWhatTheCityWrote(bench, codes);
}

TEST_CASE("pages come in another order")
{
    FaultBench bench(smallPages());
    const auto codes = fiveAtThePortal(bench);
    cityWrites(bench, codes);
    cityWrites(bench, {codes[0]});
    bench.receive(2);
    std::vector<Reply> pages;
    bench.during("/v1/changes", [&](Turn& turn) {
        pages.push_back(turn.judged());
        // Each page but the last is followed by the one before it.
        turn.answer(pages.size() % 3 == 2 ? pages[pages.size() - 2] : pages.back());
    });

    bench.endure(12);
    CHECK(pages.size() > 2);
    bench.recover();

    knowsWhatTheCityWrote(bench, codes);
}

TEST_CASE("the portal is restored to an hour or thirty days ago, and says so or does not")
{
    const Millis back = GENERATE(Millis{1h}, Millis{30 * 24h});
    goesBack(back, GENERATE(true, false));
}

TEST_CASE("the portal's clock is a year ahead or behind")
{
    hasAnotherTime(GENERATE(Millis{365 * 24h}, Millis{-365 * 24h}));
}

TEST_CASE("what is read comes from a copy that is ten minutes old")
{
    FaultBench bench;
    const auto codes = fiveAtThePortal(bench);
    cityWrites(bench, codes);
    bench.receive(2);
    bench.during("/v1/changes", [&](Turn& turn) {
        auto page = *parseJson(turn.judged().body);
        page["changes"] = Json::array(); // nothing new here
        page["more"] = false;
        const auto& path = turn.request.path;
        page["cursor"] = path.substr(path.find("cursor=") + 7);
        Reply reply = turn.judged();
        reply.body = dumpJson(page);
        turn.answer(reply);
    });

    bench.endure(6);

    CHECK(bench.count(OpState::Acknowledged) == 2);
    bench.advance(10min);
    bench.recover();
    knowsWhatTheCityWrote(bench, codes);
}

TEST_CASE("the portal acknowledges and then drops it, and its own count tells")
{
    FaultBench bench;
    bench.receive(1);
    bench.settle();
    const auto copy = bench.copyPortal();
    bench.receive(2);
    bench.endure(3);
    REQUIRE(bench.acknowledged() == 3);

    bench.restorePortal(copy);
    bench.portalForgets = true;
    bench.advance(31min);
    bench.endure(8);
    bench.recover();

    CHECK(bench.applied() == 3);
}

TEST_CASE("the portal acknowledges, drops it and denies it: it is never confirmed")
{
    FaultBench bench;
    bench.receive(1);
    bench.settle();
    const auto copy = bench.copyPortal();
    bench.receive(2);
    bench.during("/v1/changes", [](Turn& turn) { turn.reset(); });
    bench.endure(3);
    bench.way.clear();
    bench.restorePortal(copy);
    bench.portalForgets = true;
    bench.during("/v1/hello", spoiling([](Json& hello) { hello["held"] = 1'000; }));

    bench.advance(31min);
    bench.endure(8);

    CHECK(bench.count(OpState::Confirmed) == 1);
    CHECK(bench.count(OpState::Acknowledged) == 2); // and that is what the strip and the day close show
    bench.way.clear();
    bench.advance(31min);
    bench.endure(8);
    bench.recover();
    CHECK(bench.applied() == 3);
}

TEST_CASE("the portal gives two dossiers one official number")
{
    FaultBench bench;
    const auto codes = fiveAtThePortal(bench);
    std::set<std::string> doubled;
    bench.during("/v1/changes", spoiling([&](Json& page) {
                     for (Json& change : page["changes"]) {
                         change["dossier"]["officialCode"] = "G12-0001";
                         doubled.insert(stringAt(change, "uid"));
                     }
                 }));
    cityWrites(bench, codes);
    bench.advance(2min);

    bench.endure(4);

    CHECK(doubled.size() > 1);
    for (const auto& code : codes) { // ours stay what they are, and each is found by its own
        const auto view = bench.counter.desk->dossiers().byCode(code);
        REQUIRE(view);
        CHECK(view->dossier["code"] == code);
    }
    bench.changePhone(codes.front());
    bench.recover();
}
