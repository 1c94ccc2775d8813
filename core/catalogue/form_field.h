// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/form.h"

namespace motcua {

// One field of a form, read and written. For core/catalogue only.

[[nodiscard]] Result<Field> fieldFromJson(const Source& source);
[[nodiscard]] Json fieldToJson(const Field& field);

} // namespace motcua
