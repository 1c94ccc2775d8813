// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers, amounts and dates in words, by common written usage (domain.md section 11); where usage differs
// between units the choice is in WordStyle.
#include "core/base/text.h"

#include <array>

namespace motcua {

namespace {

constexpr std::array<std::string_view, 10> kDigits{"không", "một", "hai", "ba",  "bốn",
                                                   "năm",   "sáu", "bảy", "tám", "chín"};

enum class Place
{
    Leading,
    Inner, ///< hundreds are said even when there are none: không trăm
};

void say(std::string& out, std::string_view word)
{
    if (!out.empty()) {
        out.push_back(' ');
    }
    out += word;
}

std::string_view unitWord(int tens, int unit, const WordStyle& style)
{
    if (unit == 1 && tens > 1) {
        return "mốt";
    }
    if (unit == 5 && tens > 0) {
        return "lăm";
    }
    if (unit == 4 && tens > 1 && style.four == FourWord::Tu) {
        return "tư";
    }
    return kDigits[static_cast<std::size_t>(unit)];
}

/// 1 to 999.
void sayGroup(std::string& out, int group, Place place, const WordStyle& style)
{
    const int hundreds = group / 100;
    const int tens = group / 10 % 10;
    const int unit = group % 10;
    const bool saysHundreds = hundreds > 0 || place == Place::Inner;
    if (saysHundreds) {
        say(out, kDigits[static_cast<std::size_t>(hundreds)]);
        say(out, "trăm");
    }
    if (tens == 0 && unit > 0 && saysHundreds) {
        say(out, style.zero == ZeroWord::Linh ? "linh" : "lẻ");
    } else if (tens == 1) {
        say(out, "mười");
    } else if (tens > 1) {
        say(out, kDigits[static_cast<std::size_t>(tens)]);
        say(out, "mươi");
    }
    if (unit > 0) {
        say(out, unitWord(tens, unit, style));
    }
}

/// Below 10⁹: groups of millions, thousands, ones; empty ones are passed over.
void sayBelowBillion(std::string& out, std::int64_t number, Place place, const WordStyle& style)
{
    struct Scale
    {
        std::int64_t size;
        std::string_view word;
    };
    const std::array<Scale, 3> scales{
        {{1'000'000, "triệu"}, {1'000, style.thousand == ThousandWord::Nghin ? "nghìn" : "ngàn"}, {1, ""}}};
    for (const Scale& scale : scales) {
        const int group = static_cast<int>(number / scale.size % 1000);
        if (group == 0) {
            continue;
        }
        sayGroup(out, group, place, style);
        place = Place::Inner;
        if (!scale.word.empty()) {
            say(out, scale.word);
        }
    }
}

/// Every word that begins a number or a date begins with an ASCII letter.
std::string capitalised(std::string text)
{
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    }
    return text;
}

std::string monthWords(std::chrono::month month, const WordStyle& style)
{
    const unsigned number = static_cast<unsigned>(month);
    return "tháng " + (number == 4 ? std::string("tư") : numberInWords(number, style));
}

std::string yearWords(std::chrono::year year, const WordStyle& style)
{
    return "năm " + numberInWords(static_cast<int>(year), style);
}

} // namespace

std::string numberInWords(std::int64_t number, const WordStyle& style)
{
    if (number < 0 || number > kWordsMax) {
        return {};
    }
    if (number == 0) {
        return std::string(kDigits[0]);
    }
    constexpr std::int64_t kBillion = 1'000'000'000;
    std::string out;
    if (number >= kBillion) {
        sayBelowBillion(out, number / kBillion, Place::Leading, style);
        say(out, "tỷ");
    }
    sayBelowBillion(out, number % kBillion, number >= kBillion ? Place::Inner : Place::Leading, style);
    return out;
}

std::string amountInWords(std::int64_t dong, const WordStyle& style)
{
    const std::string number = numberInWords(dong, style);
    if (number.empty()) {
        return {};
    }
    return capitalised(number) + " đồng" + (style.sayEven ? " chẵn" : "") + (style.period ? "." : "");
}

std::string formatDong(std::int64_t dong)
{
    // Through unsigned, so that the least number has an opposite.
    const auto bits = static_cast<std::uint64_t>(dong);
    const std::string digits = std::to_string(dong < 0 ? 0 - bits : bits);
    std::string out = dong < 0 ? "-" : "";
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) {
            out.push_back('.');
        }
        out.push_back(digits[i]);
    }
    return out + " đ";
}

std::string dateInWords(Day day, const WordStyle& style)
{
    const unsigned number = static_cast<unsigned>(day.day());
    std::string early;
    if (number <= 10 && style.earlyDay != EarlyDayWord::None) {
        early = style.earlyDay == EarlyDayWord::Mong ? "mồng " : "mùng ";
    }
    return "Ngày " + early + numberInWords(number, style) + " " + monthWords(day.month(), style) + " " +
           yearWords(day.year(), style);
}

std::string monthInWords(std::chrono::year_month month, const WordStyle& style)
{
    return capitalised(monthWords(month.month(), style) + " " + yearWords(month.year(), style));
}

std::string yearInWords(std::chrono::year year, const WordStyle& style)
{
    return capitalised(yearWords(year, style));
}

} // namespace motcua
