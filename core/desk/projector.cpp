// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/projector.h"

#include "core/base/revision.h"
#include "core/dossier/patch.h"
#include "core/dossier/status.h"

#include <map>
#include <set>

namespace motcua {

namespace {

bool isNewer(const AgreedState& now, std::int64_t seq, const std::string& epoch)
{
    return !now.seq || now.epoch != epoch || seq > *now.seq;
}

/// Walks the log of what the portal took or gave, in the order in which we learned it.
class AgreedWalk
{
public:
    Result<void> receipt(const Statement& row)
    {
        const std::int64_t position = row.integer(2);
        const std::string epoch = row.text(4);
        const auto seq = row.optionalInteger(3);
        const Json entry = TRY(parseJson(row.view(7)));
        const bool again = !m_applied.insert(position).second;
        m_agreed.taken.insert(position);
        const bool newer = !seq || isNewer(m_agreed.state, *seq, epoch);
        // Where the portal already gave the whole dossier, its beginning is in it.
        const bool begun = row.view(8) == "dossier.received" && m_agreed.dossier;
        if (newer && !again && !begun) {
            apply(entry, row.text(8), fromMillis(row.integer(9)));
        }
        if (newer) {
            const auto digest = hashFromBytes(row.view(11)).value_or(Hash{});
            m_agreed.state =
                agreedAfter(m_agreed.state, digest, {row.optionalText(5), seq, epoch, m_agreed.state.gone});
        }
        if (const auto official = row.optionalText(6); official && m_agreed.dossier) {
            (*m_agreed.dossier)["officialCode"] = *official;
        }
        return {};
    }

    Result<void> pulled(const Statement& row)
    {
        noteTold(row);
        m_agreed.state.seq = row.optionalInteger(3);
        m_agreed.state.epoch = row.text(4);
        m_agreed.state.rev = row.optionalText(5);
        m_agreed.state.gone = row.integer(10) != 0;
        Json dossier = TRY(parseJson(row.view(7)));
        m_agreed.closed = closedAfter({m_agreed.dossier.value_or(Json()), m_agreed.closed}, dossier,
                                      fromMillis(row.integer(9)));
        m_agreed.dossier = std::move(dossier);
        m_applied.clear(); // a restored portal may take an operation again that is not in this
        return {};
    }

    Agreed take() { return std::move(m_agreed); }
    [[nodiscard]] const std::optional<std::string>& rev() const { return m_agreed.state.rev; }

private:
    /// Each state that comes in the portal's order has in it what those before it had; one that does not,
    /// from a portal that went back, says nothing of them. (A name that had not been given here yet is an
    /// operation of another machine that runs from a copy of this disk; the query leaves it out.)
    void noteTold(const Statement& row)
    {
        const auto place = std::pair(row.text(4), row.integer(3));
        if (m_toldAt.first != place.first || m_toldAt.second >= place.second) {
            m_agreed.told.clear();
        }
        m_toldAt = place;
        if (const auto own = row.optionalInteger(12)) {
            m_agreed.told.insert(*own);
        }
    }
    void apply(const Json& entry, const std::string& kind, Instant when)
    {
        Standing before{m_agreed.dossier.value_or(Json()), m_agreed.closed};
        Standing after = afterOperation(before, kind, at(entry, "body"), when);
        if (after.dossier.is_object()) {
            m_agreed.dossier = std::move(after.dossier);
            m_agreed.closed = after.closed;
        }
    }

