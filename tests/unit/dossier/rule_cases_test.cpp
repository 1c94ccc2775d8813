// SPDX-License-Identifier: GPL-3.0-or-later
// Every rule of the shipped catalogue is shown with a case that keeps it, one that breaks it, and its source.
#include "core/dossier/jurisdiction.h"
#include "core/dossier/registration.h"
#include "core/dossier/rule_cases.h"
#include "tests/unit/catalogue/catalogue_fixture.h"

#include <set>

using namespace motcua;
using namespace motcua::test;

namespace {

Form formOf(const Json& rule)
{
    const Json field{{"pointer", "/applicant"},
                     {"label", "Người yêu cầu"},
                     {"kind", "person"},
                     {"required", true},
                     {"parts", {{"name", "required"}}}};
    const Json date{{"pointer", "/form/day"}, {"label", "Ngày"}, {"kind", "date"}};
    const Json json{{"id", "x"},
                    {"title", "X"},
                    {"sections", Json::array({{{"title", "S"}, {"fields", Json::array({field, date})}}})},
                    {"rules", Json::array({rule})}};
    auto form = formFromJson(Source(json, "forms/x.json"));
    INFO((form ? std::string() : form.error().detail));
    REQUIRE(form);
    return *form;
}

std::string faultOf(const Json& passes, const Json& fails, const Json& more = Json::object())
{
    static const Catalogue catalogue = loadShipped();
    Json rule{{"name", "r"},
              {"severity", "hard"},
              {"pointers", {"/form/day"}},
              {"check", {{"atMost", {"/form/day", "today"}}}},
              {"message", "M"},
              {"source", "S"},
              {"passes", passes},
              {"fails", fails}};
    rule.merge_patch(more);
    const Form form = formOf(rule);
    return faultOfCases(form, form.rules.front(), catalogue.calendar());
}

} // namespace

TEST_CASE("every rule of the catalogue has a source, a case that keeps it and a case that breaks it")
{
    const Catalogue catalogue = loadShipped();
    const std::vector<RuleRow> rows = allRules(catalogue);

    std::set<std::string> ids;
    for (const RuleRow& row : rows) {
        INFO(row.id);
        CHECK(faultOfCases(*row.form, *row.rule, catalogue.calendar()) == "");
        CHECK(ids.insert(row.id).second);
    }
    CHECK(rows.size() >= 300);
}

TEST_CASE("a pair of cases that does not show its rule is found out")
{
    const Json kept{{"/form/day", "1984"}};
    const Json broken{{"/form/day", "12/2026"}};

    CHECK(faultOf(kept, broken).empty());
    CHECK(faultOf(broken, kept) == "is not surely kept in the case that should pass");
    CHECK(faultOf(kept, kept) == "is not surely broken in the case that should fail");
    CHECK(faultOf({{"/form/day", "11/2026"}}, broken) == "is not surely kept in the case that should pass");
    CHECK(faultOf(kept, {{"/form/day", "11/2026"}}) == "is not surely broken in the case that should fail");
    CHECK(faultOf(kept, broken, {{"passes", nullptr}}) == "has no pair of cases");
    CHECK(faultOf(kept, broken, {{"source", nullptr}}) == "has no source");
    CHECK(faultOf(kept, broken, {{"when", {{"present", "/form/other"}}}}) ==
          "is not surely kept in the case that should pass");
    CHECK(faultOf({{"today", "2027-03-01"}, {"/form/day", "1984"}}, broken,
                  {{"effectiveTo", "2027-02-28"}}) == "has a case on a day on which it is not in force");
    CHECK(faultOf({{"/form/day~", "1984"}, {"/form/day/text/x", 1}, {"day", 5}}, broken) ==
          "is not surely kept in the case that should pass");
}

