// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace motcua {

/// How much a word looks like one syllable of Vietnamese: 0 where its letters cannot stand together (onset,
/// rhyme and tone), 1 where they can, 2 and 3 where the rhyme with this tone is frequent in names of people
/// and places. Case does not count, but a capital inside a word with small letters before it does: such a
/// word is none. Where a code has no capitals with a tone, toned letters are small in words of capitals too
/// ("NGUYễN", "BíCH"): with Case::Lost they are no sign of mixed letters, and only they.
enum class Case
{
    Kept,
    Lost,
};
[[nodiscard]] int syllableWeight(std::string_view word, Case letters = Case::Kept);

} // namespace motcua
