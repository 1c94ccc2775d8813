// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/form_parts.h"

#include "app/widgets/display_text.h"
#include "core/base/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace motcua {

namespace {

struct PartLook
{
    const char* name;
    const char* label;
    const char* hint;
    LeafKind kind;
    int maxLength;
};

constexpr std::array kPersonParts{
    PartLook{"name", QT_TRANSLATE_NOOP("form", "Họ, chữ đệm, tên"), "", LeafKind::Text, 120},
    PartLook{"personalId", QT_TRANSLATE_NOOP("form", "Số định danh cá nhân"),
             QT_TRANSLATE_NOOP("form", "12 chữ số"), LeafKind::Digits, 12},
    PartLook{"oldId", QT_TRANSLATE_NOOP("form", "Số chứng minh nhân dân cũ"),
             QT_TRANSLATE_NOOP("form", "9 chữ số"), LeafKind::Digits, 9},
    PartLook{"birth", QT_TRANSLATE_NOOP("form", "Ngày, tháng, năm sinh"),
             QT_TRANSLATE_NOOP("form", "21/06/1984, hoặc 06/1984, hoặc 1984"), LeafKind::Date, 10},
    PartLook{"gender", QT_TRANSLATE_NOOP("form", "Giới tính"), "", LeafKind::Choice, 10},
    PartLook{"address", QT_TRANSLATE_NOOP("form", "Nơi cư trú"),
             QT_TRANSLATE_NOOP("form", "Thôn, số nhà, rồi tên xã: ↓ chọn xã và tỉnh"), LeafKind::Place, 500},
    PartLook{"phone", QT_TRANSLATE_NOOP("form", "Số điện thoại"), "", LeafKind::Digits, 30},
    PartLook{"email", QT_TRANSLATE_NOOP("form", "Thư điện tử"), "", LeafKind::Text, 120},
};

QString words(const char* text)
{
    return QCoreApplication::translate("form", text);
}

std::vector<Choice> genders()
{
    return {{"male", toUtf8(words(QT_TRANSLATE_NOOP("form", "Nam")))},
            {"female", toUtf8(words(QT_TRANSLATE_NOOP("form", "Nữ")))}};
}

std::vector<Leaf> personLeaves(const Field& field)
{
    std::vector<Leaf> leaves;
    for (const PersonPart& part : field.parts) {
        for (const PartLook& look : kPersonParts) {
            if (part.name != look.name) {
                continue;
            }
            Leaf leaf;
            leaf.pointer = field.pointer + '/' + part.name;
            leaf.label = words(look.label);
            leaf.hint = look.hint[0] == '\0' ? QString() : words(look.hint);
            leaf.kind = look.kind;
            leaf.required = part.required;
            leaf.maxLength = look.maxLength;
            if (part.name == "gender") {
                leaf.choices = genders();
            }
            leaves.push_back(std::move(leaf));
        }
    }
    return leaves;
}

LeafKind kindOf(const Field& field)
{
    switch (field.kind) {
    case FieldKind::Date:
        return LeafKind::Date;
    case FieldKind::Place:
        return LeafKind::Place;
    case FieldKind::Choice:
        return LeafKind::Choice;
    case FieldKind::Number:
        return LeafKind::Number;
    case FieldKind::Money:
        return LeafKind::Money;
    case FieldKind::YesNo:
        return LeafKind::YesNo;
    case FieldKind::EthnicGroup:
        return LeafKind::EthnicGroup;
    case FieldKind::Text:
    case FieldKind::Person:
        break;
    }
    return field.lines > 1 ? LeafKind::Lines : LeafKind::Text;
}

Leaf fieldLeaf(const Field& field)
{
    Leaf leaf;
    leaf.pointer = field.pointer;
    leaf.label = toQString(field.label);
    leaf.hint = toQString(field.hint);
    leaf.kind = kindOf(field);
    leaf.required = field.required;
    leaf.choices = field.choices;
    leaf.suggestions = field.suggestions;
    leaf.maxLength = static_cast<int>(field.maxLength);
    leaf.least = field.least;
    leaf.most = field.most;
    leaf.otherwise = field.otherwise;
    return leaf;
}

/// "Họ, chữ đệm, tên mẹ" names the name itself; "Người yêu cầu" names the person.
bool namesTheName(const std::string& label)
{
    return label.rfind("Họ", 0) == 0;
}

LeafGroup personGroup(const Field& field, bool several)
{
    LeafGroup group{several ? toQString(field.label) : QString(), personLeaves(field)};
    if (namesTheName(field.label)) {
        group.title.clear();
        for (Leaf& leaf : group.leaves) {
            leaf.label = leaf.pointer == field.pointer + "/name" ? toQString(field.label) : leaf.label;
        }
    }
    return group;
}

FormPart partOf(const Section& section, bool extendable)
{
    FormPart part{toQString(section.title), toQString(section.hint), {}, section.beside};
    const auto persons = std::count_if(section.fields.begin(), section.fields.end(),
                                       [](const Field& field) { return field.kind == FieldKind::Person; });
    for (const Field& field : section.fields) {
        const bool nothingToChoose = field.kind == FieldKind::Choice && field.choices.empty();
        if ((field.onlyWithExtension && !extendable) || nothingToChoose) {
            continue;
        }
        if (field.kind == FieldKind::Person) {
            part.groups.push_back(personGroup(field, persons > 1));
            continue;
        }
        // Single fields go on where an untitled person or other single fields stand.
        if (part.groups.empty() || !part.groups.back().title.isEmpty()) {
            part.groups.push_back({});
        }
        part.groups.back().leaves.push_back(fieldLeaf(field));
    }
    return part;
}

} // namespace

