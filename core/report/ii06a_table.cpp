// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/ii06a_table.h"

#include <array>

namespace motcua {

namespace {

constexpr std::array<std::int64_t Ii06aRow::*, 8> kCounts{
    &Ii06aRow::online, &Ii06aRow::direct, &Ii06aRow::carriedOver, &Ii06aRow::early,
    &Ii06aRow::onTime, &Ii06aRow::late,   &Ii06aRow::openInTime,  &Ii06aRow::openLate};

std::int64_t received(const Ii06aRow& row)
{
    return row.online + row.direct + row.carriedOver;
}

std::int64_t solved(const Ii06aRow& row)
{
    return row.early + row.onTime + row.late;
}

std::int64_t open(const Ii06aRow& row)
{
    return row.openInTime + row.openLate;
}

ReportRow cells(const std::string& number, const Ii06aRow& row)
{
    return {number,    row.field,  received(row), row.online, row.direct,     row.carriedOver, solved(row),
            row.early, row.onTime, row.late,      open(row),  row.openInTime, row.openLate};
}

std::vector<ReportColumn> columns()
{
    return {{"STT", 5, ColumnKind::Number},
            {"Lĩnh vực giải quyết", 27, ColumnKind::Text},
            {"Tiếp nhận: tổng số", 9},
            {"Tiếp nhận trong kỳ: trực tuyến", 9},
            {"Tiếp nhận trong kỳ: trực tiếp, dịch vụ bưu chính", 11},
            {"Tiếp nhận: từ kỳ trước", 9},
            {"Đã giải quyết: tổng số", 9},
            {"Đã giải quyết: trước hạn", 9},
            {"Đã giải quyết: đúng hạn", 9},
            {"Đã giải quyết: quá hạn", 9},
            {"Đang giải quyết: tổng số", 9},
            {"Đang giải quyết: trong hạn", 9},
            {"Đang giải quyết: quá hạn", 9}};
}

std::vector<std::vector<HeadCell>> head()
{
    return {{{"STT", 1, 3},
             {"Lĩnh vực giải quyết", 1, 3},
             {"Số lượng hồ sơ tiếp nhận", 4},
             {"Số lượng hồ sơ đã giải quyết", 4},
             {"Số lượng hồ sơ đang giải quyết", 3}},
            {{"Tổng số", 1, 2},
             {"Trong kỳ", 2},
             {"Từ kỳ trước", 1, 2},
             {"Tổng số", 1, 2},
             {"Trước hạn", 1, 2},
             {"Đúng hạn", 1, 2},
             {"Quá hạn", 1, 2},
             {"Tổng số", 1, 2},
             {"Trong hạn", 1, 2},
             {"Quá hạn", 1, 2}},
            {{"Trực tuyến"}, {"Trực tiếp, dịch vụ bưu chính"}},
            {{"(1)"},
             {"(2)"},
             {"(3)=(4)+ (5)+(6)"},
             {"(4)"},
             {"(5)"},
             {"(6)"},
             {"(7)=(8)+ (9)+(10)"},
             {"(8)"},
             {"(9)"},
             {"(10)"},
             {"(11)= (12)+(13)"},
             {"(12)"},
             {"(13)"}}};
}

/// Our own check beside the form's: nothing received is lost.
void addDifference(std::vector<std::string>& notes, const Ii06aRow& row)
{
    const std::int64_t handled = solved(row) + open(row);
    if (received(row) != handled) {
        notes.push_back("Cần kiểm tra: " + row.field + " tiếp nhận " + shownText(received(row)) +
                        " hồ sơ nhưng đã và đang giải quyết " + shownText(handled) + " hồ sơ.");
    }
}

void addAround(ReportTable& table, const ReportPeriod& period, const ReportUnit& unit)
{
    table.left = {"Biểu số II.06a/VPCP/KSTT"};
    table.right = {"Đơn vị báo cáo: " + unit.reporting};
    if (!unit.receiving.empty()) {
        table.right.push_back("Đơn vị nhận báo cáo: " + unit.receiving);
    }
    if (!period.name.empty()) {
        table.subtitles.push_back("Kỳ báo cáo: " + period.name);
    }
    table.subtitles.push_back("(Từ ngày " + toDisplayDay(period.from) + " đến ngày " +
                              toDisplayDay(period.to) + ")");
    table.subtitles.emplace_back("Đơn vị tính: số hồ sơ thủ tục hành chính");
    table.place = unit.place;
    table.signatures = {{"NGƯỜI LẬP BIỂU", "(Ký, ghi rõ họ tên)", unit.compiler},
                        {"THỦ TRƯỞNG ĐƠN VỊ", "(Ký, đóng dấu, ghi rõ họ tên)", ""}};
}

} // namespace

Result<ReportTable> ii06aTable(const std::vector<Ii06aRow>& rows, const ReportPeriod& period,
                               const ReportUnit& unit, Instant madeAt)
{
    ReportTable table;
    table.name = "ii06a";
    table.title = "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH\n"
                  "TẠI CƠ QUAN, ĐƠN VỊ TRỰC TIẾP GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH";
    table.columns = columns();
    table.head = head();
    table.madeAt = madeAt;
    addAround(table, period, unit);
    Ii06aRow total;
    total.field = "Tổng cộng";
    for (const Ii06aRow& row : rows) {
        for (const auto count : kCounts) {
            if (row.*count < 0) {
                return fail(ErrorKind::Invalid, "a count of the field '" + row.field + "' is negative");
            }
            total.*count += row.*count;
        }
        table.rows.push_back(cells(std::to_string(table.rows.size() + 1), row));
        addDifference(table.notes, row);
    }
    table.totals = cells("", total);
    return table;
}

} // namespace motcua
