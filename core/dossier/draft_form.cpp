// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/dossier/checklist.h"
#include "core/dossier/draft_parts.h"
#include "core/dossier/rules.h"
#include "core/dossier/rules_person.h"
#include "core/dossier/schema.h"

#include <algorithm>

namespace motcua {

namespace {

std::string withoutSeparators(std::string text)
{
    std::erase_if(text, [](char c) { return c == ' ' || c == '.' || c == '-'; });
    return text;
}

/// One member of a person; null when nothing is left of it.
Json tidyMember(const std::string& name, const Json& value)
{
    if (!value.is_string()) {
        return value;
    }
    std::string text = tidyText(value.get_ref<const std::string&>());
    if (name == "personalId" || name == "oldId") {
        text = withoutSeparators(std::move(text)); // cards print 001 084 012 345
    }
    return text.empty() ? Json() : Json(std::move(text));
}

Json tidyDate(const Json& date)
{
    if (!date.is_object() || !at(date, "text").is_string()) {
        return date;
    }
    Json tidy = date;
    tidy["text"] = tidyText(stringAt(date, "text"));
    return stringAt(tidy, "text").empty() ? Json() : tidy;
}

/// Least precision "day" or "month"; a date that is coarser is refused.
void checkPrecision(const Json& date, const std::string& least, const std::string& pointer,
                    DraftContext& context)
{
    const std::string precision = stringAt(date, "precision");
    if (least.empty() || precision.empty() || precision == "day" || precision == least) {
        return;
    }
    context.hard(pointer, "precision",
                 least == "day" ? "Phải khai đủ ngày, tháng, năm." : "Phải khai ít nhất tháng và năm.");
}

Json checkText(const Json& value, const Field& field, DraftContext& context)
{
    if (!value.is_string()) {
        context.hard(field.pointer, "type", field.label + ": phải là chữ.");
        return {};
    }
    std::string text =
        tidyText(value.get_ref<const std::string&>(), field.lines > 1 ? Lines::Keep : Lines::Join);
    if (codePoints(text) > field.maxLength) {
        context.hard(field.pointer, "max-length",
                     field.label + ": dài quá " + std::to_string(field.maxLength) + " ký tự.");
    }
    return text.empty() ? Json() : Json(std::move(text));
}

Json checkChoice(const Json& value, const Field& field, DraftContext& context)
{
    Json text = checkText(value, field, context);
    const bool known = std::any_of(field.choices.begin(), field.choices.end(),
                                   [&](const Choice& choice) { return text == choice.value; });
    if (text.is_string() && !known) {
        context.hard(field.pointer, "choice", field.label + ": không có lựa chọn này.");
    }
    return text;
}

Json checkEthnicGroup(const Json& value, const Field& field, DraftContext& context)
{
    Json text = checkText(value, field, context);
    if (text.is_string() && context.catalogue.ethnicGroup(text.get_ref<const std::string&>()) == nullptr) {
        context.soft(field.pointer, "ethnic-group-unknown",
                     field.label + ": không có trong danh mục các dân tộc, kiểm tra lại cách viết.",
                     "Danh mục các dân tộc Việt Nam (1979)");
    }
    return text;
}

Json checkInteger(const Json& value, const Field& field, DraftContext& context)
{
    const bool tooBig = value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX;
    if (!value.is_number_integer()) {
        context.hard(field.pointer, "type", field.label + ": phải là số nguyên.");
    } else if (tooBig || value.get<std::int64_t>() < field.least || value.get<std::int64_t>() > field.most) {
        context.hard(field.pointer, "range",
                     field.label + ": phải từ " + std::to_string(field.least) + " đến " +
                         std::to_string(field.most) + ".");
    }
    return value;
}

Json checkYesNo(const Json& value, const Field& field, DraftContext& context)
{
    if (!value.is_boolean()) {
        context.hard(field.pointer, "type", field.label + ": phải là có hoặc không.");
    }
    return value;
}

Json checkDate(const Json& value, const Field& field, DraftContext& context)
{
    Json date = tidyDate(value);
    context.add(validateEventDate(date, kCounterRules, field.pointer));
    checkPrecision(date, field.precision, field.pointer, context);
    return date;
}

Json checkPersonField(const Json& value, const Field& field, DraftContext& context)
{
    Json person = tidyPerson(value);
    if (person.is_object() && person.empty()) {
        return {};
    }
    context.add(validatePerson(person, kCounterRules, field.pointer));
    checkPersonParts(person, field, context);
    return person;
}

Json checkValue(const Json& value, const Field& field, DraftContext& context)
{
    switch (field.kind) {
    case FieldKind::Text:
    case FieldKind::Place:
        return checkText(value, field, context);
    case FieldKind::Person:
        return checkPersonField(value, field, context);
    case FieldKind::Date:
        return checkDate(value, field, context);
    case FieldKind::Choice:
        return checkChoice(value, field, context);
    case FieldKind::Number:
    case FieldKind::Money:
        return checkInteger(value, field, context);
    case FieldKind::YesNo:
        return checkYesNo(value, field, context);
    case FieldKind::EthnicGroup:
        return checkEthnicGroup(value, field, context);
    }
    return value;
}

constexpr std::string_view kFormHead = "/form/";

std::string_view memberOf(const Field& field)
{
    return std::string_view(field.pointer).substr(kFormHead.size());
}

void checkUnknownMembers(const Json& form, DraftContext& context)
{
    for (const auto& item : form.items()) {
        const std::string pointer = std::string(kFormHead) + pointerToken(item.key());
        if (context.form->fieldAt(pointer) == nullptr) {
            context.hard(pointer, "unknown-member",
                         "Tờ khai của thủ tục này không có mục \"" + item.key() + "\".");
        }
    }
}

} // namespace

bool isShown(const Field& field, const Facts& facts)
{
    return !field.shownWhen || evaluate(*field.shownWhen, facts) != Truth::No;
}

Json tidyPerson(const Json& person)
{
    if (!person.is_object()) {
        return person;
    }
    Json tidy = Json::object();
    for (const auto& item : person.items()) {
        Json value = item.key() == "birth" ? tidyDate(item.value()) : tidyMember(item.key(), item.value());
        if (!value.is_null()) {
            tidy[item.key()] = std::move(value);
        }
    }
    return tidy;
}

void checkPersonParts(const Json& person, const Field& field, DraftContext& context)
{
    if (!person.is_object()) {
        return;
    }
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kLabels{{
        {"personalId", "số định danh"},
        {"oldId", "số CMND cũ"},
        {"birth", "ngày sinh"},
        {"gender", "giới tính"},
        {"address", "nơi cư trú"},
        {"phone", "số điện thoại"},
        {"email", "thư điện tử"},
    }};
    for (const auto& [name, label] : kLabels) {
        const bool required =
            std::any_of(field.parts.begin(), field.parts.end(),
                        [name = name](const PersonPart& part) { return part.name == name && part.required; });
        if (required && !person.contains(name)) {
            context.missing(field.pointer + "/" + std::string(name),
                            "Chưa khai: " + field.label + ", " + std::string(label) + ".");
        }
    }
    checkPrecision(at(person, "birth"), field.precision, field.pointer + "/birth", context);
    context.add(checkPerson(person, field.pointer, context.catalogue, context.today));
}

Json checkFormFields(const Json& form, DraftContext& context)
{
    if (!form.is_object() || !context.form) {
        return form;
    }
    Json tidy = Json::object();
    checkUnknownMembers(form, context);
    for (const Section& section : context.form->sections) {
        for (const Field& field : section.fields) {
            if (field.pointer == "/applicant" || at(form, memberOf(field)).is_null()) {
                continue;
            }
            Json checked = checkValue(at(form, memberOf(field)), field, context);
            if (!checked.is_null()) {
                tidy[std::string(memberOf(field))] = std::move(checked);
            }
        }
    }
    return tidy;
}

void checkRequiredFields(const Json& dossier, DraftContext& context)
{
    const Json& form = at(dossier, "form");
    if (!form.is_object() || !context.form) {
        return;
    }
    const Facts facts = factsOf(dossier, context);
    for (const Section& section : context.form->sections) {
        for (const Field& field : section.fields) {
            const bool required =
                field.required || (field.requiredWhen && evaluate(*field.requiredWhen, facts) == Truth::Yes);
            if (required && isShown(field, facts) && field.pointer != "/applicant" &&
                at(form, memberOf(field)).is_null()) {
                context.missing(field.pointer, "Chưa khai: " + field.label + ".");
            }
        }
    }
}

} // namespace motcua
