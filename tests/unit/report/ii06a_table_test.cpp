// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/ii06a_table.h"

#include "core/papers/paper_output.h"
#include "core/report/report_output.h"
#include "paper_samples.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace motcua::test;

namespace {

const ReportPeriod kNovember{"Tháng 11 năm 2026", Day{std::chrono::year{2026} / 11 / 1},
                             Day{std::chrono::year{2026} / 11 / 30}};
const ReportUnit kUnit{"UBND xã Phúc Thọ", "UBND thành phố Hà Nội", "Phúc Thọ", "Trần Thị Hoa"};
const Instant kNow = fromMillis(1'796'030'000'000);

std::vector<Ii06aRow> fields()
{
    return {{"Hộ tịch", 120, 1300, 14, 500, 890, 20, 20, 4}, {"Chứng thực", 0, 2500, 0, 0, 2500, 0, 0, 0}};
}

ReportTable november()
{
    const auto table = ii06aTable(fields(), kNovember, kUnit, kNow);
    REQUIRE(table);
    return *table;
}

std::int64_t figure(const ReportRow& row, int formColumn)
{
    return std::get<std::int64_t>(row[static_cast<std::size_t>(formColumn - 1)]);
}

} // namespace

TEST_CASE("in every row of II.06a the sums of the form hold")
{
    const ReportTable table = november();
    std::vector<ReportRow> rows = table.rows;
    REQUIRE(table.totals);
    rows.push_back(*table.totals);

    REQUIRE(checkShape(table));
    CHECK(rows.size() == 3);
    for (const ReportRow& row : rows) {
        CHECK(figure(row, 3) == figure(row, 4) + figure(row, 5) + figure(row, 6));
        CHECK(figure(row, 7) == figure(row, 8) + figure(row, 9) + figure(row, 10));
        CHECK(figure(row, 11) == figure(row, 12) + figure(row, 13));
        CHECK(figure(row, 3) == figure(row, 7) + figure(row, 11));
    }
    CHECK(figure(rows[0], 3) == 1434);
    CHECK(figure(rows[2], 5) == 3800);
    CHECK(figure(rows[2], 13) == 4);
    CHECK(table.notes.empty());
}

TEST_CASE("a field in which a dossier got lost is named")
{
    auto rows = fields();
    rows[0].openLate = 3;
    const auto table = ii06aTable(rows, kNovember, kUnit, kNow);
    REQUIRE(table);

    REQUIRE(table->notes.size() == 1);
    CHECK(table->notes[0] ==
          "Cần kiểm tra: Hộ tịch tiếp nhận 1.434 hồ sơ nhưng đã và đang giải quyết 1.433 hồ sơ.");
}

TEST_CASE("a negative count is refused")
{
    CHECK_FALSE(ii06aTable({{"Hộ tịch", -1}}, kNovember, kUnit, kNow));
}

TEST_CASE("a period without dossiers gives a report of zeros")
{
    const auto table = ii06aTable({}, kNovember, kUnit, kNow);
    REQUIRE(table);

    CHECK(table->rows.empty());
    CHECK(figure(*table->totals, 3) == 0);
    CHECK(layOut(*table, PaperTemplates()));
}

TEST_CASE("II.06a on paper says what the form says")
{
    const auto paper = layOut(november(), PaperTemplates());
    if (!paper) {
        FAIL(paper.error().detail);
    }
    const auto pdf = toPdf(*paper, kNow);
    REQUIRE(pdf);
    const std::string text = textOf(*pdf);

    CHECK(paper->pageCount() == 1);
    for (const char* part :
         {"Biểu số II.06a/VPCP/KSTT", "Đơn vị báo cáo: UBND xã Phúc Thọ",
          "Đơn vị nhận báo cáo: UBND thành phố Hà Nội", "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
          "Kỳ báo cáo: Tháng 11 năm 2026", "(Từ ngày 01/11/2026 đến ngày 30/11/2026)",
          "Đơn vị tính: số hồ sơ", "Lĩnh vực giải quyết", "Hộ tịch", "1.434", "Tổng cộng", "3.934",
          "NGƯỜI LẬP BIỂU", "Trần Thị Hoa", "THỦ TRƯỞNG ĐƠN VỊ", "năm 2026"}) {
        INFO(part);
        CHECK(contains(text, part));
    }
    CHECK(contains(outputOf("pdfinfo FILE", *pdf), "842 x 595"));
}

TEST_CASE("a long report repeats its head on each page and ends with the signatures")
{
    std::vector<Ii06aRow> rows;
    for (int i = 1; i <= 60; ++i) {
        rows.push_back({"Lĩnh vực thứ " + std::to_string(i), 1, 2, 3, 1, 2, 3, 0, 0});
    }
    const auto paper = layOut(*ii06aTable(rows, kNovember, kUnit, kNow), PaperTemplates());
    REQUIRE(paper);
    const std::string text = textOf(*toPdf(*paper, kNow));

    REQUIRE(paper->pageCount() > 2);
    CHECK(count(text, "Lĩnh vực giải quyết") >= paper->pageCount() - 1);
    CHECK(count(text, "Lĩnh vực thứ 60") == 1);
    CHECK(count(text, "NGƯỜI LẬP BIỂU") == 1);
}
