// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/condition.h"
#include "core/catalogue/fee_rule.h"
#include "core/catalogue/form.h"
#include "core/catalogue/term.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace motcua {

/// How a paper reaches the dossier (domain.md 1.3): handed in and kept, shown and given back, or looked up
/// by the official (and then not asked from the citizen: Luật Căn cước, Điều 20.3).
enum class Evidence
{
    HandedIn,
    Shown,
    LookedUp,
};
[[nodiscard]] std::string_view evidenceName(Evidence evidence); ///< "handed-in"

/// One paper of a procedure's list.
struct Paper
{
    std::string code; ///< within the procedure
    std::string name;
    Evidence evidence = Evidence::HandedIn;
    bool required = false;
    bool mayBeLookedUp = false;
    std::string when; ///< in words, when it is needed only sometimes: "nếu ủy quyền"
    std::optional<Condition> requiredWhen{};
    std::optional<Condition> shownWhen{}; ///< not asked for, required or not, where this is surely not so
};

/// A kind of matter within a procedure that has a term of its own.
struct Variant
{
    std::string name;
    Term term;
};

/// One administrative procedure as in force between two days.
struct Procedure
{
    std::string code; ///< "1.001193"
    std::string name;
    std::string field; ///< lĩnh vực
    std::string group;
    std::vector<std::string> aliases; ///< everyday words
    std::string form;                 ///< id of its form
    Term term;
    std::vector<Variant> variants;
    std::vector<Paper> papers;
    std::vector<FeeRule> fees; ///< of all days; those in force are chosen by date
    std::string result;
    std::vector<std::string> steps;
    bool bothPresent = false;
    std::vector<std::string> notes; ///< sentences for the official
    /// Those that are said from a day on: what is announced shortly before it comes.
    std::vector<std::pair<Day, std::string>> laterNotes;
    std::string sure; ///< verified, memory, portal, unverified, carried-over
    std::string sureNote;
    std::optional<Day> effectiveFrom{};
    std::optional<Day> effectiveTo{};
    bool repealed = false;
    std::vector<std::string> replacedBy; ///< codes

    [[nodiscard]] bool isInForce(Day on) const;
    [[nodiscard]] std::vector<std::string> notesOn(Day day) const;
};

/// The versions of one row of procedures.json: the row itself and one for each of its `changes`.
/// `notes` are the texts that the rows name.
[[nodiscard]] Result<std::vector<Procedure>>
proceduresFromJson(const Source& source, const std::map<std::string, std::string>& notes);
/// A row of `repealed`.
[[nodiscard]] Result<Procedure> repealedFromJson(const Source& source,
                                                 const std::map<std::string, std::string>& notes);

/// As `procedure show` prints it (contracts/cli.md), with the fees in force on that day.
[[nodiscard]] Json procedureToJson(const Procedure& procedure, const Form& form, Day on);

} // namespace motcua
