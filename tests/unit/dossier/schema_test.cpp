// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/dossier.h"
#include "tests/unit/dossier/dossier_samples.h"

#include <catch2/catch.hpp>

using namespace motcua;
using motcua::test::aDossier;

namespace {

Json with(const char* pointer, Json value)
{
    Json dossier = aDossier();
    dossier[Json::json_pointer(pointer)] = std::move(value);
    return dossier;
}

Json without(const char* parent, const char* member)
{
    Json dossier = aDossier();
    dossier[Json::json_pointer(parent)].erase(member);
    return dossier;
}

/// The pointer of the only problem, or all of them for the failure message.
std::string onlyPointer(const Json& dossier, SchemaRules rules = kContractRules)
{
    const Problems problems = validateDossier(dossier, rules);
    if (problems.size() == 1) {
        CHECK_FALSE(problems[0].message.empty());
        return problems[0].pointer;
    }
    std::string all = std::to_string(problems.size()) + " problems:";
    for (const Problem& problem : problems) {
        all += " " + problem.pointer;
    }
    return all;
}

std::string repeated(const char* text, std::size_t count)
{
    std::string all;
    for (std::size_t i = 0; i < count; ++i) {
        all += text;
    }
    return all;
}

Json nested(int depth)
{
    Json value = 1;
    for (int i = 0; i < depth; ++i) {
        // Moved level by level: copying a deep value recurses as deep as it is.
        Json outer = Json::object();
        outer["a"] = std::move(value);
        value = std::move(outer);
    }
    return value;
}

} // namespace

TEST_CASE("a dossier that keeps the schema is read by name")
{
    const auto dossier = Dossier::fromJson(aDossier());

    REQUIRE(dossier);
    CHECK(dossier->code() == "H26.131-261121-1001");
    CHECK(dossier->status() == Status::Received);
    CHECK(toRfc3339(dossier->receivedAt()) == "2026-11-21T01:02:03.000Z");
    CHECK(dossier->dueAt());
    CHECK_FALSE(dossier->finishedAt());
    CHECK_FALSE(dossier->officialCode());
    CHECK(dossier->applicantName() == "Đặng Thị Ngọc Ánh");
}

TEST_CASE("every required member is asked for")
{
    for (const char* member : {"code", "procedure", "channel", "status", "receivedAt", "applicant", "form"}) {
        CHECK(onlyPointer(without("", member)) == "/" + std::string(member));
    }
    CHECK(onlyPointer(without("/applicant", "name")) == "/applicant/name");
    for (const char* member : {"code", "name", "originals", "copies"}) {
        CHECK(onlyPointer(without("/components/0", member)) == "/components/0/" + std::string(member));
    }
    for (const char* member : {"name", "sha256", "size", "type"}) {
        CHECK(onlyPointer(without("/components/0/files/0", member)) ==
              "/components/0/files/0/" + std::string(member));
    }
    CHECK(onlyPointer(without("/fees/0", "amount")) == "/fees/0/amount");
    CHECK(validateDossier(Json(1)).size() == 1);
    CHECK(validateDossier(Json::object()).size() == 7);
}

TEST_CASE("optional members may be missing")
{
    Json dossier = aDossier();
    for (const char* member : {"officialCode", "returnBy", "dueAt", "finishedAt", "returnedAt", "components",
                               "fees", "note", "catalogue", "results"}) {
        dossier.erase(member);
    }
    dossier["applicant"] = Json{{"name", "Vừ A Dính"}};
    CHECK(validateDossier(dossier).empty());
}

TEST_CASE("values of the wrong kind are refused where they stand")
{
    const Json wrong[] = {nullptr, 1, true, Json::array(), Json::object()};
    for (const char* pointer :
         {"/code", "/procedure", "/channel", "/status", "/receivedAt", "/applicant/name", "/applicant/gender",
          "/note", "/components/0/name", "/fees/0/code"}) {
        for (const Json& value : wrong) {
            CHECK(onlyPointer(with(pointer, value)) == pointer);
        }
    }
    CHECK(onlyPointer(with("/components/0/originals", 1.5)) == "/components/0/originals");
    CHECK(onlyPointer(with("/components/0/originals", "1")) == "/components/0/originals");
    CHECK(onlyPointer(with("/components", Json::object())) == "/components");
    CHECK(onlyPointer(with("/form", Json::array())) == "/form");
    CHECK(onlyPointer(with("/applicant", nullptr)) == "/applicant");
}

