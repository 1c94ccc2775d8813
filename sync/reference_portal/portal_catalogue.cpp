// SPDX-License-Identifier: GPL-3.0-or-later
// The catalogue as counters ask for it.
#include "core/base/hash.h"
#include "sync/protocol/catalogue_letter.h"
#include "sync/reference_portal/portal.h"

namespace motcua::portal {

namespace {

/// Long enough that no two will ever meet.
constexpr std::size_t kEtagDigits = 32;

/// Everything that the bytes of the answer come from; the signature is a function of them.
std::string etagOf(const PublishedCatalogue& head, const std::string& unit, const std::string& kid)
{
    const Json parts{kid, unit, head.version, toMillis(head.issuedAt), head.digest};
    return "\"" + toHex(sha256(dumpJson(parts))).substr(0, kEtagDigits) + "\"";
}

/// RFC 9110, 13.1.2: a list of tags, weak ones count; "*" means any.
bool isNamedIn(std::string_view ifNoneMatch, std::string_view etag)
{
    while (!ifNoneMatch.empty()) {
        const std::size_t comma = ifNoneMatch.find(',');
        std::string_view tag = ifNoneMatch.substr(0, comma);
        ifNoneMatch.remove_prefix(comma == std::string_view::npos ? ifNoneMatch.size() : comma + 1);
        while (!tag.empty() && (tag.front() == ' ' || tag.front() == '\t')) {
            tag.remove_prefix(1);
        }
        while (!tag.empty() && (tag.back() == ' ' || tag.back() == '\t')) {
            tag.remove_suffix(1);
        }
        tag.remove_prefix(tag.starts_with("W/") ? 2 : 0);
        if (tag == etag || tag == "*") {
            return true;
        }
    }
    return false;
}

} // namespace

Result<Reply<CatalogueAnswer>> Portal::catalogue(const Device& device, std::string_view ifNoneMatch)
{
    const auto moment = TRY(keys().moment());
    const JwsSigner signer = TRY(keys().signer());
    const std::string& kid = signer.publicKey().kid;
    // What is asked for again and again is answered from a short row; the text may be megabytes.
    const auto head = TRY(keys().findCatalogue(device.unit));
    if (head && isNamedIn(ifNoneMatch, etagOf(*head, device.unit, kid))) {
        return Reply<CatalogueAnswer>(CatalogueAnswer{etagOf(*head, device.unit, kid), std::nullopt});
    }
    const auto text = head ? TRY(keys().readCatalogue(device.unit)) : std::nullopt;
    if (!text) {
        return Reply<CatalogueAnswer>(
            tl::unexpected(problemOf(ProblemType::NotFound, "Cổng chưa phát danh mục cho đơn vị này.")));
    }
    // Somebody may have published since: the tag belongs to the text that is sent.
    const CatalogueLetter envelope{text->head.version, text->head.issuedAt, device.unit, {}};
    std::string jws = signer.sign(cataloguePayload(envelope, text->content));
    return Reply<CatalogueAnswer>(CatalogueAnswer{etagOf(text->head, device.unit, kid), std::move(jws)});
}

} // namespace motcua::portal
