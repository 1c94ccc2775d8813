// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/retry_after.h"

#include <array>
#include <charconv>
#include <string>
#include <vector>

namespace motcua {

namespace {

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::vector<std::string_view> splitAt(std::string_view text, std::string_view separators)
{
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const auto end = text.find_first_of(separators);
        if (end != 0) {
            parts.push_back(text.substr(0, end));
        }
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return parts;
}

std::optional<int> digits(std::string_view text, std::size_t least, std::size_t most)
{
    int number = 0;
    if (text.size() < least || text.size() > most) {
        return std::nullopt;
    }
    for (const char c : text) {
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        number = number * 10 + (c - '0');
    }
    return number;
}

std::optional<Millis> timeOf(std::string_view text)
{
    if (text.size() != 8 || text[2] != ':' || text[5] != ':') {
        return std::nullopt;
    }
    const auto hour = digits(text.substr(0, 2), 2, 2);
    const auto minute = digits(text.substr(3, 2), 2, 2);
    const auto second = digits(text.substr(6, 2), 2, 2);
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60) {
        return std::nullopt;
    }
    return std::chrono::hours{*hour} + std::chrono::minutes{*minute} + std::chrono::seconds{*second};
}

std::optional<unsigned> monthOf(std::string_view name)
{
    for (std::size_t i = 0; i < kMonths.size(); ++i) {
        if (kMonths[i] == name) {
            return static_cast<unsigned>(i + 1);
        }
    }
    return std::nullopt;
}

/// Two digits mean the century that puts the date at most 50 years ahead (RFC 9110 section 5.6.7).
int fullYear(int year, std::size_t written, Instant now)
{
    if (written == 4) {
        return year;
    }
    const int current =
        static_cast<int>(std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(now)}.year());
    const int candidate = current - current % 100 + year;
    return candidate > current + 50 ? candidate - 100 : candidate;
}

} // namespace

std::optional<Instant> parseHttpDate(std::string_view text, Instant now)
{
    auto parts = splitAt(text, " -,");
    // asctime has the year last and no zone; the other two begin alike once the separators are gone.
    const bool isAsctime = parts.size() == 5;
    if (!isAsctime && (parts.size() != 6 || parts[5] != "GMT")) {
        return std::nullopt;
    }
    const auto dayText = isAsctime ? parts[2] : parts[1];
    const auto monthText = isAsctime ? parts[1] : parts[2];
    const auto timeText = isAsctime ? parts[3] : parts[4];
    const auto yearText = isAsctime ? parts[4] : parts[3];
    const auto day = digits(dayText, 1, 2);
    const auto month = monthOf(monthText);
    const auto time = timeOf(timeText);
    const auto year = yearText.size() == 3 ? std::nullopt : digits(yearText, 2, 4);
    if (!day || !month || !time || !year) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year{fullYear(*year, yearText.size(), now)},
                                           std::chrono::month{*month},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) {
        return std::nullopt;
    }
    return std::chrono::sys_days{date} + *time;
}

std::optional<Millis> parseRetryAfter(std::string_view value, Instant now)
{
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) {
        value.remove_prefix(1);
    }
    while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) {
        value.remove_suffix(1);
    }
    if (!value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos) {
        // Twelve digits are thirty thousand years; more is still "very long", not unreadable.
        const auto bounded = value.size() > 12 ? std::string_view("999999999999") : value;
        std::int64_t seconds = 0;
        std::from_chars(bounded.data(), bounded.data() + bounded.size(), seconds);
        return seconds > 0 ? std::optional<Millis>(std::chrono::seconds{seconds}) : std::nullopt;
    }
    const auto moment = parseHttpDate(value, now);
    if (!moment || *moment <= now) {
        return std::nullopt;
    }
    return *moment - now;
}

} // namespace motcua
