// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/catalogue/catalogue_fixture.h"

using namespace motcua;
using namespace motcua::test;

namespace {

std::string errorOf(const std::string& fields, const std::string& rules = "[]", const std::string& more = "")
{
    const std::string applicant =
        R"({"pointer": "/applicant", "label": "N", "kind": "person", "required": true, "parts": {"name": "required"}})";
    const Json json =
        Json::parse(R"({"id": "x", "title": "X", "sections": [{"title": "S", "fields": [)" + applicant +
                    (fields.empty() ? "" : "," + fields) + R"(]}], "rules": )" + rules + more + "}");
    const auto form = formFromJson(Source(json, "forms/x.json"));
    return form ? std::string("reads") : form.error().detail;
}

} // namespace

TEST_CASE("a form reads fields of every kind")
{
    CHECK(errorOf(R"({"pointer": "/form/t", "label": "T", "kind": "text", "suggestions": ["a"], "lines": 3},
        {"pointer": "/form/d", "label": "D", "kind": "date", "precision": "day"},
        {"pointer": "/form/p", "label": "P", "kind": "place"},
        {"pointer": "/form/c", "label": "C", "kind": "choice", "choices": [{"value": "a", "label": "A"}]},
        {"pointer": "/form/n", "label": "N", "kind": "number", "min": 1, "max": 9},
        {"pointer": "/form/m", "label": "M", "kind": "money"},
        {"pointer": "/form/y", "label": "Y", "kind": "yes-no", "default": true},
        {"pointer": "/form/e", "label": "E", "kind": "ethnic-group"},
        {"pointer": "/form/q", "label": "Q", "kind": "person", "parts": {"name": "required", "birth": "optional"}})") ==
          "reads");
}

TEST_CASE("a form with a mistake is refused with the place of the mistake")
{
    const std::string head = "forms/x.json#/sections/0/fields/1: ";
    CHECK(errorOf(R"({"pointer": "/form/t", "label": "T", "kind": "txt"})") == head + "unknown kind \"txt\"");
    CHECK(errorOf(R"({"pointer": "/status", "label": "T", "kind": "text"})") ==
          head + "pointer must be /applicant or /form/NAME");
    CHECK(errorOf(R"({"pointer": "/form/a/b", "label": "T", "kind": "text"})") ==
          head + "pointer must be /applicant or /form/NAME");
    CHECK(errorOf(R"({"pointer": "/form/", "label": "T", "kind": "text"})") ==
          head + "pointer must be /applicant or /form/NAME");
    CHECK(errorOf(R"({"pointer": "/form/c", "label": "C", "kind": "choice"})") ==
          head + "a choice needs choices");
    CHECK(errorOf(R"({"pointer": "/form/p", "label": "P", "kind": "person"})") ==
          head + "a person needs parts");
    CHECK(errorOf(R"({"pointer": "/form/t", "label": "T", "kind": "text", "maxLength": 0})") ==
          head + "maxLength is 1 to 10000, lines 1 to 40");
    CHECK(errorOf(R"({"pointer": "/form/n", "label": "N", "kind": "number", "min": 5, "max": 2})") ==
          head + "min and max do not fit");
    CHECK(errorOf(R"({"pointer": "/form/t", "label": "T", "kind": "text", "requred": true})") ==
          head + "unknown member \"requred\"");
    CHECK(errorOf(R"({"pointer": "/applicant", "label": "T", "kind": "person", "required": true,
        "parts": {"name": "required"}})") == "forms/x.json#: two fields at /applicant");
    CHECK(errorOf(
              "",
              R"([{"name": "r", "severity": "mild", "pointers": ["/form/a"], "check": {"present": "/form/a"},
        "message": "m"}])") == "forms/x.json#/rules/0: severity must be hard or soft");
    CHECK(
        errorOf("",
                R"([{"name": "r", "severity": "hard", "check": {"present": "/form/a"}, "message": "m"}])") ==
        "forms/x.json#/rules/0: a rule needs at least one pointer");
    CHECK(errorOf("", "[]", R"(, "subjects": ["/form/who"])") ==
          "forms/x.json#: subject /form/who is no field");
}

TEST_CASE("every rule of the shipped forms says where, why and by which source")
{
    const Catalogue catalogue = loadShipped();
    for (const char* const code : {"1.001193", "1.004873", "2.000815", "2.000635", "1.000894"}) {
        const Form form = catalogue.form(*catalogue.find(code, day(2026, 11, 21)), day(2026, 11, 21));
        CHECK_FALSE(form.rules.empty());
        for (const FormRule& rule : form.rules) {
            INFO(form.id + " " + rule.name);
            CHECK_FALSE(rule.source.empty());
            CHECK(rule.message.back() == '.');
        }
    }
}
