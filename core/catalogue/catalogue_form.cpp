// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalogue/catalogue_data.h"

#include <algorithm>

namespace motcua {

namespace {

bool isInForce(const Form& form, Day on)
{
    return (!form.effectiveFrom || *form.effectiveFrom <= on) &&
           (!form.effectiveTo || on <= *form.effectiveTo);
}

std::vector<Choice> variantChoices(const Procedure& procedure)
{
    std::vector<Choice> choices;
    for (const Variant& variant : procedure.variants) {
        choices.push_back({variant.name, variant.name});
    }
    return choices;
}

std::vector<Choice> waiverChoices(const Procedure& procedure, Day on)
{
    std::vector<Choice> choices;
    for (const FeeRule& fee : procedure.fees) {
        for (const FeeWaiver& waiver : fee.waivers) {
            const bool inForce = (!waiver.effectiveFrom || *waiver.effectiveFrom <= on) &&
                                 (!waiver.effectiveTo || on <= *waiver.effectiveTo);
            const bool known = std::any_of(choices.begin(), choices.end(),
                                           [&](const Choice& choice) { return choice.value == waiver.name; });
            if (inForce && !known) {
                choices.push_back({waiver.name, waiver.name});
            }
        }
    }
    return choices;
}

bool canBeExtended(const Procedure& procedure)
{
    return procedure.term.extension.has_value() ||
           std::any_of(procedure.variants.begin(), procedure.variants.end(),
                       [](const Variant& variant) { return variant.term.extension.has_value(); });
}

bool hasFee(const Procedure& procedure, FeeNeed need, Day on)
{
    return std::any_of(procedure.fees.begin(), procedure.fees.end(), [&](const FeeRule& fee) {
        if ((fee.effectiveFrom && on < *fee.effectiveFrom) || (fee.effectiveTo && *fee.effectiveTo < on)) {
            return false;
        }
        switch (need) {
        case FeeNeed::None:
            return true;
        case FeeNeed::Pages:
            return fee.per == FeePer::Page;
        case FeeNeed::Cases:
            return fee.per == FeePer::Case && fee.amount != 0;
        case FeeNeed::DutyDate:
            return fee.when != FeeWhen::Always;
        }
        return false;
    });
}

/// A field without a meaning for this procedure: nothing to choose, to extend or to count.
bool isIdle(const Field& field, const Procedure& procedure, Day on)
{
    return (field.kind == FieldKind::Choice && field.choices.empty()) ||
           (field.onlyWithExtension && !canBeExtended(procedure)) ||
           (field.onlyWithFee != FeeNeed::None && !hasFee(procedure, field.onlyWithFee, on));
}

} // namespace

Form Catalogue::form(const Procedure& procedure, Day on) const
{
    const auto& forms = m_data->forms;
    const auto hasId = [&](const Form& form) { return form.id == procedure.form; };
    auto found = std::find_if(forms.begin(), forms.end(),
                              [&](const Form& form) { return hasId(form) && isInForce(form, on); });
    if (found == forms.end()) {
        // The loader has seen one at both ends of the procedure's days; in a gap between any is better than
        // none.
        found = std::find_if(forms.begin(), forms.end(), hasId);
    }
    Form form = found == forms.end() ? forms.front() : *found;
    for (Section& section : form.sections) {
        for (Field& field : section.fields) {
            if (field.choicesFrom == ChoicesFrom::Variants) {
                field.choices = variantChoices(procedure);
            } else if (field.choicesFrom == ChoicesFrom::Waivers) {
                field.choices = waiverChoices(procedure, on);
            }
        }
        std::erase_if(section.fields, [&](const Field& field) { return isIdle(field, procedure, on); });
    }
    std::erase_if(form.sections, [](const Section& section) { return section.fields.empty(); });
    return form;
}

const std::vector<Form>& Catalogue::forms() const
{
    return m_data->forms;
}

FieldRules Catalogue::fieldRules(std::string_view procedure, Day received) const
{
    const Procedure* found = find(procedure, received);
    return found == nullptr ? m_data->fieldRules : m_data->fieldRules.with(form(*found, received));
}

} // namespace motcua
