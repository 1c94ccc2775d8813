// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/patch.h"
#include "tests/unit/dossier/dossier_samples.h"

#include <catch2/catch.hpp>

using namespace motcua;
using motcua::test::aDossier;

namespace {

Json set(const char* text)
{
    return Json::parse(text);
}

/// "rule pointer" of the first problem, or "applied".
std::string outcome(const char* patch)
{
    const auto result = applyPatch(aDossier(), set(patch));
    return result ? "applied" : result.error().front().rule + " " + result.error().front().pointer;
}

Json inStatus(const char* status)
{
    Json dossier = aDossier();
    dossier["status"] = status;
    return dossier;
}

const Instant kLater = *parseRfc3339("2026-11-22T02:00:00.000Z");

} // namespace

TEST_CASE("a patch puts values where its pointers say")
{
    const auto patched = applyPatch(
        aDossier(),
        set(R"({"/applicant/name":"Lê Văn Bình","/form/child/a~1b~0":[1],"/returnBy":"post","/form/x":1})"));

    REQUIRE(patched);
    CHECK((*patched)["applicant"]["name"] == "Lê Văn Bình");
    CHECK((*patched)["form"]["child"]["a/b~"] == Json::array({1}));
    CHECK((*patched)["returnBy"] == "post");
    CHECK((*patched)["form"]["x"] == 1);
    CHECK((*patched)["form"]["child"]["name"] == "Nguyễn An");
}

TEST_CASE("null removes, and removing what is not there changes nothing")
{
    const auto patched =
        applyPatch(aDossier(), set(R"({"/dueAt":null,"/applicant/phone":null,"/form/none":null})"));

    REQUIRE(patched);
    CHECK_FALSE(patched->contains("dueAt"));
    CHECK_FALSE((*patched)["applicant"].contains("phone"));
    CHECK((*patched)["form"] == aDossier()["form"]);
}

TEST_CASE("what no patch may touch stays untouched")
{
    for (const char* pointer : {"/code", "/officialCode", "/status", "/procedure", "/channel", "/receivedAt",
                                "/finishedAt", "/returnedAt", "", "/code/x"}) {
        const auto result = applyPatch(aDossier(), Json{{pointer, "x"}});
        REQUIRE_FALSE(result);
        CHECK(result.error().front().rule == "fixed");
        CHECK(result.error().front().pointer == pointer);
    }
}

TEST_CASE("no pointer is a prefix of another")
{
    CHECK(outcome(R"({"/form":{},"/form/child":1})") == "pointer /form/child");
    CHECK(outcome(R"({"/form/a":1,"/form/a-b":2,"/form/a/b":3})") == "pointer /form/a/b");
    CHECK(outcome(R"({"/form/a":1,"/form/ab":2})") == "applied");
}

TEST_CASE("parents must exist and arrays are replaced whole")
{
    CHECK(outcome(R"({"/form/none/x":1})") == "parent /form/none/x");
    CHECK(outcome(R"({"/form/child/name/x":1})") == "parent /form/child/name/x");
    CHECK(outcome(R"({"/components/0/name":"x"})") == "parent /components/0/name");
    CHECK(outcome(R"({"/components/-":{}})") == "parent /components/-");
    CHECK(outcome(R"({"/components":[]})") == "applied");
}

TEST_CASE("pointers that are none are refused")
{
    CHECK(outcome(R"({"note":"x"})") == "pointer note");
    CHECK(outcome(R"({"/form/~2":"x"})") == "pointer /form/~2");
    CHECK(outcome(R"({"/form/~":"x"})") == "pointer /form/~");
}

TEST_CASE("the result of a patch is a valid dossier or nothing happened")
{
    CHECK(outcome(R"({"/applicant/name":null})") == "required /applicant/name");
    CHECK(outcome(R"({"/form":null})") == "required /form");
    CHECK(outcome(R"({"/colour":"red"})") == "unknown-member /colour");
    CHECK(outcome(R"({"/note":5})") == "type /note");
}

TEST_CASE("values are found by pointer")
{
    const Json dossier = aDossier();
    REQUIRE(findAt(dossier, "/components/0/name") != nullptr);
    CHECK(*findAt(dossier, "/components/0/name") == "Giấy chứng sinh");
    CHECK(findAt(dossier, "/components/1") == nullptr);
    CHECK(findAt(dossier, "/components/00") == nullptr);
    CHECK(findAt(dossier, "/none") == nullptr);
    CHECK(findAt(dossier, "none") == nullptr);
    CHECK(findAt(dossier, "") == &dossier);
}

TEST_CASE("moving to finished stamps the time of the act, the first time only")
{
    const auto finished = applyMove(aDossier(), set(R"({"to":"finished"})"), kLater);
    REQUIRE(finished);
    CHECK((*finished)["finishedAt"] == "2026-11-22T02:00:00.000Z");

    const auto again = applyMove(*finished, set(R"({"to":"processing"})"), kLater + Millis{1});
    REQUIRE(again);
    CHECK((*again)["finishedAt"] == "2026-11-22T02:00:00.000Z");

    const auto twice = applyMove(*again, set(R"({"to":"finished"})"), kLater + Millis{2});
    REQUIRE(twice);
    CHECK((*twice)["finishedAt"] == "2026-11-22T02:00:00.000Z");
}

TEST_CASE("moving to returned stamps returnedAt")
{
    const auto returned = applyMove(inStatus("stopped"), set(R"({"to":"returned","note":"đã trả"})"), kLater);
    REQUIRE(returned);
    CHECK((*returned)["returnedAt"] == "2026-11-22T02:00:00.000Z");
    CHECK((*returned)["finishedAt"].is_null());
    CHECK((*returned)["note"] == ""); // the move's note goes into the history only
}

TEST_CASE("a move may set a new appointment and results, and else leaves them")
{
    const Json file = aDossier()["components"][0]["files"][0];
    const auto kept = applyMove(aDossier(), set(R"({"to":"processing"})"), kLater);
    REQUIRE(kept);
    CHECK((*kept)["dueAt"] == "2026-11-23T10:00:00.000Z");
    CHECK_FALSE(kept->contains("results"));

    const auto moved = applyMove(
        aDossier(),
        Json{{"to", "finished"}, {"dueAt", "2026-12-01T10:00:00.000Z"}, {"results", Json::array({file})}},
        kLater);
    REQUIRE(moved);
    CHECK((*moved)["dueAt"] == "2026-12-01T10:00:00.000Z");
    CHECK((*moved)["results"].size() == 1);

    const auto open = applyMove(aDossier(), set(R"({"to":"supplementing","dueAt":null})"), kLater);
    REQUIRE(open);
    CHECK(at(*open, "dueAt").is_null());
}

TEST_CASE("an illegal move is refused by name")
{
    for (const char* to : {"registered", "received", "refused", "returned"}) {
        const auto result = applyMove(aDossier(), Json{{"to", to}}, kLater);
        REQUIRE_FALSE(result);
        CHECK(result.error().front().rule == "illegal-move");
        CHECK(result.error().front().pointer == "/status");
    }
    CHECK_FALSE(applyMove(inStatus("returned"), set(R"({"to":"processing"})"), kLater));
}
