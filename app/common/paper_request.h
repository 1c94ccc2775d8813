// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/workplace.h"
#include "core/papers/paper_data.h"
#include "core/papers/paper_events.h"
#include "core/papers/paper_shelf.h"

namespace motcua {

/// A dossier as papers see it: what it is, what happened to it, and the entry of a book that belongs to it.
struct PaperMatter
{
    std::vector<PaperSituation> situations; ///< one for each book that it stands in, at least one
    std::vector<HistoryEntry> history;
    PaperEvents events;
};
[[nodiscard]] Result<PaperMatter> paperMatterOf(Workplace& place, const DossierView& view);

/// The situation in which the dossier can have this paper; null where there is none, with `why` in words.
[[nodiscard]] const PaperSituation* situationFor(const PaperKind& kind, const PaperMatter& matter,
                                                 const Calendar& calendar, std::string& why);

/// What goes onto a new paper of this dossier. Invalid, with what is missing, where the paper cannot be made.
[[nodiscard]] Result<PaperRequest> paperRequestFor(Workplace& place, const DossierView& view,
                                                   const PaperMatter& matter, const PaperSituation& now,
                                                   const PaperKind& kind, const std::string& reason = {});

} // namespace motcua
