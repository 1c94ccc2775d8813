// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/workplace.h"
#include "core/import/ledger_import.h"

#include <atomic>
#include <memory>

namespace motcua {

/// What a job beside the window and the window tell each other.
struct LedgerRun
{
    std::atomic<bool> stop{false};
    std::atomic<std::uint64_t> done{0};
    std::atomic<std::uint64_t> all{0};
    std::atomic<std::int64_t> rows{0};

    [[nodiscard]] LedgerWatch watch();
};

/// What an import came to: finished, or stopped with what is in so far.
struct LedgerOutcome
{
    std::int64_t ledger = 0;
    LedgerTally tally;
    bool isDone = false;
};

// Each runs on a thread of its own, with a connection of its own; `place` outlives it.

[[nodiscard]] Result<LedgerSurvey> surveyBeside(const std::filesystem::path& file,
                                                const SurveyOptions& options, LedgerRun& run);
[[nodiscard]] Result<LedgerTally> checkBeside(Workplace& place, const LedgerSurvey& survey,
                                              const ReadyMap& map, LedgerRun& run);
[[nodiscard]] Result<LedgerOutcome> importBeside(Workplace& place, const Actor& actor,
                                                 const LedgerSurvey& survey, const ReadyMap& map,
                                                 LedgerRun& run);
/// Writes the rows to look at as .xlsx or .csv, by the file's name.
[[nodiscard]] Result<std::int64_t> saveOddRows(Workplace& place, std::int64_t ledger,
                                               const std::filesystem::path& file);

} // namespace motcua
