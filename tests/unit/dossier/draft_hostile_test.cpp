// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/schema.h"
#include "tests/unit/dossier/draft_samples.h"

#include <random>

using namespace motcua;
using namespace motcua::test;

namespace {

using Strings = std::vector<std::string>;

std::string repeated(const std::string& part, int times)
{
    std::string text;
    for (int i = 0; i < times; ++i) {
        text += part;
    }
    return text;
}

Json nested(int depth)
{
    Json value = "x";
    for (int i = 0; i < depth; ++i) {
        // Moved level by level: copying a deep value recurses as deep as it is.
        Json outer = Json::object();
        outer["a"] = std::move(value);
        value = std::move(outer);
    }
    return value;
}

/// Values that no field wants.
std::vector<Json> strangeValues()
{
    return {Json(),
            true,
            -1,
            1.5,
            1e300,
            std::uint64_t{18446744073709551615U},
            "",
            "x",
            "<script>alert(1)</script>",
            "=1+1",
            "../../etc/passwd",
            "/form/child",
            std::string("a\0b", 3),
            std::string(10000, 'a'),
            repeated("a\xCC\x81\xCC\x82\xCC\x83\xCC\x84", 500),
            repeated("\xE2\x80\xAE\xE2\x80\x8B", 100),
            Json::array(),
            Json::array({1, nullptr, Json::array({2})}),
            Json::object(),
            {{"text", 5}, {"precision", "day"}},
            {{"text", "99/99/9999"}, {"precision", "day"}},
            {{"text", "0000"}, {"precision", "year"}},
            {{"name", 5}},
            {{"name", "A"}, {"birth", {{"text", Json::array()}}}},
            {{"path", "/etc/passwd"}},
            nested(30)};
}

bool isWhole(const CheckedDraft& checked)
{
    Json dossier = checked.dossier;
    dossier["code"] = "H26.131-261121-1001";
    dossier["status"] = "received";
    dossier["receivedAt"] = toRfc3339(receipt());
    return validateDossier(dossier, kCounterRules).empty();
}

} // namespace

TEST_CASE("ten thousand characters are too long, whatever they are")
{
    for (const std::string& letter :
         {std::string("a"), std::string("ễ"), std::string("<"), std::string("\xF0\x9F\x98\x80")}) {
        Json draft = birthDraft();
        draft["applicant"]["name"] = repeated(letter, 10000);
        draft["form"]["childHomeTown"] = repeated(letter, 10000);
        const Strings problems = problemsOf(draft);
        CHECK(std::count(problems.begin(), problems.end(), "hard max-length /form/childHomeTown") == 1);
        CHECK(std::any_of(problems.begin(), problems.end(), [](const std::string& line) {
            return line.find("/applicant/name") != std::string::npos && line.rfind("hard ", 0) == 0;
        }));
    }
}

TEST_CASE("markup, formulas, paths and operators are text like any other")
{
    for (const char* const text :
         {"<b>Lê</b> & Hoa", "=HYPERLINK(\"http://x\")", "../../etc/passwd", "'; DROP TABLE dossier; --",
          "%s%n", "{{name}}", "\\\\server\\share", "@SUM(A1)"}) {
        Json draft = certifiedDraft();
        draft["applicant"]["name"] = text;
        draft["form"]["documentName"] = text;
        const CheckedDraft checked = check(draft);
        CHECK(listed(checked.problems) == Strings{});
        CHECK(checked.dossier["applicant"]["name"] == text);
        CHECK(checked.dossier["form"]["documentName"] == text);
    }
}

TEST_CASE("a flood of combining marks is cut, controls and direction marks go")
{
    Json draft = certifiedDraft();
    draft["form"]["documentName"] = "a" + repeated("\xCC\x81", 100);
    CHECK(codePoints(check(draft).dossier["form"]["documentName"].get<std::string>()) <= 10);

    draft["form"]["documentName"] = "Giấy\xE2\x80\xAE khai\x01 sinh\xE2\x80\x8B";
    CHECK(check(draft).dossier["form"]["documentName"] == "Giấy khai sinh");

    draft["form"]["documentName"] = "\xE2\x80\x8B\xE2\x80\xAE \t";
    CHECK(problemsOf(draft) == Strings{"hard required /form/documentName"});
}

TEST_CASE("deep values are refused as what they are")
{
    Json draft = certifiedDraft();
    draft["form"]["documentName"] = nested(25);
    draft["applicant"]["name"] = nested(25);
    draft["extra"] = nested(25);
    draft["form"]["extra"] = nested(25);

    const CheckedDraft checked = check(draft);

    CHECK_FALSE(checked.accepted());
    CHECK(checked.problems.size() < 10);
}

TEST_CASE("thousands of unknown members make a list of bounded length")
{
    Json draft = certifiedDraft();
    for (int i = 0; i < 3000; ++i) {
        draft["form"]["x" + std::to_string(i)] = i;
        draft["y" + std::to_string(i)] = i;
    }

    CHECK(check(draft).problems.size() == 500);
}

TEST_CASE("any strange value in any place gives problems or a valid body, never a crash")
{
    const std::vector<Json> samples{birthDraft(), maritalDraft(), certifiedDraft(), extractDraft(),
                                    changeDraft()};
    for (const Json& sample : samples) {
        const Json flat = sample.flatten();
        for (const auto& place : flat.items()) {
            for (const Json& value : strangeValues()) {
                Json draft = sample;
                draft[Json::json_pointer(place.key())] = value;
                const CheckedDraft checked = check(draft);
                INFO(place.key() << " = "
                                 << value.dump(-1, ' ', true, Json::error_handler_t::replace).substr(0, 60));
                REQUIRE((!checked.accepted() || isWhole(checked)));
            }
        }
        for (const char* const member : {"applicant", "form", "components", "fees", "note", "channel",
                                         "returnBy", "reasons", "clientRef", "officialCode", "procedure"}) {
            for (const Json& value : strangeValues()) {
                Json draft = sample;
                draft[member] = value;
                const CheckedDraft checked = check(draft);
                INFO(member << " = "
                            << value.dump(-1, ' ', true, Json::error_handler_t::replace).substr(0, 60));
                REQUIRE((!checked.accepted() || isWhole(checked)));
            }
        }
    }
}

TEST_CASE("random fields from a seed are checked like any others")
{
    constexpr unsigned kSeed = 20261121;
    std::mt19937 random(kSeed);
    const std::vector<Json> values = strangeValues();
    const Form form = catalogue().form(*catalogue().find("1.004873", day(2026, 11, 21)), day(2026, 11, 21));
    std::vector<std::string> members;
    for (const Section& section : form.sections) {
        for (const Field& field : section.fields) {
            if (field.pointer != "/applicant") {
                members.push_back(field.pointer.substr(6));
            }
        }
    }
    for (int round = 0; round < 2000; ++round) {
        Json draft = maritalDraft();
        for (int change = 0; change < 4; ++change) {
            draft["form"][members[random() % members.size()]] = values[random() % values.size()];
        }
        const CheckedDraft checked = check(draft);
        INFO("seed " << kSeed << " round " << round);
        REQUIRE((!checked.accepted() || isWhole(checked)));
    }
}
