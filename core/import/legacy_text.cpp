// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/legacy_text.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/import/letter_tables.h"

#include <algorithm>
#include <array>
#include <unicode/uchar.h>

namespace motcua {

namespace {

struct CodeRow
{
    LetterCode code;
    std::string_view name;
    std::string_view label;
};
constexpr std::array kCodes{
    CodeRow{LetterCode::Unicode, "unicode", "Unicode"},
    CodeRow{LetterCode::Tcvn3, "tcvn3", "TCVN3 (ABC, phông .VnTime)"},
    CodeRow{LetterCode::Vni, "vni", "VNI Windows (phông VNI-Times)"},
    CodeRow{LetterCode::Vps, "vps", "VPS (phông VPS Times)"},
    CodeRow{LetterCode::Viscii, "viscii", "VISCII"},
    CodeRow{LetterCode::Cp1258, "cp1258", "Windows 1258 (dấu rời)"},
    CodeRow{LetterCode::Utf8, "utf8", "UTF-8 bị đọc nhầm"},
};
static_assert(kCodes.size() == kLetterCodes);

constexpr std::array<LetterCode, kLetterCodes> kAll{
    LetterCode::Unicode, LetterCode::Tcvn3,  LetterCode::Vni, LetterCode::Vps,
    LetterCode::Viscii,  LetterCode::Cp1258, LetterCode::Utf8};

class Reader
{
public:
    Reader(std::string_view text, LetterCode code) : m_text(text), m_code(code) {}

    Converted read()
    {
        while (m_at < m_text.size()) {
            const std::size_t begin = m_at;
            bool isText = true;
            const char32_t c = nextLetter(m_text, m_at, isText);
            ++m_place;
            const auto byte = isText ? westernByte(c) : std::optional<unsigned char>();
            if (!byte || !take(*byte)) {
                odd(begin, isText);
            }
        }
        m_result.text = nfc(m_result.text);
        return std::move(m_result);
    }

private:
    bool take(unsigned char byte)
    {
        if (m_code == LetterCode::Vni && byte >= 0x80) {
            return takeVni(byte);
        }
        const std::string& letter = tableOf(m_code).letters[byte];
        if (letter.empty()) {
            return false;
        }
        m_last = letter;
        m_result.text += letter;
        return true;
    }
    bool takeVni(unsigned char byte)
    {
        if (const VniMark* mark = vniMark(byte)) {
            const bool fits = canBear(m_last, mark->marks);
            m_result.text += fits ? mark->marks : std::string_view();
            m_last.clear();
            return fits;
        }
        m_last = vniLetter(byte);
        if (m_last.empty() && byte < 0xC0) {
            appendCharacter(m_last, westernCharacter(byte)); // signs stand where Windows-1252 has them
        }
        m_result.text += m_last;
        return !m_last.empty() && byte != 0x81 && byte != 0x8D && byte != 0x8F && byte != 0x90 &&
               byte != 0x9D;
    }
    void odd(std::size_t begin, bool isText)
    {
        m_last.clear();
        m_result.text += "\uFFFD";
        m_result.odd.push_back({m_place, isText ? std::string(m_text.substr(begin, m_at - begin))
                                                : "0x" + toHex(m_text.substr(begin, 1))});
    }

    std::string_view m_text;
    LetterCode m_code;
    std::size_t m_at = 0;
    std::size_t m_place = 0;
    std::string m_last; ///< the letter before, for VNI
    Converted m_result;
};

Converted readUnicode(std::string_view text)
{
    Converted result;
    std::size_t place = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        bool isText = true;
        const char32_t c = nextLetter(text, at, isText);
        ++place;
        const bool isControl = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0);
        if (isText && !isControl && c != 0xFFFD) {
            result.text.append(text.substr(begin, at - begin));
        } else {
            result.text += "\uFFFD";
            result.odd.push_back({place, isText ? std::string(text.substr(begin, at - begin))
                                                : "0x" + toHex(text.substr(begin, 1))});
        }
    }
    result.text = nfc(result.text);
    return result;
}

} // namespace

std::string_view letterCodeName(LetterCode code)
{
    return kCodes[static_cast<std::size_t>(code)].name;
}
std::string_view letterCodeLabel(LetterCode code)
{
    return kCodes[static_cast<std::size_t>(code)].label;
}
std::optional<LetterCode> parseLetterCode(std::string_view name)
{
    const auto* const found =
        std::find_if(kCodes.begin(), kCodes.end(), [&](const CodeRow& row) { return row.name == name; });
    return found == kCodes.end() ? std::nullopt : std::optional(found->code);
}
std::span<const LetterCode> allLetterCodes()
{
    return kAll;
}

std::string westernText(std::string_view bytes)
{
    std::string text;
    text.reserve(bytes.size());
    for (const char byte : bytes) {
        appendCharacter(text, westernCharacter(static_cast<unsigned char>(byte)));
    }
    return text;
}

std::optional<std::string> westernBytes(std::string_view text)
{
    std::string bytes;
    for (std::size_t at = 0; at < text.size();) {
        bool isText = true;
        const char32_t c = nextLetter(text, at, isText);
        const auto byte = isText ? westernByte(c) : std::nullopt;
        if (!byte) {
            return std::nullopt;
        }
        bytes += static_cast<char>(*byte);
    }
    return bytes;
}

Converted convertLetters(std::string_view text, LetterCode code)
{
    if (code == LetterCode::Unicode) {
        return readUnicode(text);
    }
    if (code != LetterCode::Utf8) {
        return Reader(text, code).read();
    }
    const auto bytes = westernBytes(text);
    Converted result = readUnicode(bytes ? *bytes : text);
    if (!bytes && result.odd.empty()) {
        result.odd.push_back({1, std::string(text.substr(0, 40))});
    }
    return result;
}

std::optional<std::string> legacyBytes(std::string_view text, LetterCode code)
{
    if (code == LetterCode::Unicode || code == LetterCode::Utf8) {
        return std::string(text);
    }
    const LetterBytes& spellings = spellingsOf(code);
    std::string bytes;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        bool isText = true;
        const auto c = static_cast<UChar32>(nextLetter(text, at, isText));
        auto found = spellings.find(text.substr(begin, at - begin));
        if (found == spellings.end() && (code == LetterCode::Tcvn3 || code == LetterCode::Vps)) {
            std::string small;
            appendCharacter(small, static_cast<char32_t>(u_tolower(c)));
            found = spellings.find(small);
        }
        if (!isText || found == spellings.end()) {
            return std::nullopt;
        }
        bytes += found->second;
    }
    return bytes;
}

bool hasLostCase(std::string_view text)
{
    bool capital = false;
    for (std::size_t at = 0; at < text.size();) {
        bool isText = true;
        const auto c = static_cast<UChar32>(nextLetter(text, at, isText));
        if (!u_isalpha(c)) {
            capital = false;
        } else if (c < 0x80) {
            capital = u_isupper(c) != 0;
        } else if (capital && u_islower(c) != 0 && at < text.size()) {
            // "NGUYễN": a small toned letter, and behind it a capital again
            std::size_t ahead = at;
            if (u_isupper(static_cast<UChar32>(nextLetter(text, ahead, isText))) != 0) {
                return true;
            }
        }
    }
    return false;
}

} // namespace motcua
