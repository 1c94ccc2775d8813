// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/report/report_table.h"

#include <filesystem>

namespace motcua {

/// Writes a workbook straight to `file`, without care for what was there: `writeReport` is the way to call.
[[nodiscard]] Result<void> writeWorkbook(const ReportTable& table, const std::filesystem::path& file);

} // namespace motcua
