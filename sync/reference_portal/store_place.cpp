// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/store_place.h"

namespace motcua::portal {

std::optional<StorePlace> storePlaceIn(const Arguments& arguments)
{
    const std::string* folder = arguments.option("--data");
    const std::string* url = arguments.option("--store");
    if ((folder == nullptr) == (url == nullptr)) {
        return std::nullopt;
    }
    if (folder != nullptr) {
        return folder->empty() ? std::nullopt : std::optional(StorePlace{*folder, {}});
    }
    const bool isPostgres = url->starts_with("postgresql://") || url->starts_with("postgres://");
    return isPostgres ? std::optional(StorePlace{{}, *url}) : std::nullopt;
}

Result<Portal> openPortal(const StorePlace& place, const Clock& clock, Random& random)
{
    return place.isEmbedded() ? Portal::open(place.folder, clock, random)
                              : Portal::connect(place.url, clock, random);
}

FaultPlanPlace faultPlanOf(const StorePlace& place, Portal& portal)
{
    return place.isEmbedded() ? faultPlanFile(place.folder + "/faults.json")
                              : faultPlanSetting(portal.keys());
}

} // namespace motcua::portal
