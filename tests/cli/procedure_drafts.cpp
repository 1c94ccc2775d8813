// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/procedure_drafts.h"

#include <algorithm>
#include <array>
#include <map>

namespace motcua::testing {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

Json exactDate(sys_days day)
{
    return {{"text", toDisplayDay(Day{day})}, {"precision", "day"}};
}

Json date(const std::string& text)
{
    return {{"text", text}, {"precision", text.size() == 4 ? "year" : text.size() == 7 ? "month" : "day"}};
}

/// What the law wants of a date or a choice, where the first that comes would not do.
Json wanted(const std::string& name, sys_days received)
{
    static const std::map<std::string, std::string> kDates{
        {"entryDate", "02/2012"},  {"deedDate", "12/03/2024"}, {"foreignDate", "2020"},
        {"periodFrom", "01/2017"}, {"periodTo", "06/2020"},    {"documentDate", "2015"}};
    if (const auto found = kDates.find(name); found != kDates.end()) {
        return date(found->second);
    }
    if (name == "deathDate" || name == "deathNoticeDate" || name == "eventDate") {
        return exactDate(received - days{5});
    }
    return exactDate(received - days{1});
}

int birthYear(const std::string& name)
{
    static const std::map<std::string, int> kYears{
        {"ward", 2015}, {"recognised", 2012}, {"deceased", 1950}, {"mother", 1995}, {"father", 1993}};
    const auto found = kYears.find(name);
    return found == kYears.end() ? 1985 : found->second;
}

bool isFemale(const std::string& name)
{
    return name == "mother" || name == "wife" || name == "spouse" || name == "secondPerson";
}

/// Province, sex and century, year, and six figures that tell the persons of one dossier apart.
std::string personalId(const std::string& name, int year)
{
    const int figure = (year >= 2000 ? 2 : 0) + (isFemale(name) ? 1 : 0);
    std::size_t tail = 100'000;
    for (const char c : name) {
        tail = (tail * 31 + static_cast<unsigned char>(c)) % 900'000 + 100'000;
    }
    const std::string shortYear = std::to_string(100 + year % 100).substr(1);
    return "001" + std::to_string(figure) + shortYear + std::to_string(tail);
}

Json person(const Json& field, const std::string& name, sys_days received)
{
    const int year = birthYear(name);
    const std::map<std::string, Json> values{
        {"name", isFemale(name)
                     ? "LÊ THỊ HOA"
                     : "NGUYỄN VĂN " + std::string(1, static_cast<char>(std::toupper(name.front())))},
        {"personalId", personalId(name, year)},
        {"oldId", "012345678"},
        {"birth", name == "child" ? exactDate(received - days{10}) : date("15/03/" + std::to_string(year))},
        {"gender", isFemale(name) ? "female" : "male"},
        {"address", "thôn 2, xã Phúc Thọ, thành phố Hà Nội"},
        {"phone", "0912345678"},
        {"email", "an@example.vn"}};
    Json made = Json::object();
    for (const Json& part : at(field, "parts")) {
        const std::string which = stringAt(part, "name");
        made[which] = values.at(which);
    }
    return made;
}

std::string text(const Json& field, const std::string& name)
{
    if (name == "deathTime") {
        return "05:30";
    }
    if (name == "birthProofCode") {
        return "01234.GCS.00012.26";
    }
    if (name == "entryNumber" || name == "deedNumber") {
        return "01/2012";
    }
    if (name == "languageTo") {
        return "tiếng Việt";
    }
    const Json& suggestions = at(field, "suggestions");
    const bool isAnySuggested = suggestions.is_array() && !suggestions.empty();
    const std::string words = isAnySuggested ? suggestions[0].get<std::string>() : "nội dung " + name;
    const Json& most = at(field, "maxLength");
    return most.is_number_integer() ? words.substr(0, most.get<std::size_t>()) : words;
}

Json choice(const Json& field, const std::string& name)
{
    // A guardianship of a child that is still one ends for another reason than that it grew up.
    const std::size_t at = name == "endReason" ? 2 : 0;
    return field.at("choices").at(at).at("value");
}

Json valueOf(const Json& field, const std::string& name, sys_days received)
{
    const std::string kind = stringAt(field, "kind");
    if (kind == "person") {
        return person(field, name, received);
    }
    if (kind == "date") {
        return wanted(name, received);
    }
    if (kind == "choice") {
        return choice(field, name);
    }
    if (kind == "number" || kind == "money") {
        return std::max<std::int64_t>(1, field.at("min").get<std::int64_t>());
    }
    if (kind == "yes-no") {
        // What must be so is required; what is only perhaps so stays as the form proposes it.
        return field.value("required", false) ? Json(true) : field.value("default", Json());
    }
    if (kind == "ethnic-group") {
        return "Kinh";
    }
    return kind == "place" ? "thôn 2, xã Phúc Thọ, thành phố Hà Nội" : text(field, name);
}

Json components(const Json& papers)
{
    Json list = Json::array();
    for (const Json& paper : papers) {
        const bool isHandedIn = stringAt(paper, "evidence") == "handed-in";
        list.push_back({{"code", paper.at("code")},
                        {"name", paper.at("name")},
                        {"evidence", paper.at("evidence")},
                        {"originals", isHandedIn ? 1 : 0},
                        {"copies", 0}});
    }
    return list;
}

} // namespace

Json fullDraft(const Json& procedure, Day received)
{
    Json draft{{"procedure", procedure.at("code")}, {"channel", "counter"}, {"form", Json::object()}};
    for (const Json& section : procedure.at("form").at("sections")) {
        for (const Json& field : section.at("fields")) {
            const std::string pointer = stringAt(field, "pointer");
            if (pointer == "/applicant") {
                draft["applicant"] = person(field, "applicant", sys_days{received});
                continue;
            }
            Json value = valueOf(field, pointer.substr(std::string("/form/").size()), sys_days{received});
            if (!value.is_null()) {
                draft[Json::json_pointer(pointer)] = std::move(value);
            }
        }
    }
    draft["components"] = components(procedure.at("papers"));
    return draft;
}

Json withReasons(Json draft, const Json& problems)
{
    for (const Json& problem : problems) {
        if (stringAt(problem, "severity") == "soft") {
            draft["reasons"][stringAt(problem, "pointer")] = "Đã đối chiếu giấy tờ gốc.";
        }
    }
    return draft;
}

} // namespace motcua::testing
