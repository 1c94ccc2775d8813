// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/office_report.h"

#include "app/common/paper_head.h"
#include "core/report/ii06a_counts.h"
#include "core/report/ii06a_table.h"
#include "core/report/unsettled.h"

namespace motcua {

namespace {

constexpr std::string_view kIi06a = "ii06a";
constexpr std::string_view kUnsettled = "unsettled";

} // namespace

std::vector<ReportTitle> officeReports()
{
    return {{std::string(kIi06a), "Tình hình, kết quả giải quyết thủ tục hành chính (Biểu II.06a/VPCP/KSTT)"},
            {std::string(kUnsettled), "Việc chưa được cổng xác nhận từ 3 ngày trở lên"}};
}

Result<ReportTable> officeReport(Workplace& place, Connection& connection, std::string_view name, Day from,
                                 Day to)
{
    if (name != kIi06a && name != kUnsettled) {
        return fail(ErrorKind::NotFound, "báo cáo " + std::string(name));
    }
    if (std::chrono::sys_days(to) < std::chrono::sys_days(from)) {
        return fail(ErrorKind::Invalid, "ngày cuối kỳ đứng trước ngày đầu kỳ");
    }
    const PaperHead head = TRY(paperHeadOf(place.identity(), place.registerFolder()));
    const Actor& actor = place.desk().actor();
    ReportUnit unit;
    unit.reporting = place.identity().unitName;
    unit.place = head.place;
    unit.compiler = actor.fullName;
    const ReportPeriod period{{}, from, to};
    const Instant now = place.clock().now();
    if (name == kUnsettled) {
        return unsettledTable(TRY(unsettledRows(connection, from, to, now)), period, unit, now);
    }
    return ii06aTable(TRY(ii06aCounts(connection, from, to)), period, unit, now);
}

} // namespace motcua
