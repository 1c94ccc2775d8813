// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/reference_portal/admin.h"
#include "sync/reference_portal/faults.h"
#include "sync/reference_portal/portal.h"

#include <optional>
#include <string>

namespace motcua::portal {

/// Where the store is, as the command line says it: `--data DIR` (embedded) or `--store postgresql://…`.
struct StorePlace
{
    std::string folder;
    std::string url; ///< one of the two

    [[nodiscard]] bool isEmbedded() const { return url.empty(); }
};

/// Nothing when neither is said, both are, or the URL is none of PostgreSQL's.
[[nodiscard]] std::optional<StorePlace> storePlaceIn(const Arguments& arguments);

[[nodiscard]] Result<Portal> openPortal(const StorePlace& place, const Clock& clock, Random& random);

/// Where `admin fault` puts its plan: a file beside the embedded store, else a setting. `portal` must outlive
/// it.
[[nodiscard]] FaultPlanPlace faultPlanOf(const StorePlace& place, Portal& portal);

} // namespace motcua::portal