TEST_CASE("limits hold at their edges, counted in code points")
{
    CHECK(validateDossier(with("/applicant/name", repeated("ặ", 120))).empty());
    CHECK(onlyPointer(with("/applicant/name", repeated("ặ", 121))) == "/applicant/name");
    CHECK(onlyPointer(with("/applicant/name", "")) == "/applicant/name");
    CHECK(validateDossier(with("/note", repeated("đ", 4000))).empty());
    CHECK(onlyPointer(with("/note", repeated("đ", 4001))) == "/note");
    CHECK(validateDossier(with("/officialCode", repeated("A", 60))).empty());
    CHECK(onlyPointer(with("/officialCode", repeated("A", 61))) == "/officialCode");
    CHECK(validateDossier(with("/components/0/copies", 999)).empty());
    CHECK(onlyPointer(with("/components/0/copies", 1000)) == "/components/0/copies");
    CHECK(onlyPointer(with("/components/0/copies", -1)) == "/components/0/copies");
    CHECK(onlyPointer(with("/fees/0/amount", -1)) == "/fees/0/amount");
    CHECK(onlyPointer(with("/fees/0/amount", 18446744073709551615ULL)) == "/fees/0/amount");
    CHECK(validateDossier(with("/components/0/files/0/size", 20971520)).empty());
    CHECK(onlyPointer(with("/components/0/files/0/size", 20971521)) == "/components/0/files/0/size");
    CHECK(onlyPointer(with("/components/0/files/0/size", 0)) == "/components/0/files/0/size");
}

TEST_CASE("lists are bounded")
{
    const Json component = aDossier()["components"][0];
    const Json file = component["files"][0];
    CHECK(validateDossier(with("/components", Json(100, component))).empty());
    CHECK(onlyPointer(with("/components", Json(101, component))) == "/components");
    CHECK(validateDossier(with("/results", Json(20, file))).empty());
    CHECK(onlyPointer(with("/results", Json(21, file))) == "/results");
    CHECK(onlyPointer(with("/fees", Json(51, aDossier()["fees"][0]))) == "/fees");
}

TEST_CASE("texts with a pattern keep it")
{
    for (const char* code : {"H26.131-261121-1001", "H2-261121-010001", "A.-000000-12345"}) {
        CHECK(isDossierCode(code));
    }
    for (const char* code :
         {"", "H26.131-261121-101", "H26.131-261121-1234567", "h26-261121-1001", "H-261121-1001",
          "H26.131-26112-1001", "H26.131-261121_1001", "H26 131-261121-1001", "1H26-261121-1001",
          "H26-261121-10010-1", "H26.131-261121-1001\n"}) {
        CHECK_FALSE(isDossierCode(code));
    }
    CHECK_FALSE(isDossierCode("H" + std::string(35, '1') + "-261121-1001"));
    CHECK(isDossierCode("H" + std::string(34, '1') + "-261121-1001"));
    CHECK(onlyPointer(with("/applicant/personalId", "00118401234")) == "/applicant/personalId");
    CHECK(onlyPointer(with("/applicant/personalId", "00118401234x")) == "/applicant/personalId");
    CHECK(onlyPointer(with("/applicant/oldId", "1234567890")) == "/applicant/oldId");
    CHECK(validateDossier(with("/applicant/oldId", "123456789")).empty());
    CHECK(onlyPointer(with("/components/0/files/0/sha256", std::string(64, 'A'))) ==
          "/components/0/files/0/sha256");
    CHECK(onlyPointer(with("/components/0/files/0/type", "text/html")) == "/components/0/files/0/type");
    CHECK(isUid("0192f0c1-2b3c-7d4e-8f50-123456789abc"));
    CHECK_FALSE(isUid("0192F0C1-2b3c-7d4e-8f50-123456789abc"));
    CHECK_FALSE(isUid("0192f0c12b3c7d4e8f50123456789abc"));
}

TEST_CASE("instants of an operation are UTC with milliseconds, those of an answer any RFC 3339")
{
    for (const char* text :
         {"2026-11-21T01:02:03Z", "2026-11-21T08:02:03.000+07:00", "2026-02-30T01:02:03.000Z",
          "2026-11-21 01:02:03.000Z", "2026-11-21T01:02:03.0000Z", ""}) {
        CHECK(onlyPointer(with("/receivedAt", text)) == "/receivedAt");
        CHECK(onlyPointer(with("/dueAt", text)) == "/dueAt");
    }
    CHECK(validateDossier(with("/receivedAt", "2026-11-21T08:02:03+07:00"), kAnswerRules).empty());
}

