// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/code.h"

#include "core/base/check.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace motcua {

namespace {

constexpr int kNormalLast = 899; // s900 to s999 are for paper mode
constexpr int kShortLast = 999;
constexpr int kLongFirst = 1000;
constexpr int kLongLast = 9999;
constexpr std::size_t kUnitMin = 2;
constexpr std::size_t kUnitMax = 35; // QĐ 20/2020/QĐ-TTg

bool isDigits(std::string_view text)
{
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// At most nine digits, already checked.
int numberFrom(std::string_view digits)
{
    int number = 0;
    for (const char c : digits) {
        number = number * 10 + (c - '0');
    }
    return number;
}

/// What a slot counts, 1 to 9999, from the number printed; 0 when the slot has no such number.
int runningOf(int slot, int number)
{
    if (slot < 0 || slot > kSlotMax) {
        return 0;
    }
    const int shortRunning = number - slot * 1'000;
    if (shortRunning >= 1 && shortRunning <= kShortLast) {
        return shortRunning;
    }
    const int longRunning = number - slot * 10'000;
    return longRunning >= kLongFirst && longRunning <= kLongLast ? longRunning : 0;
}

int numberOf(int slot, int running)
{
    return running <= kShortLast ? slot * 1'000 + running : slot * 10'000 + running;
}

/// YYMMDD of this century.
std::optional<Day> dayFrom(std::string_view digits)
{
    const Day day{std::chrono::year{2000 + numberFrom(digits.substr(0, 2))},
                  std::chrono::month{static_cast<unsigned>(numberFrom(digits.substr(2, 2)))},
                  std::chrono::day{static_cast<unsigned>(numberFrom(digits.substr(4, 2)))}};
    return day.ok() ? std::optional<Day>(day) : std::nullopt;
}

} // namespace

Result<int> nextNumber(int slot, std::optional<int> highestToday)
{
    if (slot < 0 || slot > kSlotMax) {
        return fail(ErrorKind::Invalid, "a slot is 0 to 9, not " + std::to_string(slot));
    }
    if (!highestToday) {
        return numberOf(slot, 1);
    }
    const int running = runningOf(slot, *highestToday);
    if (running == 0) {
        return fail(ErrorKind::Invalid,
                    "number " + std::to_string(*highestToday) + " is not of slot " + std::to_string(slot));
    }
    if (running >= kLongLast) {
        return fail(ErrorKind::Refused, "the day's numbers of slot " + std::to_string(slot) + " are used up");
    }
    const int next = running + 1;
    return numberOf(slot, next > kNormalLast && next < kLongFirst ? kLongFirst : next);
}

std::string makeCode(std::string_view unit, Day day, int slot, int number)
{
    const int running = runningOf(slot, number);
    require(running > 0, "a code's number is of its slot");
    const int year = static_cast<int>(day.year());
    require(year >= 2000 && year <= 2099, "a code's year has two digits");
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(),
                  running <= kShortLast ? "-%02d%02u%02u-%d%03d" : "-%02d%02u%02u-%d%04d", year % 100,
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()), slot, running);
    return std::string(unit) + text.data();
}

bool isNumberOf(int slot, int number)
{
    return runningOf(slot, number) > 0;
}

bool isPaperNumber(int slot, int number)
{
    const int running = runningOf(slot, number);
    return running > kNormalLast && running <= kShortLast;
}

bool isUnitCode(std::string_view text)
{
    return text.size() >= kUnitMin && text.size() <= kUnitMax && text[0] >= 'A' && text[0] <= 'Z' &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.'; });
}

std::optional<DossierCode> parseCode(std::string_view text)
{
    const std::size_t first = text.find('-');
    const std::size_t second = first == std::string_view::npos ? first : text.find('-', first + 1);
    if (second == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view unit = text.substr(0, first);
    const std::string_view date = text.substr(first + 1, second - first - 1);
    const std::string_view digits = text.substr(second + 1);
    if (!isUnitCode(unit) || date.size() != 6 || !isDigits(date) || !isDigits(digits) || digits.size() < 4 ||
        digits.size() > 6) {
        return std::nullopt;
    }
    const std::optional<Day> day = dayFrom(date);
    if (!day) {
        return std::nullopt;
    }
    DossierCode code{std::string(unit), *day, numberFrom(digits)};
    if (digits.size() == 6) {
        code.kind = CodeKind::Portal;
        return digits[0] == '0' && code.number > 0 ? std::optional<DossierCode>(code) : std::nullopt;
    }
    code.slot = digits[0] - '0';
    // The width must be the number's own: 10999 would be 1999 written with a digit too many.
    const int running = numberFrom(digits.substr(1));
    const bool right = digits.size() == 4 ? running >= 1 : running >= kLongFirst;
    return right ? std::optional<DossierCode>(code) : std::nullopt;
}

bool isValidCodeFor(std::string_view unit, int slot, Day day, std::string_view code)
{
    const std::optional<DossierCode> read = parseCode(code);
    return read && read->kind == CodeKind::Counter && read->unit == unit && read->slot == slot &&
           read->day == day;
}

} // namespace motcua
