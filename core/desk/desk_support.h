// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/catalogue.h"
#include "core/desk/desk.h"
#include "core/desk/projector.h"
#include "core/dossier/draft.h"

#include <functional>
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

/// The record that what an operation wanted went on as an act of its own (or, where the portal had it, not at
/// all), because its place had been applied by an operation that a restored register no longer knows.
[[nodiscard]] NewEntry carriedOn(const OperationRow& row, const NewEntry& by);

/// The rules of a dossier's fields by the catalogue of its day of receipt.
using RulesOf = std::function<FieldRules(const Json& dossier)>;
[[nodiscard]] RulesOf fieldRulesOf(const Catalogue& catalogue);

} // namespace motcua
