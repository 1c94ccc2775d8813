// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/chain_code.h"

namespace motcua {

namespace {

constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; // RFC 4648, section 6
constexpr int kGroups = 4;
constexpr int kGroupLetters = 5;
constexpr int kLetterBits = 5;

} // namespace

std::string chainCode(const Hash& chain)
{
    std::string code;
    for (int letter = 0; letter < kGroups * kGroupLetters; ++letter) {
        unsigned value = 0;
        for (int bit = letter * kLetterBits; bit < (letter + 1) * kLetterBits; ++bit) {
            const auto byte = static_cast<unsigned>(chain[static_cast<std::size_t>(bit / 8)]);
            value = value << 1 | (byte >> (7 - bit % 8) & 1U);
        }
        if (letter > 0 && letter % kGroupLetters == 0) {
            code += '-';
        }
        code += kLetters[value];
    }
    return code;
}

std::string headText(const std::string& install, const JournalHead& head)
{
    return "motcua:head:" + opIdOf(install, head.position).text() + ':' + toHex(head.chain);
}

} // namespace motcua
