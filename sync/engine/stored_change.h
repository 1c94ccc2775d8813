// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/portal_desk.h"
#include "sync/protocol/answers.h"

#include <vector>

namespace motcua {

/// A page's changes as the register takes them, whichever way they came. The dossiers are moved out of
/// `page`.
[[nodiscard]] std::vector<PulledChange> storedChanges(ChangesPage& page);

} // namespace motcua
