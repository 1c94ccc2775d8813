// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/legacy_text.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>

// For legacy_text.cpp and the readers of this folder alone.

namespace motcua {

/// A code in which each byte is one letter: what it means (empty: nothing), and the way back.
struct ByteTable
{
    std::array<std::string, 256> letters;
    std::map<std::string, unsigned char, std::less<>> bytes;

    void put(unsigned char byte, const std::string& letter)
    {
        bytes.erase(letters[byte]);
        letters[byte] = letter;
        bytes.try_emplace(letter, byte);
    }
};
/// Of Tcvn3, Vps, Viscii, Cp1258; for Vni what is not above 0x9F.
[[nodiscard]] const ByteTable& tableOf(LetterCode code);

/// VNI's marks are bytes of their own behind a letter.
struct VniMark
{
    unsigned char byte;     ///< of the small form; the capital's is 0x20 less
    std::string_view marks; ///< combining: circumflex or breve, tone
};
[[nodiscard]] const VniMark* vniMark(unsigned char byte);
/// The letter that this byte is by itself; empty: none.
[[nodiscard]] std::string_view vniLetter(unsigned char byte);
/// Circumflex on a, e, o; breve on a; a tone on any of the vowels that have no byte of their own with it.
[[nodiscard]] bool canBear(std::string_view letter, std::string_view marks);

/// A letter as bytes of a code.
using LetterBytes = std::map<std::string, std::string, std::less<>>;
[[nodiscard]] const LetterBytes& spellingsOf(LetterCode code);

void appendCharacter(std::string& text, char32_t c);
/// The next character; a byte that is no UTF-8 comes back as it is, with `isText` false.
char32_t nextLetter(std::string_view text, std::size_t& at, bool& isText);
[[nodiscard]] char32_t westernCharacter(unsigned char byte);
[[nodiscard]] std::optional<unsigned char> westernByte(char32_t c);

} // namespace motcua
