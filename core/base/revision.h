// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"

#include <optional>
#include <string_view>

namespace motcua {

/// The revision that an operation leaves behind: the head of the hex of SHA-256 over "previous|digest",
/// so that replaying operations into a restored portal gives the same revisions (contract, "Revisions"). A
/// counter that knows the previous one can tell by it that nothing else lies between.
[[nodiscard]] Rev nextRev(const std::optional<Rev>& previous, std::string_view digestHex);

} // namespace motcua
