// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/base/text.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <compare>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

using namespace motcua;

namespace {

std::string nfd(const std::string& text)
{
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* decomposer = icu::Normalizer2::getNFDInstance(status);
    std::string out;
    decomposer->normalize(icu::UnicodeString::fromUTF8(text), status).toUTF8String(out);
    REQUIRE(U_SUCCESS(status));
    return out;
}

std::string utf8(char32_t c)
{
    std::string out;
    icu::UnicodeString(static_cast<UChar32>(c)).toUTF8String(out);
    return out;
}

std::vector<std::string> sorted(std::vector<std::string> names)
{
    std::sort(names.begin(), names.end(),
              [](const std::string& a, const std::string& b) { return std::is_lt(compareNames(a, b)); });
    return names;
}

const std::string kFlood = [] {
    std::string marks;
    for (int i = 0; i < 5000; ++i) {
        marks += "\u0301";
    }
    return marks;
}();

} // namespace

TEST_CASE("one name has one search key however it was typed")
{
    struct Row
    {
        const char* text;
        const char* key;
    };
    const Row rows[] = {
        {"Nguyễn Thị Hoà", "nguyen thi hoa"},
        {"NGUYỄN THỊ HÒA", "nguyen thi hoa"},
        {"  Nguyễn\tThị\u00a0\u3000Hòa\r\n", "nguyen thi hoa"},
        {"Đặng Đức Ðạt", "dang duc dat"}, // the last one with U+00D0
        {"Ư Ơ Ă Â Ê Ô ư ơ", "u o a a e o u o"},
        {"Thúy Thuý", "thuy thuy"},
        {"H'Hen Niê", "h'hen nie"},
        {"H\u2019Hen Niê", "h'hen nie"},
        {"H\u02bcHen Ni\u0302e", "h'hen nie"},
        {"H`Hen Niê", "h'hen nie"},
        {"H\u00b4Hen Niê", "h'hen nie"},
        {"H\uff07Hen Niê", "h'hen nie"},
        {"K\u2018Brơi", "k'broi"},
        {"Ng\u200buyễn\ufeff V\u00adăn\u202e An", "nguyen van an"},
        {"\uff2e\uff27\uff35\uff39\uff25\uff2e \uff11\uff12", "nguyen 12"},
        {"Y \u0180yă Č Ñ Ŏ Ŭ", "y bya c n o u"},
        {"Straße ﬁ Æsir Œuvre Þór", "strasse fi aesir oeuvre thor"},
        {"A\u2013B \u201cC\u201d", "a-b \"c\""},
        {"Ω ПЁТР 李", "ω петр 李"},
        {"", ""},
        {" \u200b ", ""},
        {"a\xff\xfe\x62", "a b"},
        {"a\x01\x7f\x62", "ab"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        CHECK(fold(row.text) == row.key);
        CHECK(fold(nfd(row.text)) == row.key);
        CHECK(fold(fold(row.text)) == row.key);
    }
}

TEST_CASE("every character folds to the same key composed and decomposed, and a key folds to itself")
{
    int wrong = 0;
    for (char32_t c = 1; c < 0x20000; ++c) {
        if (c >= 0xD800 && c <= 0xDFFF) {
            continue;
        }
        const std::string text = "x" + utf8(c) + "y";
        const std::string key = fold(text);
        if (fold(nfd(text)) != key || fold(key) != key || fold(nfc(text)) != key) {
            ++wrong;
            WARN("U+" << std::hex << static_cast<std::uint32_t>(c) << " gives " << key);
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("the tables agree with Unicode's own decompositions for all Latin letters with marks")
{
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* decomposer = icu::Normalizer2::getNFDInstance(status);
    for (char32_t c = 0xC0; c < 0x1F00; c = c == 0x24F ? 0x1E00 : c + 1) {
        const icu::UnicodeString apart =
            decomposer->normalize(icu::UnicodeString(static_cast<UChar32>(c)), status);
        if (apart.length() < 2 || apart.charAt(0) > 0x7F) {
            continue;
        }
        const char base = static_cast<char>(u_tolower(apart.charAt(0)));
        CAPTURE(static_cast<std::uint32_t>(c));
        CHECK(fold(utf8(c)) == std::string(1, base));
    }
}

TEST_CASE("hostile text folds to something small, in time")
{
    CHECK(fold("a" + kFlood + "b") == "ab");
    CHECK(fold(std::string(10000, ' ') + "x") == "x");
    std::string bidi;
    for (int i = 0; i < 10000; ++i) {
        bidi += "\u202e\u2066\u200f";
    }
    CHECK(fold("An" + bidi + "h") == "anh");

    SeededRandom random(2026);
    for (int round = 0; round < 20000; ++round) {
        std::string noise;
        for (std::uint64_t i = random.below(24); i > 0; --i) {
            noise.push_back(static_cast<char>(random.below(256)));
        }
        const std::string key = fold(noise);
        CHECK(fold(key) == key);
        CHECK(tidyText(tidyText(noise)) == tidyText(noise));
    }
}

TEST_CASE("words of the key are cut at everything that is no letter or digit")
{
    CHECK(foldedWords("  H’Hen  Niê ") == std::vector<std::string>{"h", "hen", "nie"});
    CHECK(foldedWords("H26.131-261121-1001") == std::vector<std::string>{"h26", "131", "261121", "1001"});
    CHECK(foldedWords("\"*' OR NEAR(") == std::vector<std::string>{"or", "near"});
    CHECK(foldedWords("李 ω") == std::vector<std::string>{"李", "ω"});
    CHECK(foldedWords(" -- ").empty());
}

TEST_CASE("text is stored composed and without what nobody sees")
{
    CHECK(nfc(nfd("Nguyễn Thị Hoà")) == "Nguyễn Thị Hoà");
    CHECK(nfc("Nguyễn") == "Nguyễn");
    CHECK(nfc("a\xff") == "a\uFFFD");
    CHECK(tidyText(" \u202eNguyễn\u200b \u00a0 Văn\n\tAn\u0007 ") == "Nguyễn Văn An");
    CHECK(tidyText("e\u200b\u0301") == "é");
    CHECK(tidyText("H\u2019Hen") == "H\u2019Hen"); // letters and quotes stay as they were written
    CHECK(tidyText("a" + kFlood + "b").size() < 32);
    CHECK(tidyText("<b>&amp;=1+2</b>") == "<b>&amp;=1+2</b>");
    CHECK(tidyText("a\uFFFFb\u3164") == "ab");
    CHECK(tidyText(" một \r\n\r\n\n\n hai \n ba ", Lines::Keep) == "một\n\nhai\nba");
}

TEST_CASE("capitals keep their marks")
{
    CHECK(upperVietnamese("Nguyễn Thị Đường ươ") == "NGUYỄN THỊ ĐƯỜNG ƯƠ");
    CHECK(upperVietnamese(nfd("hoà ẵ")) == "HOÀ Ẵ");
    CHECK(upperVietnamese("H'Hen Niê i") == "H'HEN NIÊ I");
}

TEST_CASE("names are listed by given name, surname, middle, and tones decide last")
{
    const std::vector<std::string> order{
        "Y",           "Nguyễn Văn An",   "Nguyễn Văn Án", "Nguyễn Văn Ạn", "Trần An",
        "Trần Thị An", "Trần Thị Mai An", "Bùi Anh",       "Lê Ăn",         "Lê Ân",
        "Lê Dung",     "Lê Đan",          "Lê Em",         "Lê Êm",         "Lê Hoa",
        "Lê Hoà",      "Lê Hỏa",          "Lê Hõa",        "Lê Hóa",        "Lê Hoạ",
        "Lê Khánh",    "Lê Nga",          "Lê Nghĩa",      "H'Hen Niê",     "Lê Oanh",
        "Lê Ổn",       "Lê Ơn",           "Lê Uyên",       "Lê Ước",        "Lê Vinh",
        "Lê Xuân",     "Lê Yến",          "Lê 李",
    };
    std::vector<std::string> shuffled = order;
    std::reverse(shuffled.begin() + 1, shuffled.end());
    // A single word is a given name: Y stands at y.
    std::vector<std::string> expected(order.begin() + 1, order.end());
    expected.insert(std::find(expected.begin(), expected.end(), "Lê Yến"), "Y");

    CHECK(sorted(shuffled) == expected);
    CHECK(nameSortKey("Lê Hoà") == nameSortKey(nfd("lê  HÒA")));
    CHECK(nameSortKey("H'Hen Niê") == nameSortKey("H\u2019Hen Niê"));
    CHECK(std::is_lt(compareNames("Lê Văn Hòa", "Trần Văn Hoa"))); // all letters before any tone
    CHECK(nameSortKey("").empty());
    CHECK(nameSortKey("An" + kFlood).size() < 32);
}

TEST_CASE("typing that no input method turned into letters is noticed")
{
    for (const char* word :
         {"Nguyeenx", "Nguye6n4", "Ddoong", "Vawn", "Thij", "Hoas", "Quoocs", "d9u7c7", "Tra62n", "Phuowng",
          "Lee", "NGUYEENX", "Nguyễnx", "Huwng", "Ddawng", "Leej", "Thuyr"}) {
        CAPTURE(word);
        CHECK(looksLikeLeftoverTyping(word));
    }
    for (const char* word :
         {"Nguyễn", "Nguyen", "Văn", "Hoà",  "Quốc",       "Khuya", "xoong",  "Nghiêng", "Giếng",
          "Y",      "H'Hen",  "Niê", "Ksor", "Rahlan",     "Kpă",   "Thomas", "Anna",    "26",
          "12A3",   "A1",     "",    "QL18", "0912345678", "Đường", "Thuở",   "Quyền",   "Huỳnh",
          "Rượu",   "Khuếch", "Gì",  "Ý",    "Uyển",       "Oanh",  "Yến",    "Ngoạn",   "Xoèn"}) {
        CAPTURE(word);
        CHECK_FALSE(looksLikeLeftoverTyping(word));
    }
}

TEST_CASE("letters that Vietnamese does not have are named once each")
{
    CHECK(lettersOutsideVietnamese("Nguyễn Thị Đường Ưở, số 1/2").empty());
    CHECK(lettersOutsideVietnamese("Jakub Wójcik Józef") == "JWjzf");
    CHECK(lettersOutsideVietnamese("Ñoñ č") == "Ññč");
    CHECK(lettersOutsideVietnamese("Петр") == "Петр");
}
