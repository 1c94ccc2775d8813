// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalogue/publication.h"

#include "core/catalogue/catalogue.h"
#include "core/catalogue/files.h"

namespace motcua {

namespace {

void append(const Json& file, std::string_view member, Json& list)
{
    for (const Json& item : at(file, member)) {
        list.push_back(item);
    }
}

Result<Json> itemsOf(const std::string& folder, std::string_view prefix, std::string_view member)
{
    Json list = Json::array();
    for (const CatalogueFile& file : TRY(readCatalogueFiles(folder, "", prefix))) {
        append(file.json, member, list);
    }
    return list;
}

/// A later file's note stands for an earlier one's of the same name.
Result<Json> notesOf(const std::string& folder)
{
    Json notes = Json::object();
    for (const CatalogueFile& file : TRY(readCatalogueFiles(folder, "", "procedures"))) {
        if (at(file.json, "notes").is_object()) {
            notes.update(at(file.json, "notes"));
        }
    }
    return notes;
}

/// An item is a province with its communes: the file keeps them side by side.
Json unitsOf(const Json& file)
{
    Json units = Json::array();
    for (Json province : at(file, "provinces")) {
        province["communes"] = at(at(file, "communes"), stringAt(province, "code"));
        units.push_back(std::move(province));
    }
    return units;
}

} // namespace

Result<CataloguePublication> readCataloguePublication(const std::string& folder)
{
    const Catalogue proven = TRY(Catalogue::load(folder));
    TRY(proven.loadUnits());
    CataloguePublication publication{proven.version(), Json::object()};
    const CatalogueFile holidays = TRY(readCatalogueFile(folder, "holidays.json"));
    const CatalogueFile units = TRY(readCatalogueFile(folder, "units.json"));
    Json& content = publication.content;
    content["procedures"] = TRY(itemsOf(folder, "procedures", "procedures"));
    content["repealed"] = TRY(itemsOf(folder, "procedures", "repealed"));
    content["notes"] = TRY(notesOf(folder));
    content["fees"] = TRY(itemsOf(folder, "fees", "fees"));
    content["holidays"] = at(holidays.json, "days");
    content["holidayYears"] = at(holidays.json, "years");
    content["units"] = unitsOf(units.json);
    if (TRY(Catalogue::load(folder)).version() != proven.version()) {
        return fail(ErrorKind::Refused, "the catalogue's files were changed meanwhile: " + folder);
    }
    return publication;
}

} // namespace motcua
