// SPDX-License-Identifier: GPL-3.0-or-later
// Two machines ran from one disk (X15). What this one wanted under a name that the other had given before
// goes on under a name of its own, in the epoch that a person had it begin.
#include "core/db/transaction.h"
#include "core/desk/desk_support.h"
#include "core/desk/portal_desk.h"

#include <algorithm>
#include <map>

namespace motcua {

namespace {

bool isWithdrawal(const OperationRow& row)
{
    return row.kind == "dossier.cancelled";
}

/// The portal has something else under this name, and nothing of ours will ever stand there.
NewEntry nameTaken(const OperationRow& row, const NewEntry& by, Instant now)
{
    NewEntry entry;
    entry.kind = "operation.name-taken";
    entry.official = by.official;
    entry.at = now;
    entry.uid = by.uid;
    entry.dossier = row.dossier;
    entry.body = {{"position", row.position.value}};
    return entry;
}

} // namespace

Result<void> PortalDesk::goOnAnew(Position taken)
{
    const auto row = TRY(m_projector.operations().find(taken));
    if (!row) {
        return fail(ErrorKind::Damaged, "an operation that was sent is not in the queue");
    }
    if (isFinal(row->state)) {
        return {};
    }
    auto transaction = TRY(Transaction::begin(m_connection));
    TRY(row->place == row->position ? leavePlace(*row) : sayAgainInPlace(*row));
    return transaction.commit();
}

/// The place itself is the other machine's, and so are the revisions that it led to. All of ours from there
/// on leaves it, and is judged by what it was made on.
Result<void> PortalDesk::leavePlace(const OperationRow& taken)
{
    std::map<std::int64_t, std::vector<OperationRow>> places; // with what is open in each
    for (OperationRow& row : TRY(m_projector.operations().ofDossier(taken.dossier))) {
        if (row.place >= taken.place && !isFinal(row.state)) {
            places[row.place.value].push_back(std::move(row));
        }
    }
    std::vector<NewEntry> again;
    for (const auto& [place, open] : places) {
        // What somebody was withdrawing has never been applied, and is not said again.
        const bool isWithdrawn = std::any_of(open.begin(), open.end(), isWithdrawal);
        for (const OperationRow& row : open) {
            NewEntry fact = nameTaken(row, TRY(saidBy(row)), m_clock.now());
            fact.body["from"] =
                taken.place.value; // no later act of ours may stand on this place, or behind it
            fact.body["withdrawn"] = isWithdrawn;
            TRY(m_journal.append(fact));
        }
        if (!isWithdrawn) {
            again.push_back(TRY(saidBy(open.back())));
        }
    }
    auto after = TRY(m_projector.operations().lastPlace(taken.dossier, taken.place));
    for (NewEntry& entry : again) {
        entry.after = after;
        const Written written = TRY(m_journal.append(entry));
        TRY(m_projector.enqueue(operationRow(entry, written), entry.body));
        after = written.position;
    }
    for (const auto& [place, open] : places) {
        for (const OperationRow& row : open) {
            TRY(m_projector.putDerived(row.position));
        }
    }
    return {};
}

/// The place is ours and stays; only what was to correct or withdraw it needs another name.
Result<void> PortalDesk::sayAgainInPlace(const OperationRow& taken)
{
    NewEntry entry = TRY(saidBy(taken));
    TRY(m_journal.append(nameTaken(taken, entry, m_clock.now())));
    entry.supersedes = taken.place;
    entry.after = taken.after;
    const Written written = TRY(m_journal.append(entry));
    TRY(m_projector.enqueue(operationRow(entry, written), entry.body));
    return m_projector.putDerived(taken.position);
}

/// What an operation said, by whom and when, without where it stood.
Result<NewEntry> PortalDesk::saidBy(const OperationRow& row)
{
    auto query = TRY(m_connection.prepare("SELECT entry FROM journal WHERE position = :position"));
    query.bind(":position", row.position.value);
    const bool found = TRY(query.step());
    if (!found) {
        return fail(ErrorKind::Damaged, "an operation has no entry");
    }
    const Json said = TRY(parseJson(query.view(0)));
    NewEntry entry;
    entry.kind = row.kind;
    entry.official = stringAt(said, "official");
    entry.at = row.at;
    entry.uid = Uid(TRY(uidOf(row.dossier)));
    entry.dossier = row.dossier;
    entry.body = at(said, "body");
    entry.operation = true;
    entry.baseRev = row.baseRev ? std::optional(Rev(*row.baseRev)) : std::nullopt;
    return entry;
}

} // namespace motcua
