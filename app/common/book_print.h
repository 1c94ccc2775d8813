// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/workplace.h"
#include "core/papers/laid_out_paper.h"

namespace motcua {

/// Which pages of a ledger: those that this program wrote (BookStore::pages), counted through all volumes of
/// the year, from 1. `last` 0: to the end, and with the closing statement, as it was signed, where the book
/// is closed.
struct BookPages
{
    std::int64_t first = 1;
    std::int64_t last = 0;
};

/// A ledger as it is bound: the pages that this program wrote, with page and running totals and the code of
/// the book's chain. `book` is "birth/2026". NotFound where there is no such book or page.
[[nodiscard]] Result<LaidOutPaper> bookPaper(Workplace& place, const std::string& book, BookPages pages);

/// The tracking book (form 07) of the dossiers received between two days, both within.
[[nodiscard]] Result<LaidOutPaper> trackingBookPaper(Workplace& place, Day from, Day to);

} // namespace motcua
