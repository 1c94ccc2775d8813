// SPDX-License-Identifier: GPL-3.0-or-later
// What a city published, on the counter that got it.
#include "core/catalogue/publication.h"
#include "tests/unit/catalogue/catalogue_fixture.h"

using namespace motcua;
using namespace motcua::test;

namespace {

const Day kDay = day(2026, 11, 23);

CataloguePublication shippedPublication()
{
    auto publication = readCataloguePublication(shippedCatalogue());
    REQUIRE(publication);
    return std::move(*publication);
}

Catalogue loadCitys(const CataloguePublication& city)
{
    auto catalogue = Catalogue::load(shippedCatalogue(), city);
    INFO((catalogue ? std::string() : catalogue.error().detail));
    REQUIRE(catalogue);
    return std::move(*catalogue);
}

std::string errorOf(const CataloguePublication& city)
{
    auto catalogue = Catalogue::load(shippedCatalogue(), city);
    if (!catalogue) {
        return catalogue.error().detail;
    }
    const auto units = catalogue->loadUnits();
    return units ? "loads" : units.error().detail;
}

Json& procedureIn(CataloguePublication& city, const std::string& code)
{
    for (Json& procedure : city.content["procedures"]) {
        if (stringAt(procedure, "code") == code) {
            return procedure;
        }
    }
    FAIL("no procedure " << code);
    return city.content;
}

} // namespace

TEST_CASE("what was published comes out of it again, under the city's version")
{
    CataloguePublication city = shippedPublication();
    city.version = "Hà Nội 12/2026";
    const Catalogue shipped = loadShipped();

    const Catalogue catalogue = loadCitys(city);

    CHECK(catalogue.version() == "Hà Nội 12/2026");
    for (const Day on : {kDay, day(2027, 3, 1)}) {
        const auto mine = catalogue.procedures(on);
        const auto theirs = shipped.procedures(on);
        REQUIRE(mine.size() == theirs.size());
        for (std::size_t i = 0; i < mine.size(); ++i) {
            CHECK(procedureToJson(*mine[i], catalogue.form(*mine[i], on), on) ==
                  procedureToJson(*theirs[i], shipped.form(*theirs[i], on), on));
        }
    }
    CHECK(catalogue.loadUnits()->communes().size() == shipped.loadUnits()->communes().size());
    CHECK(catalogue.loadMergeHints()->formedFrom("10147") == shipped.loadMergeHints()->formedFrom("10147"));
}

TEST_CASE("procedures, fees and days off are the city's; forms and the lunar calendar are the program's")
{
    CataloguePublication city = shippedPublication();
    procedureIn(city, "1.001193")["term"] = Json{{"n", 5}, {"unit", "working_day"}};
    city.content["holidays"].push_back(
        {{"day", "2026-11-23"}, {"kind", "off"}, {"name", "Nghỉ bão"}, {"status", "official"}});
    city.content["units"][0]["name"] = "Thành phố Hà Nội mở rộng";

    const Catalogue catalogue = loadCitys(city);

    CHECK(catalogue.find("1.001193", kDay)->term.span.n == 5);
    CHECK(catalogue.calendar().dayInfo(kDay).kind == DayKind::Off);
    CHECK(loadShipped().calendar().dayInfo(kDay).kind == DayKind::Working);
    CHECK(catalogue.loadUnits()->provinces().front().name == "Thành phố Hà Nội mở rộng");
    CHECK(catalogue.form(*catalogue.find("1.001193", kDay), kDay).id == "birth");
}

TEST_CASE("what the contract lets a portal leave out comes from the program")
{
    CataloguePublication city = shippedPublication();
    for (const char* member : {"fees", "units", "repealed", "notes", "holidayYears"}) {
        city.content.erase(member);
    }

    const Catalogue catalogue = loadCitys(city);

    const Catalogue shipped = loadShipped();
    CHECK(catalogue.find("2.000815", kDay)->fees.size() == shipped.find("2.000815", kDay)->fees.size());
    CHECK(catalogue.find("1.001193", kDay)->notes == shipped.find("1.001193", kDay)->notes);
    CHECK(catalogue.loadUnits()->provinces().size() == 34);
}

TEST_CASE("a unit's own files do not stand beside what the city published for it")
{
    const EditableCatalogue edited;
    edited.write("fees-unit.json",
                 R"({"fees":[{"procedure":"1.001193","code":"own","name":"Riêng","per":"case",
        "amount":7000,"sure":"verified","source":"x"}]})");
    const auto hasOwn = [&](const Catalogue& catalogue) {
        const auto& fees = catalogue.find("1.001193", kDay)->fees;
        return std::any_of(fees.begin(), fees.end(), [](const FeeRule& rule) { return rule.code == "own"; });
    };

    CHECK(hasOwn(*Catalogue::load(edited.folder())));
    CHECK_FALSE(hasOwn(*Catalogue::load(edited.folder(), shippedPublication())));
}

TEST_CASE("one wrong place refuses the whole of it, and is named")
{
    CataloguePublication city = shippedPublication();
    SECTION("a holiday that is no day")
    {
        city.content["holidays"][0]["day"] = "30/02/2027";
        CHECK(errorOf(city) != "loads");
    }
    SECTION("a kind of day off that nobody knows")
    {
        city.content["holidays"][1]["kind"] = "maybe";
        CHECK(errorOf(city) != "loads");
    }
    SECTION("a member that nobody knows")
    {
        procedureIn(city, "1.001193")["requiredWhne"] = 1;
        CHECK(errorOf(city).starts_with("city/procedures.json#/procedures/"));
    }
    SECTION("a form that this program does not have")
    {
        procedureIn(city, "1.001193")["form"] = "form-of-2030";
        CHECK(errorOf(city).find("form-of-2030") != std::string::npos);
    }
    SECTION("a fee of a procedure that is not in it")
    {
        city.content["fees"][0]["procedure"] = "9.999999";
        CHECK(errorOf(city).find("9.999999") != std::string::npos);
    }
    SECTION("a unit that is no commune")
    {
        city.content["units"][3]["communes"][0] = "Xã Phúc Thọ";
        CHECK(errorOf(city).find("city/units.json") != std::string::npos);
    }
    for (const char* member :
         {"procedures", "repealed", "notes", "fees", "holidays", "holidayYears", "units"}) {
        SECTION(std::string(member) + " of another shape")
        {
            city.content[member] = Json::array({1, "x", nullptr});
            CHECK(errorOf(city) != "loads");
        }
    }
}
