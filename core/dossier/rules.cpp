// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/rules.h"

#include "core/dossier/deadline.h"
#include "core/dossier/jurisdiction.h"
#include "core/dossier/patch.h"
#include "core/dossier/schema.h"
#include "core/dossier/text_shape.h"

#include <charconv>
#include <variant>

namespace motcua {

namespace {

using std::chrono::sys_days;

/// A number that is known between two bounds.
struct NumberSpan
{
    std::int64_t first;
    std::int64_t last;
};

using Value = std::variant<std::monostate, std::string, bool, NumberSpan, DaySpan>;

Truth truthOf(bool holds)
{
    return holds ? Truth::Yes : Truth::No;
}

Truth opposite(Truth truth)
{
    switch (truth) {
    case Truth::No:
        return Truth::Yes;
    case Truth::Yes:
        return Truth::No;
    case Truth::Unknown:
        break;
    }
    return Truth::Unknown;
}

bool isPresent(const Json* value)
{
    if (value == nullptr || value->is_null()) {
        return false;
    }
    if (value->is_string()) {
        return !value->get_ref<const std::string&>().empty();
    }
    return !value->is_structured() || !value->empty();
}

Value valueOf(const Json* json)
{
    if (!isPresent(json)) {
        return {};
    }
    if (json->is_string()) {
        return json->get<std::string>();
    }
    if (json->is_boolean()) {
        return json->get<bool>();
    }
    if (json->is_number_integer()) {
        const auto number = json->get<std::int64_t>();
        return NumberSpan{number, number};
    }
    if (const auto span = spanOf(*json)) {
        return *span;
    }
    return {};
}

/// Completed years from a day to a later one; negative the other way round.
std::int64_t fullYears(sys_days from, sys_days to)
{
    const Day start{from};
    const Day end{to};
    std::int64_t years = static_cast<int>(end.year()) - static_cast<int>(start.year());
    const auto anniversary = [](Day day) { return std::chrono::month_day{day.month(), day.day()}; };
    if (anniversary(end) < anniversary(start)) {
        --years;
    }
    return years;
}

Value valueOf(const Operand& operand, const Facts& facts);

Value difference(const Operand& operand, const Facts& facts)
{
    const Value fromValue = valueOf(operand.operands[0], facts);
    const Value toValue = valueOf(operand.operands[1], facts);
    const auto* const from = std::get_if<DaySpan>(&fromValue);
    const auto* const to = std::get_if<DaySpan>(&toValue);
    if (from == nullptr || to == nullptr) {
        return {};
    }
    if (operand.kind == Operand::Kind::Years) {
        return NumberSpan{fullYears(from->last, to->first), fullYears(from->first, to->last)};
    }
    return NumberSpan{(to->first - from->last).count(), (to->last - from->first).count()};
}

Value firstKnown(const Operand& operand, const Facts& facts)
{
    for (const Operand& choice : operand.operands) {
        Value value = valueOf(choice, facts);
        if (!std::holds_alternative<std::monostate>(value)) {
            return value;
        }
    }
    return {};
}

Value valueOf(const Operand& operand, const Facts& facts)
{
    switch (operand.kind) {
    case Operand::Kind::Pointer:
        return valueOf(findAt(facts.dossier, operand.text));
    case Operand::Kind::Today:
        return DaySpan{sys_days{facts.today}, sys_days{facts.today}};
    case Operand::Kind::Text:
        return operand.text;
    case Operand::Kind::Number:
        return NumberSpan{operand.number, operand.number};
    case Operand::Kind::Truth:
        return operand.number != 0;
    case Operand::Kind::Date:
        return DaySpan{sys_days{operand.day}, sys_days{operand.day}};
    case Operand::Kind::Days:
    case Operand::Kind::Years:
        return difference(operand, facts);
    case Operand::Kind::Or:
        return firstKnown(operand, facts);
    }
    return {};
}

template<class Span> Truth sameSpan(const Span& left, const Span& right)
{
    if (left.last < right.first || right.last < left.first) {
        return Truth::No;
    }
    const bool exact = left.first == left.last && right.first == right.last;
    return exact ? Truth::Yes : Truth::Unknown;
}

Truth equal(const Value& left, const Value& right)
{
    if (std::holds_alternative<std::monostate>(left) || std::holds_alternative<std::monostate>(right)) {
        return Truth::Unknown;
    }
    if (left.index() != right.index()) {
        return Truth::No;
    }
    if (const auto* const number = std::get_if<NumberSpan>(&left)) {
        return sameSpan(*number, std::get<NumberSpan>(right));
    }
    if (const auto* const day = std::get_if<DaySpan>(&left)) {
        return sameSpan(*day, std::get<DaySpan>(right));
    }
    if (const auto* const text = std::get_if<std::string>(&left)) {
        return truthOf(*text == std::get<std::string>(right));
    }
    return truthOf(std::get<bool>(left) == std::get<bool>(right));
}

template<class Span> Truth lessSpan(const Span& left, const Span& right)
{
    if (left.last < right.first) {
        return Truth::Yes;
    }
    return left.first < right.last ? Truth::Unknown : Truth::No;
}

/// left < right.
Truth less(const Value& left, const Value& right)
{
    const auto* const leftNumber = std::get_if<NumberSpan>(&left);
    const auto* const rightNumber = std::get_if<NumberSpan>(&right);
    if (leftNumber != nullptr && rightNumber != nullptr) {
        return lessSpan(*leftNumber, *rightNumber);
    }
    const auto* const leftDay = std::get_if<DaySpan>(&left);
    const auto* const rightDay = std::get_if<DaySpan>(&right);
    if (leftDay != nullptr && rightDay != nullptr) {
        return lessSpan(*leftDay, *rightDay);
    }
    return Truth::Unknown;
}

Truth compared(const Condition& condition, const Facts& facts)
{
    const Value left = valueOf(condition.operands[0], facts);
    const Value right = valueOf(condition.operands[1], facts);
    switch (condition.kind) {
    case Condition::Kind::Less:
        return less(left, right);
    case Condition::Kind::More:
        return less(right, left);
    case Condition::Kind::AtMost:
        return opposite(less(right, left));
    case Condition::Kind::AtLeast:
        return opposite(less(left, right));
    default:
        return equal(left, right);
    }
}

Truth isIn(const Condition& condition, const Facts& facts)
{
    const Value value = valueOf(condition.operands.front(), facts);
    Truth result = Truth::No;
    for (std::size_t i = 1; i < condition.operands.size(); ++i) {
        const Truth one = equal(value, valueOf(condition.operands[i], facts));
        if (one == Truth::Yes) {
            return Truth::Yes;
        }
        if (one == Truth::Unknown) {
            result = Truth::Unknown;
        }
    }
    return result;
}

Truth textHas(const Condition& condition, const Facts& facts)
{
    const Value value = valueOf(condition.operands.front(), facts);
    const auto* const text = std::get_if<std::string>(&value);
    if (text == nullptr) {
        return Truth::Unknown;
    }
    return truthOf(condition.kind == Condition::Kind::Shape ? hasShape(*text, condition.shape)
                                                            : hasNameLetters(*text));
}

Truth withinDuty(const Condition& condition, const Facts& facts)
{
    const Value event = valueOf(condition.operands[0], facts);
    const Value duty = valueOf(condition.operands[1], facts);
    const auto* const span = std::get_if<DaySpan>(&event);
    const auto* const days = std::get_if<NumberSpan>(&duty);
    constexpr std::int64_t kDutyDaysMax = 3650;
    if (span == nullptr || days == nullptr || days->first < 0 || days->first > kDutyDaysMax) {
        return Truth::Unknown;
    }
    const auto met = [&](sys_days day) {
        return isWithinDuty(Day{day}, static_cast<int>(days->first), facts.today, facts.calendar);
    };
    if (met(span->first)) {
        return Truth::Yes;
    }
    return met(span->last) ? Truth::Unknown : Truth::No;
}

Truth inUnit(const Condition& condition, const Facts& facts)
{
    const Value value = valueOf(condition.operands.front(), facts);
    const auto* const place = std::get_if<std::string>(&value);
    if (place == nullptr) {
        return Truth::Unknown;
    }
    const auto lies = liesInUnit(*place, facts.unitName);
    return lies ? truthOf(*lies) : Truth::Unknown;
}

/// Any of them; All is the same with the signs turned round.
Truth anyOf(const std::vector<Condition>& conditions, const Facts& facts, Truth sought)
{
    Truth result = opposite(sought);
    for (const Condition& condition : conditions) {
        const Truth one = evaluate(condition, facts);
        if (one == sought) {
            return sought;
        }
        if (one == Truth::Unknown) {
            result = Truth::Unknown;
        }
    }
    return result;
}

} // namespace

Truth evaluate(const Condition& condition, const Facts& facts)
{
    switch (condition.kind) {
    case Condition::Kind::All:
        return anyOf(condition.conditions, facts, Truth::No);
    case Condition::Kind::Any:
        return anyOf(condition.conditions, facts, Truth::Yes);
    case Condition::Kind::Not:
        return opposite(evaluate(condition.conditions.front(), facts));
    case Condition::Kind::Present:
        return truthOf(isPresent(findAt(facts.dossier, condition.operands.front().text)));
    case Condition::Kind::In:
        return isIn(condition, facts);
    case Condition::Kind::Shape:
    case Condition::Kind::NameLetters:
        return textHas(condition, facts);
    case Condition::Kind::WithinDuty:
        return withinDuty(condition, facts);
    case Condition::Kind::InUnit:
        return inUnit(condition, facts);
    case Condition::Kind::Equal:
    case Condition::Kind::Less:
    case Condition::Kind::AtMost:
    case Condition::Kind::More:
    case Condition::Kind::AtLeast:
        return compared(condition, facts);
    }
    return Truth::Unknown;
}

Problems brokenRules(const Form& form, const Facts& facts)
{
    Problems problems;
    for (const FormRule& rule : form.rules) {
        if (!rule.isInForce(facts.today) || (rule.when && evaluate(*rule.when, facts) != Truth::Yes)) {
            continue;
        }
        if (evaluate(rule.check, facts) == Truth::No) {
            problems.push_back({rule.pointers.front(), rule.name, rule.message, rule.severity, rule.source});
        }
    }
    return problems;
}

std::optional<DaySpan> spanOf(const Json& eventDate)
{
    const std::string text = stringAt(eventDate, "text");
    const std::string precision = stringAt(eventDate, "precision");
    if (text.empty() || !isCalendarDate(text, precision)) {
        return std::nullopt;
    }
    // The shape is checked: dd/MM/yyyy, MM/yyyy or yyyy.
    const auto number = [&](std::size_t begin, std::size_t length) {
        int value = 0;
        std::from_chars(text.data() + begin, text.data() + begin + length, value);
        return value;
    };
    const std::chrono::year year{number(text.size() - 4, 4)};
    using std::chrono::month;
    if (precision == "year") {
        return DaySpan{sys_days{year / month{1} / 1}, sys_days{year / month{12} / 31}};
    }
    const month ofYear{static_cast<unsigned>(number(text.size() - 7, 2))};
    if (precision == "month") {
        return DaySpan{sys_days{year / ofYear / 1}, sys_days{year / ofYear / std::chrono::last}};
    }
    const sys_days day{year / ofYear / number(0, 2)};
    return DaySpan{day, day};
}

} // namespace motcua
