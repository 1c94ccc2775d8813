// SPDX-License-Identifier: GPL-3.0-or-later
// Commands that need no register.
#include "tests/cli/counter.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace motcua::testing;

TEST_CASE("an amount in words stands as on paper, in the unit's choice of words", "[text]")
{
    CHECK(runCtl({"words", "21000"}).out == "Hai mươi mốt nghìn đồng\n");
    CHECK(runCtl({"words", "0", "--json"}).json() == Json{{"words", "Không đồng"}});
    CHECK(runCtl({"words", "1000005", "--zero", "lẻ", "--thousand", "ngàn", "--json"}).json().at("words") ==
          "Một triệu không trăm lẻ năm đồng");
    CHECK(runCtl({"words", "1000000000000000"}).exit == 0);
}

TEST_CASE("names fold to their search key and sort by given name, a line each", "[text]")
{
    const std::string names = "Nguyễn Văn Hòa\nNguyễn Văn Hoà\nĐặng Thị Ánh\nTrần Văn An\n";

    const Run folded = runCtl({"name", "fold"}, names);
    const Run sorted = runCtl({"name", "sort"}, names);

    CHECK(folded.exit == 0);
    CHECK(folded.out == "nguyen van hoa\nnguyen van hoa\ndang thi anh\ntran van an\n");
    CHECK(sorted.exit == 0);
    CHECK(sorted.out == "Trần Văn An\nĐặng Thị Ánh\nNguyễn Văn Hoà\nNguyễn Văn Hòa\n");
    CHECK(runCtl({"name", "fold"}, "").out.empty());
    CHECK(runCtl({"name", "fold"}, "Lê\r\nVõ").out == "le\nvo\n"); // a Windows file, no last line feed
}

TEST_CASE("a card's text becomes a person, and nonsense is refused", "[text]")
{
    const TemporaryFolder folder;
    const std::string scanned =
        "001090012345|123456789|Nguyễn Văn An|15031990|Nam|thôn Đông, Phúc Thọ, Hà Nội|21112021";

    const Run card = runCtl({"card", "--file", "-", "--json"}, scanned + "\r\n");
    const Run fromFile = runCtl({"card", "--file", folder.write("card.txt", scanned), "--json"});
    const Run nonsense = runCtl({"card", "--file", "-", "--json"}, "https://example.vn/x");

    CHECK(card.exit == 0);
    CHECK(card.json() == fromFile.json());
    CHECK(card.json().at("person").at("name") == "Nguyễn Văn An");
    CHECK(card.json().at("person").at("personalId") == "001090012345");
    CHECK(card.json().at("oldId") == "123456789");
    CHECK(card.json().at("warnings").is_array());
    CHECK(nonsense.exit == 1);
    CHECK(hasRule(nonsense.json(), "unreadable-card"));
}

TEST_CASE("the catalogue shows procedures as in force on a day", "[text]")
{
    const Run list = runCtl({"procedure", "list", "--on", "2026-11-23", "--json"});
    const Run show = runCtl({"procedure", "show", "1.001193", "--on", "2026-11-23", "--json"});
    const Run later = runCtl({"procedure", "show", "1.001193", "--on", "2027-03-01", "--json"});

    REQUIRE(list.exit == 0);
    CHECK(list.json().at("procedures").size() > 20);
    REQUIRE(show.exit == 0);
    const Json birth = show.json();
    CHECK(birth.at("name") == "Đăng ký khai sinh");
    for (const char* member : {"code", "name", "field", "term", "variants", "papers", "fees", "form",
                               "result", "sure", "effectiveFrom", "effectiveTo"}) {
        INFO(member);
        CHECK(birth.contains(member));
    }
    CHECK(later.json().at("sure") == "carried-over"); // the new law's circulars are not known
    CHECK(runCtl({"procedure", "show", "1.001193"}).out.find("Giấy chứng sinh") != std::string::npos);
}

TEST_CASE("a procedure that is not there is refused by name", "[text]")
{
    const Run show = runCtl({"procedure", "show", "9.999999", "--json"});
    const Run fee = runCtl({"fee", "9.999999", "--json"});

    CHECK(show.exit == 1);
    CHECK(hasRule(show.json(), "unknown-procedure"));
    CHECK(fee.exit == 1);
}

TEST_CASE("an appointment comes with the days that counted and why", "[text]")
{
    const Run morning = runCtl({"deadline", "1.001193", "--received", "2026-11-23T08:00:00+07:00", "--json"});
    const Run late = runCtl({"deadline", "1.001193", "--received", "2026-11-23T15:01:00+07:00", "--json"});
    const Run days = runCtl({"deadline", "1.004873", "--received", "2026-11-19T08:00:00+07:00", "--json"});
    const Run waiting = runCtl({"deadline", "1.004873", "--received", "2026-11-19T08:00:00+07:00",
                                "--suspend", "2026-11-20T08:00:00+07:00/", "--json"});

    CHECK(morning.json().at("dueAt") == "2026-11-23T09:30:00.000Z");
    CHECK(late.json().at("dueAt") > "2026-11-24T00:00:00.000Z");
    CHECK(days.json().at("unit") == "working_day");
    CHECK(days.json().at("steps").size() > 3); // the weekend stands between
    CHECK(waiting.exit == 0);
    CHECK(waiting.json().at("dueAt").is_null());
    CHECK_FALSE(stringAt(waiting.json(), "reason").empty());
}

TEST_CASE("a fee comes with its arithmetic, and a misspelt waiver is not silently charged", "[text]")
{
    const Run copies =
        runCtl({"fee", "2.000815", "--on", "2026-11-23", "--pages", "3", "--copies", "2", "--json"});
    const Run waiver = runCtl({"fee", "2.000815", "--waiver", "người ngoài hành tinh", "--json"});
    const Run none = runCtl({"fee", "2.000815", "--pages", "0", "--json"});

    REQUIRE(copies.exit == 0);
    std::int64_t sum = 0;
    const Json fee = copies.json();
    for (const Json& line : fee.at("lines")) {
        sum += line.at("amount").get<std::int64_t>();
    }
    CHECK(copies.json().at("amount") == sum);
    CHECK(sum == 10'000); // 2,000 + 2,000 + 1,000 a copy
    CHECK(waiver.exit == 1);
    CHECK(hasRule(waiver.json(), "unknown-waiver"));
    CHECK(none.exit == 1);
}
