// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/time.h"
#include "core/dossier/schema.h"

#include <algorithm>
#include <charconv>

namespace motcua {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool allDigits(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
}

int numberOf(std::string_view digits)
{
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

} // namespace

// ^[A-Z][0-9A-Z.]{1,34}-[0-9]{6}-[0-9]{4,6}$
bool isDossierCode(std::string_view text)
{
    const std::size_t first = text.find('-');
    if (first == std::string_view::npos || first < 2 || first > 35 || text[0] < 'A' || text[0] > 'Z') {
        return false;
    }
    const auto inUnit = [](char c) { return isDigit(c) || (c >= 'A' && c <= 'Z') || c == '.'; };
    const std::string_view unit = text.substr(0, first);
    const std::string_view rest = text.substr(first + 1);
    if (!std::all_of(unit.begin(), unit.end(), inUnit) || rest.size() < 11 || rest.size() > 13) {
        return false;
    }
    return allDigits(rest.substr(0, 6)) && rest[6] == '-' && allDigits(rest.substr(7));
}

bool isLowerHex(std::string_view text, std::size_t digits)
{
    const auto isHex = [](char c) { return isDigit(c) || (c >= 'a' && c <= 'f'); };
    return text.size() == digits && std::all_of(text.begin(), text.end(), isHex);
}

bool isUid(std::string_view text)
{
    if (text.size() != 36) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !isLowerHex(text.substr(i, 1), 1)) {
            return false;
        }
    }
    return true;
}

bool isContractInstant(std::string_view text)
{
    const auto instant = parseRfc3339(text);
    return instant && toRfc3339(*instant) == text;
}

bool isCalendarDate(std::string_view text, std::string_view precision)
{
    std::string_view rest = text;
    int day = 1;
    int month = 1;
    const auto take = [&rest](int& part) {
        if (rest.size() < 3 || !allDigits(rest.substr(0, 2)) || rest[2] != '/') {
            return false;
        }
        part = numberOf(rest.substr(0, 2));
        rest.remove_prefix(3);
        return true;
    };
    const bool hasDay = precision == "day";
    const bool hasMonth = hasDay || precision == "month";
    if ((!hasMonth && precision != "year") || (hasDay && !take(day)) || (hasMonth && !take(month)) ||
        rest.size() != 4 || !allDigits(rest)) {
        return false;
    }
    const int year = numberOf(rest);
    return year >= 1 && Day{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                            std::chrono::day{static_cast<unsigned>(day)}}
                            .ok();
}

std::size_t codePoints(std::string_view text)
{
    const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins));
}

std::string pointerToken(std::string_view name)
{
    std::string token;
    for (const char c : name) {
        if (c == '~') {
            token += "~0";
        } else if (c == '/') {
            token += "~1";
        } else {
            token += c;
        }
    }
    return token;
}

} // namespace motcua
