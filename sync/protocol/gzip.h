// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace motcua {

/// Packs a body whole, as one gzip member (RFC 1952). The level is the one beyond which a batch of operations
/// or receipts takes more of the processor than the bytes it saves are worth on a slow line.
[[nodiscard]] std::string gzip(std::string_view bytes);

/// Unpacks a body of one to `members` members, never to more than `limit` bytes and never with more memory
/// than twice that, whatever the input says about itself. Errors: Invalid (no gzip, cut off, damaged, rubbish
/// behind it), Refused (it would become larger than `limit`, or has more members: a bomb).
[[nodiscard]] Result<std::string> gunzip(std::string_view packed, std::size_t limit, int members = 8);

} // namespace motcua
