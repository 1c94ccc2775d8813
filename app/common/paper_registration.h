// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/workplace.h"
#include "core/books/book_page.h"

namespace motcua {

/// An entry of a book as a dossier's papers show it.
struct RegisteredEntry
{
    Json registration; ///< book (its kind), number, numberText "12/2026", volume, volumeText
                       ///< "01/2026-SCT/BS", year, registeredOn, office, signer, performer, annotations;
                       ///< asked: another dossier's
    Json content;      ///< applicant, form … as they hold after all annotations
};

/// What was entered for a dossier, or is named by its request for copies; cancelled entries are not among
/// them. `office` is who issues civil-status papers here.
[[nodiscard]] Result<std::vector<RegisteredEntry>>
registeredEntries(Workplace& place, const DossierView& view, const std::string& office);

/// Who registers here today, on one line, as an entry keeps it; empty where the unit's head cannot be read.
[[nodiscard]] std::string registeringOffice(const Workplace& place);

/// The registration of one entry, as above.
[[nodiscard]] Json registrationJson(const Workplace& place, const BookEntry& entry,
                                    const std::string& office);

} // namespace motcua
