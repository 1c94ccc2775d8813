// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalogue/condition.h"

#include <array>

namespace motcua {

namespace {

using ConditionKind = Condition::Kind;
using OperandKind = Operand::Kind;

struct ConditionName
{
    std::string_view name;
    ConditionKind kind;
};
constexpr std::array kConditionNames{
    ConditionName{"all", ConditionKind::All},
    ConditionName{"any", ConditionKind::Any},
    ConditionName{"not", ConditionKind::Not},
    ConditionName{"present", ConditionKind::Present},
    ConditionName{"equal", ConditionKind::Equal},
    ConditionName{"in", ConditionKind::In},
    ConditionName{"less", ConditionKind::Less},
    ConditionName{"atMost", ConditionKind::AtMost},
    ConditionName{"more", ConditionKind::More},
    ConditionName{"atLeast", ConditionKind::AtLeast},
    ConditionName{"shape", ConditionKind::Shape},
    ConditionName{"nameLetters", ConditionKind::NameLetters},
    ConditionName{"withinDuty", ConditionKind::WithinDuty},
    ConditionName{"inUnit", ConditionKind::InUnit},
};

Result<Operand> operandFromJson(const Source& source);

Result<std::vector<Operand>> operandsOf(const Source& source, std::size_t least, std::size_t most)
{
    std::vector<Operand> all;
    for (const Source& item : TRY(source.elements())) {
        all.push_back(TRY(operandFromJson(item)));
    }
    if (all.size() < least || all.size() > most) {
        return source.wrong("wrong number of operands");
    }
    return all;
}

/// {"text": "…"}, {"day": "2027-03-01"}, {"days": […]}, {"years": […]}, {"or": […]}
Result<Operand> namedOperand(const Source& source)
{
    if (source.json().size() != 1) {
        return source.wrong("an operand has exactly one member");
    }
    const std::string name = source.json().begin().key();
    if (name == "text") {
        std::string text = TRY(source.textOr("text", {}));
        return Operand{.kind = OperandKind::Text, .text = std::move(text)};
    }
    if (name == "day") {
        const auto day = TRY(source.day("day"));
        if (!day) {
            return source.wrong("must be a day like 2027-03-01");
        }
        return Operand{.kind = OperandKind::Date, .day = *day};
    }
    const Source list = TRY(source.member(name));
    if (name == "days" || name == "years") {
        std::vector<Operand> ends = TRY(operandsOf(list, 2, 2));
        return Operand{.kind = name == "days" ? OperandKind::Days : OperandKind::Years,
                       .operands = std::move(ends)};
    }
    if (name == "or") {
        std::vector<Operand> choices = TRY(operandsOf(list, 1, 16));
        return Operand{.kind = OperandKind::Or, .operands = std::move(choices)};
    }
    return source.wrong("unknown operand \"" + name + "\"");
}

Result<Operand> operandFromJson(const Source& source)
{
    const Json& value = source.json();
    if (value.is_boolean()) {
        return Operand{.kind = OperandKind::Truth, .number = value.get<bool>() ? 1 : 0};
    }
    if (value.is_number_integer()) {
        return Operand{.kind = OperandKind::Number, .number = value.get<std::int64_t>()};
    }
    if (value.is_string()) {
        const auto& text = value.get_ref<const std::string&>();
        if (text == "today") {
            return Operand{.kind = OperandKind::Today};
        }
        if (text.rfind('/', 0) == 0) {
            return Operand{.kind = OperandKind::Pointer, .text = text};
        }
        return source.wrong("must be a pointer or \"today\"; a literal text is {\"text\": …}");
    }
    if (value.is_object()) {
        return namedOperand(source);
    }
    return source.wrong("is no operand");
}

Result<Operand> pointerOperand(const Source& source)
{
    Operand operand = TRY(operandFromJson(source));
    if (operand.kind != OperandKind::Pointer) {
        return source.wrong("must be a pointer");
    }
    return operand;
}

Result<Condition> joined(ConditionKind kind, const Source& source)
{
    Condition condition{.kind = kind};
    for (const Source& item : TRY(source.elements())) {
        condition.conditions.push_back(TRY(conditionFromJson(item)));
    }
    if (condition.conditions.empty()) {
        return source.wrong("must not be empty");
    }
    return condition;
}

Result<Condition> membership(const Source& source)
{
    const auto parts = TRY(source.elements());
    if (parts.size() != 2) {
        return source.wrong("must be [value, [values]]");
    }
    Condition condition{.kind = ConditionKind::In};
    condition.operands.push_back(TRY(operandFromJson(parts[0])));
    for (Operand& operand : TRY(operandsOf(parts[1], 1, 200))) {
        condition.operands.push_back(std::move(operand));
    }
    return condition;
}

Result<Condition> shaped(const Source& source)
{
    const auto parts = TRY(source.elements());
    if (parts.size() != 2 || !parts[1].json().is_string()) {
        return source.wrong("must be [pointer, shape]");
    }
    Condition condition{.kind = ConditionKind::Shape, .shape = parts[1].json().get<std::string>()};
    condition.operands.push_back(TRY(pointerOperand(parts[0])));
    return condition;
}

Result<Condition> bodyOf(ConditionKind kind, const Source& body)
{
    Condition condition{.kind = kind};
    switch (kind) {
    case ConditionKind::All:
    case ConditionKind::Any:
        return joined(kind, body);
    case ConditionKind::Not:
        condition.conditions.push_back(TRY(conditionFromJson(body)));
        return condition;
    case ConditionKind::Present:
    case ConditionKind::NameLetters:
    case ConditionKind::InUnit:
        condition.operands.push_back(TRY(pointerOperand(body)));
        return condition;
    case ConditionKind::In:
        return membership(body);
    case ConditionKind::Shape:
        return shaped(body);
    case ConditionKind::Equal:
    case ConditionKind::Less:
    case ConditionKind::AtMost:
    case ConditionKind::More:
    case ConditionKind::AtLeast:
    case ConditionKind::WithinDuty:
        condition.operands = TRY(operandsOf(body, 2, 2));
        return condition;
    }
    return body.wrong("is no condition");
}

} // namespace

Result<Condition> conditionFromJson(const Source& source)
{
    const Json& value = source.json();
    if (!value.is_object() || value.size() != 1) {
        return source.wrong("a condition is an object with exactly one member");
    }
    const std::string name = value.begin().key();
    for (const ConditionName& known : kConditionNames) {
        if (known.name == name) {
            const Source body = TRY(source.member(name));
            return bodyOf(known.kind, body);
        }
    }
    return source.wrong("unknown condition \"" + name + "\"");
}

} // namespace motcua
