// SPDX-License-Identifier: GPL-3.0-or-later
// What waits for a person, and why.
#include "core/desk/chain.h"
#include "core/desk/desk_support.h"
#include "core/desk/three_way.h"
#include "core/dossier/patch.h"

#include <algorithm>
#include <iterator>

namespace motcua {

namespace {

/// The pointer of a refusal into the dossier: the portal points into the operation.
std::string intoDossier(const std::string& pointer)
{
    constexpr std::string_view kSet = "/body/set/";
    constexpr std::string_view kBody = "/body";
    if (pointer.starts_with(kSet)) {
        // One token, which is the pointer itself, escaped.
        const auto tokens = pointerTokens(pointer);
        return tokens && tokens->size() > 2 ? (*tokens)[2] : pointer;
    }
    return pointer.starts_with(kBody) && pointer.size() > kBody.size() ? pointer.substr(kBody.size())
                                                                       : pointer;
}

/// What the portal said of an operation that it turned down, newest first.
Result<void> addAnswer(Connection& connection, Position position, ConflictCase& found)
{
    auto query = TRY(connection.prepare(R"(
        SELECT problem, detail, result, at, rev FROM receipt WHERE position = :position ORDER BY id DESC LIMIT 1
    )"));
    query.bind(":position", position.value);
    const bool answered = TRY(query.step());
    if (!answered) {
        return {};
    }
    found.problemType = query.text(0);
    found.problem = found.problemType;
    found.isMismatch = query.view(2) == "mismatch";
    found.since = fromMillis(query.integer(3));
    found.isMissing = found.problemType == "rev-mismatch" && !query.optionalText(4);
    if (const auto detail = parseJson(query.view(1))) {
        found.problem = stringAt(*detail, "title", found.problem);
        for (const Json& field : at(*detail, "fields")) {
            found.problem += "\n" + stringAt(field, "pointer") + ": " + stringAt(field, "message");
            found.refused.push_back({intoDossier(stringAt(field, "pointer")), stringAt(field, "message")});
        }
    }
    return {};
}

Result<Author> authorOf(Connection& connection, const OperationRow& row)
{
    auto query =
        TRY(connection.prepare("SELECT entry ->> '$.official' FROM journal WHERE position = :position"));
    query.bind(":position", row.position.value);
    TRY(query.step());
    return Author{query.text(0), row.at};
}

const Json& valueAt(const Json& dossier, const std::string& pointer)
{
    static const Json kNull;
    const Json* value = findAt(dossier, pointer);
    return value == nullptr ? kNull : *value;
}

/// Who gave each field the value that the portal has: the newest page in which it became another one.
Result<void> addTheirAuthors(Connection& connection, std::int64_t dossier, std::vector<ConflictField>& fields)
{
    auto query = TRY(connection.prepare(R"(
        SELECT body, coalesce(by, ''), at FROM pulled WHERE dossier = :dossier AND body IS NOT NULL ORDER BY id
    )"));
    query.bind(":dossier", dossier);
    std::vector<Json> last;
    for (const ConflictField& field : fields) {
        last.push_back(field.base);
    }
    while (TRY(query.step())) {
        const Json body = TRY(parseJson(query.view(0)));
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const Json& value = valueAt(body, fields[i].pointer);
            if (value != last[i]) {
                last[i] = value;
                fields[i].theirsBy = Author{query.text(1), fromMillis(query.integer(2))};
            }
        }
    }
    return {};
}

ConflictField statusField(const Json& base, const Json& to, const Json& theirs, const FieldRules& rules)
{
    const FieldRule rule = rules.rule("/status");
    ConflictField field;
    field.pointer = "/status";
    field.fieldClass = std::string(fieldClassName(rule.kind));
    field.base = at(base, "status");
    field.ours = to;
    field.theirs = at(theirs, "status");
    field.needsReason = true;
    field.needsLeader = rule.needsLeader;
    return field;
}

/// The step and what goes with it. Whoever decides the step sends the rest along, so they see that too, also
/// where the rules alone would settle it. Where both sides took the step, only the rest is asked.
std::vector<ConflictField> moveFields(const Json& base, const Json& move, const Json& theirs,
                                      const FieldRules& rules)
{
    Merge ruled = mergeChange(base, carriedBy(move), theirs, rules);
    std::vector<ConflictField> fields =
        mergeChange(base, ruled.set, theirs, rules, Automatic::Never).conflicts;
    std::ranges::move(ruled.conflicts, std::back_inserter(fields));
    if (fields.empty() || at(move, "to") != at(theirs, "status")) {
        fields.insert(fields.begin(), statusField(base, at(move, "to"), theirs, rules));
    }
    return fields;
}

} // namespace

Result<std::vector<ConflictCase>> Desk::conflicts()
{
    std::vector<Position> positions;
    {
        auto query = TRY(m_connection.prepare(R"(
            SELECT position FROM operation INDEXED BY operation_open
            WHERE state IN ('conflict', 'needs-you')
              AND final = 0
            ORDER BY position
        )"));
        while (TRY(query.step())) {
            positions.push_back({query.integer(0)});
        }
    }
    std::vector<ConflictCase> cases;
    for (const Position position : positions) {
        cases.push_back(TRY(conflictCase(position)));
    }
    return cases;
}

Result<ConflictCase> Desk::conflictCase(Position position)
{
    const auto row = TRY(m_projector.operations().find(position));
    const DossierView view = TRY(m_register.byId(row->dossier));
    ConflictCase found;
    found.code = view.row.code;
    found.uid = view.row.uid;
    found.op = opIdOf(m_identity.install, position).text();
    found.name = view.row.name;
    found.kind = row->kind;
    found.gone = view.row.gone;
    found.since = row->at;
    found.ours = TRY(authorOf(m_connection, *row));
    TRY(addAnswer(m_connection, position, found));
    if (row->state == OpState::Conflict) {
        TRY(addFields(*row, found));
    }
    if (row->state == OpState::Conflict && found.fields.empty()) {
        const ThreeSides sides = TRY(threeSides(*row));
        found.isRepeated = TRY(mergesInARow(m_connection, row->dossier))
        >= sides.rules.mergesInARow();
    }
    return found;
}

Result<void> Desk::addFields(const OperationRow& row, ConflictCase& found)
{
    const ThreeSides sides = TRY(threeSides(row));
    found.theirStatus = stringAt(sides.theirs, "status");
    found.situation = situationOf(sides.base, sides.theirs);
    if (sides.kind == "dossier.changed") {
        const auto automatic = found.situation == Situation::Usual ? Automatic::AsRuled : Automatic::Never;
        found.fields =
            mergeChange(sides.base, at(sides.body, "set"), sides.theirs, sides.rules, automatic).conflicts;
    } else if (sides.kind == "dossier.moved") {
        found.fields = moveFields(sides.base, sides.body, sides.theirs, sides.rules);
    }
    return addTheirAuthors(m_connection, row.dossier, found.fields);
}

Result<Desk::ThreeSides> Desk::threeSides(const OperationRow& row)
{
    Agreed agreed = TRY(m_projector.agreed(row.dossier));
    Standing base = TRY(m_projector.baseOf(row));
    ThreeSides sides;
    sides.theirs = agreed.dossier ? std::move(*agreed.dossier) : Json();
    sides.base = std::move(base.dossier);
    sides.body = TRY(m_projector.bodyOf(row.position));
    sides.kind = row.kind;
    const bool isPortals = TRY(isPlaceSpent(m_connection, row.position));
    if (isPortals && row.kind == "dossier.received") {
        // As PortalDesk::mergedReception().
        sides.base = TRY(m_projector.bodyOf(row.place));
        sides.body = {{"set", corrections(sides.base, sides.body)}};
        sides.kind = "dossier.changed";
    }
    sides.rules = fieldRulesOf(m_catalogue)(sides.theirs.is_object() ? sides.theirs : sides.base);
    return sides;
}

} // namespace motcua
