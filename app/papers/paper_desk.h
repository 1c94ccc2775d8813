// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/book_print.h"
#include "app/common/paper_registration.h"
#include "app/common/workplace.h"
#include "app/papers/print_dialog.h"
#include "core/desk/day_status.h"

namespace motcua {

/// Makes print jobs: papers of a dossier with their journal entry, the check sheet of a draft, the day
/// sheet.
class PaperDesk
{
public:
    explicit PaperDesk(Workplace& place) : m_place(place) {}

    [[nodiscard]] Result<std::vector<PaperTitle>> papers(const DossierView& view)
    {
        return papersOf(m_place, view);
    }
    [[nodiscard]] Result<PrintJob> paperOf(const std::string& code, const std::string& paper);
    /// Who registers here today: an entry in a book keeps it.
    [[nodiscard]] std::string office() const { return registeringOffice(m_place); }
    /// What the citizen reads before anything is final; of a draft that is checked.
    [[nodiscard]] Result<PrintJob> checkSheet(const Json& draft);
    /// Pages of a ledger as they are bound, "birth/2026"; the closing as BookPages says.
    [[nodiscard]] Result<PrintJob> book(const std::string& book, BookPages pages);
    /// The day on one page, to be signed.
    [[nodiscard]] Result<PrintJob> daySheet(const DayStatus& status);

private:
    Workplace& m_place;
};

} // namespace motcua
