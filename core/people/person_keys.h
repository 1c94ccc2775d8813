// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/people/stated_person.h"

#include <string>
#include <string_view>
#include <vector>

namespace motcua {

/// The words of a name without marks: h, hen, nie for "H'Hen Niê". At most sixteen.
[[nodiscard]] std::vector<std::string> nameWords(std::string_view name);
/// The same in alphabetical order, with spaces between: names that differ in marks and order alone are one.
[[nodiscard]] std::string nameKey(std::vector<std::string> words);

/// What an address says of the unit: the commune's own name as it was written, folded ("tich giang"), without
/// its kind; and what stands before it and behind it. Nothing is looked up. Empty where nothing can be told.
struct WrittenPlace
{
    std::string commune;
    std::vector<std::string> before; ///< folded words: house, hamlet, street
    std::string after;               ///< folded: district and province
};
[[nodiscard]] WrittenPlace writtenPlace(std::string_view address);

// The keys by which persons meet, each one word. Two persons with one key may be the same; a key is a hash,
// so that two may also meet by chance: whoever asks compares what stands in the rows.

[[nodiscard]] std::string idKey(std::string_view number);                  ///< either number
[[nodiscard]] std::string wholeNameKey(std::string_view nameKey);          ///< any order
[[nodiscard]] std::string nameYearKey(std::string_view nameKey, int year); //
[[nodiscard]] std::string namePlaceKey(std::string_view nameKey,
                                       std::string_view place); ///< a folded commune
[[nodiscard]] std::string initialsDayKey(const std::vector<std::string>& words, const BirthDate& day);
[[nodiscard]] std::string initialsYearKey(const std::vector<std::string>& words, int year);

/// All keys of a dossier's persons, each once, with spaces between.
[[nodiscard]] std::string keysOf(const std::vector<StatedPerson>& persons);

} // namespace motcua
