// SPDX-License-Identifier: GPL-3.0-or-later
// What can be made to go wrong on purpose really goes wrong, and the truth is found again afterwards.
#include "sync/reference_portal/admin.h"
#include "tests/portal/http_world.h"

#include <sstream>

using namespace motcua;
using namespace motcua::test;
using portal::FaultKind;

TEST_CASE("faults that come before the work leave nothing done")
{
    HttpWorld world;
    world.enrol();
    for (const FaultKind kind :
         {FaultKind::Refuse, FaultKind::LoseRequest, FaultKind::Away, FaultKind::Busy, FaultKind::Bare503,
          FaultKind::Error500, FaultKind::Captive, FaultKind::Redirect, FaultKind::Login511}) {
        INFO(portal::faultName(kind));
        world.plan(kind);
        CHECK(world.pushed(1) == "unknown");
        CHECK(world.admin->dossiers().allDossiers()->empty());
    }
    REQUIRE(portal::writeFaultPlan(world.store.faultPlan(), {}));
    CHECK(world.pushed(1) == "applied");
}

TEST_CASE("faults that come after the work leave it done, and it is done once")
{
    int number = 0;
    HttpWorld world;
    world.enrol();
    for (const FaultKind kind : {FaultKind::LoseAnswer, FaultKind::ResetAnswer, FaultKind::CutAnswer,
                                 FaultKind::HalfJson, FaultKind::Error500Done}) {
        INFO(portal::faultName(kind));
        ++number;
        world.plan(kind, 1);
        CHECK(world.pushed(number) == "unknown");
        CHECK(world.admin->dossiers().allDossiers()->size() == static_cast<std::size_t>(number));
        CHECK(world.pushed(number) == "replayed");
    }
    world.plan(FaultKind::Slow, 1);
    CHECK(world.pushed(number + 1) == "applied");
}

TEST_CASE("receipts that are forged or another operation's prove nothing")
{
    HttpWorld world;
    world.enrol();
    world.plan(FaultKind::BadSignature, 1);
    CHECK(world.pushed(1) == "unproven");
    world.plan(FaultKind::OtherReceipt, 2);
    CHECK(world.pushed(2) == "unproven");
    CHECK(world.pushed(3) == "unproven");
    CHECK(world.pushed(1) == "replayed");
    CHECK(world.pushed(2) == "replayed");
    CHECK(world.pushed(3) == "replayed");
}

TEST_CASE("what the faults look like on the wire")
{
    HttpWorld world;
    world.enrol();
    const std::string line = world.line(1);
    world.plan(FaultKind::Away, {}, 7);
    auto answer = world.push(line);
    CHECK(problemIn(answer) == "503 busy");
    CHECK(answer->get_header_value("Retry-After") == "7");
    world.plan(FaultKind::Busy);
    CHECK(problemIn(world.push(line)) == "429 busy");
    world.plan(FaultKind::Bare503);
    CHECK(problemIn(world.push(line)) == "503 no problem+json");
    world.plan(FaultKind::Captive);
    answer = world.push(line);
    CHECK(answer->status == 200);
    CHECK(answer->get_header_value("Content-Type").starts_with("text/html"));
    world.plan(FaultKind::Redirect);
    answer = world.push(line);
    CHECK(answer->status == 302);
    CHECK(answer->has_header("Location"));
    world.plan(FaultKind::Login511);
    CHECK(world.push(line)->status == 511);
    world.plan(FaultKind::Refuse);
    CHECK_FALSE(world.push(line));
    world.plan(FaultKind::Later, {}, 9);
    answer = world.push(line);
    const auto results = resultsFromJson(*parseJson(answer->body));
    REQUIRE(results);
    CHECK(results->results.front().result == Outcome::Later);
    CHECK(results->results.front().retryAfterSeconds == 9);
    auto http = world.client();
    CHECK(http.Get("/v1/changes", world.token())->status == 200); // only the route that was named
}

TEST_CASE("the same seed draws the same faults")
{
    const TemporaryFolder folder;
    const auto path = portal::faultPlanFile(folder.path() + "/faults.json");
    portal::FaultRule rule;
    rule.kind = FaultKind::LoseAnswer;
    rule.probability = 0.3;
    REQUIRE(portal::writeFaultPlan(path, {42, {rule}}));
    portal::Faults first(path);
    portal::Faults second(path);
    int hits = 0;
    for (int i = 0; i < 1000; ++i) {
        const bool isHit = !first.drawFor("ops").empty();
        hits += isHit ? 1 : 0;
        CHECK(isHit == !second.drawFor("ops").empty());
    }
    CHECK(hits > 250);
    CHECK(hits < 350);
    portal::Faults never;
    CHECK(never.drawFor("ops").empty());
}

TEST_CASE("the administrator's commands work beside the running server")
{
    HttpWorld world;
    std::ostringstream out;
    std::ostringstream err;
    const auto run = [&](std::vector<std::string> words) {
        out.str("");
        const auto place = world.store.words();
        words.insert(words.begin(), place.begin(), place.end());
        const int exit = portal::Admin(world.clock, world.random, out, err).run(words);
        std::string text = out.str();
        if (!text.empty()) {
            text.pop_back();
        }
        return std::pair(exit, text);
    };
    CHECK(run({"unit", "add", "H26.133", "UBND xã Ba Vì"}).first == 0);
    CHECK(run({"unit", "add", "../etc", "x"}).first == 1);
    const auto code = run({"code", "H26.133"});
    CHECK(code.first == 0);
    CHECK(code.second.size() == 14);
    CHECK(run({"code", "H26.999"}).first == 1);

    world.enrol();
    CHECK(world.pushed(1) == "applied");
    const std::string uid = aUid(1).text();
    CHECK(run({"dossier", "set", uid, "/note=từ thành phố", "/applicant/phone=", "/form/n=5"}).first == 0);
    CHECK(run({"dossier", "set", uid, "/code=x"}).first == 1);
    CHECK(run({"dossier", "move", uid, "processing"}).first == 0);
    CHECK(run({"dossier", "official-code", uid, "G-1"}).first == 0);
    CHECK(run({"dossier", "official-code", uid}).first == 1);
    const auto list = parseJson(run({"dossier", "list"}).second);
    REQUIRE(list);
    const Json& dossier = (*list)["dossiers"][0]["dossier"];
    CHECK(dossier["note"] == "từ thành phố");
    CHECK_FALSE(dossier["applicant"].contains("phone"));
    CHECK(dossier["form"]["n"] == 5);
    CHECK(dossier["status"] == "processing");
    CHECK(dossier["officialCode"] == "G-1");

    const std::string before = *world.admin->keys().epoch();
    const auto epoch = run({"epoch"});
    CHECK(epoch.second == *world.admin->keys().epoch());
    CHECK(epoch.second != before);
    CHECK(run({"fault", "set", "lose-answer", "--probability", "0.5", "--route=ops", "--seed", "9"}).first ==
          0);
    CHECK(portal::readFaultPlan(world.store.faultPlan())->seed == 9);
    CHECK(run({"fault", "set", "meteor"}).first == 1);
    CHECK(run({"fault", "clear"}).first == 0);
    CHECK(portal::readFaultPlan(world.store.faultPlan())->rules.empty());
    CHECK(run({"device", "list"}).second.find(world.install) != std::string::npos);
    CHECK(run({"device", "revoke", world.install}).first == 0);
    CHECK(run({"nonsense"}).first == 2);
    CHECK(run({"unit", "add"}).first == 2);
    CHECK(run({"epoch", "--colour"}).first == 2);
}
