// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/journal/journal.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>

namespace motcua {

/// Where an operation stands in its dossier's chain of places.
struct Link
{
    std::int64_t place = 0;
    std::optional<std::int64_t> after;
    bool isWithdrawal = false;
};
/// Error: Damaged where the queue does not have it.
[[nodiscard]] Result<Link> linkOf(Connection& connection, Position position);

enum class PlaceEnd
{
    Open,
    Applied,
    GivenUp, ///< withdrawn, or carried on elsewhere: what is behind it stands on the place before
};
[[nodiscard]] Result<PlaceEnd> placeEnd(Connection& connection, std::int64_t place);

/// Everything before `link` in its chain is settled, by what the register has or by what was just heard.
[[nodiscard]] Result<bool> isBeforeSettled(Connection& connection, Link link,
                                           const std::map<std::int64_t, PlaceEnd>& heard);

/// The chain up to and with `place` is applied, or goes in the same batch. A place that was given up is
/// looked behind.
[[nodiscard]] Result<bool> isReached(Connection& connection, std::int64_t place,
                                     const std::set<std::int64_t>& inBatch);

/// The operation was turned down because another one had filled its place, one that a restored register no
/// longer knows: what it wanted can only go on in a new place. What a portal said before it went back does
/// not count.
[[nodiscard]] Result<bool> isPlaceSpent(Connection& connection, Position position);

} // namespace motcua
