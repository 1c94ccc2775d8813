// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"
#include "core/import/ledger_survey.h"
#include "tests/unit/import/table_samples.h"

#include <catch2/catch.hpp>

namespace motcua {

namespace {

std::string plainWorkbook(const SampleFiles& files, int rows)
{
    return files.xlsx([rows](lxw_workbook*, lxw_worksheet* sheet) {
        for (lxw_row_t i = 0; i < static_cast<lxw_row_t>(rows); ++i) {
            const std::string name = "Nguyễn Văn " + std::to_string(i * 7919);
            worksheet_write_string(sheet, i, 0, name.c_str(), nullptr);
            worksheet_write_number(sheet, i, 1, i, nullptr);
        }
    });
}

ErrorKind errorOf(const SampleFiles& files, const std::string& path)
{
    const auto rows = files.tryRead(path);
    REQUIRE_FALSE(rows);
    return rows.error().kind;
}

const std::string kEmptySheet = "<worksheet><sheetData/></worksheet>";

} // namespace

TEST_CASE("a workbook that was cut off is refused wherever it was cut", "[import][broken]")
{
    const SampleFiles files;
    const auto whole = readFile(plainWorkbook(files, 400), std::size_t{64} << 20);
    REQUIRE(whole);
    for (std::size_t part = 1; part < 20; ++part) {
        INFO(part);
        CHECK(errorOf(files, files.write("cut.xlsx", whole->substr(0, whole->size() * part / 20))) ==
              ErrorKind::Invalid);
    }
}

TEST_CASE("a workbook with a damaged byte never crashes", "[import][broken]")
{
    const SampleFiles files;
    auto whole = readFile(plainWorkbook(files, 60), std::size_t{64} << 20);
    REQUIRE(whole);
    int refused = 0;
    for (std::size_t at = 0; at < whole->size(); at += 37) {
        std::string damaged = *whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
        refused += files.tryRead(files.write("damaged.xlsx", damaged)) ? 0 : 1;
    }
    CHECK(refused > 20);
}

TEST_CASE("a zip bomb stops long before the disk or the memory is full", "[import][broken]")
{
    const SampleFiles files;
    const std::string zeros(200'000'000, ' ');
    CHECK(errorOf(files, files.sheet("<worksheet>" + zeros + "</worksheet>")) == ErrorKind::Invalid);
    CHECK(errorOf(files, files.sheet(kEmptySheet, "<sst><si><t>" + zeros + "</t></si></sst>")) ==
          ErrorKind::Invalid);
}

TEST_CASE("what is no ledger is refused with its reason", "[import][broken]")
{
    const SampleFiles files;
    CHECK(errorOf(files, files.write("old.xls", "\xD0\xCF\x11\xE0 old")) == ErrorKind::Unsupported);
    CHECK(errorOf(files, files.write("a.pdf", "%PDF-1.7")) == ErrorKind::Unsupported);
    CHECK(errorOf(files, files.write("empty.csv", "")) == ErrorKind::Invalid);
    CHECK(errorOf(files, files.name("nowhere.csv")) == ErrorKind::NotFound);
    CHECK(errorOf(files, files.zip({{"hello.txt", "hello"}})) == ErrorKind::NotFound);
}

TEST_CASE("entities, nesting and outside parts are refused", "[import][broken]")
{
    const SampleFiles files;
    const std::string bomb =
        R"(<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>)";
    CHECK(errorOf(files, files.sheet(bomb)) == ErrorKind::Invalid);
    CHECK(errorOf(files, files.sheet(R"(<!DOCTYPE w SYSTEM "file:///etc/passwd"><worksheet/>)")) ==
          ErrorKind::Invalid);
    std::string deep;
    for (int i = 0; i < 5000; ++i) {
        deep += "<a>";
    }
    CHECK(errorOf(files, files.sheet(deep)) == ErrorKind::Invalid);
    const std::string outside = files.zip(
        {{"xl/workbook.xml",
          R"(<workbook xmlns:r="r"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>)"},
         {"xl/_rels/workbook.xml.rels",
          R"(<Relationships><Relationship Id="r1" Type="x/worksheet" Target="../../../../etc/passwd"/></Relationships>)"}});
    CHECK(errorOf(files, outside) == ErrorKind::Invalid);
}

TEST_CASE("cells and rows out of order are refused", "[import][broken]")
{
    const SampleFiles files;
    for (const char* rows : {R"(<row r="2"/><row r="1"/>)", R"(<row r="1"><c r="B1"/><c r="A1"/></row>)",
                             R"(<row r="99999999"/>)", R"(<row r="1"><c r="A1" t="s"><v>7</v></c></row>)"}) {
        INFO(rows);
        CHECK(errorOf(files, files.sheet(std::string("<worksheet><sheetData>") + rows +
                                         "</sheetData></worksheet>")) == ErrorKind::Invalid);
    }
}

TEST_CASE("a cell of ten megabytes in a workbook costs its row only", "[import][broken]")
{
    const SampleFiles files;
    std::string noise;
    SeededRandom random(1);
    while (noise.size() < 10'000'000) {
        noise += random.hex(32);
    }
    const std::string path = files.sheet(
        R"(<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>)" + noise +
        R"(</t></is></c><c r="B1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row></sheetData></worksheet>)");
    const auto rows = files.read(path);

    REQUIRE(rows.size() == 2);
    CHECK(rows[0].fault == RowFault::TooLong);
    CHECK(rows[0].cells[1].text == "1");
    CHECK(rows[1].cells[0].text == "2");
}

TEST_CASE("a survey stops when somebody stops it", "[import][broken]")
{
    const SampleFiles files;
    const auto file = inspectTable(plainWorkbook(files, 3000));
    REQUIRE(file);
    int asked = 0;
    const auto survey = surveyLedger(*file, {}, [&](TableProgress progress) {
        CHECK(progress.done <= progress.all);
        return ++asked < 2;
    });

    REQUIRE_FALSE(survey);
    CHECK(survey.error().kind == ErrorKind::Refused);
    CHECK(asked == 2);
}

} // namespace motcua
