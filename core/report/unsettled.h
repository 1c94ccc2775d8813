// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/report/ii06a_table.h"
#include "core/report/report_table.h"

#include <string>
#include <vector>

namespace motcua {

/// What waits so long for the portal's confirmation or for a person that the city is told (reliability.md
/// 2.11).
inline constexpr Millis kUnsettledAfter{3 * 24 * 60 * 60 * 1'000};

struct UnsettledRow
{
    std::string code;
    std::string procedure; ///< its code
    std::string kind;      ///< of the operation: "dossier.received" …
    std::string state;     ///< as in the queue: "waiting", "needs-you" …
    Instant at;            ///< when the official did it
};

/// Operations of the period that are not settled and older than kUnsettledAfter at `now`, oldest first.
[[nodiscard]] Result<std::vector<UnsettledRow>> unsettledRows(Connection& connection, Day from, Day to,
                                                              Instant now);

/// As a report to the city. Codes only: no citizen is named.
[[nodiscard]] ReportTable unsettledTable(const std::vector<UnsettledRow>& rows, const ReportPeriod& period,
                                         const ReportUnit& unit, Instant madeAt);

} // namespace motcua
