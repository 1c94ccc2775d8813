// SPDX-License-Identifier: GPL-3.0-or-later
// Conflicts that the rules let merge without a person.
#include "core/db/transaction.h"
#include "core/desk/alarms.h"
#include "core/desk/desk_support.h"
#include "core/desk/portal_desk.h"
#include "core/desk/three_way.h"
#include "core/desk/turned_down.h"

namespace motcua {

namespace {

struct OpenConflict
{
    OperationRow row;
    std::string problem;
    std::optional<std::string> rev; ///< the dossier's, as agreed now

    /// Its place was applied by another operation, one that a restored register no longer knows.
    [[nodiscard]] bool isPlaceSpent() const { return problem == "already-applied"; }
    /// What the portal has is not here yet.
    [[nodiscard]] bool isEarly() const
    {
        return !isPlaceSpent() && problem != "number-taken" && rev == row.baseRev;
    }
};

Result<std::vector<OpenConflict>> openConflicts(Connection& connection, Operations& operations)
{
    auto query = TRY(connection.prepare(R"(
        SELECT o.position, (SELECT problem FROM receipt r WHERE r.position = o.position ORDER BY id DESC LIMIT 1), d.rev
        FROM operation o INDEXED BY operation_open JOIN dossier d ON d.id = o.dossier
        WHERE o.state = 'conflict' AND o.final = 0
        ORDER BY o.position
    )"));
    std::vector<OpenConflict> found;
    while (TRY(query.step())) {
        const auto row = TRY(operations.find({query.integer(0)}));
        found.push_back({*row, query.text(1), query.optionalText(2)});
    }
    return found;
}

/// The official who made the operation keeps standing behind what the rules made of it.
Result<std::string> officialOf(Connection& connection, Position position)
{
    auto query =
        TRY(connection.prepare("SELECT entry ->> '$.official' FROM journal WHERE position = :position"));
    query.bind(":position", position.value);
    TRY(query.step());
    return query.text(0);
}

/// The portal has it already; what waits behind this place must not wait for ever.
NewEntry nothingLeft(NewEntry entry)
{
    entry.kind = "dossier.cancelled";
    entry.body = {{"reason", "Cổng đã có cùng nội dung"}};
    entry.after = std::nullopt;
    entry.baseRev = std::nullopt;
    return entry;
}

/// Two officials say that they gave the result to a citizen. The portal's order decides which one counts; the
/// other stays readable on the dossier, because one of the two is wrong.
NewEntry remarkOfSecondHandOver(NewEntry entry, const OperationRow& row, const Json& theirs)
{
    const std::string before = stringAt(theirs, "note");
    const std::string remark =
        "Hai lần ghi trả kết quả: " + entry.official + " cũng ghi đã trả lúc " + toDisplayTime(row.at) + ".";
    entry.kind = "dossier.changed";
    entry.body = {{"set", {{"/note", before.empty() ? remark : before + "\n" + remark}}},
                  {"reason", "Kết quả đã được ghi là trả ở nơi khác"}};
    Json mark = mergedMark();
    mark["alarm"] = alarmKindName(AlarmKind::HandedOverTwice);
    entry.local = dumpJson(mark);
    return entry;
}

} // namespace

Result<int> PortalDesk::mergeConflicts()
{
    int merged = 0;
    for (const OpenConflict& conflict : TRY(openConflicts(m_connection, m_projector.operations()))) {
        if (conflict.isEarly() || TRY(isForPerson(conflict.row))) {
            continue;
        }
        auto transaction = TRY(Transaction::begin(m_connection));
        const auto now = TRY(m_projector.operations().find(conflict.row.position));
        if (!now || now->state != conflict.row.state) {
            continue; // somebody decided it on another connection since the list was read
        }
        const auto entry = TRY(mergedEntry(conflict.row, conflict.problem, conflict.rev));
        if (!entry) {
            continue;
        }
        TRY(conflict.isPlaceSpent() ? carryOn(conflict.row, *entry) : appendMerged(*entry));
        TRY(transaction.commit());
        ++merged;
    }
    return merged;
}

/// The rules had their turns, and the portal took nothing: somebody must look.
Result<bool> PortalDesk::isForPerson(const OperationRow& row)
{
    const int merges = TRY(mergesInARow(m_connection, row.dossier));
    if (merges == 0) {
        return false;
    }
    const Json body = TRY(m_projector.bodyOf(row.position));
    const auto agreed = TRY(m_projector.agreed(row.dossier));
    const FieldRules rules = m_rulesOf ? m_rulesOf(agreed.dossier ? *agreed.dossier : body) : FieldRules();
    return merges >= rules.mergesInARow();
}

/// What an operation of a spent place wanted goes on as an act of its own; where the portal has it all, there
/// is none. Either way the operation itself is done with, and the journal says so.
Result<void> PortalDesk::carryOn(const OperationRow& row, NewEntry entry)
{
    if (entry.kind == "dossier.changed" && row.kind != "dossier.moved") {
        entry.body["set"] = TRY(withoutLaterWords(m_projector, row, std::move(entry.body["set"])));
        entry = entry.body["set"].empty() ? nothingLeft(std::move(entry)) : std::move(entry);
    }
    if (entry.kind != "dossier.cancelled") {
        entry.supersedes = std::nullopt;
        entry.after = TRY(m_projector.operations().lastPlace(row.dossier));
        TRY(appendMerged(entry));
    }
    TRY(m_journal.append(carriedOn(row, entry)));
    return m_projector.putDerived(row.position);
}

Result<std::optional<NewEntry>> PortalDesk::mergedEntry(const OperationRow& row, const std::string& problem,
                                                        const std::optional<std::string>& rev)
{
    NewEntry entry;
    entry.kind = row.kind;
    entry.official = TRY(officialOf(m_connection, row.position));
    entry.at = m_clock.now();
    entry.dossier = row.dossier;
    entry.uid = Uid(TRY(uidOf(row.dossier)));
    entry.operation = true;
    entry.after = row.after;
    entry.supersedes = row.place;
    entry.baseRev = rev ? std::optional(Rev(*rev)) : std::nullopt;
    entry.body = TRY(m_projector.bodyOf(row.position));
    entry.local = dumpJson(mergedMark());
    if (row.kind == "dossier.received" && problem == "number-taken") {
        return renumbered(std::move(entry));
    }
    const Agreed agreed = TRY(m_projector.agreed(row.dossier));
    if (!agreed.dossier) {
        return std::optional<NewEntry>{};
    }
    if (row.kind == "dossier.received") {
        return problem == "already-applied" ? mergedReception(row, std::move(entry), *agreed.dossier)
                                            : std::optional<NewEntry>{};
    }
    if (row.kind == "dossier.moved") {
        return mergedMove(row, std::move(entry), *agreed.dossier);
    }
    const Standing base = TRY(m_projector.baseOf(row));
    return mergedChange(base.dossier, std::move(entry), *agreed.dossier);
}

/// The portal has the dossier already, as a forgotten reception gave it. That one and ours both grew out of
/// the first reception in this place: what ours says otherwise than it goes on as a change.
Result<std::optional<NewEntry>> PortalDesk::mergedReception(const OperationRow& row, NewEntry entry,
                                                            const Json& theirs)
{
    const Json first = TRY(m_projector.bodyOf(row.place));
    Json set = corrections(first, entry.body);
    entry.kind = "dossier.changed";
    entry.body = {{"set", std::move(set)}};
    return mergedChange(first, std::move(entry), theirs);
}

Result<std::optional<NewEntry>> PortalDesk::mergedChange(const Json& base, NewEntry entry, const Json& theirs)
{
    const FieldRules rules = m_rulesOf ? m_rulesOf(theirs) : FieldRules();
    const auto automatic =
        situationOf(base, theirs) == Situation::Usual ? Automatic::AsRuled : Automatic::Never;
    Merge merge = mergeChange(base, at(entry.body, "set"), theirs, rules, automatic);
    if (!merge.conflicts.empty()) {
        return std::optional<NewEntry>{};
    }
    if (merge.set.empty()) {
        return std::optional(nothingLeft(std::move(entry)));
    }
    entry.body["set"] = std::move(merge.set);
    return std::optional(std::move(entry));
}

Result<std::optional<NewEntry>> PortalDesk::mergedMove(const OperationRow& row, NewEntry entry,
                                                       const Json& theirs)
{
    const Standing base = TRY(m_projector.baseOf(row));
    const FieldRules rules = m_rulesOf ? m_rulesOf(theirs) : FieldRules();
    const Merge carried = mergeChange(base.dossier, carriedBy(entry.body), theirs, rules);
    switch (
        mergeMove(stringAt(base.dossier, "status"), stringAt(entry.body, "to"), stringAt(theirs, "status"))) {
    case MoveMerge::SendAgain:
        if (!carried.conflicts.empty()) {
            return std::optional<NewEntry>{}; // the portal would take our appointment for the newer one
        }
        entry.body = withCarried(std::move(entry.body), carried.set);
        entry.at = row.at; // the step was taken when it was taken
        return std::optional(std::move(entry));
    case MoveMerge::Done:
        if (!carried.set.empty() || !carried.conflicts.empty()) {
            return std::optional<NewEntry>{}; // what somebody gave with the step is not dropped with it
        }
        return std::optional(nothingLeft(std::move(entry)));
    case MoveMerge::HandedOver:
        return std::optional(remarkOfSecondHandOver(std::move(entry), row, theirs));
    case MoveMerge::Conflict:
        break;
    }
    return std::optional<NewEntry>{};
}

Result<std::optional<NewEntry>> PortalDesk::renumbered(NewEntry entry)
{
    entry.body["code"] = TRY(nextCode(m_projector, m_identity, entry.body, *entry.dossier));
    entry.after = std::nullopt;
    entry.baseRev = std::nullopt;
    return std::optional(std::move(entry));
}

Result<void> PortalDesk::appendMerged(const NewEntry& entry)
{
    const Written written = TRY(m_journal.append(entry));
    return m_projector.enqueue(operationRow(entry, written), entry.body);
}

Result<std::string> PortalDesk::uidOf(std::int64_t dossier)
{
    auto query = TRY(m_connection.prepare("SELECT uid FROM dossier WHERE id = :id"));
    query.bind(":id", dossier);
    TRY(query.step());
    return query.text(0);
}

} // namespace motcua
