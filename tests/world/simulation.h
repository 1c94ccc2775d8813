// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace motcua {

struct Simulated
{
    int steps = 0;
    int counters = 0;
    std::int64_t dossiers = 0;
    std::int64_t calls = 0;
    std::int64_t deaths = 0;
    std::string trace;               ///< hash over everything that happened; the same for the same seed
    std::vector<std::string> wrongs; ///< empty is good
};

/// One random office in bad weather: people act, the city acts, programs die, and at the end all is looked
/// at.
[[nodiscard]] Simulated simulate(std::uint64_t seed, int steps);

} // namespace motcua
