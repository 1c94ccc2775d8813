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

/// Of a register that was never restored.
inline constexpr std::int64_t kFirstEpoch = 1;

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

/// Stands in the local part of each entry that the rules made without a person.
[[nodiscard]] Json mergedMark();
/// How many of them a dossier has since a person decided one of its conflicts, or the portal took something
/// of it.
[[nodiscard]] Result<int> mergesInARow(Connection& connection, std::int64_t dossier);

/// The next number of this counter's slot on that day: after all it gave and after `after`, past those that
/// dossiers from the portal bear, for a copy of this disk may have given them. Refused where the day has no
/// more. Takes nothing.
[[nodiscard]] Result<int> freeNumber(Projector& projector, const RegisterIdentity& identity, Day day,
                                     std::optional<int> after = std::nullopt);

/// The code with the next free number of the dossier's own day; takes the number. Inside a transaction.
[[nodiscard]] Result<std::string> nextCode(Projector& projector, const RegisterIdentity& identity,
                                           const Json& dossier, std::int64_t id);

} // namespace motcua
