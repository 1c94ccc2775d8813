// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/problem.h"
#include "core/catalogue/condition.h"
#include "core/catalogue/field_rules.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace motcua {

/// What a field holds (contracts/cli.md): a person is a Person, a date an EventDate, numbers and money are
/// integers, yes-no is a boolean, all else is text.
enum class FieldKind
{
    Text,
    Person,
    Date,
    Place, ///< "xã Phúc Thọ, thành phố Hà Nội", with a detail before it where there is one
    Choice,
    Number,
    Money,
    YesNo,
    EthnicGroup,
};

/// "yes-no", as in files and in the output of `procedure show`.
[[nodiscard]] std::string_view fieldKindName(FieldKind kind);

struct Choice
{
    std::string value;
    std::string label;
};

/// A member of Person that this form asks for: "birth".
struct PersonPart
{
    std::string name;
    bool required = false;
};

/// Where the choices of a field come from when they are not written in the form.
enum class ChoicesFrom
{
    Form,
    Variants, ///< the procedure's variants
    Waivers,  ///< those who need not pay the procedure's fees on that day
};

/// A field that only the arithmetic of some fees asks for.
enum class FeeNeed
{
    None,
    Pages,    ///< a rate per page
    Cases,    ///< a rate per case that is not nil
    DutyDate, ///< a rate that depends on being on time
};

struct Field
{
    std::string pointer; ///< "/applicant" or "/form/name"
    std::string label;
    std::string hint;
    FieldKind kind = FieldKind::Text;
    bool required = false;
    std::optional<Condition> requiredWhen{};
    std::optional<Condition> shownWhen{}; ///< the window hides it where this is surely not so
    std::vector<Choice> choices{};
    ChoicesFrom choicesFrom = ChoicesFrom::Form;
    bool onlyWithExtension = false;         ///< shown only where the term can be extended
    FeeNeed onlyWithFee = FeeNeed::None;    ///< shown only where the procedure has such a rate
    std::vector<std::string> suggestions{}; ///< for text; anything else may be typed
    std::size_t maxLength = 500;            ///< in code points
    std::int64_t lines = 1;                 ///< height; more than one keeps line breaks
    std::int64_t least = 0;
    std::int64_t most = 0;
    std::vector<PersonPart> parts{};
    std::string precision{};          ///< "day": the least precision of the date, or of the person's birth
    Json otherwise{};                 ///< what the window fills in at first; null: nothing
    std::vector<std::string> feeds{}; ///< the papers and books that print it
    std::optional<FieldClass> fieldClass{}; ///< where the form itself says one; see FieldRules
};

struct Section
{
    std::string title;
    std::string hint;
    bool beside = false; ///< stands at the right of the section before it, as on the paper: bên nữ | bên nam
    std::vector<Field> fields;
};

/// A rule across fields. Broken when `check` is surely false while `when` is surely true; what is not
/// known (a field left empty, a year without a day) never breaks a rule.
struct FormRule
{
    std::string name;
    Severity severity = Severity::Hard;
    std::optional<Condition> when{};
    Condition check{};
    std::vector<std::string> pointers; ///< the first one gets the problem
    std::string message;
    std::string source; ///< article of the law, or "Quy ước của chương trình"
    std::optional<Day> effectiveFrom{};
    std::optional<Day> effectiveTo{};
    /// Two cases that show what it means: one that keeps the rule, one that breaks it (rule_cases.h).
    Json passes{};
    Json fails{};

    [[nodiscard]] bool isInForce(Day on) const;
};

/// The law's time for declaring an event. Being late is told in books and statistics; it is not the same as a
/// dossier that is answered late.
struct Duty
{
    std::string event; ///< pointer of the date; empty: there is no duty
    int days = 0;
};

/// Which fields the computations of fee and appointment read; empty: none.
struct FormInputs
{
    std::string event; ///< date of the event: on time or late
    std::string pages;
    std::string copies;
    std::string count;
    std::string waiver;
    std::string variant;
    std::string extended; ///< yes-no
};

/// What is asked for one procedure, as data.
struct Form
{
    std::string id;
    std::string title;
    std::optional<Day> effectiveFrom{};
    std::optional<Day> effectiveTo{};
    std::string sure;
    std::string sureNote; ///< what must be compared with the gazette
    std::string source;
    std::string book;                   ///< kind of the book that the matter is entered in; empty: none
    std::vector<std::string> alsoBooks; ///< further entries of the same dossier: a recognition with a birth
    bool again = false;                 ///< registers anew what was registered before (đăng ký lại)
    Duty duty{};
    std::vector<Section> sections;
    std::vector<FormRule> rules;
    FormInputs inputs;
    std::vector<std::string>
        subjects; ///< the persons that it is about, most important first, beside the applicant

    [[nodiscard]] const Field* fieldAt(std::string_view pointer) const;
};

class FormBlocks;
[[nodiscard]] Result<Form> formFromJson(const Source& source);
[[nodiscard]] Result<Form> formFromJson(const Source& source, const FormBlocks& blocks);
/// The form of a file and one for each of its `changes`.
[[nodiscard]] Result<std::vector<Form>> formVersionsFromJson(const Source& source, const FormBlocks& blocks);

/// "birth", "marriage" … "transactions": what `book` of a form may say.
[[nodiscard]] bool isBookKind(std::string_view kind);

/// As `procedure show` prints it: {sections: [{title, fields: [{pointer, label, kind, required, choices,
/// …}]}]}.
[[nodiscard]] Json formToJson(const Form& form);

} // namespace motcua
