// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/time.h"
#include "sync/protocol/jws.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace motcua {

/// How much a portal may publish: with its envelope as a JWS it stays below what a counter takes (8 MiB).
inline constexpr std::size_t kCatalogueBytesMax = std::size_t{5} << 20;
inline constexpr std::size_t kCatalogueVersionCharsMax = 60;

/// The catalogue as the portal signs it for one unit (contract, Catalogue).
struct CatalogueLetter
{
    std::string version;
    Instant issuedAt; ///< of two letters the later one counts
    std::string unit;
    Json content; ///< the other members, items as in resources/catalogue
};

/// The payload of the JWS. `contentBytes` is a JSON object with at least one member, none of them of the
/// envelope; it is not read again.
[[nodiscard]] std::string cataloguePayload(const CatalogueLetter& envelope, std::string_view contentBytes);

/// The catalogue in `jws`, when a known key that was valid at its `issuedAt` signed it for this unit, and it
/// is not older than the one in use: whoever can answer for the portal must not bring back repealed law. What
/// it says is for the loader to judge. Errors: Network (not the portal's word), Invalid (signed, but no
/// catalogue, or another unit's), Refused (older).
[[nodiscard]] Result<CatalogueLetter> verifyCatalogue(std::string_view jws, std::span<const PortalKey> keys,
                                                      std::string_view unit, std::optional<Instant> inUse);

} // namespace motcua
