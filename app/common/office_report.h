// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/workplace.h"
#include "core/report/report_table.h"

#include <string>
#include <string_view>
#include <vector>

namespace motcua {

struct ReportTitle
{
    std::string name;  ///< "ii06a"
    std::string title; ///< as a supervisor calls it
};

/// The reports that a supervisor can make.
[[nodiscard]] std::vector<ReportTitle> officeReports();

/// One of them from `from` to `to`, both inclusive, read on `connection` (the window gives one of its own, so
/// that nobody waits). NotFound for another name; Invalid where `to` lies before `from`.
[[nodiscard]] Result<ReportTable> officeReport(Workplace& place, Connection& connection,
                                               std::string_view name, Day from, Day to);

} // namespace motcua
