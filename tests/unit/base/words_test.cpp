// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/base/text.h"

#include <catch2/catch.hpp>
#include <map>
#include <optional>
#include <sstream>
#include <unicode/rbnf.h>

using namespace motcua;
using namespace std::chrono;

namespace {

/// A second method, from another engine: ICU's rule-based number formatter. Its own Vietnamese rules say
/// "một triệu lẻ một" and "mươi tư"; these are the same rules with the usage of domain.md.
const char* const kRules = R"(
%main:
0: không; một; hai; ba; bốn; năm; sáu; bảy; tám; chín;
10: mười[ >%%teen>];
20: << mươi[ >%%ty>];
100: << trăm[ >%%hundred>];
1000: << nghìn[ >%%inner>];
1000000: << triệu[ >%%inner>];
1000000000: << tỷ[ >%%inner>];
%%teen:
0: =%main=;
5: lăm;
6: =%main=;
%%ty:
0: =%main=;
1: mốt;
2: =%main=;
5: lăm;
6: =%main=;
%%hundred:
0: linh =%main=;
10: =%main=;
%%inner:
0: không trăm =%%hundred=;
100: =%main=;
1000: <%%inner< nghìn[ >%%inner>];
1000000: <%%inner< triệu[ >%%inner>];
)";

class SecondMethod
{
public:
    SecondMethod() : m_format(icu::UnicodeString::fromUTF8(kRules), icu::Locale("vi"), m_parse, m_status)
    {
        REQUIRE(U_SUCCESS(m_status));
    }
    std::string words(std::int64_t number) const
    {
        icu::UnicodeString text;
        m_format.format(number, text);
        std::string out;
        text.toUTF8String(out);
        return out;
    }

private:
    UParseError m_parse{};
    UErrorCode m_status = U_ZERO_ERROR;
    icu::RuleBasedNumberFormat m_format;
};

/// A third: reads the words back, by adding up what they say.
std::optional<std::int64_t> readBack(const std::string& words)
{
    static const std::map<std::string, int> kUnits{
        {"không", 0}, {"một", 1}, {"mốt", 1}, {"hai", 2}, {"ba", 3},  {"bốn", 4}, {"tư", 4},
        {"năm", 5},   {"lăm", 5}, {"sáu", 6}, {"bảy", 7}, {"tám", 8}, {"chín", 9}};
    std::int64_t billions = 0;
    std::int64_t sum = 0;
    std::int64_t group = 0;
    std::int64_t last = 0;
    std::istringstream in(words);
    for (std::string word; in >> word;) {
        if (const auto unit = kUnits.find(word); unit != kUnits.end()) {
            last = unit->second;
            group += last;
        } else if (word == "mười") {
            group += 10;
        } else if (word == "mươi") {
            group += last * 9;
        } else if (word == "trăm") {
            group += last * 99;
        } else if (word == "nghìn" || word == "ngàn" || word == "triệu") {
            sum += group * (word == "triệu" ? 1'000'000 : 1'000);
            group = 0;
        } else if (word == "tỷ") {
            billions = sum + group;
            sum = group = 0;
        } else if (word != "linh" && word != "lẻ") {
            return std::nullopt;
        }
    }
    return billions * 1'000'000'000 + sum + group;
}

} // namespace

