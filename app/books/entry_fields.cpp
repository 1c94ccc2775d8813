// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/books/entry_fields.h"

#include "app/intake/date_text.h"
#include "app/widgets/display_text.h"
#include "core/base/text.h"
#include "core/dossier/rules.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace motcua {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("motcua::Books", text);
}

/// The person that a leaf is part of; null for a field of its own.
const Field* personOf(const Form& form, const Leaf& leaf)
{
    const Field* field = form.fieldAt(std::string_view(leaf.pointer).substr(0, leaf.pointer.rfind('/')));
    return field != nullptr && field->kind == FieldKind::Person ? field : nullptr;
}

/// Two persons of a form have a birth each: the label says whose, by the part of the form where it holds one
/// person ("Bên nữ"), else by the person's own label.
QString labelOf(const Form& form, const FormPart& part, const Leaf& leaf)
{
    const auto persons = std::count_if(part.groups.begin(), part.groups.end(), [&](const LeafGroup& group) {
        return std::any_of(group.leaves.begin(), group.leaves.end(),
                           [&](const Leaf& one) { return personOf(form, one) != nullptr; });
    });
    const Field* person = personOf(form, leaf);
    const QString whose = person != nullptr && persons > 1 ? toQString(person->label) : part.title;
    return whose.isEmpty() || whose == leaf.label ? leaf.label : whose + QStringLiteral(" – ") + leaf.label;
}

/// Whether a line of text can say the value; sums and yes or no are none that registers change.
bool canBeTyped(const Leaf& leaf, const Json& value)
{
    switch (leaf.kind) {
    case LeafKind::Date:
        return value.is_object() && at(value, "text").is_string();
    case LeafKind::Number:
    case LeafKind::Money:
    case LeafKind::YesNo:
        return false;
    default:
        return value.is_string();
    }
}

tl::expected<Json, QString> chosenValue(const Leaf& leaf, const QString& typed)
{
    QStringList labels;
    for (const Choice& choice : leaf.choices) {
        const QString label = toQString(choice.label);
        if (label.compare(typed, Qt::CaseInsensitive) == 0) {
            return Json(choice.value);
        }
        labels << label;
    }
    return tl::unexpected(words("Giá trị mới phải là một trong: %1.").arg(labels.join(QStringLiteral(", "))));
}

tl::expected<Json, QString> digitsValue(const Leaf& leaf, const QString& typed)
{
    const QString tail = toQString(leaf.pointer).section(QLatin1Char('/'), -1);
    const bool isWhole = tail != QLatin1String("personalId") || typed.size() == leaf.maxLength;
    const bool isDigits = std::all_of(typed.begin(), typed.end(),
                                      [](QChar c) { return c >= QLatin1Char('0') && c <= QLatin1Char('9'); });
    if (!isDigits || !isWhole || typed.size() > leaf.maxLength) {
        return tl::unexpected(tail == QLatin1String("personalId")
                                  ? words("Số định danh cá nhân có 12 chữ số.")
                                  : words("Giá trị mới chỉ gồm chữ số, tối đa %1.").arg(leaf.maxLength));
    }
    return Json(toUtf8(typed));
}

} // namespace

std::vector<EntryField> entryFields(const Catalogue& catalogue, const BookEntry& entry)
{
    std::vector<EntryField> fields;
    const auto day = parseIsoDay(stringAt(entry.act, "registeredOn"));
    const Procedure* procedure = day ? catalogue.find(stringAt(entry.act, "procedure"), *day) : nullptr;
    if (procedure == nullptr) {
        return fields;
    }
    const Form form = catalogue.form(*procedure, *day);
    const Json content = entry.current();
    for (const FormPart& part : formParts(form, true)) {
        for (const LeafGroup& group : part.groups) {
            for (const Leaf& leaf : group.leaves) {
                const Json value = valueAt(content, leaf.pointer);
                if (canBeTyped(leaf, value)) {
                    fields.push_back({leaf, labelOf(form, part, leaf), readable(leaf, value)});
                }
            }
        }
    }
    return fields;
}

tl::expected<Json, QString> typedValue(const EntryField& field, const QString& typed)
{
    const Leaf& leaf = field.leaf;
    if (typed.isEmpty()) {
        return tl::unexpected(words("Chưa ghi giá trị mới của “%1”.").arg(field.label));
    }
    if (leaf.kind == LeafKind::Date) {
        Json date = eventDateFromText(typed);
        return spanOf(date) ? tl::expected<Json, QString>(std::move(date))
                            : tl::unexpected(words("Ngày không có trong lịch. Ghi như 21/06/1984, 06/1984 "
                                                   "hoặc 1984."));
    }
    if (leaf.kind == LeafKind::Choice) {
        return chosenValue(leaf, typed);
    }
    if (leaf.kind == LeafKind::Digits) {
        return digitsValue(leaf, typed);
    }
    const std::string text = tidyText(toUtf8(typed));
    if (text.empty() || toQString(text).toUcs4().size() > leaf.maxLength) {
        return tl::unexpected(words("Giá trị mới dài tối đa %1 ký tự.").arg(leaf.maxLength));
    }
    return Json(text);
}

} // namespace motcua
