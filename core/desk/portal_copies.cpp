// SPDX-License-Identifier: GPL-3.0-or-later
// Two machines ran from one disk (X15). What this one wanted under a name that the other had given before
// goes on under a name of its own, in the epoch that a person had it begin.
#include "core/db/transaction.h"
#include "core/desk/chain.h"
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

bool isDoneWith(OpState state)
{
    return state == OpState::Superseded || state == OpState::Withdrawn;
}

} // namespace

Result<void> PortalDesk::goOnAnew(Position taken)
{
    const auto row = TRY(m_projector.operations().find(taken));
    if (!row) {
        return fail(ErrorKind::Damaged, "an operation that was sent is not in the queue");
    }
    const bool isKnown = isFinal(row->state) && (!isDoneWith(row->state) || TRY(isNameTaken(taken)));
    if (isKnown) {
        return {};
    }
    auto transaction = TRY(Transaction::begin(m_connection));
    TRY(row->place == row->position ? leavePlace(*row) : sayAgainInPlace(*row));
    return transaction.commit();
}

Result<void> PortalDesk::placeDenied(Position refused, std::string_view pointer)
{
    const auto row = TRY(m_projector.operations().find(refused));
    if (!row) {
        return fail(ErrorKind::Damaged, "an operation that was sent is not in the queue");
    }
    const auto place = pointer == "/supersedes" ? std::optional(row->place) : row->after;
    const bool isOld = place && place->epoch() < m_identity.epoch;
    return isOld && *place != refused ? goOnAnew(*place) : Result<void>();
}

Result<void> PortalDesk::heldBack(Position blocked)
{
    if (m_identity.epoch == kFirstEpoch) {
        return {}; // it has forgotten nothing
    }
    const auto row = TRY(m_projector.operations().find(blocked));
    if (!row || isFinal(row->state) || !row->after) {
        return {};
    }
    const bool isBehindGivenUp = TRY(placeEnd(m_connection, row->after->value))
    == PlaceEnd::GivenUp;
    if (!isBehindGivenUp || !TRY(isReached(m_connection, row->after->value, {}))) {
        return {};
    }
    const auto before = TRY(m_projector.operations().find(*row->after));
    auto transaction = TRY(Transaction::begin(m_connection));
    TRY(leavePlace(*before));
    return transaction.commit();
}

Result<bool> PortalDesk::isNameTaken(Position position)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT 1 FROM operation o JOIN journal j ON j.dossier = o.dossier
        WHERE o.position = :position AND j.kind = 'operation.name-taken'
          AND j.entry ->> '$.body.position' = :position
    )"));
    query.bind(":position", position.value);
    return query.step();
}

/// The portal has something else under this name, and nothing of ours will ever stand there.
Result<void> PortalDesk::noteNameTaken(const OperationRow& row, const Json& more)
{
    const NewEntry by = TRY(saidBy(row));
    NewEntry entry;
    entry.kind = "operation.name-taken";
    entry.official = by.official;
    entry.at = m_clock.now();
    entry.uid = by.uid;
    entry.dossier = row.dossier;
    entry.body = {{"position", row.position.value}};
    entry.body.update(more);
    return m_journal.append(entry).map([](const Written&) {});
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
    // No later act of ours may stand on this place, or behind it.
    Json fact{{"from", taken.place.value}, {"withdrawn", taken.state == OpState::Withdrawn}};
    if (isDoneWith(taken.state) && !TRY(isNameTaken(taken.position))) {
        TRY(noteNameTaken(taken, fact));
    }
    std::vector<NewEntry> again;
    for (const auto& [place, open] : places) {
        // What somebody was withdrawing has never been applied, and is not said again.
        const bool isWithdrawn = std::any_of(open.begin(), open.end(), isWithdrawal);
        fact["withdrawn"] = isWithdrawn;
        for (const OperationRow& row : open) {
            TRY(noteNameTaken(row, fact));
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

/// What goes again after all stands in a place that was left before, or behind one.
Result<void> PortalDesk::leaveAgain(Position open)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT min(t.entry ->> '$.body.from') FROM operation o JOIN journal t ON t.dossier = o.dossier
        WHERE o.position = :position AND o.final = 0 AND t.kind = 'operation.name-taken'
          AND t.entry ->> '$.body.from' <= o.place AND t.position > o.position
    )"));
    query.bind(":position", open.value);
    TRY(query.step());
    const auto from = query.optionalInteger(0);
    query.reset();
    const auto left = from ? TRY(m_projector.operations().find({*from})) : std::nullopt;
    return left ? leavePlace(*left) : Result<void>();
}

Result<bool> PortalDesk::isBeingWithdrawn(const OperationRow& row)
{
    const auto rows = TRY(m_projector.operations().ofDossier(row.dossier));
    return std::any_of(rows.begin(), rows.end(), [&](const OperationRow& other) {
        return other.place == row.place && isWithdrawal(other) && !isFinal(other.state);
    });
}

/// The place is ours and stays; only what was to correct or withdraw it needs another name.
Result<void> PortalDesk::sayAgainInPlace(const OperationRow& taken)
{
    if (isDoneWith(taken.state)) {
        return noteNameTaken(taken, {{"withdrawn", taken.state == OpState::Withdrawn}});
    }
    if (!isWithdrawal(taken) && TRY(isBeingWithdrawn(taken))) {
        TRY(noteNameTaken(taken, {{"withdrawn", true}})); // said again, it would replace its withdrawal
        return m_projector.putDerived(taken.position);
    }
    TRY(noteNameTaken(taken, Json::object()));
    NewEntry entry = TRY(saidBy(taken));
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
