// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalogue/condition.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

std::string errorOf(const char* text)
{
    const Json json = Json::parse(text);
    const auto condition = conditionFromJson(Source(json, "f.json", "/rules/0/check"));
    return condition ? std::string("reads") : condition.error().detail;
}

} // namespace

TEST_CASE("the language of conditions reads what the guide describes")
{
    CHECK(errorOf(R"({"present": "/form/a"})") == "reads");
    CHECK(errorOf(R"({"not": {"equal": ["/form/a", {"text": "x"}]}})") == "reads");
    CHECK(errorOf(R"({"all": [{"less": ["/form/a", 3]}, {"atMost": ["/form/d", "today"]}]})") == "reads");
    CHECK(errorOf(R"({"in": ["/form/a", [{"text": "x"}, 1, true]]})") == "reads");
    CHECK(errorOf(R"({"atLeast": [{"years": ["/form/d", {"day": "2027-03-01"}]}, 18]})") == "reads");
    CHECK(errorOf(R"({"equal": [{"or": ["/form/a", false]}, true]})") == "reads");
    CHECK(errorOf(R"({"shape": ["/form/a", "###-@"]})") == "reads");
    CHECK(errorOf(R"({"withinDuty": ["/form/d", 60]})") == "reads");
    CHECK(errorOf(R"({"nameLetters": "/form/n"})") == "reads");
}

TEST_CASE("a condition that cannot be right is refused where it stands")
{
    CHECK(errorOf("[]") == "f.json#/rules/0/check: a condition is an object with exactly one member");
    CHECK(errorOf("{}") == "f.json#/rules/0/check: a condition is an object with exactly one member");
    CHECK(errorOf(R"({"presnt": "/form/a"})") == "f.json#/rules/0/check: unknown condition \"presnt\"");
    CHECK(errorOf(R"({"present": "form/a"})") ==
          "f.json#/rules/0/check/present: must be a pointer or \"today\"; a literal text is {\"text\": …}");
    CHECK(errorOf(R"({"present": 5})") == "f.json#/rules/0/check/present: must be a pointer");
    CHECK(errorOf(R"({"equal": ["/a"]})") == "f.json#/rules/0/check/equal: wrong number of operands");
    CHECK(errorOf(R"({"equal": "/a"})") == "f.json#/rules/0/check/equal: must be a list");
    CHECK(errorOf(R"({"all": []})") == "f.json#/rules/0/check/all: must not be empty");
    CHECK(errorOf(R"({"all": [{"present": "/a"}, {"any": [{"x": 1}]}]})") ==
          "f.json#/rules/0/check/all/1/any/0: unknown condition \"x\"");
    CHECK(errorOf(R"({"less": [{"day": "2027-02-30"}, "today"]})") ==
          "f.json#/rules/0/check/less/0/day: must be a day like 2027-03-01");
    CHECK(errorOf(R"({"less": [{"moons": ["/a", "/b"]}, 1]})") ==
          "f.json#/rules/0/check/less/0: unknown operand \"moons\"");
    CHECK(errorOf(R"({"less": [1.5, 1]})") == "f.json#/rules/0/check/less/0: is no operand");
    CHECK(errorOf(R"({"shape": ["/a"]})") == "f.json#/rules/0/check/shape: must be [pointer, shape]");
    CHECK(errorOf(R"({"in": ["/a", []]})") == "f.json#/rules/0/check/in/1: wrong number of operands");
}
