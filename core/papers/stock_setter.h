// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/papers/typesetter.h"

namespace motcua {

/// What a sheet of places becomes.
struct StockPage
{
    std::vector<Item> printed; ///< the values, and strokes of a test sheet
    std::vector<Item> stock;   ///< what is on the sheet already, for the preview
};

/// Puts each value into its box, at the size that was asked for or smaller; at the foot of the box, where the
/// stock's dotted line is. Invalid with the field's name where a value does not fit at the least size: it is
/// never cut.
[[nodiscard]] Result<StockPage> setStock(const Typesetter& typesetter, const Sheet& sheet);

} // namespace motcua
