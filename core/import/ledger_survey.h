// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/ledger_entry.h"
#include "core/import/table_reader.h"

#include <functional>

namespace motcua {

/// Told now and then how far a file was read; false: stop.
using LedgerWatch = std::function<bool(TableProgress)>;

/// What there is in one column.
struct LedgerColumn
{
    std::string title;       ///< of the header row, as it would be read
    std::int64_t filled = 0; ///< rows with something in it
    Recognition letters;
    const LedgerField* meant = nullptr; ///< what its title usually means; null: nothing known
};

/// One sheet, looked at from its first row to its last, so that a damaged file is found before anything is
/// taken in.
struct LedgerSurvey
{
    TableFile file;
    std::string sheet;
    std::int64_t header = 0; ///< the row of the titles; 0: none
    char delimiter = 0;
    std::int64_t rows = 0; ///< behind the header
    std::vector<LedgerColumn> columns;
    std::vector<TableRow> beginning; ///< the first rows, header included, for the preview
};

struct SurveyOptions
{
    std::string sheet;                    ///< empty: the first
    std::optional<std::int64_t> header{}; ///< none: as it looks
    char delimiter = 0;
};

/// Invalid (damaged, too large), NotFound, Storage; Refused when `watch` stopped it.
[[nodiscard]] Result<LedgerSurvey> surveyLedger(const TableFile& file, const SurveyOptions& options,
                                                const LedgerWatch& watch = {},
                                                const TableLimits& limits = {});

/// Finds the map's columns in the file and decides every code. A problem for each column that is not there,
/// and for each whose letters nobody named and that were not recognised surely.
[[nodiscard]] tl::expected<ReadyMap, Problems> readyMap(const LedgerMap& map, const LedgerSurvey& survey);

/// The map that titles and letters suggest, for a person to change.
[[nodiscard]] LedgerMap suggestedMap(const LedgerSurvey& survey);

} // namespace motcua
