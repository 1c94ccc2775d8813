// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/letter_tables.h"

#include "core/base/check.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <unicode/ucnv.h>
#include <unicode/utf8.h>

namespace motcua {

namespace {

/// 0x80 to 0x9F as Windows-1252 shows them.
constexpr std::array<char32_t, 32> kWestern{0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                            0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                            0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                            0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

/// Where Windows-1258 differs above 0x9F.
struct Differing
{
    unsigned char byte;
    char32_t character;
};
constexpr std::array kDiffering{Differing{0xC3, 0x102}, Differing{0xCC, 0x300}, Differing{0xD0, 0x110},
                                Differing{0xD2, 0x309}, Differing{0xD5, 0x1A0}, Differing{0xDD, 0x1AF},
                                Differing{0xDE, 0x303}, Differing{0xE3, 0x103}, Differing{0xEC, 0x301},
                                Differing{0xF0, 0x111}, Differing{0xF2, 0x323}, Differing{0xF5, 0x1A1},
                                Differing{0xFD, 0x1B0}, Differing{0xFE, 0x20AB}};

// The letters above ASCII, in runs: the first byte in hex, then the letters of this byte and those that
// follow.
constexpr std::string_view kTcvn3Runs =
    "A1:ĂÂÊÔƠƯĐăâêôơưđ B5:àảãáạ BB:ằẳẵắ C6:ặầẩẫấậè CE:ẻẽéẹềểễếệìỉ DC:ĩíịò "
    "E1:ỏõóọồổỗốộờởỡớợù F1:ủũúụừửữứựỳỷỹýỵ";
constexpr std::string_view kVpsRuns =
    "80:ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ 93:ỀỂỄỐỒỔỖýỷỵỚỜỞ A1:ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕựầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺ "
    "E0:àáâãảạă E8:èéêẽìí EF:ĩẴĐòóôõ F7:Ơụùúủ FD:ỶẼỳ";
constexpr std::string_view kVisciiRuns =
    "02:Ẳ 05:ẴẪ 14:Ỷ 19:Ỹ 1E:Ỵ "
    "80:ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứ"
    "ÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ";

/// ASCII, and the signs of Windows-1252 where the code leaves their place free.
ByteTable plainTable(bool withSigns)
{
    ByteTable table;
    for (unsigned byte = 0; byte < 256; ++byte) {
        const bool isControl = byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
        const char32_t c = westernCharacter(static_cast<unsigned char>(byte));
        const bool isSign = withSigns && byte >= 0x80 && byte <= 0xA0 && (c > 0x9F) && c != 0x0160 &&
                            c != 0x0161 && c != 0x017D && c != 0x017E && c != 0x0178;
        if ((byte < 0x7F && !isControl) || isSign) {
            std::string letter;
            appendCharacter(letter, c);
            table.put(static_cast<unsigned char>(byte), letter);
        }
    }
    return table;
}

void readRuns(std::string_view runs, ByteTable& table)
{
    unsigned byte = 0;
    for (std::size_t at = 0; at < runs.size();) {
        if (at + 2 < runs.size() && runs[at + 2] == ':') {
            std::from_chars(runs.data() + at, runs.data() + at + 2, byte, 16);
            at += 3;
            continue;
        }
        bool isText = true;
        const std::size_t begin = at;
        nextLetter(runs, at, isText);
        if (runs[begin] != ' ') {
            require(byte < 256, "a run of letters ends with the last byte");
            table.put(static_cast<unsigned char>(byte++), std::string(runs.substr(begin, at - begin)));
        }
    }
}

ByteTable tableFrom(std::string_view runs, bool withSigns)
{
    ByteTable table = plainTable(withSigns);
    readRuns(runs, table);
    return table;
}

/// ICU knows this one.
ByteTable windows1258()
{
    ByteTable table = plainTable(false);
    UErrorCode status = U_ZERO_ERROR;
    UConverter* converter = ucnv_open("windows-1258", &status);
    require(U_SUCCESS(status), "ICU knows windows-1258");
    for (unsigned byte = 0x80; byte < 256; ++byte) {
        const char one = static_cast<char>(byte);
        std::array<UChar, 4> units{};
        status = U_ZERO_ERROR;
        const std::int32_t length = ucnv_toUChars(converter, units.data(), 4, &one, 1, &status);
        if (U_SUCCESS(status) && length == 1 && units[0] != 0xFFFD && units[0] > 0x9F) {
            std::string letter;
            appendCharacter(letter, units[0]);
            table.put(static_cast<unsigned char>(byte), letter);
        }
    }
    ucnv_close(converter);
    return table;
}

// VNI: marks are the same for all letters that can bear them.

constexpr std::string_view kCircumflex = "̂";
constexpr std::string_view kBreve = "̆";
constexpr std::array kVniMarks{VniMark{0xF9, "́"}, VniMark{0xF8, "̀"}, VniMark{0xFB, "̉"}, VniMark{0xF5, "̃"},
                               VniMark{0xEF, "̣"}, VniMark{0xE2, "̂"}, VniMark{0xE1, "̂́"}, VniMark{0xE0, "̂̀"},
                               VniMark{0xE5, "̂̉"}, VniMark{0xE3, "̂̃"}, VniMark{0xE4, "̣̂"}, VniMark{0xEA, "̆"},
                               VniMark{0xE9, "̆́"}, VniMark{0xE8, "̆̀"}, VniMark{0xFA, "̆̉"}, VniMark{0xFC, "̆̃"},
                               VniMark{0xEB, "̣̆"}};

struct VniLetter
{
    unsigned char byte; ///< of the small one
    std::string_view small;
    std::string_view capital;
};
constexpr std::array kVniLetters{
    VniLetter{0xF4, "ơ", "Ơ"}, VniLetter{0xF6, "ư", "Ư"}, VniLetter{0xF1, "đ", "Đ"},
    VniLetter{0xED, "í", "Í"}, VniLetter{0xEC, "ì", "Ì"}, VniLetter{0xE6, "ỉ", "Ỉ"},
    VniLetter{0xF3, "ĩ", "Ĩ"}, VniLetter{0xF2, "ị", "Ị"}, VniLetter{0xEE, "ỵ", "Ỵ"}};

unsigned char smallByte(unsigned char byte)
{
    return byte >= 0xC0 && byte < 0xE0 ? static_cast<unsigned char>(byte + 0x20) : byte;
}

/// Every Vietnamese letter with a mark, in both cases.
std::vector<std::string> markedLetters()
{
    constexpr std::array<std::string_view, 24> bases{"a", "ă", "â", "e", "ê", "i", "o", "ô",
                                                     "ơ", "u", "ư", "y", "A", "Ă", "Â", "E",
                                                     "Ê", "I", "O", "Ô", "Ơ", "U", "Ư", "Y"};
    constexpr std::array<std::string_view, 6> tones{"", "́", "̀", "̉", "̃", "̣"};
    std::vector<std::string> letters{"đ", "Đ"};
    for (const std::string_view base : bases) {
        for (const std::string_view tone : tones) {
            letters.push_back(nfc(std::string(base) + std::string(tone)));
        }
    }
    return letters;
}

void addVniSpellings(LetterBytes& spellings)
{
    for (const VniLetter& letter : kVniLetters) {
        spellings.try_emplace(std::string(letter.small), std::string(1, static_cast<char>(letter.byte)));
        spellings.try_emplace(std::string(letter.capital),
                              std::string(1, static_cast<char>(letter.byte - 0x20)));
    }
    constexpr std::array<std::string_view, 14> bearers{"a", "e", "o", "u", "y", "ơ", "ư",
                                                       "A", "E", "O", "U", "Y", "Ơ", "Ư"};
    for (const std::string_view bearer : bearers) {
        const bool isCapital = bearer == "Ơ" || bearer == "Ư" || (bearer[0] >= 'A' && bearer[0] <= 'Z');
        const auto own = spellings.find(bearer);
        const std::string base = own == spellings.end() ? std::string(bearer) : own->second;
        for (const VniMark& mark : kVniMarks) {
            if (canBear(bearer, mark.marks)) {
                const int byte = isCapital ? mark.byte - 0x20 : mark.byte;
                spellings.try_emplace(nfc(std::string(bearer) + std::string(mark.marks)),
                                      base + static_cast<char>(byte));
            }
        }
    }
}

/// A letter that the table lacks as the longest beginning that it has and a tone behind it.
void addToneSpellings(const ByteTable& table, LetterBytes& spellings)
{
    constexpr std::array<std::string_view, 5> tones{"́", "̀", "̉", "̃", "̣"};
    for (const std::string& letter : markedLetters()) {
        for (const auto& [base, byte] : table.bytes) {
            for (const std::string_view tone : tones) {
                const auto mark = table.bytes.find(tone);
                if (mark != table.bytes.end() && nfc(base + std::string(tone)) == letter) {
                    spellings.try_emplace(
                        letter, std::string{static_cast<char>(byte), static_cast<char>(mark->second)});
                }
            }
        }
    }
}

LetterBytes makeSpellings(LetterCode code)
{
    LetterBytes spellings;
    const ByteTable& table = tableOf(code);
    for (const auto& [letter, byte] : table.bytes) {
        if (code != LetterCode::Vni || byte < 0x80) {
            spellings.try_emplace(letter, std::string(1, static_cast<char>(byte)));
        }
    }
    if (code == LetterCode::Vni) {
        addVniSpellings(spellings);
    } else if (code == LetterCode::Cp1258) {
        addToneSpellings(table, spellings);
    }
    return spellings;
}

} // namespace

void appendCharacter(std::string& text, char32_t c)
{
    std::array<char, 4> bytes{};
    int length = 0;
    U8_APPEND_UNSAFE(bytes.data(), length, c);
    text.append(bytes.data(), static_cast<std::size_t>(length));
}

char32_t nextLetter(std::string_view text, std::size_t& at, bool& isText)
{
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    auto index = static_cast<std::int64_t>(at);
    UChar32 c = 0;
    U8_NEXT(bytes, index, static_cast<std::int64_t>(text.size()), c);
    isText = c >= 0;
    if (!isText) {
        return static_cast<unsigned char>(text[at++]);
    }
    at = static_cast<std::size_t>(index);
    return static_cast<char32_t>(c);
}

char32_t westernCharacter(unsigned char byte)
{
    return byte >= 0x80 && byte < 0xA0 ? kWestern[byte - 0x80U] : byte;
}

std::optional<unsigned char> westernByte(char32_t c)
{
    if (c < 0x80 || (c >= 0xA0 && c <= 0xFF)) {
        return static_cast<unsigned char>(c);
    }
    const auto* const found = std::find(kWestern.begin(), kWestern.end(), c);
    if (found != kWestern.end()) {
        return static_cast<unsigned char>(0x80 + (found - kWestern.begin()));
    }
    const auto* const other = std::find_if(kDiffering.begin(), kDiffering.end(),
                                           [c](const Differing& d) { return d.character == c; });
    return other == kDiffering.end() ? std::nullopt : std::optional(other->byte);
}

const ByteTable& tableOf(LetterCode code)
{
    static const ByteTable tcvn3 = tableFrom(kTcvn3Runs, true);
    static const ByteTable vps = tableFrom(kVpsRuns, true);
    static const ByteTable viscii = tableFrom(kVisciiRuns, false);
    static const ByteTable cp1258 = windows1258();
    switch (code) {
    case LetterCode::Vps:
        return vps;
    case LetterCode::Viscii:
        return viscii;
    case LetterCode::Cp1258:
        return cp1258;
    default:
        return tcvn3;
    }
}

const VniMark* vniMark(unsigned char byte)
{
    const unsigned char small = smallByte(byte);
    const auto* const found = std::find_if(kVniMarks.begin(), kVniMarks.end(),
                                           [small](const VniMark& mark) { return mark.byte == small; });
    return byte < 0xC0 || found == kVniMarks.end() ? nullptr : found;
}

std::string_view vniLetter(unsigned char byte)
{
    const unsigned char small = smallByte(byte);
    const auto* const found = std::find_if(kVniLetters.begin(), kVniLetters.end(),
                                           [small](const VniLetter& letter) { return letter.byte == small; });
    if (byte < 0xC0 || found == kVniLetters.end()) {
        return {};
    }
    return byte == small ? found->small : found->capital;
}

bool canBear(std::string_view letter, std::string_view marks)
{
    const char plain = letter.size() == 1 ? static_cast<char>(letter[0] | 0x20) : '\0';
    if (marks.starts_with(kCircumflex)) {
        return plain == 'a' || plain == 'e' || plain == 'o';
    }
    if (marks.starts_with(kBreve)) {
        return plain == 'a';
    }
    return plain == 'a' || plain == 'e' || plain == 'i' || plain == 'o' || plain == 'u' || plain == 'y' ||
           letter == "ơ" || letter == "Ơ" || letter == "ư" || letter == "Ư";
}

const LetterBytes& spellingsOf(LetterCode code)
{
    static const std::array<LetterBytes, 5> all{
        makeSpellings(LetterCode::Tcvn3), makeSpellings(LetterCode::Vni), makeSpellings(LetterCode::Vps),
        makeSpellings(LetterCode::Viscii), makeSpellings(LetterCode::Cp1258)};
    require(code >= LetterCode::Tcvn3 && code <= LetterCode::Cp1258, "a code of bytes");
    return all[static_cast<std::size_t>(code) - 1];
}

} // namespace motcua
