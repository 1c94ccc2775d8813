// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/world/play.h"

#include <functional>

namespace motcua {

inline constexpr std::size_t kStoryMost = 25;

using IsRed = std::function<bool(const Plan&)>;

/// The same plan with as few steps as still make it red: whole pieces are left out, then smaller ones (delta
/// debugging), then the weather is made simpler. While it is longer than kStoryMost, also two steps that only
/// go together, and steps get another seed where others fall away by that. Bounded in what it tries; `tried`
/// says how often it asked.
[[nodiscard]] Plan shrink(Plan plan, const IsRed& isRed, int& tried);
/// Red is what plays red; what comes after the first wrong is left out before.
[[nodiscard]] Plan shrink(Plan plan, PlayOptions options, int& tried);

} // namespace motcua
