// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/workplace.h"
#include "core/papers/laid_out_paper.h"
#include "core/papers/paper_templates.h"

#include <string>
#include <vector>

namespace motcua {

/// A paper of a dossier, ready for a printer or a file.
struct PreparedPaper
{
    std::string code; ///< the dossier's
    LaidOutPaper paper;
    int reprint = 0; ///< 0: never came out well before
    std::string
        snapshot;       ///< to be kept with the print; empty for a reprint, which was made from the kept one
    Instant madeAt;     ///< the date inside a PDF
    std::string series; ///< not empty: it gets the next number of it when it is printed (see numberPaper)
    std::optional<PaperNumber> number{}; ///< that it bears
};

/// What can be printed of a dossier: the built-in papers and those of the unit's own folder; the collection
/// slip only where there is something to collect, the refusal only of what was refused, which has no slip,
/// the letter about corrections only of what was changed after it was sent (core/desk/corrections.h).
[[nodiscard]] Result<std::vector<PaperTitle>> papersOf(Workplace& place, const DossierView& view);

/// The paper as it was printed the first time, marked as a reprint; else made from the dossier as it stands.
/// Refused for a paper that is none of this dossier's (see papersOf), unless it came out before. A letter
/// about corrections is a new one while there is something that no letter said yet; `reason` is what it gives
/// for them, empty: the reasons of the changes themselves.
[[nodiscard]] Result<PreparedPaper> preparePaper(Workplace& place, const std::string& code,
                                                 const std::string& paper, const std::string& reason = {});

/// The paper as it goes out: with its number, given and kept in one transaction, where it bears one. What was
/// prepared before is the preview. Refused as PaperNumbers::next.
[[nodiscard]] Answer<PreparedPaper> numberedPaper(Workplace& place, PreparedPaper prepared);

/// A name for the paper's file or print job that every system takes: "slip-H26.131-261121-1001".
[[nodiscard]] std::string fileStem(const std::string& paper, const std::string& code);

/// How a print ended, and where.
struct PrintEnd
{
    std::string printer; ///< queue name, or "pdf"
    std::string outcome; ///< as PrintEvent::outcome
    std::string sha256;  ///< of the PDF
};
/// Writes the print into the journal, and keeps the snapshot of a first one.
[[nodiscard]] Answer<void> recordPaper(Workplace& place, const PreparedPaper& prepared, const PrintEnd& end);

} // namespace motcua
