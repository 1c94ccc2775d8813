// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/widgets/suggestion_popup.h"
#include "core/catalogue/units.h"

#include <vector>

namespace motcua {

/// Communes that may be meant by the end of a typed place: "thôn 3, phuc tho" offers
/// "thôn 3, xã Phúc Thọ, thành phố Hà Nội". The part before is kept as it was typed.
[[nodiscard]] std::vector<Suggestion> placeSuggestions(const Units& units, const QString& typed, Day on);

} // namespace motcua
