// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/day_facts.h"

#include "core/desk/alarms.h"
#include "core/outbox/operations.h"

namespace motcua {

namespace {

/// Entries stand in the order in which they were written. After so many of another day in a row the day is
/// over; a clock that was put back for a while makes shorter runs than this.
constexpr int kStrayInARow = 500;

/// The first entry that is not from before `from`, nearly: clocks that were put back make it uncertain by a
/// few entries. Found by halving, because entries stand in the order of their positions.
Result<std::int64_t> firstSince(Connection& connection, Instant from)
{
    auto ends =
        TRY(connection.prepare("SELECT coalesce(min(position), 0), coalesce(max(position), 0) FROM journal"));
    TRY(ends.step());
    std::int64_t low = ends.integer(0);
    std::int64_t high = ends.integer(1);
    auto next = TRY(connection.prepare(
        "SELECT position, at FROM journal WHERE position >= :from ORDER BY position LIMIT 1"));
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        next.reset();
        next.bind(":from", middle);
        TRY(next.step());
        if (fromMillis(next.integer(1)) < from) {
            low = next.integer(0) + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

} // namespace

DayBounds boundsOf(Day day)
{
    const Day next{std::chrono::sys_days{day} + std::chrono::days{1}};
    return {instantInVietnam(day, Millis{0}), instantInVietnam(next, Millis{0})};
}

Result<std::vector<OwnDossier>> takenInOn(Connection& connection, const DayBounds& bounds)
{
    auto query = TRY(connection.prepare(R"(
        SELECT d.id, d.code, d.name, j.entry ->> '$.body.status' = 'refused', min(j.position)
        FROM dossier d INDEXED BY dossier_received
        JOIN journal j ON j.dossier = d.id AND j.kind = 'dossier.received'
        WHERE d.received >= :from AND d.received < :end
        GROUP BY d.id ORDER BY d.code, d.id
    )"));
    query.bind(":from", toMillis(bounds.from)).bind(":end", toMillis(bounds.end));
    std::vector<OwnDossier> dossiers;
    while (TRY(query.step())) {
        dossiers.push_back({query.integer(0), query.text(1), query.text(2), query.integer(3) != 0});
    }
    return dossiers;
}

Result<DayFate> fateOf(Connection& connection, std::int64_t dossier)
{
    auto query = TRY(connection.prepare(R"(
        SELECT o.state FROM journal j JOIN operation o ON o.position = j.position WHERE j.dossier = :dossier
    )"));
    query.bind(":dossier", dossier);
    bool waits = false;
    bool applied = false;
    while (TRY(query.step())) {
        const OpState state = parseOpState(query.view(0)).value_or(OpState::NeedsYou);
        if (asksAPerson(state)) {
            return DayFate::NeedsYou;
        }
        waits = waits || !isFinal(state);
        applied = applied || state == OpState::Acknowledged || state == OpState::Confirmed;
    }
    return waits ? DayFate::Waiting : applied ? DayFate::Confirmed : DayFate::Withdrawn;
}

Result<PapersOut> papersOf(Connection& connection, std::int64_t dossier)
{
    const auto renumbering = TRY(lastRenumbering(connection, dossier));
    auto query = TRY(connection.prepare(R"(
        SELECT entry ->> '$.body.paper', entry ->> '$.body.outcome' FROM journal
        WHERE dossier = :dossier AND kind = 'paper.printed' AND position > :after
    )"));
    query.bind(":dossier", dossier).bind(":after", renumbering ? renumbering->position.value : 0);
    PapersOut papers;
    while (TRY(query.step())) {
        const auto paper = query.view(0);
        PaperOut* out = paper == "slip"         ? &papers.slip
                        : paper == "refusal"    ? &papers.refusal
                        : paper == "collection" ? &papers.collection
                                                : nullptr;
        if (out != nullptr) {
            const auto outcome = query.view(1);
            out->good = out->good || outcome == "good" || outcome == "file";
            out->unsure = out->unsure || outcome == "unknown";
        }
    }
    return papers;
}

DossierMoney moneyOf(const Json& dossier, const DayBounds& bounds)
{
    DossierMoney money;
    const Json& fees = at(dossier, "fees");
    bool missing = false;
    for (std::size_t i = 0; fees.is_array() && i < fees.size(); ++i) {
        const Json& amount = at(fees[i], "amount");
        const std::int64_t sum = amount.is_number_integer() ? amount.get<std::int64_t>() : 0;
        if (sum <= 0) {
            continue;
        }
        money.owed += sum;
        const auto paidAt = parseRfc3339(stringAt(fees[i], "paidAt"));
        money.open += paidAt ? 0 : sum;
        money.paidNow += paidAt && bounds.holds(*paidAt) ? sum : 0;
        const bool hasNumber = !stringAt(fees[i], "receiptNo").empty();
        money.anyNumber = money.anyNumber || hasNumber;
        missing = missing || !hasNumber;
    }
    money.numbered = money.owed > 0 && !missing;
    return money;
}

Result<std::set<std::int64_t>> paidOn(Connection& connection, const DayBounds& bounds)
{
    auto query = TRY(connection.prepare(R"(
        SELECT at, kind = 'dossier.changed' AND json_type(entry, '$.body.set."/fees"') = 'array', dossier
        FROM journal
        WHERE position >= coalesce((SELECT min(position) FROM (
            SELECT position FROM journal WHERE position < :first ORDER BY position DESC LIMIT :slack)), :first)
        ORDER BY position
    )"));
    query.bind(":first", TRY(firstSince(connection, bounds.from))).bind(":slack", kStrayInARow);
    std::set<std::int64_t> found;
    int later = 0;
    while (later < kStrayInARow && TRY(query.step())) {
        const Instant when = fromMillis(query.integer(0));
        later = when >= bounds.end ? later + 1 : 0;
        if (bounds.holds(when) && query.integer(1) != 0) {
            found.insert(query.integer(2));
        }
    }
    return found;
}

} // namespace motcua
