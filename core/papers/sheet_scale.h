// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/papers/markup.h"

namespace motcua {

/// The sheet with type and gaps so much smaller; margins, widths and codes stay.
[[nodiscard]] Sheet scaled(Sheet sheet, double factor);

} // namespace motcua
