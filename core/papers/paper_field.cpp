// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/paper_field.h"

#include "core/base/text.h"
#include "core/dossier/patch.h"
#include "core/dossier/rules.h"
#include "core/papers/paper_data.h"

#include <algorithm>
#include <array>

namespace motcua {

namespace {

struct FormName
{
    FieldForm form;
    std::string_view name;
};
constexpr std::array kForms{
    FormName{FieldForm::Text, "text"},
    FormName{FieldForm::Place, "place"},
    FormName{FieldForm::Name, "name"},
    FormName{FieldForm::Date, "date"},
    FormName{FieldForm::DateWords, "date-words"},
    FormName{FieldForm::Year, "year"},
    FormName{FieldForm::LongDay, "long-day"},
    FormName{FieldForm::Time, "time"},
    FormName{FieldForm::Gender, "gender"},
    FormName{FieldForm::Number, "number"},
    FormName{FieldForm::Money, "money"},
    FormName{FieldForm::Identity, "identity"},
    FormName{FieldForm::YesNo, "yes-no"},
};

bool isDigits(std::string_view text)
{
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// An EventDate's or an ISO day's text as it is read on paper.
std::string dateText(const Json& value)
{
    if (value.is_object()) {
        return stringAt(value, "text");
    }
    const auto day =
        value.is_string() ? parseIsoDay(value.get_ref<const std::string&>()) : Result<Day>(Day{});
    return value.is_string() ? (day ? toDisplayDay(*day) : value.get<std::string>()) : std::string();
}

/// The first day that a date may mean, and how many of its parts are known.
std::optional<Day> dayOf(const Json& value)
{
    if (const auto span = spanOf(value)) {
        return Day{span->first};
    }
    if (value.is_string()) {
        if (const auto day = parseIsoDay(value.get_ref<const std::string&>())) {
            return *day;
        }
    }
    return std::nullopt;
}

std::string precisionOf(const Json& value)
{
    return value.is_object() ? stringAt(value, "precision", "day") : "day";
}

std::string wordsOf(const Json& value)
{
    const auto day = dayOf(value);
    if (!day) {
        return {};
    }
    const std::string precision = precisionOf(value);
    if (precision == "day") {
        return dateInWords(*day);
    }
    return precision == "month" ? monthInWords(day->year() / day->month()) : yearInWords(day->year());
}

std::string yearOf(const Json& value)
{
    const auto day = dayOf(value);
    return day ? std::to_string(static_cast<int>(day->year())) : dateText(value);
}

std::string longDayOf(const Json& value)
{
    const auto day = dayOf(value);
    if (!day || precisionOf(value) != "day") {
        return dateText(value);
    }
    return longDay(instantInVietnam(*day, Millis{0}));
}

std::string timeText(const std::string& text)
{
    const auto colon = text.find(':');
    if (colon == std::string::npos) {
        return text;
    }
    return text.substr(0, colon) + " giờ " + text.substr(colon + 1) + " phút";
}

std::string genderText(const std::string& gender)
{
    return gender == "male" ? "Nam" : gender == "female" ? "Nữ" : gender;
}

std::string identityText(const std::string& text)
{
    if (isDigits(text) && text.size() == 12) {
        return "Số định danh cá nhân " + text;
    }
    return isDigits(text) && text.size() == 9 ? "Chứng minh nhân dân số " + text : text;
}

std::string plain(const Json& value)
{
    if (value.is_string()) {
        return value.get<std::string>();
    }
    return value.is_number_integer() ? std::to_string(value.get<std::int64_t>()) : std::string();
}

std::string numberText(const Json& value)
{
    const std::string text = plain(value);
    return isDigits(text) && text.size() == 1 ? '0' + text : text;
}

bool holdsSomething(const Json* value)
{
    return value != nullptr && !value->is_null() && (!value->is_string() || *value != "") &&
           (!value->is_structured() || !value->empty());
}

std::string written(FieldForm form, const Json& value)
{
    switch (form) {
    case FieldForm::Text:
    case FieldForm::Place:
        return value.is_object() ? stringAt(value, "text", stringAt(value, "name")) : plain(value);
    case FieldForm::Name:
        return upperVietnamese(plain(value));
    case FieldForm::Date:
        return dateText(value);
    case FieldForm::DateWords:
        return wordsOf(value);
    case FieldForm::Year:
        return yearOf(value);
    case FieldForm::LongDay:
        return longDayOf(value);
    case FieldForm::Time:
        return timeText(plain(value));
    case FieldForm::Gender:
        return genderText(plain(value));
    case FieldForm::Number:
        return numberText(value);
    case FieldForm::Money:
        return value.is_number_integer() ? dongOnPaper(value.get<std::int64_t>()) : std::string();
    case FieldForm::Identity:
        return identityText(plain(value));
    case FieldForm::YesNo:
        return value.is_boolean() ? (value.get<bool>() ? "Có" : "Không") : std::string();
    }
    return {};
}

Result<FieldForm> formFrom(const Source& source)
{
    const std::string name = TRY(source.textOr("as", "text"));
    const auto* found =
        std::find_if(kForms.begin(), kForms.end(), [&](const FormName& one) { return one.name == name; });
    if (found == kForms.end()) {
        return source.wrong("as: there is no form '" + name + "'");
    }
    return found->form;
}

} // namespace

Result<PaperField> paperFieldFromJson(const Source& source)
{
    TRY(source.onlyMembers({"name", "label", "from", "as", "required", "strong", "share", "sample"}));
    PaperField field;
    field.name = TRY(source.text("name"));
    field.label = TRY(source.textOr("label", ""));
    field.from = TRY(source.texts("from"));
    field.form = TRY(formFrom(source));
    field.required = TRY(source.truthOr("required", false));
    field.strong = TRY(source.truthOr("strong", field.form == FieldForm::Name));
    field.share = TRY(source.integerOr("share", 0));
    field.sample = at(source.json(), "sample");
    if (field.from.empty()) {
        return source.wrong("from: names the pointers that the value comes from");
    }
    for (const std::string& pointer : field.from) {
        if (!pointerTokens(pointer) || pointer.empty()) {
            return source.wrong("from: '" + pointer + "' is no pointer");
        }
    }
    return field;
}

std::string_view fieldFormName(FieldForm form)
{
    const auto* found =
        std::find_if(kForms.begin(), kForms.end(), [&](const FormName& one) { return one.form == form; });
    return found->name;
}

std::string fieldText(const PaperField& field, const Json& context)
{
    for (const std::string& pointer : field.from) {
        const Json* value = findAt(context, pointer);
        if (holdsSomething(value)) {
            if (std::string text = written(field.form, *value); !text.empty()) {
                return text;
            }
        }
    }
    return {};
}

Json longestSample(FieldForm form, const Json& ordinary)
{
    switch (form) {
    case FieldForm::Name:
        // 120 letters; invented.
        return "Công Tằng Tôn Nữ Thị Huyền Trân Nguyễn Phúc Bảo Hoàng Thiên Hương Giang Thùy Dương Ngọc Lan "
               "Khuê "
               "Tú Quỳnh Phương Thảo An";
    case FieldForm::Place:
        return "Số nhà 27, ngách 15/48, ngõ 215 đường Nguyễn Trãi kéo dài, tổ dân phố số 17, khu đô thị mới "
               "Vân "
               "Canh – Phúc Thọ giai đoạn 2, thôn Vân Cốc (trước ngày 01/7/2025 là xã Vân Phúc, huyện Phúc "
               "Thọ), "
               "xã Phúc Thọ, thành phố Hà Nội";
    case FieldForm::Text:
    case FieldForm::Identity:
        return ordinary.is_string() && ordinary.get_ref<const std::string&>().size() <= 12
                   ? ordinary
                   : Json("Hộ chiếu ngoại giao số NG1234567 do Cục Lãnh sự, Bộ Ngoại giao nước Cộng hòa xã "
                          "hội chủ "
                          "nghĩa Việt Nam cấp ngày 21/11/2019, có giá trị đến hết ngày 20/11/2029");
    default:
        return ordinary;
    }
}

} // namespace motcua
