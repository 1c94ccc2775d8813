// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report_output.h"

#include "core/base/file.h"
#include "core/report/ii06a_table.h"
#include "paper_samples.h"

#include <QTemporaryDir>
#include <catch2/catch.hpp>
#include <cstdlib>

using namespace motcua;
using namespace motcua::test;

namespace {

ReportTable table()
{
    const ReportPeriod period{"Quý IV năm 2026", Day{std::chrono::year{2026} / 10 / 1},
                              Day{std::chrono::year{2026} / 12 / 31}};
    const auto made =
        ii06aTable({{"Hộ tịch", 120, 1300, 14, 500, 890, 20, 20, 4},
                    {"Chứng thực", 0, 2500, 0, 0, 2500, 0, 0, 0},
                    {"Bảo trợ xã hội", 12, 31, 5, 8, 25, 1, 12, 2},
                    {"Thành lập và hoạt động của hộ kinh doanh", 40, 9, 0, 30, 15, 0, 4, 0}},
                   period, {"UBND xã Phúc Thọ", "UBND thành phố Hà Nội", "Phúc Thọ", "Trần Thị Hoa"},
                   fromMillis(1'796'030'000'000));
    REQUIRE(made);
    return *made;
}

const std::vector<std::pair<ReportFormat, std::string>> kFormats{{ReportFormat::Xlsx, "xlsx"},
                                                                 {ReportFormat::Pdf, "pdf"},
                                                                 {ReportFormat::Csv, "csv"},
                                                                 {ReportFormat::Json, "json"}};

} // namespace

TEST_CASE("each format is written whole, and the same again for the same table")
{
    const QTemporaryDir folder;
    for (const auto& [format, name] : kFormats) {
        INFO(name);
        const std::filesystem::path file = folder.path().toStdString() + "/report." + name;
        REQUIRE(reportFormat(name).value() == format);
        REQUIRE(writeReport(table(), format, file));
        const auto first = readFile(file, 1U << 24);
        REQUIRE(writeReport(table(), format, file));
        REQUIRE(first);
        CHECK(first->size() > 200);
        CHECK(readFile(file, 1U << 24).value() == *first);
    }
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path().toStdString()), {}) == 4);
    CHECK_FALSE(reportFormat("doc"));
}

TEST_CASE("a folder that does not take the file is an error and leaves nothing")
{
    for (const auto& [format, name] : kFormats) {
        INFO(name);
        const auto written = writeReport(table(), format, "/no/such/folder/report." + name);
        REQUIRE_FALSE(written);
        CHECK(written.error().kind == ErrorKind::Storage);
    }
}

TEST_CASE("a failing write leaves the old report as it was")
{
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.path().toStdString() + "/report.xlsx";
    REQUIRE(writeReport(table(), ReportFormat::Xlsx, file));
    const auto before = readFile(file, 1U << 24);
    ReportTable wrong = table();
    wrong.rows[0].pop_back();

    for (const auto& [format, name] : kFormats) {
        const auto written = writeReport(wrong, format, file);
        REQUIRE_FALSE(written);
        CHECK(written.error().kind == ErrorKind::Invalid);
    }
    CHECK(readFile(file, 1U << 24).value() == before.value());
}

TEST_CASE("the CSV has one line a row under names that say it all")
{
    const auto csv = toCsv(table());
    REQUIRE(csv);

    CHECK(contains(*csv, "\"Tiếp nhận trong kỳ: trực tiếp, dịch vụ bưu chính\""));
    CHECK(contains(
        *csv,
        "\"1\",\"Hộ "
        "tịch\",\"1434\",\"120\",\"1300\",\"14\",\"1410\",\"500\",\"890\",\"20\",\"24\",\"20\",\"4\"\r\n"));
    CHECK(contains(*csv, "\"\",\"Tổng cộng\","));
}

TEST_CASE("a unit's broken report template is named")
{
    const QTemporaryDir folder;
    REQUIRE(writeFileDurably(folder.path().toStdString() + "/report.xml", "<paper><p>{{tilte}}</p></paper>"));
    const auto paper = layOut(table(), PaperTemplates(folder.path().toStdString()));

    REQUIRE_FALSE(paper);
    CHECK(contains(paper.error().detail, "report.xml, line 1: there is no value 'tilte'"));
}

TEST_CASE("reports are written for people to look at", "[.look]")
{
    const char* folder = std::getenv("MOTCUA_LOOK");
    REQUIRE(folder != nullptr);
    for (const auto& [format, name] : kFormats) {
        REQUIRE(writeReport(table(), format, std::string(folder) + "/ii06a." + name));
    }
    ReportTable longer = table();
    for (int i = 0; i < 40; ++i) {
        longer.rows.push_back(longer.rows[static_cast<std::size_t>(i) % 4]);
    }
    longer.notes = {"Cần kiểm tra: Hộ tịch tiếp nhận 1.434 hồ sơ nhưng đã và đang giải quyết 1.433 hồ sơ."};
    REQUIRE(writeReport(longer, ReportFormat::Pdf, std::string(folder) + "/ii06a-long.pdf"));
}
