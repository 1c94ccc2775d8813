// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <optional>

namespace motcua {

/// The clock by which people act. In a practice register it can stand at a chosen moment, so that a lesson or
/// a test plays on any day; `monotonic` always runs, so timers and the engine never follow a made-up day.
class WorkClock final : public Clock
{
public:
    explicit WorkClock(const Clock& system) : m_system(system) {}

    [[nodiscard]] Instant now() const override { return m_moment.value_or(m_system.now()); }
    [[nodiscard]] Millis monotonic() const override { return m_system.monotonic(); }

    /// Stands still at `moment`, or runs again. Whoever calls has checked that the register is for practice.
    void standAt(std::optional<Instant> moment) { m_moment = moment; }
    [[nodiscard]] std::optional<Instant> moment() const { return m_moment; }

private:
    const Clock& m_system;
    std::optional<Instant> m_moment;
};

} // namespace motcua
