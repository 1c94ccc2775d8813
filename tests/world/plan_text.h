// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/world/plan.h"

#include <optional>
#include <string>

namespace motcua {

/// A plan as a file keeps it: what a seed draws changes whenever a fate is added, what is written does not.
/// Lines: "# why it was red", "store memory|sqlite", "seed N", "counters N", "weather" and its fourteen
/// percentages, then one step a line: its event's number, the counter, its own seed.
[[nodiscard]] std::string planText(const Plan& plan, StoreMode mode);

struct KeptPlan
{
    Plan plan;
    StoreMode mode = StoreMode::Memory;
};
/// Nothing where the text is no plan.
[[nodiscard]] std::optional<KeptPlan> parsePlan(const std::string& text);

} // namespace motcua
