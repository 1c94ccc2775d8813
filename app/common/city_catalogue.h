// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/error_text.h"
#include "core/catalogue/catalogue.h"
#include "core/desk/catalogue_desk.h"

#include <memory>
#include <optional>
#include <string>

namespace motcua {

/// The catalogue that a counter works by, and whose word it is.
struct CatalogueInForce
{
    std::shared_ptr<const Catalogue> catalogue;
    std::optional<Instant> since; ///< of the city's: when this counter took it; none: the installed one
    std::string unusable;         ///< why the city's, though held, is not worked by; empty: nothing is wrong
};

/// As it was installed: see resourcesPlace().
[[nodiscard]] Result<std::shared_ptr<const Catalogue>> loadInstalledCatalogue();

/// The city's, where the register holds one that the portal it is bound to really signed; else the installed
/// one. What the city's does not carry comes from the installed one in any case. One that this program cannot
/// work with is no reason to stop: `unusable` says why, and the installed one serves.
[[nodiscard]] Result<CatalogueInForce> loadCatalogue(Connection& connection, const RegisterIdentity& identity,
                                                     const Clock& clock);

/// For the engine: proves that what comes could be loaded here as a whole.
[[nodiscard]] CatalogueDesk catalogueDesk(Connection& connection, const RegisterIdentity& identity,
                                          const Clock& clock);

/// "Danh mục của thành phố, bản 2026-11-21+1f0c22d9, dùng từ 14:05 22/11/2026."
[[nodiscard]] std::string catalogueWords(const CatalogueInForce& inForce);
/// What a new one means to the official.
[[nodiscard]] ErrorText takenWords(const HeldCatalogue& held);
/// Why the newest was not taken, and what is worked by meanwhile.
[[nodiscard]] ErrorText refusedWords(const RefusedCatalogue& refused);
/// The held one cannot be worked with.
[[nodiscard]] ErrorText unusableWords(const CatalogueInForce& inForce);

} // namespace motcua
