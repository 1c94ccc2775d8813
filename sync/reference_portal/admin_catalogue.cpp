// SPDX-License-Identifier: GPL-3.0-or-later
// The city publishes its catalogue.
#include "core/catalogue/publication.h"
#include "sync/reference_portal/admin_session.h"

namespace motcua::portal {

namespace {

Json toJson(const PublishedCatalogue& published)
{
    return {{"unit", published.unit.empty() ? Json(nullptr) : Json(published.unit)},
            {"version", published.version},
            {"issuedAt", toRfc3339(published.issuedAt)}};
}

} // namespace

Outcome publishCatalogue(Session& session)
{
    const CataloguePublication publication = TRY(readCataloguePublication(session.word(2)));
    const std::string* unit = session.arguments.option("--unit");
    const PublishedCatalogue published = TRY(session.portal.keys().publishCatalogue(
        unit == nullptr ? std::string() : *unit, publication.version, dumpJson(publication.content)));
    Json json = toJson(published);
    for (const char* list : {"procedures", "fees", "holidays", "units"}) {
        json[list] = publication.content[list].size();
    }
    return Outcome(std::move(json));
}

Outcome listCatalogues(Session& session)
{
    Json list = Json::array();
    for (const PublishedCatalogue& published : TRY(session.portal.keys().catalogues())) {
        list.push_back(toJson(published));
    }
    return Outcome(Json{{"catalogues", std::move(list)}});
}

} // namespace motcua::portal
