// SPDX-License-Identifier: GPL-3.0-or-later
// An old ledger in answers: its file, its columns, and what became of its rows.
#pragma once

#include "core/base/json.h"
#include "core/import/ledger_import.h"

#include <cstddef>
#include <string>

namespace motcua::cli {

constexpr std::size_t kProblemsMax = 10'000; ///< in one answer; all of them are in the register

/// With an empty list of problems.
[[nodiscard]] Json tallyToJson(const LedgerTally& tally);
/// Adds to `answer["problems"]`; beyond kProblemsMax only "problemsMore".
void addProblems(const LedgerRow& row, Json& answer);
/// Each column with what is in it before and after its letters are converted: as the map says, or as
/// recognised.
[[nodiscard]] Json columnsToJson(const LedgerSurvey& survey, const ReadyMap* map);
[[nodiscard]] Json fileToJson(const LedgerSurvey& survey);
/// The same columns for people.
[[nodiscard]] std::string columnsText(const LedgerSurvey& survey, const ReadyMap* map);

} // namespace motcua::cli