bool Leaf::isShort() const
{
    constexpr int kShortLabel = 32;
    if (label.size() > kShortLabel) {
        return false;
    }
    switch (kind) {
    case LeafKind::Digits:
    case LeafKind::Date:
    case LeafKind::Number:
    case LeafKind::Money:
    case LeafKind::YesNo:
    case LeafKind::EthnicGroup:
        return true;
    case LeafKind::Choice:
        return choices.size() <= 2;
    default:
        return false;
    }
}

std::vector<FormPart> formParts(const Form& form, bool extendable)
{
    std::vector<FormPart> parts;
    for (const Section& section : form.sections) {
        FormPart part = partOf(section, extendable);
        if (!part.groups.empty()) {
            parts.push_back(std::move(part));
        }
    }
    return parts;
}

void putAt(Json& root, const std::string& pointer, const Json& value)
{
    const Json::json_pointer place(pointer);
    if (!value.is_null()) {
        root[place] = value;
        return;
    }
    if (place.empty() || !root.contains(place)) {
        return;
    }
    Json& parent = root[place.parent_pointer()];
    if (parent.is_object()) {
        parent.erase(place.back());
    }
}

Json valueAt(const Json& root, const std::string& pointer)
{
    const Json::json_pointer place(pointer);
    return root.contains(place) ? root[place] : Json();
}

QString readable(const Leaf& leaf, const Json& value)
{
    if (value.is_null()) {
        return {};
    }
    if (value.is_object()) {
        return toQString(stringAt(value, "text"));
    }
    if (value.is_boolean()) {
        return value.get<bool>() ? words(QT_TRANSLATE_NOOP("form", "Có"))
                                 : words(QT_TRANSLATE_NOOP("form", "Không"));
    }
    if (value.is_number_integer()) {
        const auto number = value.get<std::int64_t>();
        return leaf.kind == LeafKind::Money ? toQString(formatDong(number)) : QString::number(number);
    }
    const std::string text = value.is_string() ? value.get<std::string>() : dumpJson(value);
    for (const Choice& choice : leaf.choices) {
        if (choice.value == text) {
            return toQString(choice.label);
        }
    }
    return toQString(text);
}

std::vector<ReadSection> readSections(const std::vector<FormPart>& parts, const Json& dossier)
{
    std::vector<ReadSection> sections;
    for (const FormPart& part : parts) {
        ReadSection section{part.title, {}};
        for (const LeafGroup& group : part.groups) {
            for (const Leaf& leaf : group.leaves) {
                const QString value = readable(leaf, valueAt(dossier, leaf.pointer));
                if (!value.isEmpty()) {
                    section.rows.push_back({leaf.pointer, leaf.label, value});
                }
            }
        }
        if (!section.rows.empty()) {
            sections.push_back(std::move(section));
        }
    }
    return sections;
}

} // namespace motcua
