// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/person_card.h"
#include "core/dossier/schema.h"
#include "tests/unit/dossier/draft_samples.h"

using namespace motcua;
using namespace motcua::test;

namespace {

using Strings = std::vector<std::string>;

const std::string kCard =
    "001084012345|012345678|Nguyễn Văn An|21061984|Nam|Thôn 1, Phúc Thọ, Phúc Thọ, Hà Nội|15072021";

Result<PersonCard> read(const std::string& text)
{
    return readPersonCard(text, catalogue(), day(2026, 11, 21));
}

Strings warningsOf(const std::string& text)
{
    const auto card = read(text);
    REQUIRE(card);
    Strings rules;
    for (const Problem& warning : card->warnings) {
        rules.push_back(warning.rule);
    }
    return rules;
}

} // namespace

TEST_CASE("the seven fields of a card become a person")
{
    const auto card = read(kCard);

    REQUIRE(card);
    CHECK(personCardToJson(*card) == Json{{"person",
                                           {{"name", "Nguyễn Văn An"},
                                            {"personalId", "001084012345"},
                                            {"oldId", "012345678"},
                                            {"birth", {{"text", "21/06/1984"}, {"precision", "day"}}},
                                            {"gender", "male"},
                                            {"address", "Thôn 1, Phúc Thọ, Phúc Thọ, Hà Nội"}}},
                                          {"oldId", "012345678"},
                                          {"issued", "2021-07-15"},
                                          {"warnings", Json::array()}});
    CHECK(validatePerson(card->person).empty());
}

TEST_CASE("what cards and scanners vary is tolerated")
{
    CHECK(read(kCard + "\r\n"));
    CHECK(read("\xEF\xBB\xBF" + kCard));
    CHECK(read(kCard + "|cha|mẹ|vợ")->person == read(kCard)->person);
    const auto bare = read("001184012345||Lê Thị Hoa|21/06/1984|Nữ|Hà Nội");
    REQUIRE(bare);
    CHECK(bare->oldId.empty());
    CHECK_FALSE(bare->issued);
    CHECK(bare->person["gender"] == "female");
    CHECK(bare->person["birth"]["text"] == "21/06/1984");
    CHECK(bare->warnings.empty());
    const auto twelve = read("001084012345|012345678901|A B|1984|Nam|Hà Nội|");
    REQUIRE(twelve);
    CHECK(twelve->oldId == "012345678901");
    CHECK_FALSE(twelve->person.contains("oldId"));
    CHECK(twelve->person["birth"] == Json{{"text", "1984"}, {"precision", "year"}});
    CHECK(read("001084012345||A|00001984|Nam|H")->person["birth"]["precision"] == "year");
    CHECK(read("001084012345||A|00061984|Nam|H")->person["birth"]["text"] == "06/1984");
    CHECK(read("001084012345||Nguye\xCC\x82\xCC\x83n|1984|Nam|H")->person["name"] == "Nguyễn");
}

TEST_CASE("the number is compared with year, sex and province")
{
    CHECK(warningsOf("001084012345||A B|21061985|Nam|H") == Strings{"personal-id-year"});
    CHECK(warningsOf("001084012345||A B|21061984|Nữ|H") == Strings{"personal-id-gender"});
    CHECK(warningsOf("003084012345||A B|21061984|Nam|H") == Strings{"personal-id-province"});
}

TEST_CASE("what a scanner broke is left out, the number still counts")
{
    CHECK(warningsOf("001084012345||Nguy?n V?n An|21061984|Nam|H") == Strings{"card-name"});
    CHECK(warningsOf("001084012345||Nguyá»…n VÄƒn An|21061984|Nam|HÃ  Ná»™i") ==
          Strings{"card-name", "card-address"});
    CHECK(warningsOf("001084012345||Nguy\xEA\xBB An|21061984|N\xFF|H") ==
          Strings{"card-name", "card-gender"});
    CHECK(warningsOf("001084012345||A B|31021984|Nam|H") == Strings{"card-birth"});
    CHECK(warningsOf("001084012345|x|A B|21061984|Nam|H|99999999") == Strings{"card-old-id", "card-issued"});
    const auto broken = read("001084012345||Nguy?n|21061984|Nam|H");
    CHECK_FALSE(broken->person.contains("name"));
    CHECK(broken->person["personalId"] == "001084012345");
}

TEST_CASE("Vietnamese capitals and minority names are not taken for broken letters")
{
    for (const char* const name :
         {"NGUYỄN THỊ ÁNH", "Đỗ Ý Nhi", "H'Hen Niê", "Y Bhăm Êñuôl", "ÂU DƯƠNG Á", "Ksor H’Bia"}) {
        INFO(name);
        CHECK(warningsOf("001084012345||" + std::string(name) + "|21061984|Nam|Xã Ea Tu") == Strings{});
    }
}

TEST_CASE("what is no card is refused")
{
    CHECK_FALSE(read(""));
    CHECK_FALSE(read("   \r\n"));
    CHECK_FALSE(read("Nguyễn Văn An"));
    CHECK_FALSE(read("012345678||A|1984|Nam|H"));
    CHECK_FALSE(read("00108401234X||A|1984|Nam|H"));
    CHECK_FALSE(read("001084012345||A|1984|Nam"));
    CHECK_FALSE(read("https://example.org/?a|b|c|d|e|f"));
    CHECK_FALSE(read(std::string(10000, '|')));
    CHECK_FALSE(read("001084012345||" + std::string(5000, 'a') + "|1984|Nam|H"));
}

TEST_CASE("hostile fields stay text or are left out")
{
    const auto card = read("001084012345||<b>=1+1</b>|21061984|Nam|../../etc/passwd");
    REQUIRE(card);
    CHECK(card->person["name"] == "<b>=1+1</b>");
    CHECK(card->person["address"] == "../../etc/passwd");
    CHECK(warningsOf("001084012345||" + std::string(121, 'a') + "|21061984|Nam|H") == Strings{"card-name"});
    CHECK(warningsOf("001084012345||A" + std::string(1, '\0') + "B|21061984|Nam|H") == Strings{"card-name"});
}
