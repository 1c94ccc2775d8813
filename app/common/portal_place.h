// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/workplace.h"
#include "core/desk/desk_support.h"
#include "core/desk/portal_desk.h"

namespace motcua {

/// What the portal says to this register, over one of its connections: with the catalogue's fields and their
/// rules, without which people would be asked what the rules decide. `place` and `connection` must outlive
/// it.
[[nodiscard]] inline PortalDesk portalDeskOf(Workplace& place, Connection& connection, const Clock& clock)
{
    return {connection, place.identity(), fieldOf(place.catalogue()), clock, fieldRulesOf(place.catalogue())};
}

} // namespace motcua
