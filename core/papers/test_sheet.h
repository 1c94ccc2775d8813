// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/papers/laid_out_paper.h"

namespace motcua {

/// A place on a sheet, in millimetres from its upper left corner.
struct SheetPoint
{
    double x = 0;
    double y = 0;
};

/// A sheet of plain paper with a cross near each corner, one in the middle and a ruler each way: printed as
/// it is, measured with a ruler, it tells where a printer puts things.
[[nodiscard]] Result<LaidOutPaper> testSheet(bool landscape);

/// Where the crosses that are measured stand on the sheet: near the upper left and the lower right corner.
[[nodiscard]] std::pair<SheetPoint, SheetPoint> testCrosses(bool landscape);

/// What brings things to their places on a printer that put these two crosses there. Invalid when they cannot
/// be those crosses: more than 30 mm away, or stretched by more than 5 percent.
[[nodiscard]] Result<Calibration> calibrationFor(bool landscape, SheetPoint upperLeft, SheetPoint lowerRight);

} // namespace motcua
