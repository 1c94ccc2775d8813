// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/dossier/draft.h"
#include "core/dossier/rules.h"

namespace motcua {

// The steps of checkDraft. For core/dossier/draft*.cpp only.

struct DraftContext
{
    const Catalogue& catalogue;
    Day today;
    Instant now;
    std::string_view unitName{};
    const Procedure* procedure = nullptr;
    std::optional<Form> form{};
    Problems problems{};
    /// Places in `problems` of what stands in the way of taking in but not of recording a refusal.
    std::vector<std::size_t> ofReceipt{};

    void hard(std::string pointer, const char* rule, std::string message, std::string source = {});
    void soft(std::string pointer, const char* rule, std::string message, std::string source = {});
    void add(Problems more);
    /// A field that the form asks for is open: hard, but somebody may be turned away before filling it in.
    void missing(std::string pointer, std::string message);
    /// Rules of the form that are broken; the hard ones are just what a refusal is for.
    void addBroken(Problems rules);
};

/// What conditions are asked about; refers to both arguments.
[[nodiscard]] Facts factsOf(const Json& dossier, const DraftContext& context);

/// A Person with its texts tidied; null and empty members left out. Anything but an object as it is.
[[nodiscard]] Json tidyPerson(const Json& person);
/// What the form asks of a person beyond the schema: required parts, precision of the birth, plausibility.
void checkPersonParts(const Json& person, const Field& field, DraftContext& context);
/// The form with its values tidied and checked; members that are no field are reported and left out.
[[nodiscard]] Json checkFormFields(const Json& form, DraftContext& context);
/// Reports the fields that the form asks for, in its own way by what else was said, and `dossier` does not
/// have.
void checkRequiredFields(const Json& dossier, DraftContext& context);

/// The list of papers with names and numbers filled in; local files go to `scans`.
[[nodiscard]] Json checkComponents(const Json& components, std::vector<DraftScan>& scans,
                                   DraftContext& context);
/// Reports the papers that the procedure asks for and `dossier` does not have.
void checkMissingPapers(const Json& dossier, DraftContext& context);
/// The list of fees: computed, with what the draft says about payment; and the fee with its arithmetic.
[[nodiscard]] Json checkFees(const Json& fees, const Json& dossier, Fee& fee, DraftContext& context);

} // namespace motcua
