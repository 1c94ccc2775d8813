// SPDX-License-Identifier: GPL-3.0-or-later
// Whom the register knows: who may be this person, and why.
#include "app/cli/command.h"
#include "app/cli/rows.h"
#include "core/base/text.h"

namespace motcua::cli {

namespace {

Json personToJson(const StatedPerson& person)
{
    return {{"name", person.name},     {"birth", person.birth},
            {"gender", person.gender}, {"personalId", person.personalId},
            {"oldId", person.oldId},   {"address", person.address}};
}

Reply<Json> matchToJson(KnownPeople& known, const PersonMatch& match)
{
    Json mentions = Json::array();
    for (const Mention& mention : match.mentions) {
        const std::string code = TRY(known.codeOf(mention.dossier));
        mentions.push_back({{"code", code}, {"pointer", mention.person.pointer}});
    }
    Json json = personToJson(match.person);
    json["likely"] = match.isLikely();
    json["rivals"] = match.rivals;
    json["reasons"] = match.reasons;
    json["mentions"] = std::move(mentions);
    return json;
}

std::string matchText(const PersonMatch& match)
{
    std::string text = (match.isLikely() ? "● " : "○ ") + match.person.name;
    for (const std::string* part : {&match.person.birth, &match.person.personalId, &match.person.address}) {
        text += part->empty() ? "" : " · " + *part;
    }
    std::string reasons;
    for (const std::string& reason : match.reasons) {
        reasons += (reasons.empty() ? "" : ", ") + reason;
    }
    return text + "\n    " + reasons;
}

Reply<Outcome> runPeopleFind(Session& session, const Arguments& arguments)
{
    const std::string text = TRY(session.read(TRY(arguments.required("file"))));
    const auto person = parseJson(text);
    if (!person || !person->is_object()) {
        return misuse("Tệp không phải là một người (JSON: name, birth, personalId, oldId, gender, address).");
    }
    const auto limit = TRY(arguments.integer("limit", 1, 50))
    .value_or(5);
    Workplace* place = TRY(session.workplaceFor(Act::Search, arguments));
    KnownPeople& known = place->desk().known();
    const auto units = place->catalogue().loadUnits();
    const auto hints = place->catalogue().loadMergeHints();
    if (units && hints) {
        known.setPlaces(std::make_shared<const PlaceReader>(PlaceReader::from(*units, *hints)));
    }
    const auto found = TRY(known.find(statedPerson({}, *person), static_cast<std::size_t>(limit)));
    TRY(place->desk().recordView("people.searched", {{"hits", found.size()}}));
    Outcome outcome;
    Json hits = Json::array();
    for (const PersonMatch& match : found) {
        hits.push_back(TRY(matchToJson(known, match)));
        addLine(outcome.text, matchText(match));
    }
    outcome.document = {{"hits", std::move(hits)}};
    if (found.empty()) {
        outcome.text = "Không có ai như vậy trong sổ.";
    }
    return outcome;
}

constexpr std::array kCommands{
    Command{"people find",
            "--file NGƯỜI.json|- [--limit N]",
            "Tìm người trong sổ có thể là người này, kèm lý do; không gộp ai với ai.",
            0,
            0,
            {"file", "limit"},
            runPeopleFind},
};

} // namespace

std::span<const Command> peopleCommands()
{
    return kCommands;
}

} // namespace motcua::cli