TEST_CASE("a rule counts from its first day to its last")
{
    const Catalogue catalogue = loadShipped();
    const Form form = formOf({{"name", "r"},
                              {"severity", "soft"},
                              {"pointers", {"/form/day"}},
                              {"check", {{"present", "/form/day"}}},
                              {"message", "M"},
                              {"effectiveFrom", "2026-12-01"},
                              {"effectiveTo", "2027-02-28"}});
    const Json empty = Json::object();
    const auto brokenOn = [&](Day today) {
        return brokenRules(form, {empty, today, catalogue.calendar()}).size();
    };

    CHECK(brokenOn(day(2026, 11, 30)) == 0);
    CHECK(brokenOn(day(2026, 12, 1)) == 1);
    CHECK(brokenOn(day(2027, 2, 28)) == 1);
    CHECK(brokenOn(day(2027, 3, 1)) == 0);
}

TEST_CASE("a place lies in the unit, elsewhere, or it cannot be told")
{
    const std::string unit = "UBND xã Phúc Thọ";

    CHECK(liesInUnit("thôn 2, xã Phúc Thọ, thành phố Hà Nội", unit) == true);
    CHECK(liesInUnit("XA PHUC THO, Hà Nội", unit) == true);
    CHECK(liesInUnit("xã Sóc Sơn, thành phố Hà Nội", unit) == false);
    CHECK(liesInUnit("phường Ba Đình, thành phố Hà Nội", unit) == false);
    // A commune of a district is one of before July 2025: it may have become part of this one.
    CHECK(liesInUnit("xã Võng Xuyên, huyện Phúc Thọ, Hà Nội", unit) == std::nullopt);
    CHECK(liesInUnit("xã Phúc Thọ, huyện Khác, tỉnh Khác", unit) == std::nullopt);
    CHECK(liesInUnit("số 5 phố Huế", unit) == std::nullopt);
    CHECK(liesInUnit("", unit) == std::nullopt);
    CHECK(liesInUnit("xã Phúc Thọ", "") == std::nullopt);
    CHECK(liesInUnit("xã Phúc Thọ", "Sở Tư pháp") == std::nullopt);
    CHECK(liesInUnit("xã Phúc Thọ", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ PHÚC THỌ") == true);
    CHECK(liesInUnit("phường Cửa Nam, Hà Nội", "UBND phường Cửa Nam") == true);
}

TEST_CASE("late is what was declared late, whatever the office promises")
{
    const Catalogue catalogue = loadShipped();
    const auto kindOf = [&](const char* procedure, const Json& form, Day received) {
        const Procedure* found = catalogue.find(procedure, received);
        REQUIRE(found != nullptr);
        return registrationKindName(registrationKind(catalogue.form(*found, received), {{"form", form}},
                                                     received, catalogue.calendar()));
    };
    const auto died = [](const char* text, const char* precision) {
        return Json{{"deathDate", {{"text", text}, {"precision", precision}}}};
    };

    CHECK(kindOf("1.000656", died("05/11/2026", "day"), day(2026, 11, 20)) == "on-time");
    CHECK(kindOf("1.000656", died("04/11/2026", "day"), day(2026, 11, 20)) == "late");
    CHECK(kindOf("1.000656", died("11/2026", "month"), day(2026, 11, 20)) == "plain"); // cannot be told
    CHECK(kindOf("1.000656", died("2025", "year"), day(2026, 11, 20)) == "late");
    CHECK(kindOf("1.000656", Json::object(), day(2026, 11, 20)) == "plain");
    CHECK(kindOf("1.005461", died("2010", "year"), day(2026, 11, 20)) == "again");
    CHECK(kindOf("1.000894", Json::object(), day(2026, 11, 20)) == "plain");
    CHECK(registrationKindLabel(RegistrationKind::Late) == "quá hạn");
    CHECK(registrationKindLabel(RegistrationKind::Plain).empty());
}

TEST_CASE("the table of rules in the repository is that of the catalogue")
{
    const std::string place = std::string(MOTCUA_SOURCE_DIR) + "/resources/catalogue/RULES.md";
    std::ifstream file(place);
    const std::string written{std::istreambuf_iterator<char>(file), {}};
    const std::string table = ruleTable(loadShipped());

    // `motcuactl procedure rules > resources/catalogue/RULES.md` writes it, with a last line of figures.
    INFO("write it again with motcuactl procedure rules");
    CHECK(written.rfind(table, 0) == 0);
    CHECK(table.find("| mother-age | cần lý do |") != std::string::npos);
    CHECK(table.find("cần lý do đến 28/02/2027") != std::string::npos);
}
