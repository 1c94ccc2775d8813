// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/shell/status_strip.h"
#include "sync/transport/sync_service.h"

#include <optional>

namespace motcua {

/// What the strip says of the newest news of the way to the portal (none yet: it is being tried) and of the
/// queue; `alarms`: core/desk/alarms.h. What a person must decide is not counted among what waits to go by
/// itself.
[[nodiscard]] StripState stripState(const std::optional<SyncNews>& news, const QueueSummary& queue,
                                    std::int64_t alarms = 0);

} // namespace motcua
