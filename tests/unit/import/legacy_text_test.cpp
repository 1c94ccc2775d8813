// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/legacy_text.h"

#include "core/base/random.h"
#include "core/base/text.h"

#include <array>
#include <catch2/catch.hpp>
#include <iconv.h>
#include <set>

namespace motcua {

namespace {

/// Every letter of the alphabet with every tone, small ones and capitals.
std::vector<std::string> alphabet()
{
    std::vector<std::string> letters;
    for (const char* base : {"a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y"}) {
        for (const char* tone : {"", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"}) {
            const std::string letter = nfc(std::string(base) + tone);
            letters.push_back(letter);
            letters.push_back(upperVietnamese(letter));
        }
    }
    for (const char* letter :
         {"b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "q", "r", "s", "t", "v", "x"}) {
        letters.emplace_back(letter);
        letters.push_back(upperVietnamese(letter));
    }
    return letters;
}

/// What a library that is not ours makes of the same bytes.
std::string byIconv(const std::string& bytes, const char* code)
{
    iconv_t converter = iconv_open("UTF-8", code);
    REQUIRE(converter != reinterpret_cast<iconv_t>(-1));
    std::string in = bytes;
    std::array<char, 64> room{};
    char* from = in.data();
    std::size_t left = in.size();
    char* to = room.data();
    std::size_t free = room.size();
    iconv(converter, &from, &left, &to, &free);
    iconv(converter, nullptr, nullptr, &to, &free);
    iconv_close(converter);
    return nfc({room.data(), room.size() - free});
}

bool keepsCase(LetterCode code)
{
    return code != LetterCode::Tcvn3 && code != LetterCode::Vps;
}

std::string throughFile(const std::string& text, LetterCode code)
{
    const auto bytes = legacyBytes(text, code);
    REQUIRE(bytes);
    const Converted back = convertLetters(westernText(*bytes), code);
    CHECK(back.odd.empty());
    return back.text;
}

} // namespace

TEST_CASE("every letter of the alphabet comes back from every code", "[import][letters]")
{
    const auto code =
        GENERATE(LetterCode::Tcvn3, LetterCode::Vni, LetterCode::Vps, LetterCode::Viscii, LetterCode::Cp1258);
    for (const std::string& letter : alphabet()) {
        INFO(letterCodeName(code) << " " << letter);
        const std::string back = throughFile(letter, code);
        if (keepsCase(code)) {
            CHECK(back == letter);
        } else {
            CHECK(upperVietnamese(back) == upperVietnamese(letter)); // case may be lost, the letter is not
        }
    }
}

TEST_CASE("small letters come back exactly, whatever the code", "[import][letters]")
{
    const auto code = GENERATE(LetterCode::Tcvn3, LetterCode::Vps);
    for (const std::string& letter : alphabet()) {
        if (upperVietnamese(letter) != letter) {
            CHECK(throughFile(letter, code) == letter);
        }
    }
}

TEST_CASE("two letters side by side come back as they were", "[import][letters]")
{
    // VNI and Windows-1258 write a letter in two bytes: the second must never go with a wrong first.
    const auto code = GENERATE(LetterCode::Vni, LetterCode::Cp1258, LetterCode::Viscii);
    const std::vector<std::string> letters = alphabet();
    for (const std::string& first : letters) {
        for (const std::string& second : letters) {
            if (throughFile(first + second, code) != first + second) {
                FAIL_CHECK(letterCodeName(code) << " " << first << second);
            }
        }
    }
}

TEST_CASE("random words come back from every code", "[import][letters]")
{
    const auto code =
        GENERATE(LetterCode::Tcvn3, LetterCode::Vni, LetterCode::Vps, LetterCode::Viscii, LetterCode::Cp1258);
    SeededRandom random(20261122);
    std::vector<std::string> letters = alphabet();
    letters.insert(letters.end(), {" ", "-", "1", ",", "/", "."});
    for (int i = 0; i < 2000; ++i) {
        std::string text;
        for (std::uint64_t length = random.next() % 20; length > 0; --length) {
            text += letters[random.next() % letters.size()];
        }
        const std::string back = throughFile(text, code);
        CHECK(upperVietnamese(back) == upperVietnamese(text));
    }
}

TEST_CASE("the tables agree with another library where it knows the code", "[import][letters]")
{
    struct Known
    {
        LetterCode code;
        const char* name;
    };
    const auto known = GENERATE(Known{LetterCode::Viscii, "VISCII"}, Known{LetterCode::Tcvn3, "TCVN5712-1"},
                                Known{LetterCode::Cp1258, "CP1258"});
    for (const std::string& letter : alphabet()) {
        const auto bytes = legacyBytes(letter, known.code);
        REQUIRE(bytes);
        INFO(known.name << " " << letter);
        CHECK(convertLetters(westernText(*bytes), known.code).text == byIconv(*bytes, known.name));
    }
}

TEST_CASE("what old programs wrote reads as it was meant", "[import][letters]")
{
    CHECK(convertLetters("NguyÔn V¨n An", LetterCode::Tcvn3).text == "Nguyễn Văn An");
    CHECK(convertLetters("TrÇn ThÞ H­¬ng", LetterCode::Tcvn3).text == "Trần Thị Hương");
    CHECK(convertLetters("Nguyeãn Vaên An", LetterCode::Vni).text == "Nguyễn Văn An");
    CHECK(convertLetters("ÑAËNG THÒ ÖÔÛNG", LetterCode::Vni).text == "ĐẶNG THỊ ƯỞNG");
    CHECK(convertLetters("Nguyá»…n VÄƒn An", LetterCode::Utf8).text == "Nguyễn Văn An");
    CHECK(convertLetters("Nguyễn Văn An", LetterCode::Unicode).text == "Nguyễn Văn An");
}

TEST_CASE("a byte that the code does not have is named, and the rest is read", "[import][letters]")
{
    const Converted odd = convertLetters("NguyÔn\u00C0 An", LetterCode::Tcvn3); // 0xC0 is no letter of TCVN3

    CHECK(odd.text == "Nguyễn\uFFFD An");
    REQUIRE(odd.odd.size() == 1);
    CHECK(odd.odd[0].place == 7);
    CHECK(odd.odd[0].was == "\u00C0");
    CHECK(convertLetters("\u4E2D", LetterCode::Vni).odd.size() == 1);
    CHECK(convertLetters(std::string("a\0b", 3), LetterCode::Unicode).odd.size() == 1);
    CHECK(convertLetters("b\u00E2", LetterCode::Vni).odd.size() ==
          1); // a mark behind a letter that bears none
}

TEST_CASE("every byte comes back from the text that stands for it", "[import][letters]")
{
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) {
        bytes += static_cast<char>(byte);
    }
    CHECK(westernBytes(westernText(bytes)) == bytes);
    CHECK_FALSE(westernBytes("Nguyễn"));
}

TEST_CASE("capitals that were lost are noticed", "[import][letters]")
{
    CHECK(hasLostCase("NGUYễN VăN AN"));
    CHECK_FALSE(hasLostCase("Nguyễn Văn An"));
    CHECK_FALSE(hasLostCase("NGUYỄN VĂN AN"));
    CHECK_FALSE(hasLostCase("Đỗ"));
}

} // namespace motcua
