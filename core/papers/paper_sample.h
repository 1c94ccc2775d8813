// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/papers/paper_data.h"
#include "core/papers/paper_kind.h"
#include "core/papers/paper_templates.h"

namespace motcua {

enum class SampleLength
{
    Ordinary,
    Longest, ///< names of 120 letters, addresses of four lines, ten annotations
};

/// An invented context with something in each place that the paper shows.
[[nodiscard]] Json sampleContext(const PaperKind& kind, SampleLength length);

/// Invented data for a paper: what templates are checked against, and what people look at. Invalid when the
/// paper asks for a value that has no sample.
[[nodiscard]] Result<PaperData> samplePaper(const PaperKind& kind, SampleLength length);

/// The paper of that data, laid out: also pages of ledgers, the closing statement and the tracking book.
[[nodiscard]] Result<LaidOutPaper> sampleLaidOut(const PaperKind& kind, SampleLength length,
                                                 const PaperTemplates& templates);

} // namespace motcua
