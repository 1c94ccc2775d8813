// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"
#include "sync/reference_portal/admin_session.h"

namespace motcua::portal {

namespace {

/// VALUE is JSON where it parses, else text; nothing behind the first "=" removes.
std::pair<std::string, Json> assignmentOf(const std::string& word)
{
    const std::size_t equals = word.find('=');
    const std::string value = equals == std::string::npos ? std::string() : word.substr(equals + 1);
    auto json = value.empty() ? Result<Json>(Json(nullptr)) : parseJson(value);
    return {word.substr(0, equals), json ? std::move(*json) : Json(value)};
}

/// A result is taken out before anything is built around it: g++ 12 forgets the parts of a list in braces
/// when TRY leaves in the middle of it.
Outcome revision(const Result<Rev>& made)
{
    return made ? Outcome(Json{{"rev", made->text()}}) : Outcome(tl::unexpected(made.error()));
}

} // namespace

Outcome listDossiers(Session& session)
{
    Json list = Json::array();
    for (const StoredDossier& stored : TRY(session.portal.dossiers().allDossiers())) {
        const Json dossier = TRY(parseJson(stored.text));
        list.push_back({{"uid", stored.uid.text()},
                        {"unit", stored.unit},
                        {"code", stored.code},
                        {"officialCode", at(dossier, "officialCode")},
                        {"status", at(dossier, "status")},
                        {"name", at(at(dossier, "applicant"), "name")},
                        {"rev", stored.rev.text()},
                        {"seq", stored.seq},
                        {"gone", stored.gone},
                        {"dossier", dossier}});
    }
    return Outcome(Json{{"dossiers", std::move(list)}});
}

Outcome setDossier(Session& session)
{
    std::map<std::string, Json> values;
    for (std::size_t i = 3; i < session.arguments.words.size(); ++i) {
        if (session.word(i).find('=') == std::string::npos) {
            return fail(ErrorKind::Refused, "not POINTER=VALUE: " + session.word(i));
        }
        values.insert(assignmentOf(session.word(i)));
    }
    return revision(session.city.set(Uid(session.word(2)), values));
}

Outcome moveDossier(Session& session)
{
    Json move{{"to", session.word(3)}};
    if (const std::string* dueAt = session.arguments.option("--due")) {
        move["dueAt"] = *dueAt;
    }
    return revision(session.city.move(Uid(session.word(2)), move));
}

Outcome giveOfficialCode(Session& session)
{
    const std::string code = session.arguments.words.size() > 3 ? session.word(3) : std::string();
    return revision(session.city.giveOfficialCode(Uid(session.word(2)), code));
}

Outcome takeAway(Session& session)
{
    return revision(session.city.takeAway(Uid(session.word(2))));
}

/// The unit by option, by the file's own member `unit`, or the only one there is.
Outcome fileOnline(Session& session)
{
    Json draft = TRY(parseJson(TRY(readFile(session.word(2), kFileBytesMax))));
    const std::vector<Unit> units = TRY(session.portal.keys().units());
    const std::string* option = session.arguments.option("--unit");
    std::string unit = option != nullptr ? *option : stringAt(draft, "unit");
    if (unit.empty() && units.size() == 1) {
        unit = units.front().code;
    }
    const auto isIt = [&unit](const Unit& known) { return known.code == unit; };
    if (std::none_of(units.begin(), units.end(), isIt)) {
        return fail(ErrorKind::Refused, "say which unit: --unit CODE");
    }
    if (draft.is_object()) {
        draft.erase("unit");
    }
    const City::Filed filed = TRY(session.city.fileOnline(unit, std::move(draft)));
    return Outcome(Json{{"uid", filed.uid.text()}, {"code", filed.code}, {"rev", filed.rev.text()}});
}

} // namespace motcua::portal
