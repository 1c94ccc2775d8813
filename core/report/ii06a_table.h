// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/report/report_table.h"

#include <string>
#include <vector>

namespace motcua {

/// What the register counts for one field (lĩnh vực); sums are made here.
struct Ii06aRow
{
    std::string field;
    std::int64_t online = 0;      ///< (4) received in the period, online
    std::int64_t direct = 0;      ///< (5) received in the period, at the counter or by post
    std::int64_t carriedOver = 0; ///< (6) received before and open when the period began
    std::int64_t early = 0;       ///< (8) solved before the promised day
    std::int64_t onTime = 0;      ///< (9)
    std::int64_t late = 0;        ///< (10)
    std::int64_t openInTime = 0;  ///< (12) not solved when the period ended, promised day not passed
    std::int64_t openLate = 0;    ///< (13)
};

struct ReportPeriod
{
    std::string name; ///< "Quý IV năm 2026"; may be empty
    Day from{};
    Day to{}; ///< inclusive
};

struct ReportUnit
{
    std::string reporting; ///< "UBND xã Phúc Thọ"
    std::string receiving; ///< "UBND thành phố Hà Nội"; may be empty
    std::string place;     ///< "Phúc Thọ"
    std::string compiler;  ///< name under NGƯỜI LẬP BIỂU
};

/// Form II.06a/VPCP/KSTT, columns (1) to (13), with sums and a last row of totals. Invalid for negative
/// counts. A field in which (3) is not (7) + (11) is named in a note: withdrawn and refused dossiers count as
/// solved, so every dossier received must be in one of the two (domain.md 8.1).
[[nodiscard]] Result<ReportTable> ii06aTable(const std::vector<Ii06aRow>& rows, const ReportPeriod& period,
                                             const ReportUnit& unit, Instant madeAt);

} // namespace motcua
