// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalogue/field_rules.h"

#include "tests/unit/catalogue/catalogue_fixture.h"

using namespace motcua;
using motcua::test::EditableCatalogue;

namespace {

FieldRules birth()
{
    return test::loadShipped().fieldRules("1.001193", test::day(2026, 11, 21));
}

/// What loading says of a unit's own file; empty: it was taken.
std::string refusedFor(const std::string& unitFile)
{
    const EditableCatalogue edited;
    edited.write("field-rules-unit.json", unitFile);
    const std::string said = edited.errorOfLoading();
    return said == "loads" ? std::string() : said;
}

} // namespace

TEST_CASE("each field has its class, by the rules, by its form, or by what it is")
{
    const FieldRules rules = birth();
    const auto is = [&](const char* pointer) {
        return std::string(fieldClassName(rules.rule(pointer).kind));
    };

    CHECK(is("/code") == "fixed");
    CHECK(is("/officialCode") == "portal");
    CHECK(is("/applicant/name") == "identity");
    CHECK(is("/form/mother/birth/text") == "identity");
    CHECK(is("/form/childHomeTown") == "identity"); // the form says so
    CHECK(is("/form/childEthnicGroup") == "identity");
    CHECK(is("/applicant/phone") == "contact");
    CHECK(is("/form/mother/address") == "contact");
    CHECK(is("/fees/0/amount") == "money");
    CHECK(is("/form/feeWaiver") == "money"); // why somebody need not pay
    CHECK(is("/status") == "workflow");
    CHECK(is("/dueAt") == "workflow");
    CHECK(is("/components") == "set");
    CHECK(is("/components/0/files") == "set");
    CHECK(is("/note") == "log");
    CHECK(is("/form/copies") == "form");
    CHECK(is("/form/neverHeardOf") == "form");
    // A group is as strict as the strictest in it.
    CHECK(is("/applicant") == "identity");
    CHECK(is("/form/child") == "identity");

    CHECK(rules.rule("/components").key == "code");
    CHECK(rules.rule("/components/0/files").key == "sha256");
    CHECK(rules.rule("/applicant/phone").offersLater);
    CHECK((rules.rule("/applicant/name").needsLeader && rules.rule("/applicant/name").needsPaper));
}

TEST_CASE("without any file a person decides everything but what the portal owns")
{
    const FieldRules floor;
    CHECK(floor.rule("/officialCode").both == Settle::Portal);
    CHECK(floor.mergesInARow() == 5);
    for (const char* pointer : {"/code", "/applicant/name", "/applicant/phone", "/fees", "/status", "/note",
                                "/components", "/form/x"}) {
        INFO(pointer);
        CHECK(floor.rule(pointer).both == Settle::Person);
    }
    CHECK(floor.rule("/applicant/name").needsReason);
    CHECK(floor.rule("/fees").needsReason);
}

TEST_CASE("a unit may be stricter than the rules, and choose within them")
{
    CHECK(refusedFor(R"({"classes": [{"class": "log", "both": "person"},
                                     {"class": "contact", "both": "person", "reason": true, "leader": true}],
                         "fields": [{"pointer": "/form/matter", "class": "identity"},
                                    {"pointer": "/form/shelf", "class": "counter"}]})")
              .empty());
}

TEST_CASE("nothing below the floor is loaded, and the error names the place")
{
    const auto refused = [](const std::string& file, const char* place) {
        const std::string said = refusedFor(file);
        INFO(said);
        CHECK(said.find("field-rules-unit.json") != std::string::npos);
        CHECK(said.find(place) != std::string::npos);
    };
    refused(R"({"classes": [{"class": "money", "both": "portal", "reason": true}]})", "#/classes/0");
    refused(R"({"classes": [{"class": "fixed", "both": "union", "reason": true}]})", "#/classes/0");
    refused(R"({"classes": [{"class": "identity", "both": "person"}]})", "needs a reason");
    refused(R"({"classes": [{"class": "form", "both": "portal"}]})", "#/classes/0");
    refused(R"({"classes": [{"class": "holy", "both": "person"}]})", "unknown class");
    refused(R"({"fields": [{"pointer": "/fees", "class": "form"}]})", "always of class \"money\"");
    refused(R"({"fields": [{"pointer": "/fees/0/amount", "class": "log"}]})", "always of class \"money\"");
    refused(R"({"fields": [{"pointer": "/form/child/name", "class": "contact"}]})", "identity");
    refused(R"({"fields": [{"pointer": "/form/*/name", "class": "form"}]})", "identity");
    refused(R"({"fields": [{"pointer": "/note", "class": "set"}]})", "key");
    refused(R"({"fields": [{"pointer": "note", "class": "log"}]})", "pointer");
    refused(R"({"fields": [{"pointer": "/note", "class": "log", "by": "x"}]})", "unknown member");
    refused(R"({"mergesInARow": 0})", "mergesInARow is 1 to 50");
    refused(R"({"mergesInARow": 51})", "mergesInARow is 1 to 50");
}

TEST_CASE("a form cannot make less of a person or an amount than it is")
{
    const EditableCatalogue edited;
    std::string form = edited.read("forms/marital-status.json");
    const std::string field = R"("label": "Dân tộc", "kind": "ethnic-group",)";
    const auto at = form.find(field);
    REQUIRE(at != std::string::npos);
    form.insert(at + field.size(), R"( "class": "form",)");
    edited.write("forms/marital-status.json", form);
    CHECK(edited.errorOfLoading().find("forms/marital-status.json#/sections/") != std::string::npos);
}
