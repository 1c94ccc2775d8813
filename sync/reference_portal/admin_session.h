// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "sync/reference_portal/admin.h"
#include "sync/reference_portal/city.h"
#include "sync/reference_portal/faults.h"

#include <iosfwd>
#include <string>

namespace motcua::portal {

// The parts of the administrator's commands. For admin*.cpp only.

/// One command at work: the open portal, its words and where it prints.
struct Session
{
    Portal& portal;
    City& city;
    const Arguments& arguments;
    FaultPlanPlace faults;
    std::ostream& out;
    const Clock& clock;

    [[nodiscard]] const std::string& word(std::size_t i) const { return arguments.words[i]; }
};

using Outcome = Result<Json>;

/// The largest file that a command reads.
inline constexpr std::size_t kFileBytesMax = 1 << 20;

// What a city does with dossiers.
[[nodiscard]] Outcome listDossiers(Session& session);
[[nodiscard]] Outcome setDossier(Session& session);
[[nodiscard]] Outcome moveDossier(Session& session);
[[nodiscard]] Outcome giveOfficialCode(Session& session);
[[nodiscard]] Outcome takeAway(Session& session);
[[nodiscard]] Outcome fileOnline(Session& session);

// The catalogue.
[[nodiscard]] Outcome publishCatalogue(Session& session);
[[nodiscard]] Outcome listCatalogues(Session& session);

// Sticks.
[[nodiscard]] Outcome importCourier(Session& session);

} // namespace motcua::portal
