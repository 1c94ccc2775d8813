// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/recognise.h"

#include "core/base/text.h"
#include "core/import/syllable.h"

#include <catch2/catch.hpp>

namespace motcua {

namespace {

const std::vector<std::string> kNames{"Nguyễn Văn An", "Trần Thị Hương", "Lê Đức Thịnh",   "Phạm Ngọc Ánh",
                                      "Hoàng Thị Mỹ",  "Vũ Quang Dũng",  "Đặng Thu Thảo",  "Bùi Xuân Trường",
                                      "Đỗ Hữu Phước",  "Ngô Thị Tuyết",  "Dương Văn Khải", "Lý Thị Kiều"};
const std::vector<std::string> kPlaces{"xã Phúc Thọ, huyện Phúc Thọ",   "thị trấn Quảng Oai", "xã Vân Nam",
                                       "phường Lê Lợi, thị xã Sơn Tây", "xã Hát Môn",         "thôn Bảo Lộc"};

std::string written(const std::string& text, LetterCode code)
{
    if (code == LetterCode::Unicode) {
        return text;
    }
    if (code == LetterCode::Utf8) {
        return westernText(text);
    }
    const auto bytes = legacyBytes(text, code);
    REQUIRE(bytes);
    return westernText(*bytes);
}

ColumnLetters column(const std::vector<std::string>& texts, LetterCode code,
                     std::optional<LetterCode> font = std::nullopt)
{
    ColumnLetters letters;
    for (const std::string& text : texts) {
        SheetCell cell;
        cell.text = written(text, code);
        cell.font = font;
        letters.add(cell);
    }
    return letters;
}

/// A long ledger: the same people again and again, every second name in capitals.
std::vector<std::string> longLedger()
{
    std::vector<std::string> texts;
    for (int i = 0; i < 200; ++i) {
        for (const std::string& name : kNames) {
            texts.push_back(i % 2 == 0 ? name : upperVietnamese(name));
        }
    }
    return texts;
}

// What "Khánh" is in TCVN3 is "Khịnh" in VISCII, both good syllables; so are all these.
const std::vector<std::string> kEitherWay{"Khánh", "Thánh", "Chánh", "Tánh", "Cánh", "Bánh", "Lánh", "Hánh"};

} // namespace

TEST_CASE("syllables of Vietnamese weigh, others do not", "[import][recognise]")
{
    for (const char* word : {"Nguyễn", "Thị", "Hương", "QUỐC", "gì", "giếng", "khuya", "Đặng", "yên"}) {
        INFO(word);
        CHECK(syllableWeight(word) > 0);
    }
    for (const char* word : {"NguyÔn", "TrÇn", "hạcc", "bàt", "têc", "văNam", "Müller", "", "áb", "1984"}) {
        INFO(word);
        CHECK(syllableWeight(word) == 0);
    }
    CHECK(syllableWeight("Nữ") > syllableWeight("Nọp"));

    // Without capitals that bear a tone: only such a letter may be small between capitals.
    for (const char* word : {"NGUYễN", "BíCH", "THị", "PHạM"}) {
        INFO(word);
        CHECK(syllableWeight(word, Case::Lost) > 0);
    }
    for (const char* word : {"NGUYễN", "BíCH", "PHạM"}) {
        INFO(word);
        CHECK(syllableWeight(word) == 0);
    }
    for (const char* word : {"văNam", "thịNh", "TâN", "LươNG", "nguYễN", "ÁnH"}) {
        INFO(word);
        CHECK(syllableWeight(word, Case::Lost) == 0);
    }
}

TEST_CASE("each code is recognised from a dozen names", "[import][recognise]")
{
    for (const LetterCode code : allLetterCodes()) {
        const auto found = recognise({column(kNames, code)});
        INFO(letterCodeName(code));
        CHECK(found[0].code == code);
        CHECK(found[0].sure == Recognition::Sure::Yes);
        CHECK(found[0].percent >= 95);
        CHECK(upperVietnamese(found[0].after) == upperVietnamese(kNames[0]));
    }
}

TEST_CASE("names in capitals do not hide the code of a long ledger", "[import][recognise]")
{
    const std::vector<std::string> texts = longLedger();
    for (const LetterCode code : allLetterCodes()) {
        const auto found = recognise({column(texts, code)});
        INFO(letterCodeName(code));
        CHECK(found[0].code == code);
        CHECK(found[0].sure == Recognition::Sure::Yes);
        CHECK(found[0].percent >= 95);
        CHECK(found[0].lostCase == (code == LetterCode::Tcvn3 || code == LetterCode::Vps));

        std::vector<std::string> capitals;
        for (const std::string& name : kNames) {
            capitals.push_back(upperVietnamese(name));
        }
        const auto only = recognise({column(capitals, code)});
        CHECK(only[0].code == code);
        CHECK(only[0].sure == Recognition::Sure::Yes);
    }
}

TEST_CASE("slips that a long ledger gathers do not outvote its words", "[import][recognise]")
{
    for (const LetterCode code : allLetterCodes()) {
        ColumnLetters letters = column(longLedger(), code);
        for (int i = 0; i < 250; ++i) {
            SheetCell cell;
            cell.text = "l\u00FF" + std::string(1, static_cast<char>('a' + i % 26)) + "q" +
                        std::string(1, static_cast<char>('a' + i / 26)); // a word in no code
            letters.add(cell);
        }
        const auto found = recognise({letters});
        INFO(letterCodeName(code));
        CHECK(found[0].code == code);
        CHECK(found[0].sure == Recognition::Sure::Yes);
        CHECK(found[0].percent < 90);
    }
}

TEST_CASE("a column that two codes read alike asks, unless the rest of the file is of one mind",
          "[import][recognise]")
{
    const ColumnLetters either = column(kEitherWay, LetterCode::Tcvn3);
    REQUIRE(either.words() == 8);
    CHECK(recognise({either})[0].sure == Recognition::Sure::No);

    for (const LetterCode code : {LetterCode::Tcvn3, LetterCode::Viscii}) {
        const auto found = recognise({column(kNames, code), either, column(kPlaces, code)});
        INFO(letterCodeName(code));
        CHECK(found[1].code == code);
        CHECK(found[1].sure == Recognition::Sure::Likely); // said to be the file's word, not its own
    }
    // Its own letters do not fit what the file is written in.
    CHECK(recognise({column(kNames, LetterCode::Vni), either})[1].sure == Recognition::Sure::No);
    // The file is of two minds.
    const auto mixed =
        recognise({column(kNames, LetterCode::Tcvn3), either, column(kNames, LetterCode::Viscii)});
    CHECK(mixed[0].code == LetterCode::Tcvn3);
    CHECK(mixed[1].sure == Recognition::Sure::No);
    CHECK(mixed[2].code == LetterCode::Viscii);
}

TEST_CASE("a column of a few words follows the others", "[import][recognise]")
{
    for (const LetterCode code : {LetterCode::Tcvn3, LetterCode::Vni, LetterCode::Vps, LetterCode::Cp1258}) {
        const auto found = recognise(
            {column(kNames, code), column({"Nam", "Nữ", "Nam", "Nữ"}, code), column(kPlaces, code)});
        INFO(letterCodeName(code));
        CHECK(found[1].code == code);
        CHECK(found[1].sure != Recognition::Sure::No);
        CHECK(found[2].code == code);
    }
}

TEST_CASE("columns of one file may be written in different codes", "[import][recognise]")
{
    const auto found =
        recognise({column(kNames, LetterCode::Tcvn3), column(kPlaces, LetterCode::Unicode),
                   column(kNames, LetterCode::Vni), column({"1984", "Nam"}, LetterCode::Tcvn3)});

    CHECK(found[0].code == LetterCode::Tcvn3);
    CHECK(found[1].code == LetterCode::Unicode);
    CHECK(found[2].code == LetterCode::Vni);
    CHECK(found[3].sure == Recognition::Sure::Plain);
}

TEST_CASE("a font speaks only where the letters agree", "[import][recognise]")
{
    const auto alone = recognise({column({"Nữ"}, LetterCode::Tcvn3, LetterCode::Tcvn3)});
    CHECK(alone[0].code == LetterCode::Tcvn3);
    CHECK(alone[0].sure == Recognition::Sure::Yes);

    const auto left = recognise({column(kNames, LetterCode::Unicode, LetterCode::Tcvn3)});
    CHECK(left[0].code == LetterCode::Unicode);
}

TEST_CASE("what is no Vietnamese in any code is not guessed", "[import][recognise]")
{
    ColumnLetters letters;
    for (const char* text : {"Müller", "Façade", "Ærø", "Straße", "Cañon"}) {
        SheetCell cell;
        cell.text = text;
        letters.add(cell);
    }
    CHECK(recognise({letters})[0].sure == Recognition::Sure::No);
}

TEST_CASE("a cell in another code than its column is seen", "[import][recognise]")
{
    const CellLetters unicode = readCellLetters("Nguyễn Văn An", LetterCode::Tcvn3);
    CHECK(unicode.isMixed);
    CHECK(unicode.converted.text == "Nguyễn Văn An"); // surely Unicode: kept as it is

    const CellLetters old = readCellLetters("NguyÔn V¨n An", LetterCode::Unicode);
    CHECK(old.isMixed);
    CHECK(old.other == LetterCode::Tcvn3);
    CHECK(old.converted.text == "NguyÔn V¨n An"); // nobody said so: not changed

    CHECK_FALSE(readCellLetters("NguyÔn V¨n An", LetterCode::Tcvn3).isMixed);
    CHECK_FALSE(readCellLetters("Nguyễn Văn An", LetterCode::Unicode).isMixed);
    CHECK_FALSE(readCellLetters("Nguyen Van An", LetterCode::Vni).isMixed);
}

} // namespace motcua
