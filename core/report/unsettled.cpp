// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/unsettled.h"

#include <array>

namespace motcua {

namespace {

struct Words
{
    std::string_view name;
    std::string_view words;
};

constexpr std::array kKinds{Words{"dossier.received", "Tiếp nhận"}, Words{"dossier.changed", "Sửa thông tin"},
                            Words{"dossier.moved", "Chuyển bước"}, Words{"dossier.cancelled", "Rút lại"}};
constexpr std::array kStates{Words{"conflict", "Cần người quyết: quầy và cổng khác nhau"},
                             Words{"needs-you", "Cần người xử lý: cổng không nhận"},
                             Words{"unknown", "Đã gửi, chưa có trả lời"}};

template<std::size_t N>
std::string wordsOf(const std::array<Words, N>& table, std::string_view name, std::string_view otherwise)
{
    for (const Words& row : table) {
        if (row.name == name) {
            return std::string(row.words);
        }
    }
    return std::string(otherwise);
}

std::int64_t daysBetween(Instant from, Instant to)
{
    return std::chrono::duration_cast<std::chrono::days>(to - from).count();
}

} // namespace

Result<std::vector<UnsettledRow>> unsettledRows(Connection& connection, Day from, Day to, Instant now)
{
    auto query = TRY(connection.prepare(R"(
        SELECT d.code, d.procedure, o.kind, o.state, o.at
        FROM operation o INDEXED BY operation_open JOIN dossier d ON d.id = o.dossier
        WHERE o.final = 0 AND o.at >= :from AND o.at < :end AND o.at <= :latest
        ORDER BY o.at, o.position
    )"));
    const Day next{std::chrono::sys_days{to} + std::chrono::days{1}};
    query.bind(":from", toMillis(instantInVietnam(from, Millis{0})));
    query.bind(":end", toMillis(instantInVietnam(next, Millis{0})));
    query.bind(":latest", toMillis(now - kUnsettledAfter));
    std::vector<UnsettledRow> rows;
    while (TRY(query.step())) {
        rows.push_back(
            {query.text(0), query.text(1), query.text(2), query.text(3), fromMillis(query.integer(4))});
    }
    return rows;
}

ReportTable unsettledTable(const std::vector<UnsettledRow>& rows, const ReportPeriod& period,
                           const ReportUnit& unit, Instant madeAt)
{
    ReportTable table;
    table.name = "unsettled";
    table.title = "VIỆC CHƯA ĐƯỢC CỔNG XÁC NHẬN TỪ 3 NGÀY TRỞ LÊN";
    table.right = {"Đơn vị báo cáo: " + unit.reporting};
    table.subtitles = {"(Việc làm từ ngày " + toDisplayDay(period.from) + " đến ngày " +
                           toDisplayDay(period.to) + ")",
                       "Tính đến " + toDisplayTime(madeAt)};
    table.columns = {{"STT", 5, ColumnKind::Number},       {"Mã hồ sơ", 22, ColumnKind::Text},
                     {"Mã thủ tục", 13, ColumnKind::Text}, {"Việc", 15, ColumnKind::Text},
                     {"Làm lúc", 19, ColumnKind::Text},    {"Số ngày chờ", 9},
                     {"Đang ở đâu", 32, ColumnKind::Text}};
    for (const UnsettledRow& row : rows) {
        table.rows.push_back({std::to_string(table.rows.size() + 1), row.code, row.procedure,
                              wordsOf(kKinds, row.kind, row.kind), toDisplayTime(row.at),
                              daysBetween(row.at, madeAt), wordsOf(kStates, row.state, "Chờ gửi")});
    }
    if (rows.empty()) {
        table.notes.emplace_back("Không có việc nào chờ từ 3 ngày trở lên.");
    }
    table.place = unit.place;
    table.madeAt = madeAt;
    table.signatures = {{"NGƯỜI LẬP BIỂU", "(Ký, ghi rõ họ tên)", unit.compiler},
                        {"THỦ TRƯỞNG ĐƠN VỊ", "(Ký, đóng dấu, ghi rõ họ tên)", ""}};
    return table;
}

} // namespace motcua
