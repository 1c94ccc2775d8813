// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/catalogue.h"
#include "core/desk/desk.h"
#include "core/desk/projector.h"
#include "core/dossier/draft.h"

#include <optional>
#include <string>

namespace motcua {

/// The field of a procedure by the catalogue of the day of receipt; "Khác" where it knows none.
[[nodiscard]] FieldOf fieldOf(const Catalogue& catalogue);

/// When a dossier is due by the procedure's term of the day of receipt; nothing where no term is known or
/// while the citizen must bring something.
[[nodiscard]] std::optional<Instant> dueFor(const Catalogue& catalogue, const Json& dossier,
                                            const std::vector<Suspension>& suspensions);

/// What is kept with an entry but never sent: the caller's reference, reasons for soft problems, why refused.
[[nodiscard]] std::optional<std::string> localFacts(const CheckedDraft& checked, const std::string& reason);

/// The soft problems of a draft that reasons answered.
[[nodiscard]] Problems answeredProblems(const CheckedDraft& checked);

/// The queue's row for an operation that was just written.
[[nodiscard]] OperationRow operationRow(const NewEntry& entry, const Written& written);

/// Fields fall into classes, and these say whether changing one needs a reason and whether two changes of it
/// may ever be merged without a person (reliability rules K1–K10).
enum class FieldClass
{
    Portal,   ///< the portal owns it: its value stands
    Contact,  ///< phone, address, e-mail
    Identity, ///< names, birth dates, personal ids: reason needed
    Money,    ///< reason needed
    Workflow, ///< status and appointments
    Form,     ///< everything else of the form
};
[[nodiscard]] FieldClass fieldClass(std::string_view pointer);
[[nodiscard]] std::string_view fieldClassName(FieldClass fieldClass);
[[nodiscard]] bool needsReason(FieldClass fieldClass);

} // namespace motcua
