// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/desk.h"

#include <QString>

#include <vector>

namespace motcua {

/// "340 KB · đã đủ trên cổng": how large a file is and how far on its way.
[[nodiscard]] QString fileWords(const Desk::DossierFile& file);
/// All of them in one line.
[[nodiscard]] QString filesWords(const std::vector<Desk::DossierFile>& files);
/// The dossier is complete at the portal as far as its files go.
[[nodiscard]] bool allAtPortal(const std::vector<Desk::DossierFile>& files);
/// It has to be scanned again.
[[nodiscard]] bool isSpoiled(const Desk::DossierFile& file);

} // namespace motcua
