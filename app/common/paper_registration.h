// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/workplace.h"

namespace motcua {

/// The entry of a book that a dossier's papers show, as the `registration` of their context: book (its kind),
/// number, numberText "12/2026", volume, volumeText "01/2026-SCT/BS", year, registeredOn, office, signer,
/// annotations. Null where the dossier is in no book yet. `office` is who issues civil-status papers here.
[[nodiscard]] Json registrationOf(const Json& dossier, const std::string& office);

} // namespace motcua
