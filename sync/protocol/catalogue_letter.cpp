// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/catalogue_letter.h"

#include "core/base/check.h"
#include "sync/protocol/object_reader.h"

#include <array>

namespace motcua {

namespace {

constexpr std::size_t kUnitCharsMax = 60;
/// Four bytes are the most that a character takes in UTF-8.
constexpr std::size_t kVersionBytesMax = kCatalogueVersionCharsMax * 4;
constexpr std::array kEnvelope{"version", "issuedAt", "unit"};

/// Lists of objects; those that the contract does not require may be missing.
bool hasLists(const Json& payload)
{
    const auto isList = [&payload](const char* member, bool isRequired) {
        const Json& list = at(payload, member);
        bool isGood = list.is_array() || (!isRequired && list.is_null());
        for (const Json& item : list.is_array() ? list : Json::array()) {
            isGood = isGood && item.is_object();
        }
        return isGood;
    };
    return isList("procedures", true) && isList("holidays", true) && isList("fees", false) &&
           isList("units", false) && isList("officials", false);
}

} // namespace

std::string cataloguePayload(const CatalogueLetter& envelope, std::string_view contentBytes)
{
    require(contentBytes.size() > 2 && contentBytes.front() == '{', "a catalogue has members");
    std::string payload = dumpJson(Json{
        {"version", envelope.version}, {"issuedAt", toRfc3339(envelope.issuedAt)}, {"unit", envelope.unit}});
    payload.back() = ',';
    payload += contentBytes.substr(1);
    return payload;
}

Result<CatalogueLetter> verifyCatalogue(std::string_view jws, std::span<const PortalKey> keys,
                                        std::string_view unit, std::optional<Instant> inUse)
{
    const VerifiedJws verified = TRY(verifyJws(jws, keys));
    auto payload = parseJson(verified.payload);
    if (!payload || !payload->is_object()) {
        return fail(ErrorKind::Invalid, "the signed text is no catalogue");
    }
    ObjectReader reader(*payload);
    CatalogueLetter letter;
    letter.version = reader.text("version", kVersionBytesMax);
    letter.issuedAt = reader.instant("issuedAt");
    letter.unit = reader.text("unit", kUnitCharsMax);
    if (!reader.isGood() || letter.version.empty() || !hasLists(*payload)) {
        return fail(ErrorKind::Invalid, "the signed text is no catalogue: " + reader.firstFault());
    }
    if (letter.unit != unit) {
        return fail(ErrorKind::Invalid, "a catalogue of another unit: " + letter.unit);
    }
    if (verified.key.notAfter && letter.issuedAt > *verified.key.notAfter) {
        return fail(ErrorKind::Network, "a catalogue that was signed after its key had ended");
    }
    if (inUse && letter.issuedAt < *inUse) {
        return fail(ErrorKind::Refused, "a catalogue of " + toRfc3339(letter.issuedAt) +
                                            ", older than the one in use of " + toRfc3339(*inUse));
    }
    for (const char* member : kEnvelope) {
        payload->erase(member);
    }
    letter.content = std::move(*payload);
    return letter;
}

} // namespace motcua