    Agreed m_agreed;
    std::set<std::int64_t> m_applied;
    std::pair<std::string, std::int64_t> m_toldAt; ///< epoch and seq of the portal's last state
};

/// What the portal has is not put on once more, or what the city did since would be hidden behind it. Where
/// the portal has the dossier, it has it from our reception, if it has not said otherwise. What it turned
/// down stands for what a person wants.
bool isInAgreed(const OperationRow& row, const Agreed& agreed)
{
    const bool isBeginning = row.kind == "dossier.received" && row.place == row.position;
    return !asksAPerson(row.state) && (agreed.holds(row.position) || (isBeginning && agreed.dossier));
}

/// Of each place only the newest operation counts; a withdrawn place not at all.
std::vector<OperationRow> pendingOf(const std::vector<OperationRow>& rows, const Agreed& agreed)
{
    std::map<std::int64_t, OperationRow> byPlace;
    for (const OperationRow& row : rows) {
        if (row.kind != "dossier.cancelled" && !isFinal(row.state) && !isInAgreed(row, agreed)) {
            byPlace.insert_or_assign(row.place.value, row);
        }
    }
    std::vector<OperationRow> pending;
    for (auto& [place, row] : byPlace) {
        pending.push_back(std::move(row));
    }
    return pending;
}

} // namespace

AgreedState agreedAfter(const AgreedState& before, const Hash& digest, const AgreedState& receipt)
{
    const auto previous = before.rev ? std::optional(Rev(*before.rev)) : std::nullopt;
    const bool isPlaceKnown = !before.rev || before.seq;
    const bool isNext = isPlaceKnown && receipt.rev == nextRev(previous, toHex(digest)).text();
    AgreedState after = receipt;
    after.seq = isNext ? receipt.seq : std::nullopt;
    return after;
}

Standing afterOperation(const Standing& before, std::string_view kind, const Json& body, Instant at)
{
    tl::expected<Json, Problems> after = tl::unexpected(Problems{});
    if (kind == "dossier.received") {
        after = body;
        // One that is refused at once was closed when it was received; its entry was written a moment later.
        at = parseRfc3339(stringAt(body, "receivedAt")).value_or(at);
    } else if (kind == "dossier.changed" && before.dossier.is_object()) {
        after = applyPatch(before.dossier, motcua::at(body, "set"), kAnswerRules);
    } else if (kind == "dossier.moved" && before.dossier.is_object()) {
        after = applyMove(before.dossier, body, at, kAnswerRules);
    }
    if (!after) {
        return before;
    }
    const auto closed = closedAfter(before, *after, at);
    return {std::move(*after), closed};
}

Result<void> Projector::addReceived(std::int64_t id, const std::string& uid, Position position, Json dossier,
                                    const std::optional<std::string>& clientRef)
{
    const Instant received = TRY(parseRfc3339(stringAt(dossier, "receivedAt")));
    const auto closed = closedAfter({}, dossier, received);
    const Standing standing{std::move(dossier), closed};
    return m_projection.insert(id, uid, standing, {position.value, std::nullopt}, {}, clientRef);
}

Result<void> Projector::showAct(std::int64_t id, const Standing& before, const Json& after, Instant at)
{
    return m_projection.update(id, before.dossier, {after, closedAfter(before, after, at)}, {});
}

Result<void> Projector::enqueue(const OperationRow& row, const Json& body)
{
    TRY(m_operations.add(row));
    TRY(m_files.nameIn(row.position.value, body));
    return row.place == row.position ? Result<void>{} : settlePlace(row);
}

Result<void> Projector::settlePlace(const OperationRow& row)
{
    const auto rows = TRY(m_operations.ofDossier(row.dossier));
    for (const OperationRow& other : rows) {
        if (other.place != row.place || other.position == row.position) {
            continue;
        }
        OperationRow now = TRY(m_operations.derived(other, {}));
        if (now.state != other.state) {
            now.lastError = other.lastError;
            TRY(m_operations.put(now));
        }
    }
    return refold(row.dossier);
}

Result<void> Projector::putDerived(Position position)
{
    const auto row = TRY(m_operations.find(position));
    if (!row) {
        return fail(ErrorKind::Damaged,
                    "operation " + std::to_string(position.seq()) + " is not in the queue");
    }
    OperationRow now = TRY(m_operations.derived(*row, {}));
    now.lastError = row->lastError;
    TRY(m_operations.put(now));
    return settlePlace(now);
}

Result<Json> Projector::bodyOf(Position position)
{
    auto query = TRY(m_connection.prepare("SELECT entry FROM journal WHERE position = :position"));
    query.bind(":position", position.value);
    const bool row = TRY(query.step());
    if (!row) {
        return fail(ErrorKind::Damaged, "journal entry " + std::to_string(position.seq()) + " is missing");
    }
    return at(TRY(parseJson(query.view(0))), "body");
}

Result<Agreed> Projector::agreed(std::int64_t id)
{
    return agreedAt(id, std::nullopt, Log::Whole);
}

// A dossier that a restored portal lost as a whole begins again with ours: what the portal once said of it
// counts no more.
Result<Agreed> Projector::agreedAt(std::int64_t id, const std::optional<std::string>& rev, Log log)
{
    auto query = TRY(m_connection.prepare(R"(
        WITH begun(receipt, pulled) AS (
            SELECT coalesce(max(l.receipt), 0), coalesce(max(l.pulled), 0)
            FROM operation o JOIN portal_lost l ON l.position = o.position
            WHERE o.dossier = :id AND o.kind = 'dossier.received' AND NOT :ever)
        SELECT 0 AS pulled, r.id AS place, r.position, r.seq, r.epoch, r.rev, r.official_code, j.entry, o.kind, o.at, 0, o.digest, NULL
        FROM operation o JOIN receipt r ON r.position = o.position JOIN journal j ON j.position = o.position
        WHERE o.position IN (SELECT position FROM journal WHERE dossier = :id) AND r.result = 'applied' AND o.kind <> 'dossier.cancelled'
          AND (:ever OR r.id > coalesce((SELECT max(receipt) FROM portal_lost l WHERE l.position = o.position), 0))
          AND r.id > (SELECT receipt FROM begun)
        UNION ALL
        SELECT 1, receipt, id, seq, epoch, rev, NULL, body, NULL, at, gone, NULL,
               iif(op <= after AND (:ever OR id > coalesce((SELECT max(pulled) FROM portal_lost l WHERE l.position = p.op), 0)), op, NULL)
        FROM pulled p WHERE dossier = :id AND body IS NOT NULL AND id > (SELECT pulled FROM begun)
        ORDER BY place, pulled, 3
    )"));
    query.bind(":id", id).bind(":ever", log == Log::EverUpTo ? 1 : 0);
    AgreedWalk walk;
    while ((log == Log::Whole || walk.rev() != rev) && TRY(query.step())) {
        if (query.integer(0) == 0) {
            TRY(walk.receipt(query));
        } else {
            TRY(walk.pulled(query));
        }
    }
    return walk.take();
}

namespace {

/// A row can be made of it. It cannot where somebody wrote to the journal.
Result<Standing> readable(std::int64_t id, const Standing& standing)
{
    if (!standing.dossier.is_object() || !parseStatus(stringAt(standing.dossier, "status"))) {
        return fail(ErrorKind::Damaged, "dossier " + std::to_string(id) + " cannot be read from its entries");
    }
    return standing;
}

} // namespace

Result<Standing> Projector::standing(std::int64_t id, const Agreed& agreed)
{
    const auto rows = TRY(m_operations.ofDossier(id));
    Standing now{agreed.dossier.value_or(Json()), agreed.closed};
    for (const OperationRow& row : pendingOf(rows, agreed)) {
        now = afterOperation(now, row.kind, TRY(bodyOf(row.position)), row.at);
    }
    if (now.dossier.is_object()) {
        return readable(id, now);
    }
    // Withdrawn before the portal ever had it: it stays in the register, as what it was.
    if (rows.empty()) {
        return fail(ErrorKind::Damaged, "dossier " + std::to_string(id) + " comes from nowhere");
    }
    now = afterOperation({}, "dossier.received", TRY(bodyOf(rows.front().position)), rows.front().at);
    if (!now.dossier.is_object()) {
        return readable(id, now);
    }
    now.dossier["status"] = std::string(statusName(Status::Withdrawn));
    now.closed = rows.front().at;
    return readable(id, now);
}

Result<void> Projector::refold(std::int64_t id)
{
    const Agreed known = TRY(agreed(id));
    const Standing before = TRY(m_projection.load(id));
    const Standing after = TRY(standing(id, known));
    TRY(m_projection.update(id, before.dossier, after, {}));
    return m_projection.setAgreed(id, known.state);
}

Result<Standing> Projector::baseOf(const OperationRow& operation)
{
    Agreed known = TRY(agreedAt(operation.dossier, operation.baseRev, Log::UpTo));
    if (known.state.rev != operation.baseRev) {
        // It was agreed before the portal went back. What the portal has now must not stand in for it: then
        // the city would seem to have changed nothing.
        known = TRY(agreedAt(operation.dossier, operation.baseRev, Log::EverUpTo));
    }
    Standing base{known.dossier.value_or(Json()), known.closed};
    const auto rows = TRY(m_operations.ofDossier(operation.dossier));
    // What the portal had taken by then is in it, and must not be put on once more: the city may have changed
    // the same field since, and its word would be missing from what we knew.
    std::set<std::int64_t> taken;
    for (const OperationRow& row : rows) {
        if (known.holds(row.position)) {
            taken.insert(row.place.value);
        }
    }
    std::map<std::int64_t, OperationRow> earlier; // the newest of each place before ours, as it was then
    for (const OperationRow& row : rows) {
        if (row.place < operation.place && row.position < operation.position &&
            !taken.contains(row.place.value) && row.kind != "dossier.cancelled" &&
            row.state != OpState::Withdrawn) {
            earlier.insert_or_assign(row.place.value, row);
        }
    }
    for (const auto& [place, row] : earlier) {
        if (row.kind != "dossier.received" || !base.dossier.is_object()) {
            base = afterOperation(base, row.kind, TRY(bodyOf(row.position)), row.at);
        }
    }
    return base;
}

} // namespace motcua
