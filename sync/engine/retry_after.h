// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <optional>
#include <string_view>

namespace motcua {

/// Reads a Retry-After value: seconds, or an HTTP date in any of the three forms of RFC 9110 section 5.6.7.
/// Nothing where it is zero, past or unreadable: then the counter's own backoff holds (portal contract).
[[nodiscard]] std::optional<Millis> parseRetryAfter(std::string_view value, Instant now);

/// "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT" or "Sun Nov  6 08:49:37 1994".
[[nodiscard]] std::optional<Instant> parseHttpDate(std::string_view text, Instant now);

} // namespace motcua
