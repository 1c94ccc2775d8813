// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/problem.h"
#include "core/base/time.h"
#include "core/catalogue/catalogue.h"

#include <optional>
#include <string>
#include <string_view>

namespace motcua {

/// What the twelve digits of a personal number say (domain.md 6): three for the province where the birth
/// was registered, one for century and sex, two for the year. There is no check digit.
struct PersonalNumber
{
    std::string province;
    bool isMale = false;
    int birthYear = 0;
};
/// Nothing when it is not twelve digits.
[[nodiscard]] std::optional<PersonalNumber> readPersonalNumber(std::string_view text);

/// What does not fit together in a Person: number against year and sex, unknown province triple (all soft,
/// since a sex may have been corrected and the number stays, and foreign places of birth have triples of
/// their own); born in the future or more than 130 years ago.
[[nodiscard]] Problems checkPerson(const Json& person, const std::string& pointer, const Catalogue& catalogue,
                                   Day today);

} // namespace motcua
