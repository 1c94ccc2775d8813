// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/desk_support.h"

#include "core/dossier/code.h"
#include "core/dossier/deadline.h"
#include "core/dossier/patch.h"

#include <algorithm>

namespace motcua {

FieldOf fieldOf(const Catalogue& catalogue)
{
    return [&catalogue](const std::string& procedure, Day received) {
        const Procedure* found = catalogue.find(procedure, received);
        return found == nullptr || found->field.empty() ? std::string("Khác") : found->field;
    };
}

std::optional<Instant> dueFor(const Catalogue& catalogue, const Json& dossier,
                              const std::vector<Suspension>& suspensions)
{
    const auto received = parseRfc3339(stringAt(dossier, "receivedAt"));
    const Procedure* procedure =
        received ? catalogue.find(stringAt(dossier, "procedure"), dayInVietnam(*received)) : nullptr;
    if (procedure == nullptr) {
        return std::nullopt;
    }
    DeadlineOptions options;
    options.suspensions = suspensions;
    options.channel = stringAt(dossier, "channel", "counter");
    const auto deadline = computeDeadline(procedure->term, *received, options, catalogue.calendar());
    return deadline ? deadline->dueAt : std::nullopt;
}

std::optional<std::string> localFacts(const CheckedDraft& checked, const std::string& reason)
{
    Json local = Json::object();
    if (!checked.clientRef.empty()) {
        local["clientRef"] = checked.clientRef;
    }
    for (const AnsweredProblem& answered : checked.answered) {
        local["reasons"].push_back({{"pointer", answered.problem.pointer},
                                    {"rule", answered.problem.rule},
                                    {"reason", answered.reason}});
    }
    if (!reason.empty()) {
        local["refused"] = reason;
    }
    return local.empty() ? std::nullopt : std::optional(dumpJson(local));
}

Problems answeredProblems(const CheckedDraft& checked)
{
    Problems problems;
    for (const AnsweredProblem& answered : checked.answered) {
        problems.push_back(answered.problem);
    }
    return problems;
}

OperationRow operationRow(const NewEntry& entry, const Written& written)
{
    OperationRow row;
    row.position = written.position;
    row.dossier = entry.dossier.value_or(0);
    row.kind = entry.kind;
    row.place = entry.supersedes.value_or(written.position);
    row.after = entry.after;
    row.baseRev = entry.baseRev ? std::optional(entry.baseRev->text()) : std::nullopt;
    row.digest = written.digest;
    row.at = entry.at;
    return row;
}

NewEntry carriedOn(const OperationRow& row, const NewEntry& by)
{
    NewEntry entry;
    entry.kind = "operation.carried-on";
    entry.official = by.official;
    entry.at = by.at;
    entry.uid = by.uid;
    entry.dossier = row.dossier;
    entry.body = {{"position", row.position.value}};
    return entry;
}

RulesOf fieldRulesOf(const Catalogue& catalogue)
{
    return [&catalogue](const Json& dossier) {
        const auto received = parseRfc3339(stringAt(dossier, "receivedAt"));
        return catalogue.fieldRules(stringAt(dossier, "procedure"),
                                    received ? dayInVietnam(*received) : Day{});
    };
}

Json mergedMark()
{
    return {{"merged", "rules"}};
}

Result<int> mergesInARow(Connection& connection, std::int64_t dossier)
{
    auto query = TRY(connection.prepare(R"(
        SELECT count(*) FROM journal
        WHERE dossier = :dossier AND local ->> '$.merged' = 'rules' AND position > max(
            coalesce((SELECT max(position) FROM journal WHERE dossier = :dossier AND kind = 'conflict.decided'), 0),
            coalesce((SELECT max(o.position) FROM journal j JOIN operation o ON o.position = j.position
                      WHERE j.dossier = :dossier AND o.state IN ('acknowledged', 'confirmed')), 0))
    )"));
    query.bind(":dossier", dossier);
    TRY(query.step());
    return static_cast<int>(query.integer(0));
}

Result<int> freeNumber(Projector& projector, const RegisterIdentity& identity, Day day,
                       std::optional<int> after)
{
    const auto given = TRY(projector.rows().highestNumber(day, identity.slot));
    int number = TRY(nextNumber(identity.slot, std::max(given, after)));
    while (TRY(projector.rows().isBorne(makeCode(identity.unit, day, identity.slot, number)))) {
        number = TRY(nextNumber(identity.slot, number));
    }
    return number;
}

Result<std::string> nextCode(Projector& projector, const RegisterIdentity& identity, const Json& dossier,
                             std::int64_t id)
{
    const Instant received = TRY(parseRfc3339(stringAt(dossier, "receivedAt")));
    const Day day = dayInVietnam(received);
    const int number = TRY(freeNumber(projector, identity, day));
    TRY(projector.rows().takeNumber(day, identity.slot, number, id));
    return makeCode(identity.unit, day, identity.slot, number);
}

} // namespace motcua
