// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/counter.h"

#include <catch2/catch.hpp>

namespace motcua::testing {

namespace {

const char* const kLedger = "Số;Họ và tên;Ngày sinh;Nơi sinh\r\n"
                            "1;Nguyễn Văn An;21/06/1984;xã Phúc Thọ\r\n"
                            "2;Trần Thị Bình;khoảng 1950;xã Hát Môn\r\n"
                            ";;;\r\n"
                            "hai;;mùa xuân;\r\n";

std::string mapText(const std::string& encoding = "auto")
{
    return dumpJson({{"book", {{"kind", "birth"}, {"year", 2005}}},
                     {"encoding", encoding},
                     {"columns",
                      {{{"column", "A"}, {"field", "number"}},
                       {{"title", "ho va ten"}, {"field", "person.name"}},
                       {{"column", 3}, {"field", "person.birth"}},
                       {{"column", "D"}, {"field", "person.birthPlace"}}}}});
}

} // namespace

TEST_CASE("an old ledger is looked at, checked, taken in once, and found", "[ledger]")
{
    const Counter counter;
    const std::string file = counter.folder.write("so.csv", kLedger);
    const std::string map = counter.folder.write("map.json", mapText());
    const std::int64_t before = counter.entries();

    const Run look = counter({"import", file, "--check"});
    CHECK(look.exit == 0);
    CHECK(look.json()["columns"][1]["meant"] == "person.name");
    CHECK(look.json()["suggested"]["columns"].size() == 4);

    const Run check = counter({"import", file, "--map", map, "--check"});
    REQUIRE(check.exit == 0);
    CHECK(check.json()["imported"] == 3);
    CHECK(check.json()["skipped"] == 1);
    CHECK(check.json()["columns"][1]["encoding"] == "unicode");
    CHECK(hasRule(check.json(), "date"));
    CHECK(counter.entries() == before);

    const Run import = counter({"import", file, "--map", map});
    REQUIRE(import.exit == 0);
    CHECK(import.json()["imported"] == 3);
    CHECK(import.json()["skipped"] == 1);
    CHECK(import.json()["review"] == 1);
    CHECK(hasProblem(import.json(), "/rows/5/C"));
    CHECK(counter({"queue"}).json()["operations"].empty());

    const Run again = counter({"import", file, "--map", map});
    CHECK(again.exit == 1);
    CHECK(hasRule(again.json(), "already-imported"));

    const Json found = counter({"find", "an nguyen van"}).json();
    CHECK(found["hits"].empty());
    REQUIRE(found["ledger"].size() == 1);
    CHECK(found["ledger"][0]["from"] == "so.csv:2");
    CHECK(counter({"verify", "--full"}).json()["ok"] == true);
}

TEST_CASE("a map that does not fit is refused with all that is wrong, and nothing is written", "[ledger]")
{
    const Counter counter;
    const std::string file = counter.folder.write("so.csv", kLedger);
    const std::int64_t before = counter.entries();

    const Json columns{{{"column", "Z"}, {"field", "number"}}, {{"title", "Không có"}, {"field", "note"}}};
    const Run wide = counter(
        {"import", file, "--map",
         counter.folder.write("a.json", dumpJson({{"book", {{"kind", "birth"}}}, {"columns", columns}}))});
    CHECK(wide.exit == 1);
    CHECK(hasProblem(wide.json(), "/columns/0/column"));
    CHECK(hasProblem(wide.json(), "/columns/1/column"));
    CHECK(counter({"import", file, "--map", counter.folder.write("b.json", "{")}).exit == 1);
    CHECK(counter({"import", file, "--map", counter.folder.write("c.json", mapText("koi8"))}).exit == 1);
    CHECK(counter(
              {"import", counter.folder.name("none.csv"), "--map", counter.folder.write("d.json", mapText())})
              .exit == 1);
    CHECK(counter({"import", file}).exit == 2);
    CHECK(counter.entries() == before);
}

TEST_CASE("a damaged workbook is refused before anything is written", "[ledger]")
{
    const Counter counter;
    const std::string map = counter.folder.write("map.json", mapText());
    const std::int64_t before = counter.entries();

    for (const std::string& bytes : {std::string("PK\x03\x04 cut"), std::string("\xD0\xCF\x11\xE0 old")}) {
        const Run run = counter({"import", counter.folder.write("so.xlsx", bytes), "--map", map});
        CHECK(run.exit == 1);
        CHECK_FALSE(run.err.empty());
    }
    CHECK(counter.entries() == before);
}

TEST_CASE("an import is listed, its odd rows are written to a file, and it can be taken back", "[ledger]")
{
    const Counter counter;
    const std::string file = counter.folder.write("so.csv", kLedger);
    const std::string map = counter.folder.write("map.json", mapText());
    REQUIRE(counter({"import", file, "--map", map}).exit == 0);

    const Json list = counter({"import", "list"}).json();
    REQUIRE(list["ledgers"].size() == 1);
    CHECK(list["ledgers"][0]["done"] == true);
    CHECK(list["ledgers"][0]["sha256"].get<std::string>().size() == 64);

    for (const char* name : {"odd.xlsx", "odd.csv", "odd.json"}) {
        const Run saved = counter({"import", "problems", "1", "--out", counter.folder.name(name)});
        CHECK(saved.exit == 0);
        CHECK(saved.json()["rows"] == 1);
        CHECK(std::filesystem::file_size(counter.folder.name(name)) > 0);
    }
    const Json rows = counter({"import", "rows", "1", "--limit", "2"}).json();
    REQUIRE(rows["rows"].size() == 2);
    CHECK(rows["rows"][1]["entry"]["person"]["birth"]["approximate"] == true);

    counter.addUser("minh", "supervisor");
    CHECK(counter.as("minh", {"import", file, "--map", map}).exit == 1);
    CHECK(counter.as("minh", {"import", "withdraw", "1", "--reason", "nhầm"}).exit == 1);
    CHECK(counter({"import", "withdraw", "1"}).exit == 2);
    CHECK(counter({"import", "withdraw", "1", "--reason", "nhầm quyển"}).exit == 0);
    CHECK(counter({"find", "nguyen van an"}).json()["ledger"].empty());
    CHECK(counter({"import", file, "--map", map}).exit == 0);
    CHECK(counter({"verify", "--full"}).json()["ok"] == true);
}

} // namespace motcua::testing
