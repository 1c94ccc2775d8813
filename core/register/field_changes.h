// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/register/dossier_row.h"

namespace motcua {

/// What differs between two dossiers, by the deepest pointers; arrays count as one value, null as missing.
[[nodiscard]] std::vector<FieldChange> fieldChanges(const Json& before, const Json& after);

} // namespace motcua
