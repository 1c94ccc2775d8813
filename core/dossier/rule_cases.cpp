// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/rule_cases.h"

#include "core/dossier/patch.h"

#include <algorithm>

namespace motcua {

namespace {

constexpr Day kPlainDay{std::chrono::year{2026}, std::chrono::November, std::chrono::day{20}};

bool isDateAt(const Form& form, const std::string& pointer)
{
    constexpr std::string_view kBirth = "/birth";
    const bool isBirth = pointer.size() > kBirth.size() &&
                         pointer.compare(pointer.size() - kBirth.size(), kBirth.size(), kBirth) == 0;
    const Field* const field = form.fieldAt(pointer);
    return isBirth || (field != nullptr && field->kind == FieldKind::Date);
}

Json asDate(const Json& written)
{
    if (!written.is_string()) {
        return written;
    }
    const std::size_t length = written.get_ref<const std::string&>().size();
    return {{"text", written}, {"precision", length == 4 ? "year" : length == 7 ? "month" : "day"}};
}

/// Makes the objects on the way; what is no pointer, or leads through a value, is left out, so that the case
/// does not show its rule.
void put(Json& dossier, const std::string& pointer, Json value)
{
    const auto tokens = pointerTokens(pointer);
    Json* place = &dossier;
    for (std::size_t i = 0; tokens && i < tokens->size(); ++i) {
        if (!place->is_null() && !place->is_object()) {
            return;
        }
        place = &(*place)[(*tokens)[i]];
    }
    if (tokens && !tokens->empty()) {
        *place = std::move(value);
    }
}

/// The same on the day that is asked about, whatever stands later in the case.
Truth broken(const FormRule& rule, const Facts& facts)
{
    if (rule.when && evaluate(*rule.when, facts) != Truth::Yes) {
        return Truth::Unknown;
    }
    switch (evaluate(rule.check, facts)) {
    case Truth::No:
        return Truth::Yes;
    case Truth::Yes:
        return Truth::No;
    case Truth::Unknown:
        break;
    }
    return Truth::Unknown;
}

/// A later version of a form mostly has the rules of the one before.
bool isSameRule(const RuleRow& left, const RuleRow& right)
{
    return left.id == right.id && left.rule->message == right.rule->message &&
           left.rule->passes == right.rule->passes && left.rule->fails == right.rule->fails;
}

/// A bar would end the cell.
std::string cell(std::string text)
{
    for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) {
        text.insert(at, 1, '\\');
    }
    return text;
}

/// "/form/child/birth = 20/10/2026; /form/birthKind = …".
std::string caseText(const Json& written)
{
    std::string text;
    for (const auto& item : written.items()) {
        const Json& value = item.value();
        const std::string shown = value.is_string()    ? value.get<std::string>()
                                  : value.is_boolean() ? (value.get<bool>() ? "có" : "không")
                                                       : value.dump();
        text += (text.empty() ? "" : "; ") + item.key() + " = " + shown;
    }
    return cell(std::move(text));
}

std::string daysText(const FormRule& rule)
{
    std::string text;
    if (rule.effectiveFrom) {
        text += " từ " + toDisplayDay(*rule.effectiveFrom);
    }
    if (rule.effectiveTo) {
        text += " đến " + toDisplayDay(*rule.effectiveTo);
    }
    return text;
}

Truth brokenIn(const Form& form, const FormRule& rule, const Json& written, const Calendar& calendar)
{
    const RuleCase one = ruleCase(form, rule, written);
    return broken(rule, {one.dossier, one.today, calendar, one.unitName});
}

} // namespace

RuleCase ruleCase(const Form& form, const FormRule& rule, const Json& written)
{
    RuleCase one;
    one.today =
        std::max({kPlainDay, form.effectiveFrom.value_or(kPlainDay), rule.effectiveFrom.value_or(kPlainDay)});
    for (const auto& item : written.items()) {
        const std::string& key = item.key();
        if (key == "today") {
            one.today = parseIsoDay(stringAt(written, key)).value_or(one.today);
        } else if (key == "unit") {
            one.unitName = stringAt(written, key);
        } else if (key.rfind('/', 0) == 0) {
            put(one.dossier, key, isDateAt(form, key) ? asDate(item.value()) : item.value());
        }
    }
    return one;
}

std::string faultOfCases(const Form& form, const FormRule& rule, const Calendar& calendar)
{
    if (!rule.passes.is_object() || !rule.fails.is_object()) {
        return "has no pair of cases";
    }
    if (rule.source.empty()) {
        return "has no source";
    }
    for (const Json* written : {&rule.passes, &rule.fails}) {
        if (!rule.isInForce(ruleCase(form, rule, *written).today)) {
            return "has a case on a day on which it is not in force";
        }
    }
    if (brokenIn(form, rule, rule.passes, calendar) != Truth::No) {
        return "is not surely kept in the case that should pass";
    }
    if (brokenIn(form, rule, rule.fails, calendar) != Truth::Yes) {
        return "is not surely broken in the case that should fail";
    }
    return {};
}

std::vector<SharedRule> sharedRules(const Catalogue& catalogue)
{
    std::vector<SharedRule> shared;
    for (const RuleRow& row : allRules(catalogue)) {
        const auto known = std::find_if(shared.begin(), shared.end(), [&](const SharedRule& other) {
            return other.rule->name == row.rule->name && other.rule->message == row.rule->message &&
                   other.rule->passes == row.rule->passes && other.rule->fails == row.rule->fails;
        });
        if (known != shared.end()) {
            known->forms.push_back(row.form->id);
        } else {
            shared.push_back({row.rule, {row.form->id}});
        }
    }
    return shared;
}

std::string ruleTable(const Catalogue& catalogue)
{
    std::string table = "| Quy tắc | Mức | Nội dung | Căn cứ | Trường hợp đúng | Trường hợp sai | Tờ khai |\n"
                        "| --- | --- | --- | --- | --- | --- | --- |\n";
    for (const SharedRule& shared : sharedRules(catalogue)) {
        std::string forms;
        for (const std::string& form : shared.forms) {
            forms += (forms.empty() ? "" : ", ") + form;
        }
        const FormRule& rule = *shared.rule;
        table += "| " + rule.name + " | " + (rule.severity == Severity::Hard ? "chặn" : "cần lý do") +
                 daysText(rule) + " | " + cell(rule.message) + " | " + cell(rule.source) + " | " +
                 caseText(rule.passes) + " | " + caseText(rule.fails) + " | " + forms + " |\n";
    }
    return table;
}

std::vector<RuleRow> allRules(const Catalogue& catalogue)
{
    std::vector<RuleRow> rows;
    for (const Form& form : catalogue.forms()) {
        for (const FormRule& rule : form.rules) {
            RuleRow row{form.id + "/" + rule.name, &form, &rule};
            const bool known = std::any_of(rows.begin(), rows.end(),
                                           [&](const RuleRow& other) { return isSameRule(other, row); });
            if (!known) {
                rows.push_back(std::move(row));
            }
        }
    }
    return rows;
}

} // namespace motcua
