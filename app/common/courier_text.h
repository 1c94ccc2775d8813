// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/error_text.h"
#include "sync/courier/courier_out.h"
#include "sync/courier/stick_answers.h"

#include <string>

namespace motcua {

// What the courier says to an official, Vietnamese: in the window and on the command line.

/// `placed`: volumes of the set that had been finished before.
[[nodiscard]] ErrorText explainExport(const Error& error, std::size_t placed = 0);
/// Why one file of a stick was not taken.
[[nodiscard]] ErrorText explainAnswer(const Error& error);

/// "12 việc, 2 tệp, khoảng 1,2 MB": before it is written.
[[nodiscard]] std::string exportAhead(const ExportPlan& plan);
/// What stands on the stick, and what to do with it.
[[nodiscard]] std::string exportDone(const ExportReport& report);
/// What the answer brought, and what is missing.
[[nodiscard]] std::string answersDone(const StickAnswers& answers);

/// "1,2 MB", decimal, as file managers show it.
[[nodiscard]] std::string sizeText(std::int64_t bytes);

} // namespace motcua
