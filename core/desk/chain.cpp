// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/chain.h"

namespace motcua {

Result<Link> linkOf(Connection& connection, Position position)
{
    auto query = TRY(connection.prepare(R"(
        SELECT place, after, kind = 'dossier.cancelled' FROM operation WHERE position = :position
    )"));
    query.bind(":position", position.value);
    const bool found = TRY(query.step());
    if (!found) {
        return fail(ErrorKind::Damaged, "a result for an operation that is not in the queue");
    }
    return Link{query.integer(0), query.optionalInteger(1), query.integer(2) != 0};
}

Result<PlaceEnd> placeEnd(Connection& connection, std::int64_t place)
{
    // Not by its withdrawal: one that came too late is done with, and what it came too late for stands there.
    auto query = TRY(connection.prepare(R"(
        SELECT max(state IN ('acknowledged', 'confirmed')), max(state = 'withdrawn'), min(state = 'superseded')
        FROM operation
        WHERE (position = :place OR (place = :place AND place <> position)) AND kind <> 'dossier.cancelled'
    )"));
    query.bind(":place", place);
    TRY(query.step());
    const bool isGivenUp = query.integer(1) != 0 || query.integer(2) != 0;
    return query.integer(0) != 0 ? PlaceEnd::Applied : isGivenUp ? PlaceEnd::GivenUp : PlaceEnd::Open;
}

/// Everything before `link` in its chain is settled, by what the register has or by this answer's earlier
/// results.
Result<bool> isBeforeSettled(Connection& connection, Link link, const std::map<std::int64_t, PlaceEnd>& heard)
{
    while (link.after) {
        const auto known = heard.find(*link.after);
        const PlaceEnd end = known != heard.end() ? known->second : TRY(placeEnd(connection, *link.after));
        if (end != PlaceEnd::GivenUp) {
            return end == PlaceEnd::Applied;
        }
        link = TRY(linkOf(connection, {*link.after}));
    }
    return true;
}

Result<bool> isReached(Connection& connection, std::int64_t place, const std::set<std::int64_t>& inBatch)
{
    for (std::optional<std::int64_t> at = place; at;) {
        if (inBatch.contains(*at)) {
            return true;
        }
        const PlaceEnd end = TRY(placeEnd(connection, *at));
        if (end != PlaceEnd::GivenUp) {
            return end == PlaceEnd::Applied;
        }
        const Link link = TRY(linkOf(connection, {*at}));
        at = link.after;
    }
    return true;
}

Result<bool> isPlaceSpent(Connection& connection, Position position)
{
    auto query = TRY(connection.prepare(R"(
        SELECT problem = 'already-applied' AND NOT EXISTS(
                   SELECT 1 FROM setting s WHERE s.key = 'portal_epoch' AND s.value <> r.epoch)
        FROM receipt r WHERE position = :position ORDER BY id DESC LIMIT 1
    )"));
    query.bind(":position", position.value);
    const bool found = TRY(query.step());
    return found && query.integer(0) != 0;
}

} // namespace motcua
