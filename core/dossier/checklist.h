// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/procedure.h"
#include "core/dossier/rules.h"

namespace motcua {

/// What the answers of a form mean for a paper of the procedure's list.
enum class Asked
{
    No, ///< not in this case: no minutes of an abandoned child for any other
    Maybe,
    Required,
};
[[nodiscard]] Asked isAsked(const Paper& paper, const Facts& facts);
/// Whether the form shows a field: unless its condition is surely not met. What was typed there stays.
[[nodiscard]] bool isShown(const Field& field, const Facts& facts);

} // namespace motcua
