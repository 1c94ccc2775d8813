// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/text_shape.h"

#include <cstdint>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace motcua {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLatinLetter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

} // namespace

bool hasShape(const std::string& text, const std::string& shape)
{
    if (text.size() != shape.size()) {
        return false;
    }
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const char c = text[i];
        const bool fits = shape[i] == '#'   ? isDigit(c)
                          : shape[i] == '@' ? isLatinLetter(c)
                          : shape[i] == '?' ? isDigit(c) || isLatinLetter(c)
                                            : c == shape[i];
        if (!fits) {
            return false;
        }
    }
    return true;
}

bool hasNameLetters(const std::string& text)
{
    std::int32_t at = 0;
    const auto length = static_cast<std::int32_t>(text.size());
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    while (at < length) {
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(bytes, at, length, c);
        const bool between = c == ' ' || c == '\'' || c == 0x2019 || c == '-' || c == 0x2010;
        if (!between && u_isalpha(c) == 0 && u_charType(c) != U_NON_SPACING_MARK) {
            return false;
        }
    }
    return true;
}

} // namespace motcua
