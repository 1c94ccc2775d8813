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
    PaperSituation situation;
    std::vector<HistoryEntry> history;
    PaperEvents events;
};
[[nodiscard]] Result<PaperMatter> paperMatterOf(Workplace& place, const DossierView& view);

/// What goes onto a new paper of this dossier. Invalid, with what is missing, where the paper cannot be made.
[[nodiscard]] Result<PaperRequest> paperRequestFor(Workplace& place, const DossierView& view,
                                                   const PaperMatter& matter, const PaperKind& kind,
                                                   const std::string& reason = {});

} // namespace motcua
