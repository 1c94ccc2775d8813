// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"

#include <optional>

namespace motcua {

/// The random numbers of the acts: the system's, or in a practice register those of a seed.
class WorkRandom final : public Random
{
public:
    [[nodiscard]] std::uint64_t next() override { return m_seeded ? m_seeded->next() : m_system.next(); }

    /// From now on the numbers of `seed`; nothing: the system's again.
    void seedWith(std::optional<std::uint64_t> seed)
    {
        m_seeded.reset();
        if (seed) {
            m_seeded.emplace(*seed);
        }
    }

private:
    SystemRandom m_system;
    std::optional<SeededRandom> m_seeded;
};

} // namespace motcua
