// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/answers.h"
#include "sync/protocol/devices.h"
#include "tests/unit/protocol/operation_samples.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace motcua::test;

namespace {

Json aPage()
{
    Change change;
    change.seq = 3;
    change.uid = anOperation().uid;
    change.rev = Rev(std::string(32, 'a'));
    change.by = "Sở Tư pháp";
    change.op = opNumber(1);
    change.dossier = aDossier();
    return toJson(ChangesPage{"cursor-1", "epoch-1", true, {change}});
}

} // namespace

TEST_CASE("results read back, with or without receipt, dossier and problem")
{
    OpResult conflict;
    conflict.op = opNumber(1);
    conflict.result = Outcome::Conflict;
    conflict.receipt = "a.b.c";
    conflict.dossier = aDossier();
    conflict.problem = problemOf(ProblemType::RevMismatch, "đã đổi");
    OpResult later;
    later.op = opNumber(2);
    later.result = Outcome::Later;
    later.retryAfterSeconds = 5;

    const auto read = resultsFromJson(toJson(Results{{conflict, later}, "epoch-1"}));

    REQUIRE(read);
    CHECK(read->portalEpoch == "epoch-1");
    REQUIRE(read->results.size() == 2);
    CHECK(read->results[0].dossier == aDossier());
    CHECK(read->results[0].problem == conflict.problem);
    CHECK(read->results[1].retryAfterSeconds == 5);
    CHECK(read->results[1].receipt.empty());
    CHECK(opStatusFromJson(toJson(OpStatus{later, "e"}))->result.result == Outcome::Later);
}

TEST_CASE("unknown members of answers are ignored, wrong ones are not")
{
    Json json = toJson(Results{{}, "epoch-1"});
    json["colour"] = "red";
    CHECK(resultsFromJson(json));
    json["results"] = Json::array({Json{{"op", opNumber(1).text()}, {"result", "applied"}, {"new", 1}}});
    CHECK(resultsFromJson(json));
    json["results"][0]["result"] = "maybe";
    CHECK_FALSE(resultsFromJson(json));
    CHECK_FALSE(resultsFromJson(Json::array()));
    CHECK_FALSE(resultsFromJson(Json{{"results", Json::array()}}));
    CHECK_FALSE(resultsFromJson(Json{{"results", Json(501, json["results"][0])}, {"portalEpoch", "e"}}));
    CHECK_FALSE(resultsFromJson(Json{{"results", Json::array({1})}, {"portalEpoch", "e"}}));
}

TEST_CASE("a page of changes reads back; whether its dossiers keep the schema is not asked here")
{
    Json json = aPage();
    const auto page = changesPageFromJson(json);
    REQUIRE(page);
    CHECK(page->cursor == "cursor-1");
    CHECK(page->more);
    REQUIRE(page->changes.size() == 1);
    CHECK(page->changes[0].dossier == json["changes"][0]["dossier"]);
    CHECK(page->changes[0].op == opNumber(1));
    CHECK(page->changes[0].by == "Sở Tư pháp");
    CHECK_FALSE(page->changes[0].gone);

    json["changes"][0]["dossier"]["colour"] = "a newer portal";
    CHECK(changesPageFromJson(json));
    json["changes"][0]["dossier"].erase("code");
    CHECK(changesPageFromJson(json)->changes.size() == 1);
    json["changes"][0]["dossier"] = "no object";
    CHECK_FALSE(changesPageFromJson(json));
    json["changes"][0]["dossier"] = Json::object();
    json["changes"][0]["seq"] = "3";
    CHECK_FALSE(changesPageFromJson(json));
    CHECK_FALSE(changesPageFromJson(Json{{"cursor", std::string(201, 'x')}}));
}

TEST_CASE("a problem reads back and its type is a name of the contract")
{
    Problems problems;
    problems.push_back({.pointer = "/body/code", .rule = "pattern", .message = "Sai", .source = {}});
    const ProblemDetails problem = invalidFields(problems);
    const Json json = toJson(problem);
    CHECK(json["type"] == "urn:motcua:problem:invalid-fields");
    CHECK(json["fields"][0]["pointer"] == "/body/code");
    CHECK(*problemFromJson(json) == problem);
    CHECK(problemFromJson(Json{{"type", "busy"}, {"title", "t"}}));
    CHECK_FALSE(problemFromJson(Json{{"type", "about:blank"}, {"title", "t"}}));
    CHECK_FALSE(problemFromJson(Json{{"type", "busy"}}));
    CHECK_FALSE(problemFromJson(Json("busy")));
    const auto cut = problemFromJson(Json{{"type", "busy"}, {"title", std::string(10000, 'x')}});
    CHECK(cut->title.size() == 2000);
}

