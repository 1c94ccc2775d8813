// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"

#include <array>
#include <cstdio>

namespace motcua {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;

/// Reads exactly `count` digits at `at`, moving it; -1 when there are none.
int digits(std::string_view text, std::size_t& at, std::size_t count)
{
    if (text.size() < at + count) {
        return -1;
    }
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const char c = text[at + i];
        if (c < '0' || c > '9') {
            return -1;
        }
        value = value * 10 + (c - '0');
    }
    at += count;
    return value;
}

bool literal(std::string_view text, std::size_t& at, char wanted)
{
    if (at >= text.size() || text[at] != wanted) {
        return false;
    }
    ++at;
    return true;
}

bool readDay(std::string_view text, std::size_t& at, Day& day)
{
    const int year = digits(text, at, 4);
    const bool first = literal(text, at, '-');
    const int month = digits(text, at, 2);
    const bool second = literal(text, at, '-');
    const int dayOfMonth = digits(text, at, 2);
    if (year < 0 || month < 0 || dayOfMonth < 0 || !first || !second) {
        return false;
    }
    day = Day{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
              std::chrono::day{static_cast<unsigned>(dayOfMonth)}};
    return day.ok();
}

bool readClock(std::string_view text, std::size_t& at, Millis& time)
{
    const int hour = digits(text, at, 2);
    const bool first = literal(text, at, ':');
    const int minute = digits(text, at, 2);
    const bool second = literal(text, at, ':');
    const int sec = digits(text, at, 2);
    if (!first || !second || hour < 0 || hour > 23 || minute < 0 || minute > 59 || sec < 0 || sec > 59) {
        return false;
    }
    time = hours{hour} + minutes{minute} + seconds{sec};
    if (!literal(text, at, '.')) {
        return true;
    }
    int scale = 100;
    const std::size_t begin = at;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10) {
        time += Millis{(text[at] - '0') * scale};
    }
    return at > begin;
}

bool readOffset(std::string_view text, std::size_t& at, Millis& offset)
{
    if (literal(text, at, 'Z') || literal(text, at, 'z')) {
        offset = Millis{0};
        return true;
    }
    const bool plus = literal(text, at, '+');
    if (!plus && !literal(text, at, '-')) {
        return false;
    }
    const int hour = digits(text, at, 2);
    const bool colon = literal(text, at, ':');
    const int minute = digits(text, at, 2);
    if (!colon || hour < 0 || hour > 23 || minute < 0 || minute > 59) {
        return false;
    }
    offset = (plus ? 1 : -1) * (hours{hour} + minutes{minute});
    return true;
}

} // namespace

std::string toRfc3339(Instant instant)
{
    const auto day = std::chrono::floor<days>(instant);
    const Day civil{day};
    const std::chrono::hh_mm_ss time{instant - day};
    std::array<char, 40> text{};
    const int length = std::snprintf(
        text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(civil.year()),
        static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()),
        static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
    return {text.data(), static_cast<std::size_t>(length)};
}

Result<Instant> parseRfc3339(std::string_view text)
{
    std::size_t at = 0;
    Day day{};
    Millis time{};
    Millis offset{};
    const bool good = readDay(text, at, day) && (literal(text, at, 'T') || literal(text, at, 't')) &&
                      readClock(text, at, time) && readOffset(text, at, offset) && at == text.size();
    if (!good) {
        return fail(ErrorKind::Invalid, "not an RFC 3339 instant: " + std::string(text.substr(0, 40)));
    }
    return Instant{sys_days{day}} + time - offset;
}

Day dayInVietnam(Instant instant)
{
    return Day{std::chrono::floor<days>(instant + kVietnamOffset)};
}

Millis timeOfDayInVietnam(Instant instant)
{
    const Instant local = instant + kVietnamOffset;
    return local - std::chrono::floor<days>(local);
}

Instant instantInVietnam(Day day, Millis timeOfDay)
{
    return Instant{sys_days{day}} + timeOfDay - kVietnamOffset;
}

std::string toIsoDay(Day day)
{
    std::array<char, 40> text{};
    const int length = std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return {text.data(), static_cast<std::size_t>(length)};
}

Result<Day> parseIsoDay(std::string_view text)
{
    std::size_t at = 0;
    Day day{};
    if (!readDay(text, at, day) || at != text.size()) {
        return fail(ErrorKind::Invalid, "not a day (yyyy-MM-dd): " + std::string(text.substr(0, 20)));
    }
    return day;
}

std::string toDisplayDay(Day day)
{
    std::array<char, 40> text{};
    const int length =
        std::snprintf(text.data(), text.size(), "%02u/%02u/%04d", static_cast<unsigned>(day.day()),
                      static_cast<unsigned>(day.month()), static_cast<int>(day.year()));
    return {text.data(), static_cast<std::size_t>(length)};
}

std::string toDisplayTime(Instant instant)
{
    const std::chrono::hh_mm_ss time{timeOfDayInVietnam(instant)};
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "%02d:%02d ngày ", static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()));
    return text.data() + toDisplayDay(dayInVietnam(instant));
}

Instant SystemClock::now() const
{
    return std::chrono::time_point_cast<Millis>(std::chrono::system_clock::now());
}

Millis SystemClock::monotonic() const
{
    return std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now().time_since_epoch());
}

std::int64_t SystemClock::monotonicMicros() const
{
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

} // namespace motcua
