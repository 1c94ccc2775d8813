// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalogue/form_field.h"

#include <algorithm>
#include <array>

namespace motcua {

namespace {

struct KindName
{
    std::string_view name;
    FieldKind kind;
};
constexpr std::array kKinds{
    KindName{"text", FieldKind::Text},
    KindName{"person", FieldKind::Person},
    KindName{"date", FieldKind::Date},
    KindName{"place", FieldKind::Place},
    KindName{"choice", FieldKind::Choice},
    KindName{"number", FieldKind::Number},
    KindName{"money", FieldKind::Money},
    KindName{"yes-no", FieldKind::YesNo},
    KindName{"ethnic-group", FieldKind::EthnicGroup},
};

/// 10¹⁵ đồng, the largest amount that can be said in words.
constexpr std::int64_t kIntegerMost = 1'000'000'000'000'000;
/// The form as a whole is bounded by the contract at 128 KiB.
constexpr std::int64_t kTextMost = 10'000;

Result<FieldKind> kindOf(const Source& source)
{
    const std::string name = TRY(source.text("kind"));
    const auto* const found =
        std::find_if(kKinds.begin(), kKinds.end(), [&](const KindName& known) { return known.name == name; });
    if (found == kKinds.end()) {
        return source.wrong("unknown kind \"" + name + "\"");
    }
    return found->kind;
}

/// One level below /form, so that a member of a form belongs to exactly one field.
Result<std::string> pointerOf(const Source& source)
{
    constexpr std::string_view kHead = "/form/";
    std::string pointer = TRY(source.text("pointer"));
    const bool inForm = pointer.rfind(kHead, 0) == 0 && pointer.size() > kHead.size() &&
                        pointer.find_first_of("/~", kHead.size()) == std::string::npos;
    if (pointer != "/applicant" && !inForm) {
        return source.wrong("pointer must be /applicant or /form/NAME");
    }
    return pointer;
}

Result<std::vector<Choice>> choicesOf(const Source& source)
{
    std::vector<Choice> choices;
    for (const Source& item : TRY(source.items("choices"))) {
        TRY(item.onlyMembers({"value", "label"}));
        Choice choice;
        choice.value = TRY(item.text("value"));
        choice.label = TRY(item.textOr("label", choice.value));
        choices.push_back(std::move(choice));
    }
    return choices;
}

Result<ChoicesFrom> choicesFromOf(const Source& source)
{
    const std::string name = TRY(source.textOr("choicesFrom", "form"));
    if (name == "variants") {
        return ChoicesFrom::Variants;
    }
    if (name == "waivers") {
        return ChoicesFrom::Waivers;
    }
    if (name != "form") {
        return source.wrong("choicesFrom must be variants or waivers");
    }
    return ChoicesFrom::Form;
}

Result<std::vector<PersonPart>> partsOf(const Source& source)
{
    // In the order in which they are asked; the files write them as an object, which has none.
    constexpr std::array<std::string_view, 8> kNames{"name",   "personalId", "oldId", "birth",
                                                     "gender", "address",    "phone", "email"};
    std::vector<PersonPart> parts;
    if (!source.has("parts")) {
        return parts;
    }
    const Source object = TRY(source.member("parts"));
    TRY(object.onlyMembers({"name", "personalId", "oldId", "birth", "gender", "address", "phone", "email"}));
    for (const std::string_view name : kNames) {
        const std::string need = TRY(object.textOr(name, {}));
        if (!need.empty() && need != "required" && need != "optional") {
            return object.wrong("a part is required or optional");
        }
        if (!need.empty()) {
            parts.push_back({std::string(name), need == "required"});
        }
    }
    return parts;
}

Result<void> readLimits(const Source& source, Field& field)
{
    const std::int64_t length = TRY(source.integerOr("maxLength", 500));
    field.lines = TRY(source.integerOr("lines", 1));
    field.least = TRY(source.integerOr("min", 0));
    field.most = TRY(source.integerOr("max", kIntegerMost));
    if (length < 1 || length > kTextMost || field.lines < 1 || field.lines > 40) {
        return source.wrong("maxLength is 1 to 10000, lines 1 to 40");
    }
    if (field.least > field.most || field.most > kIntegerMost) {
        return source.wrong("min and max do not fit");
    }
    field.maxLength = static_cast<std::size_t>(length);
    field.precision =
        TRY(source.textOr(field.kind == FieldKind::Person ? "birthPrecision" : "precision", {}));
    if (!field.precision.empty() && field.precision != "day" && field.precision != "month") {
        return source.wrong("a least precision is day or month");
    }
    return {};
}

Result<void> readConditions(const Source& source, Field& field)
{
    if (source.has("requiredWhen")) {
        const Source when = TRY(source.member("requiredWhen"));
        field.requiredWhen = TRY(conditionFromJson(when));
    }
    if (source.has("shownWhen")) {
        const Source when = TRY(source.member("shownWhen"));
        field.shownWhen = TRY(conditionFromJson(when));
    }
    struct Need
    {
        std::string_view name;
        FeeNeed need;
    };
    constexpr std::array kNeeds{Need{"", FeeNeed::None}, Need{"extension", FeeNeed::None},
                                Need{"page-fee", FeeNeed::Pages}, Need{"case-fee", FeeNeed::Cases},
                                Need{"duty", FeeNeed::DutyDate}};
    const std::string onlyWith = TRY(source.textOr("onlyWith", {}));
    const auto* const known =
        std::find_if(kNeeds.begin(), kNeeds.end(), [&](const Need& need) { return need.name == onlyWith; });
    if (known == kNeeds.end()) {
        return source.wrong("onlyWith must be extension, page-fee, case-fee or duty");
    }
    field.onlyWithExtension = onlyWith == "extension";
    field.onlyWithFee = known->need;
    return {};
}

/// Who somebody is and what was paid is told by the kind of the field; a form may only say more.
Result<void> readClass(const Source& source, Field& field)
{
    if (!source.has("class")) {
        return {};
    }
    const std::string name = TRY(source.text("class"));
    field.fieldClass = parseFieldClass(name);
    const bool isDeclared = field.fieldClass == FieldClass::Contact || field.fieldClass == FieldClass::Form;
    const bool isStrict = field.fieldClass == FieldClass::Identity || field.fieldClass == FieldClass::Money;
    const bool isBound = field.kind == FieldKind::Person || field.kind == FieldKind::Money ||
                         field.kind == FieldKind::EthnicGroup;
    if (isBound || (!isDeclared && !isStrict)) {
        return source.wrong("a field of this kind cannot be of class \"" + name + "\"");
    }
    return {};
}

Result<void> checkField(const Source& source, const Field& field)
{
    if (field.kind == FieldKind::Choice && field.choices.empty() && field.choicesFrom == ChoicesFrom::Form) {
        return source.wrong("a choice needs choices");
    }
    if (field.kind == FieldKind::Person && field.parts.empty()) {
        return source.wrong("a person needs parts");
    }
    if (field.pointer == "/applicant" && (field.kind != FieldKind::Person || !field.required)) {
        return source.wrong("the applicant is a required person");
    }
    return {};
}

} // namespace

Result<Field> fieldFromJson(const Source& source)
{
    TRY(source.onlyMembers({"pointer",        "label",     "hint",        "kind",     "required",
                            "requiredWhen",   "choices",   "choicesFrom", "onlyWith", "suggestions",
                            "maxLength",      "lines",     "min",         "max",      "parts",
                            "birthPrecision", "precision", "default",     "feeds",    "class",
                            "shownWhen"}));
    Field field;
    field.kind = TRY(kindOf(source));
    field.pointer = TRY(pointerOf(source));
    field.label = TRY(source.text("label"));
    field.hint = TRY(source.textOr("hint", {}));
    field.required = TRY(source.truthOr("required", false));
    field.choices = TRY(choicesOf(source));
    field.choicesFrom = TRY(choicesFromOf(source));
    field.suggestions = TRY(source.texts("suggestions"));
    field.parts = TRY(partsOf(source));
    field.otherwise = at(source.json(), "default");
    field.feeds = TRY(source.texts("feeds"));
    TRY(readClass(source, field));
    TRY(readLimits(source, field));
    TRY(readConditions(source, field));
    TRY(checkField(source, field));
    return field;
}

Json fieldToJson(const Field& field)
{
    Json json{{"pointer", field.pointer},          {"label", field.label},       {"hint", field.hint},
              {"kind", fieldKindName(field.kind)}, {"required", field.required}, {"choices", Json::array()}};
    for (const Choice& choice : field.choices) {
        json["choices"].push_back({{"value", choice.value}, {"label", choice.label}});
    }
    if (field.requiredWhen) {
        json["requiredSometimes"] = true;
    }
    if (field.shownWhen) {
        json["shownSometimes"] = true;
    }
    for (const PersonPart& part : field.parts) {
        json["parts"].push_back({{"name", part.name}, {"required", part.required}});
    }
    if (field.kind == FieldKind::Number || field.kind == FieldKind::Money) {
        json["min"] = field.least;
        json["max"] = field.most;
    }
    if (field.kind == FieldKind::Text) {
        json["maxLength"] = field.maxLength;
        json["suggestions"] = field.suggestions;
    }
    if (!field.otherwise.is_null()) {
        json["default"] = field.otherwise;
    }
    return json;
}

std::string_view fieldKindName(FieldKind kind)
{
    for (const KindName& known : kKinds) {
        if (known.kind == kind) {
            return known.name;
        }
    }
    return "text";
}

} // namespace motcua
