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

TEST_CASE("a conflict is merged after the portal's changes were pulled to the end")
{
    EngineBench bench;
    const auto code = bench.receive();
    bench.portal.then(bench.portal.greeting())
        .then(bench.portal.judging(Outcome::Applied))
        .then(bench.portal.page());
    bench.settle();
    REQUIRE(bench.counter.desk->change(code, {{"/applicant/phone", "0987654321"}}, "Dân báo số mới"));
    bench.engine->pullSoon();
    auto change = changeOf(bench, code, 9, "Thành phố ghi chú");
    change.dossier["applicant"]["phone"] = "0912345678";
    bench.portal.seqIs(change.seq);
    std::vector<std::string> lines;
    bench.portal.then(bench.portal.judging(Outcome::Conflict))
        .then(bench.portal.page({change}, "c2"))
        .then([&](const Request& request) {
            lines = ScriptedPortal::linesOf(request);
            return bench.portal.judging(Outcome::Applied)(request);
        })
        .then(bench.portal.page({}, "c3"));

    bench.settle();

    CHECK(bench.portal.isDone());
    CHECK(bench.engine->counters().merged == 1);
    REQUIRE(lines.size() == 1);
    const auto merged = parseJson(lines.front());
    CHECK((*merged)["supersedes"].is_string());
    CHECK((*merged)["baseRev"] == change.rev.text());
    CHECK(bench.waiting() == 0);
    const auto dossier = bench.counter.desk->dossiers().byCode(code)->dossier;
    CHECK(dossier["note"] == "Thành phố ghi chú");
    CHECK(dossier["applicant"]["phone"] == "0987654321");
}

TEST_CASE("a conflict whose cause the portal lists late is merged when the page brings it")
{
    EngineBench bench;
    const auto code = bench.receive();
    bench.portal.then(bench.portal.greeting())
        .then(bench.portal.judging(Outcome::Applied))
        .then(bench.portal.page());
    bench.settle();
    REQUIRE(bench.counter.desk->change(code, {{"/applicant/phone", "0987654321"}}, "Dân báo số mới"));
    auto change = changeOf(bench, code, 9, "Thành phố ghi chú");
    change.dossier["applicant"]["phone"] = "0912345678";
    bench.portal.seqIs(change.seq);
    bench.portal.then(bench.portal.judging(Outcome::Conflict)).then(bench.portal.page({}, "c1"));
    bench.settle();
    REQUIRE(bench.engine->counters().merged == 0);

    bench.engine->pullSoon();
    bench.portal.then(bench.portal.page({change}, "c2"))
        .then(bench.portal.judging(Outcome::Applied))
        .then(bench.portal.page({}, "c3"));
    bench.settle();

    CHECK(bench.engine->counters().merged == 1);
    CHECK(bench.waiting() == 0);
}

TEST_CASE("a long queue does not starve news: one call in four pulls")
{
    EngineOptions options;
    options.batchCount = 1;
    EngineBench bench(options);
    for (int i = 0; i < 9; ++i) {
        bench.receive();
    }
    int page = 0;
    bench.portal.always = [&](const Request& request) {
        if (request.path == "/v1/hello") {
            return bench.portal.greeting()(request);
        }
        if (request.path == "/v1/ops") {
            return bench.portal.judging(Outcome::Applied)(request);
        }
        ++page;
        return bench.portal.page({}, "c" + std::to_string(page), page < 4)(request);
    };

    bench.settle();

    CHECK(bench.portal.calls() == Calls{kHello, kPush, kPush, kPush, kPull, kPush, kPush, kPush, kPull, kPush,
                                        kPush, kPush, kPull, kPull});
}

TEST_CASE("a queue goes out first while the news are nothing but its own echo, and yields to others again")
{
    EngineOptions options;
    options.batchCount = 1;
    EngineBench bench(options);
    const auto code = bench.receive();
    for (int i = 0; i < 14; ++i) {
        bench.receive();
    }
    const auto own = bench.counter.portal->sendable(1, 1 << 20)->front().op;
    int page = 0;
    bench.portal.always = [&](const Request& request) {
        if (request.path == "/v1/hello") {
            return bench.portal.greeting()(request);
        }
        if (request.path == "/v1/ops") {
            return bench.portal.judging(Outcome::Applied)(request);
        }
        auto change = changeOf(bench, code, 1, "tiếng vọng");
        if (++page == 1) {
            change.op = OpId(own);
        }
        return bench.portal.page({change}, "c" + std::to_string(page), page < 3)(request);
    };

    bench.settle();

    CHECK(bench.portal.calls() == Calls{kHello, kPush, kPush, kPush, kPull, kPush, kPush,
                                        kPush,  kPush, kPush, kPush, kPull, kPush, kPush,
                                        kPush,  kPull, kPush, kPush, kPush, kPull});
}

TEST_CASE("a page that says more and moves nothing is not asked for without end")
{
    EngineBench bench;
    bench.portal.then(bench.portal.greeting());
    bench.portal.always = bench.portal.page({}, "c1", true);

    bench.settle(50);

    CHECK(bench.portal.asked.size() <= 4);
}

TEST_CASE("a pulled dossier that breaks the schema is kept out, the rest of the page is stored")
{
    EngineBench bench;
    const auto code = bench.receive();
    auto good = changeOf(bench, code, 5, "tốt");
    auto bad = changeOf(bench, code, 6, "hỏng");
    bad.uid = Uid("0192f0c1-2b3c-7d4e-8f50-123456789abc");
    bad.dossier.erase("code");
    bench.portal.then(bench.portal.greeting())
        .then(bench.portal.judging(Outcome::Applied))
        .then(bench.portal.page({good, bad}, "c7"));

    bench.settle();

    CHECK(bench.engine->counters().pulled == 1);
    CHECK(bench.engine->counters().unreadable == 1);
    CHECK(bench.counter.portal->binding()->value().cursor == "c7");
}
