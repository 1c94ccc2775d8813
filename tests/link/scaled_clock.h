// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

namespace motcua {

/// The counter's time, which passes as the line's does.
class ScaledClock final : public Clock
{
public:
    explicit ScaledClock(double scale) : m_scale(scale), m_began(m_system.now()), m_zero(m_system.monotonic())
    {}
    [[nodiscard]] Instant now() const override { return m_began + monotonic(); }
    [[nodiscard]] Millis monotonic() const override
    {
        return Millis(static_cast<std::int64_t>(static_cast<double>((m_system.monotonic() - m_zero).count()) *
                                                m_scale));
    }

private:
    double m_scale;
    SystemClock m_system;
    Instant m_began;
    Millis m_zero;
};

} // namespace motcua