TEST_CASE("members that nobody knows are refused in operations and ignored in answers")
{
    CHECK(onlyPointer(with("/colour", "red")) == "/colour");
    CHECK(onlyPointer(with("/a~1b", 1)) == "/a~1b");
    CHECK(onlyPointer(with("/applicant/colour", 1)) == "/applicant/colour");
    CHECK(onlyPointer(with("/components/0/files/0/path", "/etc/passwd")) == "/components/0/files/0/path");
    CHECK(validateDossier(with("/applicant/colour", 1), kAnswerRules).empty());
    CHECK(validateDossier(with("/form/anything", Json::array({1, "two"}))).empty());
}

TEST_CASE("a form is at most 128 KiB as compact JSON and 8 deep, itself depth 1")
{
    CHECK(validateDossier(with("/form", nested(8))).empty());
    CHECK(onlyPointer(with("/form", nested(9))) == "/form");
    const Json full{{"a", std::string(kFormBytesMax - std::string(R"({"a":""})").size(), 'x')}};
    CHECK(validateForm(full).empty());
    CHECK(onlyPointer(with("/form", Json{{"a", full["a"].get<std::string>() + "x"}})) == "/form");
    CHECK(validateForm(nested(20000), "/form").size() == 1);

    // The size is that of the compact bytes, escapes and all, at the very edge.
    Json mixed{{"a\"b", Json::array({1, -2.5, true, nullptr, "\n\t\b\f\r\v\x01\x7f\\ặ"})},
               {"o", Json::object()}};
    const std::size_t rest = kFormBytesMax - dumpJson(mixed).size() - std::string(R"(,"z":"")").size();
    mixed["z"] = std::string(rest, 'z');
    REQUIRE(dumpJson(mixed).size() == kFormBytesMax);
    CHECK(validateForm(mixed).empty());
    mixed["z"] = std::string(rest + 1, 'z');
    CHECK(validateForm(mixed).size() == 1);
}

TEST_CASE("old papers say what they say, but what is typed at the counter is a real date")
{
    const Json impossible{{"text", "30/02/1984"}, {"precision", "day"}};
    CHECK(validateDossier(with("/applicant/birth", impossible)).empty());
    CHECK(onlyPointer(with("/applicant/birth", impossible), kCounterRules) == "/applicant/birth");
    CHECK(validateDossier(with("/applicant/birth", nullptr), kCounterRules).empty());
    CHECK(onlyPointer(with("/applicant/birth/text", "12345678901")) == "/applicant/birth/text");
    CHECK(onlyPointer(with("/applicant/birth/precision", "hour")) == "/applicant/birth/precision");

    CHECK(isCalendarDate("29/02/2024", "day"));
    CHECK_FALSE(isCalendarDate("29/02/2023", "day"));
    CHECK(isCalendarDate("06/1984", "month"));
    CHECK_FALSE(isCalendarDate("13/1984", "month"));
    CHECK(isCalendarDate("1984", "year"));
    CHECK_FALSE(isCalendarDate("0000", "year"));
    CHECK_FALSE(isCalendarDate("1984", "day"));
    CHECK_FALSE(isCalendarDate("1/6/1984", "day"));
    CHECK_FALSE(isCalendarDate("21/06/1984", "year"));
    CHECK_FALSE(isCalendarDate("1984", "century"));
}

TEST_CASE("bodies of patches, moves and withdrawals keep their schema")
{
    CHECK(validatePatchBody(Json::parse(R"({"set":{"/note":"x"},"reason":"nhầm"})")).empty());
    CHECK(validatePatchBody(Json::parse(R"({"set":{}})")).size() == 1);
    CHECK(validatePatchBody(Json::parse(R"({"set":{"/note":"x"},"by":1})")).size() == 1);
    CHECK(validatePatchBody(Json::parse("{}")).size() == 1);
    CHECK(
        validateMoveBody(Json::parse(R"({"to":"processing","note":"n","dueAt":null,"results":[]})")).empty());
    CHECK(validateMoveBody(Json::parse(R"({"to":"done"})")).size() == 1);
    CHECK(validateMoveBody(Json::parse(R"({"note":"n"})")).size() == 1);
    CHECK(validateCancelBody(Json::parse(R"({"reason":"nhận nhầm"})")).empty());
    CHECK(validateCancelBody(Json::parse("{}")).size() == 1);
}
