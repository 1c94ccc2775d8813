// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <optional>
#include <string>
#include <string_view>

namespace motcua {

/// How far a counter comes on its way to the portal.
enum class Reach
{
    Online,    ///< the portal answered
    Busy,      ///< it answered: come later
    Held,      ///< it answered, but takes nothing from this counter until somebody looks
    NotPortal, ///< somebody else answered in its place
    Offline,   ///< nobody answered
};
[[nodiscard]] std::string_view reachName(Reach reach);
[[nodiscard]] std::optional<Reach> parseReach(std::string_view name);

/// The way as it looked at one moment.
struct Sighting
{
    Instant at;
    std::string instance; ///< the run of the program
    Reach reach = Reach::Offline;
    std::int64_t waiting = 0; ///< operations in the queue
    std::string detail;       ///< for support, never a body
};

} // namespace motcua
