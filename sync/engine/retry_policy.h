// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"
#include "core/desk/portal_desk.h"

#include <algorithm>
#include <array>

namespace motcua {

/// How long to wait after failures, and how long after "later". Pure: the jitter in [0, 1) comes from
/// outside.
struct RetryPolicy
{
    Millis base{2'000}; ///< practice registers may shorten it for tests
    Millis cap{15 * 60 * 1'000};

    /// The longest wait after failure number `failures` in a row (from 0): 2 s, 4 s, 8 s … 15 min.
    [[nodiscard]] constexpr Millis ceiling(int failures) const
    {
        // Beyond 2^20 the cap holds for any sensible base, and the shift stays far from overflowing.
        const auto doubled = base * (std::int64_t{1} << std::clamp(failures, 0, 20));
        return std::min(cap, doubled);
    }

    /// Full jitter: anything up to the ceiling, so that a thousand counters do not come back together.
    [[nodiscard]] constexpr Millis delay(int failures, double jitter) const
    {
        return Millis{static_cast<std::int64_t>(static_cast<double>(ceiling(failures).count()) * jitter)};
    }
};

/// A wrong value of the portal must not silence a counter for a day.
inline constexpr Millis kLongestRetryAfter = kLongestPause;

/// What the portal asked for, as a minimum, and up to a fifth more, in all at most six hours.
[[nodiscard]] constexpr Millis obeyRetryAfter(Millis asked, double jitter)
{
    // Cut first: nobody's number of seconds can overflow the sum.
    const Millis bounded = std::min(asked, kLongestRetryAfter);
    const Millis more{static_cast<std::int64_t>(static_cast<double>(bounded.count()) * 0.2 * jitter)};
    return std::min(bounded + more, kLongestRetryAfter);
}

namespace detail {
using namespace std::chrono_literals;
inline constexpr std::array<Millis, 11> kRetryCeilings{2s,   4s,   8s,   16s,   32s,  64s,
                                                       128s, 256s, 512s, 15min, 15min};
constexpr bool ceilingsHold()
{
    for (std::size_t n = 0; n < kRetryCeilings.size(); ++n) {
        if (RetryPolicy{}.ceiling(static_cast<int>(n)) != kRetryCeilings[n]) {
            return false;
        }
    }
    return true;
}
static_assert(ceilingsHold());
static_assert(RetryPolicy{}.ceiling(1'000'000) == 15min);
static_assert(RetryPolicy{}.ceiling(-1) == 2s);
static_assert(RetryPolicy{}.delay(0, 0.0) == 0s);
static_assert(RetryPolicy{}.delay(3, 0.5) == 8s);
static_assert(RetryPolicy{.base = 10ms, .cap = 15min}.delay(2, 0.5) == 20ms);
static_assert(obeyRetryAfter(100s, 0.0) == 100s);
static_assert(obeyRetryAfter(100s, 0.5) == 110s);
static_assert(obeyRetryAfter(24h, 0.9) == 6h);
static_assert(obeyRetryAfter(Millis::max(), 0.9) == 6h);
} // namespace detail

} // namespace motcua
