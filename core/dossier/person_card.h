// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/problem.h"
#include "core/base/time.h"
#include "core/catalogue/catalogue.h"

#include <optional>
#include <string>
#include <string_view>

namespace motcua {

/// What the QR of an identity card says. Convenience, not proof: the code is not signed. The scanned text
/// itself is never kept.
struct PersonCard
{
    Json person;         ///< a contract Person; without a name when the scanner broke the letters
    std::string oldId{}; ///< former card's nine digits, or a cancelled number of twelve; may be empty
    std::optional<Day> issued{};
    Problems warnings{}; ///< soft; pointers into the person ("/birth")
};

/// Reads the text of the QR: seven fields between bars,
/// `number|old number|name|ddMMyyyy|Nam or Nữ|address|ddMMyyyy` (cards since 2021; those since 2024-07-01
/// have the same and may carry more, which is left out). Invalid where there is no number of twelve digits or
/// fewer than six fields. What a scanner with the wrong keyboard layout broke is left out with a warning, the
/// number still counts. The address stays as printed: it may name units from before the mergers.
[[nodiscard]] Result<PersonCard> readPersonCard(std::string_view text, const Catalogue& catalogue, Day today);

/// As `card` prints it: {person, oldId, issued, warnings: [{rule, message}]}.
[[nodiscard]] Json personCardToJson(const PersonCard& card);

} // namespace motcua
