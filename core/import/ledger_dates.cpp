// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/ledger_dates.h"

#include "core/base/text.h"
#include "core/dossier/schema.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace motcua {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

int valueOf(std::string_view digits)
{
    int value = -1;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

std::string padded(int number)
{
    return (number < 10 ? "0" : "") + std::to_string(number);
}

/// The figures of a date and what stands between them.
struct Pieces
{
    std::vector<std::string> numbers;
    std::vector<std::string> between; ///< before each number, and behind the last
};
Pieces piecesOf(const std::string& text)
{
    Pieces pieces;
    pieces.between.emplace_back();
    for (std::size_t i = 0; i < text.size();) {
        if (!isDigit(text[i])) {
            pieces.between.back() += text[i++];
            continue;
        }
        std::size_t end = i;
        while (end < text.size() && isDigit(text[end])) {
            ++end;
        }
        pieces.numbers.push_back(text.substr(i, end - i));
        pieces.between.emplace_back();
        i = end;
    }
    for (std::string& word : pieces.between) {
        const std::size_t first = word.find_first_not_of(' ');
        word = first == std::string::npos ? "" : word.substr(first, word.find_last_not_of(' ') - first + 1);
    }
    return pieces;
}

bool oneOf(const std::string& word, std::initializer_list<std::string_view> words)
{
    return std::ranges::find(words, word) != words.end();
}

/// Takes "khoảng", "K." and the like off the beginning.
bool takeApproximate(std::string& text)
{
    for (const std::string_view word :
         {"khoang nam ", "khoang ", "k. ", "k.", "chung nam ", "chung ", "~", "~ "}) {
        if (text.starts_with(word)) {
            text.erase(0, word.size());
            return true;
        }
    }
    return false;
}

std::optional<Json> eventDate(const std::string& text, const char* precision, bool approximate)
{
    if (!isCalendarDate(text, precision)) {
        return std::nullopt;
    }
    Json date{{"text", text}, {"precision", precision}};
    if (approximate) {
        date["approximate"] = true;
    }
    return date;
}

bool isYear(const std::string& digits)
{
    return digits.size() == 4 && ledgerYear(digits).has_value();
}

std::optional<Json> fromThree(const Pieces& pieces, bool approximate)
{
    const auto& [numbers, between] = pieces;
    if (!isYear(numbers[2]) || numbers[0].size() > 2 || numbers[1].size() > 2 ||
        !oneOf(between[1], {"/", "-", ".", "thang"}) || !oneOf(between[2], {"/", "-", ".", "nam"}) ||
        !oneOf(between[0], {"", "ngay", "mong"})) {
        return std::nullopt;
    }
    return eventDate(padded(valueOf(numbers[0])) + "/" + padded(valueOf(numbers[1])) + "/" + numbers[2],
                     "day", approximate);
}

std::optional<Json> fromIso(const Pieces& pieces)
{
    const auto& [numbers, between] = pieces;
    const bool hasTime = numbers.size() > 3 && (between[3] == "t" || between[3].empty());
    if (!isYear(numbers[0]) || between[1] != "-" || between[2] != "-" || (numbers.size() > 3 && !hasTime) ||
        numbers[1].size() != 2 || numbers[2].size() != 2) {
        return std::nullopt;
    }
    return eventDate(numbers[2] + "/" + numbers[1] + "/" + numbers[0], "day", false);
}

} // namespace

std::optional<int> ledgerYear(std::string_view text)
{
    const std::string plain = fold(text);
    const std::string_view digits = std::string_view(plain).substr(plain.starts_with("nam ") ? 4 : 0);
    const int year = digits.size() == 4 && std::ranges::all_of(digits, isDigit) ? valueOf(digits) : 0;
    return year >= 1800 && year <= 2100 ? std::optional(year) : std::nullopt;
}

std::optional<Json> ledgerDate(std::string_view text)
{
    if (text.size() > 80) {
        return std::nullopt;
    }
    std::string plain = fold(text);
    const bool approximate = takeApproximate(plain);
    const Pieces pieces = piecesOf(plain);
    const auto& [numbers, between] = pieces;
    if (numbers.empty() || numbers.size() > 6 || (!between.back().empty() && numbers.size() < 4)) {
        return std::nullopt;
    }
    if (numbers.size() == 1 && isYear(numbers[0]) && oneOf(between[0], {"", "nam"})) {
        return eventDate(numbers[0], "year", approximate);
    }
    if (numbers.size() == 2 && isYear(numbers[1]) && numbers[0].size() <= 2 &&
        oneOf(between[0], {"", "thang"}) && oneOf(between[1], {"/", "-", ".", "nam"})) {
        return eventDate(padded(valueOf(numbers[0])) + "/" + numbers[1], "month", approximate);
    }
    if (numbers.size() == 3 && !isYear(numbers[0])) {
        return fromThree(pieces, approximate);
    }
    return numbers.size() >= 3 ? fromIso(pieces) : std::nullopt;
}

std::optional<EntryNumber> ledgerNumber(std::string_view text)
{
    std::string plain = tidyText(text);
    if (fold(plain).starts_with("so ")) {
        plain = plain.substr(plain.find(' ') + 1);
    }
    std::size_t digits = 0;
    while (digits < plain.size() && isDigit(plain[digits])) {
        ++digits;
    }
    std::size_t zeros = 0;
    while (zeros + 1 < digits && plain[zeros] == '0') {
        ++zeros;
    }
    if (digits == 0 || digits > 9) {
        return std::nullopt;
    }
    EntryNumber number{plain.substr(zeros, digits - zeros), std::nullopt};
    std::string rest = plain.substr(digits);
    const std::size_t slash = rest.find_first_of("/-");
    if (slash != std::string::npos && rest.size() - slash == 5) {
        number.year = ledgerYear(rest.substr(slash + 1));
        if (!number.year) {
            return std::nullopt;
        }
        rest = rest.substr(0, slash);
    }
    const bool isTail =
        rest.empty() ||
        (rest.size() == 1 && ((rest[0] >= 'a' && rest[0] <= 'z') || (rest[0] >= 'A' && rest[0] <= 'Z')));
    number.number += rest;
    return isTail ? std::optional(number) : std::nullopt;
}

} // namespace motcua