TEST_CASE("enrolment and hello read back")
{
    const PortalKey key{"k1", std::string(32, 'x'), {}};
    const auto enrolment =
        enrolmentFromJson(toJson(Enrolment{"token", "H26.131", "UBND xã Phúc Thọ", 3, "epoch-1", {key}}));
    REQUIRE(enrolment);
    CHECK(enrolment->slot == 3);
    CHECK(enrolment->keys == std::vector{key});
    CHECK_FALSE(enrolmentFromJson(toJson(Enrolment{"to ken", "H26.131", "x", 3, "e", {}})));
    CHECK_FALSE(enrolmentFromJson(toJson(Enrolment{"tok\nen", "H26.131", "x", 3, "e", {}})));
    CHECK_FALSE(enrolmentFromJson(toJson(Enrolment{"token", "../../etc", "x", 3, "e", {}})));
    CHECK_FALSE(enrolmentFromJson(toJson(Enrolment{"token", "H26.131", "x", 10, "e", {}})));

    Hello hello;
    hello.portalEpoch = "epoch-1";
    hello.now = *parseRfc3339("2026-11-21T01:02:03.000Z");
    hello.lastSeq = 5;
    hello.held = 4;
    hello.keys = {key};
    hello.spreadSeconds = 120;
    hello.minApp = "0.3.0";
    hello.revoked = true;
    const auto read = helloFromJson(toJson(hello));
    REQUIRE(read);
    CHECK(read->held == 4);
    CHECK(read->revoked);
    CHECK(read->spreadSeconds == 120);
    Json forever = toJson(hello);
    forever["spread"] = 1'000'000'000;
    CHECK(helloFromJson(forever)->spreadSeconds == 24 * 3600);
    forever["keys"][0]["x"] = "short";
    CHECK_FALSE(helloFromJson(forever));
}

TEST_CASE("requests are read strictly where it matters")
{
    const EnrolRequest request{"7Q2F-9KXM-4TRD", kInstall, "Quầy 1", 1, "motcua 0.3.0"};
    CHECK(enrolRequestFromJson(toJson(request))->slot == 1);
    Json json = toJson(request);
    json["slot"] = 10;
    CHECK_FALSE(enrolRequestFromJson(json));
    json = toJson(request);
    json["install"] = "x";
    CHECK_FALSE(enrolRequestFromJson(json));
    json = toJson(request);
    json["name"] = std::string(121, 'x');
    CHECK_FALSE(enrolRequestFromJson(json));

    HelloRequest hello{kInstall, 1, 0, std::string(64, '0'), 3, {}, "motcua 0.3.0"};
    CHECK(helloRequestFromJson(toJson(hello))->waiting == 3);
    hello.epoch = 0;
    CHECK_FALSE(helloRequestFromJson(toJson(hello)));

    CHECK(statusRequestFromJson(statusRequest({opNumber(1), opNumber(2)}))->size() == 2);
    CHECK_FALSE(statusRequestFromJson(Json{{"ops", Json::array({"x"})}}));
    CHECK_FALSE(statusRequestFromJson(Json{{"ops", Json(501, opNumber(1).text())}}));
    CHECK_FALSE(statusRequestFromJson(Json::object()));
}

TEST_CASE("versions are compared as numbers between dots")
{
    CHECK(isRecentEnough("motcua 0.3.0", "0.3.0"));
    CHECK(isRecentEnough("motcua 0.10.0", "0.3.0"));
    CHECK(isRecentEnough("motcua 1", "0.3.0"));
    CHECK(isRecentEnough("0.3", "0.3.0"));
    CHECK_FALSE(isRecentEnough("motcua 0.3.0", "0.3.1"));
    CHECK_FALSE(isRecentEnough("motcua 0.9", "0.10"));
    CHECK_FALSE(isRecentEnough("motcua", "0.1"));
    CHECK_FALSE(isRecentEnough("", "0.0.1"));
    CHECK(isRecentEnough("anything", ""));
}
