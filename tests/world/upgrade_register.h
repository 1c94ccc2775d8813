// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/desk.h"

#include <string>
#include <vector>

namespace motcua {

/// Received, changed, moved and withdrawn in turn until so many operations are in the queue, all by the desk.
[[nodiscard]] Result<void> addMixedWork(Desk& desk, Json draft, int operations);

/// Makes of today's register one that the previous release left behind, with schema 1: what later migrations
/// made is taken away, and the rest must then be exactly what schema 1 says. A migration that alters an old
/// table ends here with Unsupported: then the old register has to be made in another way.
[[nodiscard]] Result<void> bringDownToSchema1(Connection& connection);

/// Every operation with its state, as one text a line; what must be equal after two upgrades.
[[nodiscard]] Result<std::vector<std::string>> operationStates(Connection& connection,
                                                               const std::string& install);

} // namespace motcua
