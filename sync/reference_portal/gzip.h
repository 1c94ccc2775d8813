// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace motcua::portal {

/// Packs quickly rather than tightly; for answers.
[[nodiscard]] std::string gzip(std::string_view bytes);

/// Unpacks a body of one or more gzip members, never to more than `bytesMax`: a small body that would
/// become a huge one is refused while it is unpacked. Errors: Invalid (no gzip, cut off, rubbish behind it),
/// Refused (too large).
[[nodiscard]] Result<std::string> gunzip(std::string_view bytes, std::size_t bytesMax);

} // namespace motcua::portal
