// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <unicode/utf8.h>

// For core/base/text*.cpp only.

namespace motcua::text {

/// U+00A0 to U+024F: the search key of each character when it is one ASCII character; `?` asks ICU. Unicode's
/// decompositions and case pairs; beyond them the barred and hooked letters of minority languages (ƀ, ɗ's
/// capital) and U+00D0, which old converters wrote for Đ.
inline constexpr std::string_view kLatin =
    " ??????? ?a\"??? ??23'??? 1o\"????aaaaaa?ceeeeiiiidnooooo?ouuuuy??" // U+00A0
    "aaaaaa?ceeeeiiiidnooooo?ouuuuy?yaaaaaaccccccccddddeeeeeeeeeegggg"   // U+00E0
    "gggghhhhiiiiiiiiii??jjkk?llllll??llnnnnnnnnnoooooo??rrrrrrssssss"   // U+0120
    "ssttttttuuuuuuuuuuuuwwyyyzzzzzzsbbbb???ccdddd????ffg???ikkl??nn?"   // U+0160
    "oo??pp?????ttttuu?vyyzz??????????????????????aaiioouuuuuuuuuu?aa"   // U+01A0
    "aa??ggggkkoooo??j???gg??nnaa????aaaaeeeeiiiioooorrrruuuusstt??hh"   // U+01E0
    "nd??zzaaeeooooooooyylntj??accltsz??bu?eejj??rryy";                  // U+0220
inline constexpr char32_t kLatinFirst = 0xA0;
static_assert(kLatin.size() == 0x250 - 0xA0);

/// U+1E00 to U+1EFF, among them all Vietnamese letters that carry two marks.
inline constexpr std::string_view kLatinAdditional =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"  // U+1E00
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"  // U+1E40
    "wwwwwwwwwwxxxxyyzzzzzzhtwy?sss??aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"  // U+1E80
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy??vvyy"; // U+1EC0
inline constexpr char32_t kLatinAdditionalFirst = 0x1E00;
static_assert(kLatinAdditional.size() == 0x100);

/// The plain letter of a Latin character, or 0 where the tables do not know it.
[[nodiscard]] constexpr char plainLatin(char32_t c)
{
    char plain = '?';
    if (c >= kLatinFirst && c < kLatinFirst + kLatin.size()) {
        plain = kLatin[c - kLatinFirst];
    } else if (c >= kLatinAdditionalFirst && c < kLatinAdditionalFirst + kLatinAdditional.size()) {
        plain = kLatinAdditional[c - kLatinAdditionalFirst];
    }
    return plain == '?' ? '\0' : plain;
}

[[nodiscard]] constexpr bool isCombiningLatin(char32_t c)
{
    return c >= 0x300 && c <= 0x36F;
}

[[nodiscard]] constexpr bool isSpace(char32_t c)
{
    return c == 0x20 || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
           c == 0x3000;
}

/// The character at `at`, moving it; U+FFFD for what is no UTF-8.
[[nodiscard]] inline char32_t nextCharacter(std::string_view text, std::size_t& at)
{
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) {
        ++at;
        return lead;
    }
    UChar32 c = 0;
// The macro narrows on purpose; g++ would say so at every use.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
    U8_NEXT_OR_FFFD(text.data(), at, text.size(), c);
#pragma GCC diagnostic pop
    return static_cast<char32_t>(c);
}

inline void appendCharacter(std::string& out, char32_t c)
{
    if (c < 0x80) {
        out.push_back(static_cast<char>(c));
        return;
    }
    char bytes[U8_MAX_LENGTH];
    std::size_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, c);
    out.append(bytes, length);
}

/// Combining marks without width of their own, of any script.
[[nodiscard]] bool isMark(char32_t c);

/// Normalization form D.
[[nodiscard]] std::u32string decomposed(std::string_view text);

} // namespace motcua::text
