// SPDX-License-Identifier: GPL-3.0-or-later
// What a person must decide, and deciding it.
#include "core/db/transaction.h"
#include "core/desk/desk_support.h"
#include "core/desk/three_way.h"
#include "core/dossier/patch.h"

#include <algorithm>

namespace motcua {

namespace {

Refusal problem(std::string pointer, std::string rule, std::string message)
{
    return Refusal(Problems{{std::move(pointer), std::move(rule), std::move(message), Severity::Hard, {}}});
}

/// What the portal said of an operation that it turned down, newest first.
Result<std::string> turnedDownBecause(Connection& connection, Position position)
{
    auto query = TRY(connection.prepare(R"(
        SELECT problem, detail FROM receipt WHERE position = :position ORDER BY id DESC LIMIT 1
    )"));
    query.bind(":position", position.value);
    const bool found = TRY(query.step());
    if (!found) {
        return std::string();
    }
    std::string text = query.text(0);
    if (const auto detail = parseJson(query.view(1))) {
        text = stringAt(*detail, "title", text);
        for (const Json& field : at(*detail, "fields")) {
            text += "\n" + stringAt(field, "pointer") + ": " + stringAt(field, "message");
        }
    }
    return text;
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
    found.problem = TRY(turnedDownBecause(m_connection, position));
    if (row->state != OpState::Conflict) {
        return found;
    }
    const Json theirs = TRY(m_projector.agreed(row->dossier))
    .dossier.value_or(Json());
    const Json base = TRY(m_projector.baseOf(*row))
    .dossier;
    const Json body = TRY(m_projector.bodyOf(position));
    if (row->kind == "dossier.changed") {
        found.fields = mergeChange(base, at(body, "set"), theirs).conflicts;
    } else if (row->kind == "dossier.moved") {
        found.fields.push_back({"/status", std::string(fieldClassName(FieldClass::Workflow)),
                                at(base, "status"), at(body, "to"), at(theirs, "status")});
    }
    return found;
}

Answer<Acted> Desk::resolve(const std::string& code, const std::map<std::string, Decision>& decisions,
                            const std::string& reason)
{
    TRY(mustBeAllowed(Act::Decide));
    const DossierView view = TRY(m_register.byCode(code));
    std::optional<OperationRow> row;
    for (const OperationRow& candidate : TRY(m_projector.operations().ofDossier(view.row.id))) {
        if (candidate.state == OpState::Conflict) {
            row = candidate;
            break;
        }
    }
    if (!row) {
        return tl::unexpected(problem("", "no-conflict", "Hồ sơ này không có xung đột phải quyết định."));
    }
    NewEntry entry = operationEntry(row->kind, Uid(view.row.uid), view.row.id, Json::object());
    entry.supersedes = row->place;
    entry.after = row->after;
    if (view.rev) {
        entry.baseRev = Rev(*view.rev);
    }
    TRY(decide(*row, decisions, reason, entry));

    auto transaction = TRY(Transaction::begin(m_connection));
    const Acted acted = TRY(appendOperation(view, entry));
    TRY(appendOwn(
        "conflict.decided",
        {{"op", acted.op}, {"reason", reason}, {"place", opIdOf(m_identity.install, row->place).text()}},
        view.row.id, Uid(view.row.uid)));
    TRY(transaction.commit());
    return acted;
}

/// Fills the entry with what the decisions make of the operation; one that leaves nothing withdraws its
/// place.
Answer<void> Desk::decide(const OperationRow& row, const std::map<std::string, Decision>& decisions,
                          const std::string& reason, NewEntry& entry)
{
    const Json theirs = TRY(m_projector.agreed(row.dossier))
    .dossier.value_or(Json());
    const Json base = TRY(m_projector.baseOf(row))
    .dossier;
    const Json body = TRY(m_projector.bodyOf(row.position));
    const bool moved = row.kind == "dossier.moved";
    Merge merge = moved ? Merge
    {
        Json::object(), TRY(conflictCase(row.position))
        .fields
    }
                        : mergeChange(base, at(body, "set"), theirs);
                        for (const auto& [pointer, decision] : decisions) {
                            const bool asked =
                                std::ranges::any_of(merge.conflicts, [&p = pointer](const ConflictField& f) {
                                    return f.pointer == p;
                                });
                            if (!asked) {
                                return tl::unexpected(
                                    problem(pointer, "no-conflict", "Trường này không có xung đột."));
                            }
                        }
                        for (const ConflictField& field : merge.conflicts) {
                            const auto decision = decisions.find(field.pointer);
                            if (decision == decisions.end()) {
                                return tl::unexpected(
                                    problem(field.pointer, "undecided", "Chưa quyết định trường này."));
                            }
                            if (reason.empty() && (needsReason(fieldClass(field.pointer)) || moved)) {
                                return tl::unexpected(problem(field.pointer, "reason-required",
                                                              "Quyết định trường này phải ghi lý do."));
                            }
                            if (decision->second.take != Decision::Take::Theirs) {
                                merge.set[field.pointer] = decision->second.take == Decision::Take::Ours
                                                               ? field.ours
                                                               : decision->second.value;
                            }
                        }
                        if (merge.set.empty()) {
                            entry.kind = "dossier.cancelled";
                            entry.after = std::nullopt;
                            entry.baseRev = std::nullopt;
                            entry.body = {{"reason", reason.empty() ? "Giữ nguyên như ở cổng" : reason}};
                            return {};
                        }
                        if (moved) {
                            entry.body = body;
                            entry.body["to"] = merge.set.begin().value();
                            TRY(applyMove(theirs, entry.body, entry.at, kAnswerRules));
                            return {};
                        }
                        TRY(applyPatch(theirs, merge.set, kAnswerRules));
                        entry.body = {{"set", merge.set}};
                        if (!reason.empty()) {
                            entry.body["reason"] = reason;
                        }
                        return {};
}

} // namespace motcua
