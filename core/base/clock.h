// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

namespace motcua {

/// Where the time comes from. Passed in, never global, so that a test can say what time it is.
/// `monotonic` drives timers only; it never goes back and has no calendar.
class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
    [[nodiscard]] virtual Millis monotonic() const = 0;
    /// For measuring what is shown to people ("0,4 ms"); a fake clock need not be finer than its millisecond.
    [[nodiscard]] virtual std::int64_t monotonicMicros() const { return monotonic().count() * 1000; }
};

/// The computer's own clocks. The only place of the project that reads them.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override;
    [[nodiscard]] Millis monotonic() const override;
    [[nodiscard]] std::int64_t monotonicMicros() const override;
};

} // namespace motcua
