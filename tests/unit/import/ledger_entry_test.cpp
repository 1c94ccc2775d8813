// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/ledger_dates.h"
#include "core/import/ledger_survey.h"

#include <catch2/catch.hpp>

namespace motcua {

namespace {

std::string dateOf(std::string_view text)
{
    const auto date = ledgerDate(text);
    return date ? stringAt(*date, "precision") + " " + stringAt(*date, "text") +
                      (date->contains("approximate") ? " approximate" : "")
                : "none";
}

ReadyMap mapOf(const std::vector<std::string>& fields, LetterCode code = LetterCode::Unicode)
{
    ReadyMap ready;
    ready.map.book = "birth";
    for (std::size_t i = 0; i < fields.size(); ++i) {
        ColumnRule rule;
        rule.column = i;
        rule.field = fields[i];
        rule.code = code;
        ready.map.columns.push_back(rule);
        ready.codes.push_back(code);
        ready.rules.emplace_back(i);
    }
    return ready;
}

LedgerRow rowOf(const std::vector<std::string>& texts, const ReadyMap& map)
{
    TableRow row;
    row.number = 7;
    for (const std::string& text : texts) {
        SheetCell cell;
        cell.text = text;
        row.cells.push_back(cell);
    }
    return readLedgerRow(row, map, {});
}

bool hasProblem(const LedgerRow& row, std::string_view rule)
{
    return std::ranges::any_of(row.problems,
                               [&](const CellProblem& problem) { return problem.rule == rule; });
}

} // namespace

TEST_CASE("days of old ledgers keep the precision they were written with", "[import][entry]")
{
    CHECK(dateOf("21/06/1984") == "day 21/06/1984");
    CHECK(dateOf("5-3-1984") == "day 05/03/1984");
    CHECK(dateOf("5.3.1984") == "day 05/03/1984");
    CHECK(dateOf("ngày 5 tháng 3 năm 1984") == "day 05/03/1984");
    CHECK(dateOf("1984-06-21") == "day 21/06/1984");
    CHECK(dateOf("06/1984") == "month 06/1984");
    CHECK(dateOf("tháng 6 năm 1984") == "month 06/1984");
    CHECK(dateOf("1984") == "year 1984");
    CHECK(dateOf("năm 1984") == "year 1984");
    CHECK(dateOf("khoảng 1950") == "year 1950 approximate");
    CHECK(dateOf("Khoảng năm 1950") == "year 1950 approximate");
    for (const char* text : {"05/03/84", "31/02/1984", "32/01/1984", "13/13/1984", "mùa xuân", "", "1/1/1",
                             "06/21/1984", "1984/06", "21/06/1984 (âm lịch)", "=1+1"}) {
        INFO(text);
        CHECK(dateOf(text) == "none");
    }
}

TEST_CASE("numbers of entries are read with their year", "[import][entry]")
{
    CHECK(ledgerNumber("012")->number == "12");
    CHECK(ledgerNumber("Số 7")->number == "7");
    CHECK(ledgerNumber("12a")->number == "12a");
    CHECK(ledgerNumber("12/2005")->year == 2005);
    CHECK_FALSE(ledgerNumber("không số"));
    CHECK_FALSE(ledgerNumber("12/05"));
    CHECK_FALSE(ledgerNumber(""));
}

TEST_CASE("a row becomes an entry, and every cell stays as it was", "[import][entry]")
{
    const ReadyMap map = mapOf({"number", "registeredOn", "person.name", "person.birth", "person.gender",
                                "father.name", "person.personalId", "person.birthPlace", ""});
    const LedgerRow row = rowOf({"012", "05/03/2005", "  Nguyễn  Văn An ", "2005", "Nữ", "NGUYỄN VĂN BÌNH",
                                 "012345678", "xã Phúc Thọ, huyện Phúc Thọ, tỉnh Hà Tây", "thêm"},
                                map);

    CHECK(row.state == RowState::Good);
    CHECK(row.entryNumber == "12");
    CHECK(row.year == 2005);
    CHECK(row.name == "Nguyễn Văn An");
    CHECK(row.cells[2] == "  Nguyễn  Văn An ");
    CHECK(row.texts[2].is_null()); // the conversion changed nothing
    CHECK(row.cells[8] == "thêm");
    CHECK(row.entry["person"]["birth"]["precision"] == "year");
    CHECK(row.entry["person"]["gender"] == "female");
    CHECK(row.entry["person"]["oldId"] == "012345678");
    CHECK(row.entry["person"]["birthPlace"] == "xã Phúc Thọ, huyện Phúc Thọ, tỉnh Hà Tây");
    CHECK(row.entry["father"]["name"] == "NGUYỄN VĂN BÌNH");
}

TEST_CASE("what cannot be understood comes in all the same and says so", "[import][entry]")
{
    const ReadyMap map =
        mapOf({"number", "person.name", "person.birth", "person.personalId", "person.gender"});
    const LedgerRow row = rowOf({"?", "", "mùa xuân", "12345", "x"}, map);

    CHECK(row.state == RowState::Review);
    for (const char* rule : {"number", "name-missing", "date", "id", "gender"}) {
        INFO(rule);
        CHECK(hasProblem(row, rule));
    }
    CHECK(row.entry["person"]["birth"]["written"] == "mùa xuân");
    CHECK(row.cells[2] == "mùa xuân");
}

TEST_CASE("only blank rows, headers that come again and rows beyond the limits are left out",
          "[import][entry]")
{
    ReadyMap map = mapOf({"number", "person.name"});
    map.titles = {"so", "ho ten"};

    CHECK(hasProblem(rowOf({"", "  "}, map), "blank"));
    CHECK(rowOf({"Số", "Họ tên"}, map).state == RowState::Skipped);
    CHECK(hasProblem(rowOf({"Số", "Họ tên"}, map), "header-again"));
    CHECK(rowOf({"Tổng cộng", ""}, map).state == RowState::Review);
}

TEST_CASE("letters that the code lacks are named with their cell", "[import][entry]")
{
    const ReadyMap map = mapOf({"number", "person.name"}, LetterCode::Tcvn3);
    const LedgerRow odd = rowOf({"1", "NguyÔn\u00C0"}, map);
    const LedgerRow mixed = rowOf({"2", "Nguyễn Văn An"}, map);
    const LedgerRow good = rowOf({"3", "NguyÔn V¨n An"}, map);

    CHECK(hasProblem(odd, "letters"));
    CHECK(odd.problems.front().column == 1);
    CHECK(odd.cells[1] == "NguyÔn\u00C0");
    CHECK(hasProblem(mixed, "letters-mixed"));
    CHECK(mixed.name == "Nguyễn Văn An");
    CHECK(good.state == RowState::Good);
    CHECK(good.texts[1] == "Nguyễn Văn An");
}

TEST_CASE("a map is read strictly, all that is wrong at once", "[import][map]")
{
    const Json wrong{{"book", {{"kind", "births"}}},
                     {"encoding", "koi8"},
                     {"colour", "red"},
                     {"columns",
                      {{{"column", "A"}, {"field", "nom"}},
                       {{"column", "?"}, {"field", "number"}},
                       {{"column", 3}, {"field", "number"}}}}};
    const auto map = parseLedgerMap(wrong);

    REQUIRE_FALSE(map);
    CHECK(map.error().size() == 6);
    CHECK_FALSE(parseLedgerMap(Json::array()));
    CHECK_FALSE(parseLedgerMap(Json{{"book", {{"kind", "birth"}}}}));

    const Json good{
        {"book", {{"kind", "birth"}, {"year", 1998}, {"volume", "02"}}},
        {"header", 3},
        {"delimiter", ";"},
        {"columns", {{{"column", "AB"}, {"field", "number"}, {"encoding", "vni"}, {"capitals", true}}}}};
    const auto read = parseLedgerMap(good);
    REQUIRE(read);
    CHECK(read->columns[0].column == 27);
    CHECK(toJson(*read) == good);
}

TEST_CASE("titles as people write them suggest fields", "[import][map]")
{
    for (const auto& [title, field] :
         std::vector<std::pair<std::string, std::string>>{{"Họ và tên", "person.name"},
                                                          {"NGÀY, THÁNG, NĂM SINH", "person.birth"},
                                                          {"Giới tính", "person.gender"},
                                                          {"Họ tên người cha", "father.name"},
                                                          {"Họ tên mẹ", "mother.name"},
                                                          {"Số", "number"},
                                                          {"Quyển số", "volume"},
                                                          {"Ngày đăng ký", "registeredOn"},
                                                          {"Nơi sinh", "person.birthPlace"},
                                                          {"Ghi chú", "note"}}) {
        INFO(title);
        REQUIRE(fieldForTitle(title) != nullptr);
        CHECK(fieldForTitle(title)->name == field);
    }
    CHECK(fieldForTitle("Cột lạ") == nullptr);
    CHECK(fieldForTitle("") == nullptr);
}

} // namespace motcua
