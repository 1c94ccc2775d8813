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

/// The other way round. What is no province with communes is left for Units::load() to find.
Json unitsFile(const Json& units)
{
    Json file{{"provinces", Json::array()}, {"communes", Json::object()}};
    for (Json province : units) {
        if (province.is_object()) {
            file["communes"][stringAt(province, "code")] = at(province, "communes");
            province.erase("communes");
        }
        file["provinces"].push_back(std::move(province));
    }
    return file;
}

/// `member` of what was published, or else what the folder has.
Result<Json> publishedOr(const Json& content, std::string_view member, const std::string& folder,
                         std::string_view prefix)
{
    const Json& published = at(content, member);
    return published.is_null() ? itemsOf(folder, prefix, member) : Result<Json>(published);
}

} // namespace

Result<CatalogueFiles::StandIns> standInsFor(const std::string& folder, const Json& content)
{
    CatalogueFiles::StandIns files;
    Json& procedures = files["procedures.json"];
    procedures["procedures"] = at(content, "procedures");
    procedures["repealed"] = TRY(publishedOr(content, "repealed", folder, "procedures"));
    procedures["notes"] = at(content, "notes").is_null() ? TRY(notesOf(folder)) : at(content, "notes");
    if (!at(content, "fees").is_null()) {
        files["fees.json"] = Json{{"fees", content["fees"]}};
    }
    if (!at(content, "units").is_null()) {
        files["units.json"] = unitsFile(content["units"]);
    }
    CatalogueFile holidays = TRY(readCatalogueFile(folder, "holidays.json"));
    holidays.json["days"] = at(content, "holidays");
    if (!at(content, "holidayYears").is_null()) {
        holidays.json["years"] = content["holidayYears"];
    }
    files["holidays.json"] = std::move(holidays.json);
    return files;
}

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
