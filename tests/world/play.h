// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/world/plan.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace motcua {

struct PlayOptions
{
    StoreMode mode = StoreMode::Memory;
    Mutant mutant = Mutant::None;
    bool tells = false;
    std::function<void(const Plan&)> begins = {}; ///< told before a plan is played: one may end the program
};

struct Played
{
    int steps = 0; ///< how far it came
    std::int64_t dossiers = 0;
    std::int64_t calls = 0;
    std::int64_t deaths = 0;
    std::uint64_t trace = 0;         ///< over everything that happened; the same for the same plan
    std::vector<std::string> wrongs; ///< empty is good
    std::vector<std::string> story;  ///< a line a step, when asked for
};

/// One commune through its story. After each step the cheap oracles are asked, sometimes the expensive ones,
/// and at the end all of them, when the sky has cleared and people have worked off their lists. The first
/// step with something wrong ends it.
[[nodiscard]] Played play(const Plan& plan, const PlayOptions& options);

} // namespace motcua
