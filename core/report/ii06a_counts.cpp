// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/ii06a_counts.h"

#include "core/base/time.h"

namespace motcua {

Result<std::vector<Ii06aRow>> ii06aCounts(Connection& connection, Day from, Day to)
{
    // Days are days in Viet Nam: 25 200 000 ms ahead of UTC, 86 400 000 ms long.
    auto query = TRY(connection.prepare(R"(
        SELECT field, sum(online), sum(direct), sum(early), sum(on_time), sum(late), sum(open_in_time), sum(open_late)
        FROM (
            SELECT field, channel = 'online' AS online, channel <> 'online' AS direct,
                   0 AS early, 0 AS on_time, 0 AS late, 0 AS open_in_time, 0 AS open_late
            FROM dossier INDEXED BY dossier_received WHERE received >= :from AND received < :end
            UNION ALL
            SELECT field, 0, 0,
                   due IS NOT NULL AND (closed + 25200000) / 86400000 < (due + 25200000) / 86400000,
                   due IS NULL OR (closed + 25200000) / 86400000 = (due + 25200000) / 86400000,
                   due IS NOT NULL AND (closed + 25200000) / 86400000 > (due + 25200000) / 86400000, 0, 0
            FROM dossier INDEXED BY dossier_closed WHERE closed >= :from AND closed < :end AND received < :end
            UNION ALL
            SELECT field, 0, 0, 0, 0, 0, due IS NULL OR due >= :end, due IS NOT NULL AND due < :end
            FROM dossier INDEXED BY dossier_closed WHERE closed >= :end AND received < :end
            UNION ALL
            SELECT field, 0, 0, 0, 0, 0, due IS NULL OR due >= :end, due IS NOT NULL AND due < :end
            FROM dossier INDEXED BY dossier_open WHERE closed IS NULL AND received < :end)
        GROUP BY field ORDER BY field
    )"));
    query.bind(":from", toMillis(instantInVietnam(from, Millis{0})));
    query.bind(":end",
               toMillis(instantInVietnam(Day{std::chrono::sys_days{to} + std::chrono::days{1}}, Millis{0})));
    std::vector<Ii06aRow> rows;
    while (TRY(query.step())) {
        Ii06aRow row;
        row.field = query.text(0);
        row.online = query.integer(1);
        row.direct = query.integer(2);
        row.early = query.integer(3);
        row.onTime = query.integer(4);
        row.late = query.integer(5);
        row.openInTime = query.integer(6);
        row.openLate = query.integer(7);
        // Whatever was solved or is open and did not come in the period came before it.
        row.carriedOver =
            row.early + row.onTime + row.late + row.openInTime + row.openLate - row.online - row.direct;
        rows.push_back(std::move(row));
    }
    return rows;
}

Result<std::vector<MonthRow>> monthCounts(Connection& connection)
{
    auto query = TRY(connection.prepare(R"(
        SELECT field, strftime('%Y', (received + 25200000) / 1000, 'unixepoch') AS year,
               strftime('%m', (received + 25200000) / 1000, 'unixepoch') AS month, count(*),
               sum(closed IS NOT NULL AND due IS NOT NULL
                   AND (closed + 25200000) / 86400000 < (due + 25200000) / 86400000),
               sum(closed IS NOT NULL AND (due IS NULL
                   OR (closed + 25200000) / 86400000 = (due + 25200000) / 86400000)),
               sum(closed IS NOT NULL AND due IS NOT NULL
                   AND (closed + 25200000) / 86400000 > (due + 25200000) / 86400000),
               sum(closed IS NULL)
        FROM (SELECT field, received, due, closed FROM dossier INDEXED BY dossier_closed WHERE closed IS NOT NULL
              UNION ALL
              SELECT field, received, due, closed FROM dossier INDEXED BY dossier_open WHERE closed IS NULL)
        GROUP BY field, year, month ORDER BY field, year, month
    )"));
    std::vector<MonthRow> rows;
    while (TRY(query.step())) {
        rows.push_back({query.text(0), static_cast<int>(query.integer(1)), static_cast<int>(query.integer(2)),
                        query.integer(3), query.integer(4), query.integer(5), query.integer(6),
                        query.integer(7)});
    }
    return rows;
}

} // namespace motcua
