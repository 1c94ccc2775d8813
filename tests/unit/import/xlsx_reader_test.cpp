// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/xlsx_reader.h"

#include "tests/unit/import/table_samples.h"

#include <catch2/catch.hpp>

namespace motcua {

TEST_CASE("texts, figures and days of a workbook are read as they stand", "[import][xlsx]")
{
    const SampleFiles files;
    const std::string path = files.xlsx([](lxw_workbook* workbook, lxw_worksheet* sheet) {
        lxw_format* day = workbook_add_format(workbook);
        format_set_num_format(day, "dd/mm/yyyy");
        worksheet_write_string(sheet, 0, 0, "Họ tên", nullptr);
        worksheet_write_string(sheet, 1, 0, "Nguyễn Văn An & <b> \"x\"", nullptr);
        worksheet_write_number(sheet, 1, 1, 12, nullptr);
        worksheet_write_number(sheet, 1, 2, 30854, day);
        worksheet_write_number(sheet, 1, 4, 109201000123, nullptr);
        worksheet_write_boolean(sheet, 3, 0, 1, nullptr);
        worksheet_write_formula_str(sheet, 3, 1, "=cmd|'/c calc'!A1", nullptr, "0");
    });
    const auto rows = files.read(path);

    REQUIRE(rows.size() == 3); // the empty third row is not in the file
    CHECK(rows[1].cells[0].text == "Nguyễn Văn An & <b> \"x\"");
    CHECK(rows[1].cells[1].text == "12");
    CHECK(rows[1].cells[1].kind == CellKind::Number);
    CHECK(rows[1].cells[2].text == "30854");
    CHECK(rows[1].cells[2].kind == CellKind::Date);
    CHECK(rows[1].cells[2].shown == "21/06/1984");
    CHECK(rows[1].cells[3].text.empty());
    CHECK(rows[1].cells[4].text == "109201000123");
    CHECK(rows[2].number == 4);
    CHECK(rows[2].cells[0].kind == CellKind::Truth);
    CHECK(rows[2].cells[1].kind == CellKind::Formula);
    CHECK(rows[2].cells[1].text == "0"); // as it was kept; never computed
    CHECK(rows[2].cells[1].shown == "=cmd|'/c calc'!A1");
}

TEST_CASE("days are counted as spreadsheets count them", "[import][xlsx]")
{
    CHECK(serialDay(1, false, false) == "01/01/1900");
    CHECK(serialDay(59, false, false) == "28/02/1900");
    CHECK(serialDay(60, false, false) == "29/02/1900");
    CHECK(serialDay(61, false, false) == "01/03/1900");
    CHECK(serialDay(30854, false, false) == "21/06/1984");
    CHECK(serialDay(29392, false, true) == "21/06/1984");
    CHECK(serialDay(30854.5, true, false) == "21/06/1984 12:00");
    CHECK(serialDay(-1, false, false).empty());
    CHECK(serialDay(3e9, false, false).empty());
}

TEST_CASE("a font tells the letters of its cells", "[import][xlsx]")
{
    const SampleFiles files;
    const std::string path = files.xlsx([](lxw_workbook* workbook, lxw_worksheet* sheet) {
        lxw_format* abc = workbook_add_format(workbook);
        format_set_font_name(abc, ".VnTime");
        lxw_format* capitals = workbook_add_format(workbook);
        format_set_font_name(capitals, ".VnTimeH");
        lxw_format* vni = workbook_add_format(workbook);
        format_set_font_name(vni, "VNI-Times");
        worksheet_write_string(sheet, 0, 0, "NguyÔn V¨n An", abc);
        worksheet_write_string(sheet, 0, 1, "nguyÔn v¨n an", capitals);
        worksheet_write_string(sheet, 0, 2, "Nguyeãn Vaên An", vni);
        worksheet_write_string(sheet, 0, 3, "Nguyễn Văn An", nullptr);
        worksheet_write_string(sheet, 0, 4, "H­¬ng", abc); // ư is a soft hyphen there
    });
    const auto row = files.read(path).front();

    CHECK(row.cells[0].font == LetterCode::Tcvn3);
    CHECK_FALSE(row.cells[0].capitalsFont);
    CHECK(row.cells[1].capitalsFont);
    CHECK(row.cells[2].font == LetterCode::Vni);
    CHECK_FALSE(row.cells[3].font);
    CHECK(convertLetters(row.cells[4].text, LetterCode::Tcvn3).text == "Hương");
}

TEST_CASE("runs of one text are one text, and reading aids are none of it", "[import][xlsx]")
{
    const SampleFiles files;
    const std::string path = files.sheet(
        R"(<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>x_x0041_y</t></is></c></row></sheetData></worksheet>)",
        R"(<sst><si><r><t>Nguyễn </t></r><r><rPr><rFont val=".VnTime"/></rPr><t>An</t></r><rPh><t>no</t></rPh></si></sst>)");
    const auto row = files.read(path).front();

    CHECK(row.cells[0].text == "Nguyễn An");
    CHECK(row.cells[0].font == LetterCode::Tcvn3);
    CHECK(row.cells[1].text == "xAy");
}

} // namespace motcua
