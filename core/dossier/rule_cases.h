// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/catalogue.h"
#include "core/dossier/rules.h"

#include <string>
#include <vector>

namespace motcua {

/// A case that a rule is shown with: a dossier of a few fields, a day of receipt and a unit. Written in the
/// catalogue as `{"today": "2026-11-20", "unit": "UBND xã Phúc Thọ", "/form/child/birth": "20/09/2026"}`;
/// what stands at a date of the form may be written as on the paper ("1984", "06/1984").
struct RuleCase
{
    Json dossier = Json::object();
    Day today{};
    std::string unitName{};
};
/// Without a day of its own the case is of the first day on which both form and rule are in force, but not
/// before 2026-11-20.
[[nodiscard]] RuleCase ruleCase(const Form& form, const FormRule& rule, const Json& written);

/// Whether the two cases of a rule show what they should: the passing one is one that the rule speaks about
/// (its `when` surely holds) and surely keeps, the failing one surely breaks it. Empty: they do; else what is
/// wrong, English.
[[nodiscard]] std::string faultOfCases(const Form& form, const FormRule& rule, const Calendar& calendar);

/// One row of the table of rules.
struct RuleRow
{
    std::string id; ///< "birth/mother-age"
    const Form* form;
    const FormRule* rule;
};
/// All rules of all forms of the catalogue, in the order of the files, each once however many versions of its
/// form have it. Lives as long as the catalogue.
[[nodiscard]] std::vector<RuleRow> allRules(const Catalogue& catalogue);

/// One rule with all the forms that have it.
struct SharedRule
{
    const FormRule* rule;
    std::vector<std::string> forms;
};
/// The rules as officials know them: what several forms share stands once.
[[nodiscard]] std::vector<SharedRule> sharedRules(const Catalogue& catalogue);
/// The table of rules as Markdown, Vietnamese: name, what it says, its source, a case that keeps it, a case
/// that breaks it, and where it is used.
[[nodiscard]] std::string ruleTable(const Catalogue& catalogue);

} // namespace motcua
