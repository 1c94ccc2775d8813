// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/readable_form.h"

#include "core/base/text.h"
#include "core/dossier/patch.h"

namespace motcua {

namespace {

void append(std::string& line, const std::string& label, const std::string& value)
{
    if (!value.empty()) {
        line += (line.empty() ? "" : ", ") + label + value;
    }
}

std::string genderLabel(const std::string& gender)
{
    return gender == "male" ? "nam" : gender == "female" ? "nữ" : "";
}

std::string personLine(const Json& person)
{
    std::string line = stringAt(person, "name");
    append(line, "sinh ", stringAt(at(person, "birth"), "text"));
    append(line, "", genderLabel(stringAt(person, "gender")));
    append(line, "số định danh ", stringAt(person, "personalId"));
    append(line, "giấy tờ cũ ", stringAt(person, "oldId"));
    append(line, "", stringAt(person, "address"));
    append(line, "điện thoại ", stringAt(person, "phone"));
    return line;
}

std::string choiceLabel(const Field& field, const Json& value)
{
    for (const Choice& choice : field.choices) {
        if (value == choice.value) {
            return choice.label;
        }
    }
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::string plainText(const Json& value)
{
    if (value.is_string()) {
        return value.get<std::string>();
    }
    return value.is_null() || value.is_structured() ? std::string() : dumpJson(value);
}

} // namespace

std::string readableValue(const Field& field, const Json& value)
{
    switch (field.kind) {
    case FieldKind::Person:
        return personLine(value);
    case FieldKind::Date:
        return stringAt(value, "text");
    case FieldKind::Choice:
        return choiceLabel(field, value);
    case FieldKind::Money:
        return value.is_number_integer() ? formatDong(value.get<std::int64_t>()) : std::string();
    case FieldKind::YesNo:
        return value.is_boolean() ? (value.get<bool>() ? "Có" : "Không") : "";
    case FieldKind::Text:
    case FieldKind::Place:
    case FieldKind::Number:
    case FieldKind::EthnicGroup:
        return plainText(value);
    }
    return {};
}

namespace {

void addRow(std::vector<PaperRow>& rows, const std::string& label, const std::string& value)
{
    if (!value.empty()) {
        rows.push_back({label, value});
    }
}

/// A person takes a row for each fact: the citizen checks them one by one.
void addPerson(std::vector<PaperRow>& rows, const Field& field, const Json& person)
{
    addRow(rows, field.label, stringAt(person, "name"));
    addRow(rows, "– ngày sinh", stringAt(at(person, "birth"), "text"));
    addRow(rows, "– giới tính", genderLabel(stringAt(person, "gender")));
    addRow(rows, "– số định danh", stringAt(person, "personalId"));
    addRow(rows, "– số giấy tờ cũ", stringAt(person, "oldId"));
    addRow(rows, "– nơi cư trú", stringAt(person, "address"));
    addRow(rows, "– điện thoại", stringAt(person, "phone"));
    addRow(rows, "– thư điện tử", stringAt(person, "email"));
}

} // namespace

std::vector<PaperSection> readableForm(const Form& form, const Json& dossier)
{
    std::vector<PaperSection> sections;
    for (const Section& section : form.sections) {
        PaperSection readable{section.title, {}};
        for (const Field& field : section.fields) {
            const Json* value = findAt(dossier, field.pointer);
            if (value == nullptr) {
                continue;
            }
            if (field.kind == FieldKind::Person) {
                addPerson(readable.rows, field, *value);
            } else {
                addRow(readable.rows, field.label, readableValue(field, *value));
            }
        }
        if (!readable.rows.empty()) {
            sections.push_back(std::move(readable));
        }
    }
    return sections;
}

} // namespace motcua
