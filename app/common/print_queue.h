// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/error_text.h"
#include "core/papers/laid_out_paper.h"

#include <string>

namespace motcua {

/// Why a paper did not come out.
struct QueueTrouble
{
    ErrorText text;
    /// The queue itself said no: a print that was tried and failed, to be recorded. Otherwise nobody was
    /// asked.
    bool answered = false;
};

/// Hands a paper to a printer's queue and gives the number of the one job that it became. `pdf` is what
/// toPdf() made of `paper`: what comes out is what was digested and recorded. `name` names the job; ASCII,
/// because spoolers mangle other letters.
///
/// A stopped queue is asked for nothing: a job that waits there would come out days later, beside the
/// citizen. Otherwise a text that an official can act on; then nothing of the paper is left in the queue.
[[nodiscard]] tl::expected<int, QueueTrouble> sendToQueue(const std::string& printer,
                                                          const LaidOutPaper& paper, const std::string& pdf,
                                                          const std::string& name);

} // namespace motcua
