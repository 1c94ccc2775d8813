// SPDX-License-Identifier: GPL-3.0-or-later
// The catalogues that the city publishes.
#include "core/base/hash.h"
#include "sync/protocol/catalogue_letter.h"
#include "sync/reference_portal/key_store.h"

#include <algorithm>

namespace motcua::portal {

namespace {

/// Of UTF-8 that was checked when it was read.
std::size_t characterCount(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

} // namespace

Result<PublishedCatalogue> KeyStore::publishCatalogue(const std::string& unit, const std::string& version,
                                                      const std::string& content)
{
    if (content.size() > kCatalogueBytesMax) {
        return fail(ErrorKind::Refused, "the catalogue has " + std::to_string(content.size()) +
                                            " bytes, at most " + std::to_string(kCatalogueBytesMax) +
                                            " can be sent");
    }
    if (version.empty() || characterCount(version) > kCatalogueVersionCharsMax) {
        return fail(ErrorKind::Refused, "a catalogue's version has 1 to 60 characters: " + version);
    }
    const std::vector<Unit> known = TRY(units());
    const auto isMeant = [&unit](const Unit& each) { return each.code == unit; };
    if (!unit.empty() && std::none_of(known.begin(), known.end(), isMeant)) {
        return fail(ErrorKind::NotFound, "no unit " + unit);
    }
    PublishedCatalogue head{unit, version, m_clock.now(), toHex(sha256(content))};
    for (const PublishedCatalogue& before : TRY(catalogues())) {
        if (before.unit == unit && before.version == version && before.digest == head.digest) {
            return before; // counters that have it need not fetch it again
        }
    }
    head.issuedAt = TRY(putCatalogue(head, content));
    return head;
}

} // namespace motcua::portal
