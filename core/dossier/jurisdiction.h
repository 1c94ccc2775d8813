// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace motcua {

/// Whether a place, as written ("thôn 2, xã Phúc Thọ, thành phố Hà Nội"), lies in the unit ("UBND xã Phúc
/// Thọ"). By names only, without looking at marks and case; a hint for the official, who decides. Nothing
/// when it cannot be told: no commune is named, the unit is not a commune, or the place names a district, so
/// that its commune is one of before 2025-07-01, which may lie here or elsewhere.
[[nodiscard]] std::optional<bool> liesInUnit(std::string_view place, std::string_view unitName);

} // namespace motcua