TEST_CASE("amounts are said as common usage says them")
{
    struct Row
    {
        std::int64_t amount;
        const char* words;
    };
    const Row rows[] = {
        {0, "Không đồng"},
        {1, "Một đồng"},
        {4, "Bốn đồng"},
        {5, "Năm đồng"},
        {10, "Mười đồng"},
        {11, "Mười một đồng"},
        {14, "Mười bốn đồng"},
        {15, "Mười lăm đồng"},
        {20, "Hai mươi đồng"},
        {21, "Hai mươi mốt đồng"},
        {24, "Hai mươi bốn đồng"},
        {55, "Năm mươi lăm đồng"},
        {100, "Một trăm đồng"},
        {101, "Một trăm linh một đồng"},
        {105, "Một trăm linh năm đồng"},
        {110, "Một trăm mười đồng"},
        {115, "Một trăm mười lăm đồng"},
        {1000, "Một nghìn đồng"},
        {1001, "Một nghìn không trăm linh một đồng"},
        {1050, "Một nghìn không trăm năm mươi đồng"},
        {2000, "Hai nghìn đồng"},
        {10'500, "Mười nghìn năm trăm đồng"},
        {21'000, "Hai mươi mốt nghìn đồng"},
        {200'000, "Hai trăm nghìn đồng"},
        {1'000'001, "Một triệu không trăm linh một đồng"},
        {1'005'000, "Một triệu không trăm linh năm nghìn đồng"},
        {12'345'678, "Mười hai triệu ba trăm bốn mươi lăm nghìn sáu trăm bảy mươi tám đồng"},
        {2'000'000'000, "Hai tỷ đồng"},
        {5'000'000'001, "Năm tỷ không trăm linh một đồng"},
        {1'000'000'000'000, "Một nghìn tỷ đồng"},
        {1'002'000'000'000, "Một nghìn không trăm linh hai tỷ đồng"},
        {1'000'000'000'000'000, "Một triệu tỷ đồng"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.amount);
        CHECK(amountInWords(row.amount) == row.words);
    }
    CHECK(amountInWords(-1).empty());
    CHECK(amountInWords(kWordsMax + 1).empty());
}

TEST_CASE("a unit chooses its words")
{
    WordStyle style;
    style.zero = ZeroWord::Le;
    style.thousand = ThousandWord::Ngan;
    CHECK(amountInWords(1001, style) == "Một ngàn không trăm lẻ một đồng");
    style.four = FourWord::Tu;
    style.sayEven = true;
    style.period = true;
    CHECK(amountInWords(24'000, style) == "Hai mươi tư ngàn đồng chẵn.");
    CHECK(numberInWords(14, style) == "mười bốn");
}

TEST_CASE("two other methods agree on 100,000 random amounts up to a thousand billion")
{
    const SecondMethod second;
    SeededRandom random(20261121);
    int wrong = 0;
    for (int i = 0; i < 100'000; ++i) {
        // Every length alike, and every second number with groups of zeros, where the rules are.
        std::int64_t bound = 10;
        for (std::uint64_t digits = random.below(12); digits > 0; --digits) {
            bound *= 10;
        }
        auto number = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(bound) + 1));
        if (i % 2 == 1) {
            const std::int64_t step = i % 4 == 1 ? 1'000 : 1'000'000;
            number = number / step * step + static_cast<std::int64_t>(random.below(12));
        }
        number = std::min<std::int64_t>(number, 1'000'000'000'000);
        const std::string words = numberInWords(number);
        if (words != second.words(number) || readBack(words) != number) {
            ++wrong;
            UNSCOPED_INFO(number << ": " << words << " / " << second.words(number));
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("every number below twenty thousand is said alike by all methods")
{
    const SecondMethod second;
    int wrong = 0;
    for (std::int64_t number = 0; number < 20'000; ++number) {
        const std::string words = numberInWords(number);
        wrong += words == second.words(number) && readBack(words) == number ? 0 : 1;
    }
    CHECK(wrong == 0);
}

TEST_CASE("the whole range to ten to the fifteenth reads back")
{
    SeededRandom random(7);
    for (int i = 0; i < 5'000; ++i) {
        const auto number =
            static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(kWordsMax) + 1));
        CAPTURE(number);
        CHECK(readBack(numberInWords(number)) == number);
    }
}

TEST_CASE("amounts are written with dots")
{
    CHECK(formatDong(0) == "0 đ");
    CHECK(formatDong(999) == "999 đ");
    CHECK(formatDong(21'000) == "21.000 đ");
    CHECK(formatDong(1'000'000) == "1.000.000 đ");
    CHECK(formatDong(-5'000) == "-5.000 đ");
    CHECK(formatDong(INT64_MIN) == "-9.223.372.036.854.775.808 đ");
}

TEST_CASE("dates of birth and death are said in words")
{
    CHECK(dateInWords(2026y / 8 / 15) == "Ngày mười lăm tháng tám năm hai nghìn không trăm hai mươi sáu");
    CHECK(dateInWords(1984y / 4 / 4) == "Ngày bốn tháng tư năm một nghìn chín trăm tám mươi bốn");
    CHECK(dateInWords(2005y / 12 / 31) ==
          "Ngày ba mươi mốt tháng mười hai năm hai nghìn không trăm linh năm");
    CHECK(dateInWords(2000y / 1 / 1) == "Ngày một tháng một năm hai nghìn");
    WordStyle style;
    style.earlyDay = EarlyDayWord::Mong;
    CHECK(dateInWords(2026y / 2 / 10, style) ==
          "Ngày mồng mười tháng hai năm hai nghìn không trăm hai mươi sáu");
    CHECK(dateInWords(2026y / 2 / 11, style) ==
          "Ngày mười một tháng hai năm hai nghìn không trăm hai mươi sáu");
    CHECK(monthInWords(1984y / June) == "Tháng sáu năm một nghìn chín trăm tám mươi bốn");
    CHECK(yearInWords(1930y) == "Năm một nghìn chín trăm ba mươi");
}
