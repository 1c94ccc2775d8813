// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/time.h"
#include "core/db/connection.h"

#include <optional>

namespace motcua {

/// A clock may be put right by so much without anybody's papers being wrong.
inline constexpr Millis kClockBack{2 * 60 * 1'000};
inline constexpr Millis kClockOff{10 * 60 *
                                  1'000}; ///< against the portal's, which also waited for the network

/// What speaks against the computer's clock at this moment, for the local part of an entry: `why` is
/// "went-back" (earlier than the entry before) or "portal-differs" (the portal's last answer said so),
/// `offsetMs` what would have to be added. Nothing where nothing does. Never sent: the contract has no word
/// for it, and the portal stamps its own time (X12).
[[nodiscard]] Result<std::optional<Json>> clockDoubt(Connection& connection, Instant now);

/// The same with the local part that the entry has already.
[[nodiscard]] Result<std::optional<std::string>> withClockDoubt(Connection& connection, Instant now,
                                                                const std::optional<std::string>& local);

} // namespace motcua
