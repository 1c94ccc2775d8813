// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/papers/strip.h"

namespace motcua {

/// Distributes strips over pages of a height: what is kept together moves on together unless it is higher
/// than a page; a table that goes on has its lines closed, and its head again on the next page.
[[nodiscard]] std::vector<std::vector<Item>> paginate(const Strips& strips, double pageHeight);

} // namespace motcua
