// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/colors.h"

#include <QString>

namespace motcua {

/// The program's one style sheet. Widgets choose from it by the property `role`; problems and marks of a
/// field by `state`. Colours and sizes come only from here.
[[nodiscard]] QString styleSheet(const Colors& colors, int pointSize);

} // namespace motcua
