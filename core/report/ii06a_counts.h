// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/report/ii06a_table.h"

namespace motcua {

/// What the register counts for II.06a between two days, by field, fields in the order of their names. A
/// dossier is solved when it was finished, or else refused, withdrawn or stopped; solved "before time" means
/// on an earlier day than promised (domain.md 8.1), and without a promise it counts as on time. Reads ranges
/// of indexes only, never the bodies. Own transaction-free read; safe on a second connection beside the
/// writer.
[[nodiscard]] Result<std::vector<Ii06aRow>> ii06aCounts(Connection& connection, Day from, Day to);

/// Of one field and one month of receipt, for the whole register: received, solved early, on time, late,
/// open.
struct MonthRow
{
    std::string field;
    int year = 0;
    int month = 0;
    std::int64_t received = 0;
    std::int64_t early = 0;
    std::int64_t onTime = 0;
    std::int64_t late = 0;
    std::int64_t open = 0;
};
[[nodiscard]] Result<std::vector<MonthRow>> monthCounts(Connection& connection);

} // namespace motcua
