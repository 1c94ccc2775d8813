// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace motcua {

using Millis = std::chrono::milliseconds;
/// A moment in UTC with milliseconds, as stored and as sent.
using Instant = std::chrono::sys_time<Millis>;
/// A day of the civil calendar in Viet Nam (UTC+7 all year, no daylight saving).
using Day = std::chrono::year_month_day;

inline constexpr Millis kVietnamOffset = std::chrono::hours{7};

/// "2026-11-21T01:02:03.000Z", the one form in which instants are stored and sent.
[[nodiscard]] std::string toRfc3339(Instant instant);
/// Reads RFC 3339 with any offset and any number of fraction digits (truncated to milliseconds).
[[nodiscard]] Result<Instant> parseRfc3339(std::string_view text);

[[nodiscard]] Day dayInVietnam(Instant instant);
/// Time of day at UTC+7, from 00:00.
[[nodiscard]] Millis timeOfDayInVietnam(Instant instant);
/// The moment at which it is `timeOfDay` on `day` in Viet Nam.
[[nodiscard]] Instant instantInVietnam(Day day, Millis timeOfDay);

/// "2026-11-21".
[[nodiscard]] std::string toIsoDay(Day day);
[[nodiscard]] Result<Day> parseIsoDay(std::string_view text);
/// "21/11/2026" and "16:30 ngày 21/11/2026", as on papers and screens.
[[nodiscard]] std::string toDisplayDay(Day day);
[[nodiscard]] std::string toDisplayTime(Instant instant);

[[nodiscard]] inline std::int64_t toMillis(Instant instant)
{
    return instant.time_since_epoch().count();
}
[[nodiscard]] inline Instant fromMillis(std::int64_t millis)
{
    return Instant{Millis{millis}};
}

} // namespace motcua
