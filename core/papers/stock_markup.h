// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/papers/markup.h"

namespace motcua {

/// Whether this markup is a layout of places on a printed stock: its root is `<stock>`.
[[nodiscard]] bool isStockMarkup(std::string_view xml);

/// Reads such a layout. For parseMarkup().
[[nodiscard]] Result<Sheet> parseStockMarkup(std::string_view xml, const std::string& name);

} // namespace motcua
