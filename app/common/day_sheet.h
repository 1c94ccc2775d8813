// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/paperwork.h"
#include "core/desk/day_status.h"

namespace motcua {

/// The day on one page, to be signed in ink: figures, what does not agree, the chain's code as text and QR
/// (reliability.md 3.4). The unit's own template "day-sheet" goes before the built-in one.
[[nodiscard]] Result<LaidOutPaper> daySheet(Workplace& place, const DayStatus& status);

/// "day-sheet-H26.131-1-20261120"
[[nodiscard]] std::string daySheetStem(const Workplace& place, const DayStatus& status);

/// Writes into the journal that the sheet was made, with the code that stands on it.
[[nodiscard]] Answer<void> recordDaySheet(Workplace& place, const DayStatus& status, const PrintEnd& end);

} // namespace motcua
