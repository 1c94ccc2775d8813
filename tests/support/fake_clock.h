// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

namespace motcua {

/// A clock that stands still until a test moves it. Wall and monotonic time go together, but the wall may be
/// set, as people do.
class FakeClock final : public Clock
{
public:
    explicit FakeClock(Instant start = fromMillis(1'795'222'923'000))
        : m_now(start) {} // 2026-11-21, 08:02 in Viet Nam

    [[nodiscard]] Instant now() const override { return m_now; }
    [[nodiscard]] Millis monotonic() const override { return m_monotonic; }

    void advance(Millis by)
    {
        m_now += by;
        m_monotonic += by;
    }
    void setWall(Instant now) { m_now = now; }

private:
    Instant m_now;
    Millis m_monotonic{1'000};
};

} // namespace motcua
