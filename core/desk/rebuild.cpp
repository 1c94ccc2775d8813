// SPDX-License-Identifier: GPL-3.0-or-later
// Projections from nothing but facts.
#include "core/books/book_store.h"
#include "core/desk/projector.h"

#include "core/db/setting.h"
#include "core/dossier/code.h"

namespace motcua {

namespace {

/// The operation that a journal entry is, or nothing.
Result<std::optional<OperationRow>> operationOf(const Statement& row, const Json& entry,
                                                const std::string& install)
{
    if (!entry.contains("schema")) {
        return std::optional<OperationRow>{};
    }
    const auto chain = hashFromBytes(row.view(4));
    if (!chain) {
        return fail(ErrorKind::Damaged, "a journal entry has no chain value");
    }
    OperationRow operation;
    operation.position = {row.integer(0)};
    operation.dossier = row.integer(1);
    operation.kind = row.text(2);
    operation.digest = sha256(operationLine(row.view(3), *chain));
    operation.at = fromMillis(row.integer(5));
    const auto named = [&](const char* member) { return positionOf(install, stringAt(entry, member)); };
    operation.place = named("supersedes").value_or(operation.position);
    operation.after = named("after");
    if (at(entry, "baseRev").is_string()) {
        operation.baseRev = stringAt(entry, "baseRev");
    }
    return std::optional(operation);
}

} // namespace

Result<void> Projector::rebuild(const std::string& instance)
{
    TRY(m_files.clearProjections());
    TRY(m_projection.clear());
    TRY(rebuildOperations(instance));
    TRY(rebuildDossiers());
    return BookStore(m_connection).rebuild();
}

Result<void> Projector::rebuildOperations(const std::string& instance)
{
    const std::string install = TRY(settingOf(m_connection, "install"))
    .value_or("");
    {
        auto query = TRY(m_connection.prepare(R"(
            SELECT position, dossier, kind, entry, chain, at FROM journal
            WHERE kind IN ('dossier.received', 'dossier.changed', 'dossier.moved', 'dossier.cancelled')
            ORDER BY position
        )"));
        while (TRY(query.step())) {
            const Json entry = TRY(parseJson(query.view(3)));
            if (const auto operation = TRY(operationOf(query, entry, install))) {
                TRY(m_operations.add(*operation));
                TRY(m_files.nameIn(operation->position.value, at(entry, "body")));
            }
        }
    }
    auto all = TRY(m_connection.prepare("SELECT position FROM operation ORDER BY position"));
    while (TRY(all.step())) {
        const auto row = TRY(m_operations.find({all.integer(0)}));
        const OperationRow derived = TRY(m_operations.derived(*row, instance));
        TRY(m_operations.put(derived));
    }
    return {};
}

Result<void> Projector::rebuildDossiers()
{
    // The row's id, its identity and the caller's reference are facts of the entry that began it.
    auto query = TRY(m_connection.prepare(R"(
        SELECT dossier, min(uid), max(ref) FROM (
            SELECT dossier, entry ->> '$.uid' AS uid, local ->> '$.clientRef' AS ref
            FROM journal WHERE kind = 'dossier.received'
            UNION ALL SELECT dossier, uid, NULL FROM pulled)
        GROUP BY dossier ORDER BY dossier
    )"));
    while (TRY(query.step())) {
        const std::int64_t id = query.integer(0);
        const Agreed known = TRY(agreed(id));
        const Standing now = TRY(standing(id, known));
        TRY(m_projection.insert(id, query.text(1), now, {}, known.state, query.optionalText(2)));
        TRY(rebuildNumbers(id));
    }
    return rebuildSkippedNumbers();
}

Result<void> Projector::rebuildSkippedNumbers()
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT s.value ->> '$.day', entry ->> '$.body.slot', s.value ->> '$.to'
        FROM journal, json_each(entry, '$.body.skipped') s WHERE kind = 'epoch.started'
    )"));
    while (TRY(query.step())) {
        const Day day = TRY(parseIsoDay(query.view(0)));
        TRY(m_projection.takeNumber(day, static_cast<int>(query.integer(1)),
                                    static_cast<int>(query.integer(2)), 0));
    }
    return {};
}

Result<void> Projector::rebuildNumbers(std::int64_t id)
{
    // Every number that was ever given, also those that a clash replaced.
    auto query = TRY(m_connection.prepare(R"(
        SELECT DISTINCT entry ->> '$.body.code' FROM journal WHERE dossier = :id AND kind = 'dossier.received'
    )"));
    query.bind(":id", id);
    while (TRY(query.step())) {
        if (const auto code = parseCode(query.view(0))) {
            TRY(m_projection.takeNumber(code->day, code->slot, code->number, id));
        }
    }
    return {};
}

} // namespace motcua
