// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/catalogue/catalogue_fixture.h"

using namespace motcua;
using namespace motcua::test;

namespace {

Units loadUnits()
{
    auto units = Units::load(shippedCatalogue());
    INFO((units ? std::string() : units.error().detail));
    REQUIRE(units);
    return std::move(*units);
}

} // namespace

TEST_CASE("34 provinces and 3,321 communes, each commune in a province")
{
    const Units units = loadUnits();

    CHECK(units.provinces().size() == 34);
    CHECK(units.communes().size() == 3321);
    for (const Commune& commune : units.communes()) {
        CHECK(units.province(commune.province) != nullptr);
    }
}

TEST_CASE("a commune is found by words of its and its province's name and written in two levels")
{
    const Units units = loadUnits();

    const auto hits = units.search("phuc tho ha noi", "", 5);

    REQUIRE_FALSE(hits.empty());
    CHECK(units.placeText(*hits.front(), day(2026, 11, 21)) == "xã Phúc Thọ, thành phố Hà Nội");
    CHECK(units.search("phuc tho", "01", 5).front() == hits.front());
    CHECK(units.search("phuc", "", 5).size() == 5);
    CHECK(units.search("zzz", "", 5).empty());
    CHECK(units.commune(hits.front()->code) == hits.front());
    CHECK(units.commune("99999") == nullptr);
}

TEST_CASE("a province that became a city has each name in its time")
{
    const Units units = loadUnits();
    const Province* const quangNinh = units.province("22");
    REQUIRE(quangNinh != nullptr);
    const auto communes = units.search("ha long", "22", 1);
    REQUIRE(communes.size() == 1);

    CHECK(quangNinh->nameOn(day(2026, 9, 19)) == "Tỉnh Quảng Ninh");
    CHECK(quangNinh->nameOn(day(2026, 9, 20)) == "Thành phố Quảng Ninh");
    const std::string before = units.placeText(*communes.front(), day(2026, 9, 19));
    CHECK(before.find(", tỉnh Quảng Ninh") != std::string::npos);
}

TEST_CASE("a hint names the former communes as text")
{
    const auto hints = MergeHints::load(shippedCatalogue());

    INFO((hints ? std::string() : hints.error().detail));
    REQUIRE(hints);
    CHECK(hints->formedFrom("00004").find("Quán Thánh") != std::string::npos);
    CHECK(hints->formedFrom("99999").empty());
}

TEST_CASE("units with a broken row are refused where it stands")
{
    const EditableCatalogue edited;
    edited.write("units.json",
                 R"({"provinces": [{"code": "01", "name": "Thành phố Hà Nội", "short": "Hà Nội"}],
        "communes": {"01": [["00004"]]}})");

    const auto units = Units::load(edited.folder());

    REQUIRE_FALSE(units);
    CHECK(units.error().detail == "units.json#/communes/01/0: a commune is [code, name]");
}
