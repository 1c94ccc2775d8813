// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/world/play.h"

namespace motcua {

inline constexpr std::size_t kStoryMost = 25;

/// The same plan with as few steps as still make it red: whole pieces are left out, then smaller ones (delta
/// debugging), then the weather is made simpler. Bounded in what it tries; `tried` says how often it played.
[[nodiscard]] Plan shrink(Plan plan, const PlayOptions& options, int& tried);

} // namespace motcua
