// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalogue/form.h"

#include "core/catalogue/form_blocks.h"
#include "core/catalogue/form_field.h"
#include "core/catalogue/versions.h"

#include <algorithm>
#include <array>

namespace motcua {

namespace {

constexpr std::array<std::string_view, 14> kBookKinds{
    "birth",         "marriage",         "death",
    "guardianship",  "guardianship-end", "guardianship-supervision",
    "recognition",   "change",           "marital-status",
    "foreign-event", "copies",           "signatures",
    "translators",   "transactions"};

Result<Section> sectionFromJson(const Source& source, const FormBlocks& blocks)
{
    TRY(source.onlyMembers({"title", "hint", "beside", "fields"}));
    Section section;
    section.title = TRY(source.text("title"));
    section.hint = TRY(source.textOr("hint", {}));
    section.beside = TRY(source.truthOr("beside", false));
    for (const FormItem& item : TRY(blocks.items(source, "fields"))) {
        section.fields.push_back(TRY(fieldFromJson(item.source)));
    }
    return section;
}

Result<FormRule> ruleFromJson(const Source& source)
{
    TRY(source.onlyMembers({"name", "severity", "when", "check", "pointers", "message", "source",
                            "effectiveFrom", "effectiveTo", "passes", "fails"}));
    FormRule rule;
    rule.name = TRY(source.text("name"));
    const std::string severity = TRY(source.text("severity"));
    if (severity != "hard" && severity != "soft") {
        return source.wrong("severity must be hard or soft");
    }
    rule.severity = severity == "hard" ? Severity::Hard : Severity::Soft;
    if (source.has("when")) {
        const Source when = TRY(source.member("when"));
        rule.when = TRY(conditionFromJson(when));
    }
    const Source check = TRY(source.member("check"));
    rule.check = TRY(conditionFromJson(check));
    rule.pointers = TRY(source.texts("pointers"));
    if (rule.pointers.empty()) {
        return source.wrong("a rule needs at least one pointer");
    }
    rule.message = TRY(source.text("message"));
    rule.source = TRY(source.textOr("source", {}));
    rule.effectiveFrom = TRY(source.day("effectiveFrom"));
    rule.effectiveTo = TRY(source.day("effectiveTo"));
    rule.passes = at(source.json(), "passes");
    rule.fails = at(source.json(), "fails");
    return rule;
}

Result<FormInputs> inputsFromJson(const Source& source)
{
    FormInputs inputs;
    if (source.has("feeInputs")) {
        const Source fee = TRY(source.member("feeInputs"));
        TRY(fee.onlyMembers({"event", "pages", "copies", "count", "waiver"}));
        inputs.event = TRY(fee.textOr("event", {}));
        inputs.pages = TRY(fee.textOr("pages", {}));
        inputs.copies = TRY(fee.textOr("copies", {}));
        inputs.count = TRY(fee.textOr("count", {}));
        inputs.waiver = TRY(fee.textOr("waiver", {}));
    }
    if (source.has("deadlineInputs")) {
        const Source deadline = TRY(source.member("deadlineInputs"));
        TRY(deadline.onlyMembers({"variant", "extended"}));
        inputs.variant = TRY(deadline.textOr("variant", {}));
        inputs.extended = TRY(deadline.textOr("extended", {}));
    }
    return inputs;
}

Result<Duty> dutyFromJson(const Source& source)
{
    Duty duty;
    if (source.has("duty")) {
        const Source object = TRY(source.member("duty"));
        TRY(object.onlyMembers({"event", "days"}));
        duty.event = TRY(object.text("event"));
        const std::int64_t days = TRY(object.integerOr("days", 0));
        if (days < 1 || days > 3650) {
            return object.wrong("days are 1 to 3650");
        }
        duty.days = static_cast<int>(days);
    }
    return duty;
}

Result<void> readBooks(const Source& source, Form& form)
{
    form.book = TRY(source.textOr("book", {}));
    form.alsoBooks = TRY(source.texts("alsoBooks"));
    std::vector<std::string> all = form.alsoBooks;
    if (!form.book.empty()) {
        all.push_back(form.book);
    }
    for (const std::string& book : all) {
        if (!isBookKind(book)) {
            return source.wrong("unknown kind of book \"" + book + "\"");
        }
    }
    form.again = TRY(source.truthOr("again", false));
    form.duty = TRY(dutyFromJson(source));
    return {};
}

/// A field that does not say what prints it is printed by what the form says.
void shareFeeds(Form& form, const std::vector<std::string>& feeds)
{
    for (Section& section : form.sections) {
        for (Field& field : section.fields) {
            if (field.feeds.empty()) {
                field.feeds = feeds;
            }
        }
    }
}

/// Rules of a law that was replaced, kept because nothing newer is known: their source says so.
Result<void> markSuperseded(const Source& source, Form& form)
{
    if (!source.has("superseded")) {
        return {};
    }
    const Source superseded = TRY(source.member("superseded"));
    TRY(superseded.onlyMembers({"sources", "note"}));
    const std::string note = TRY(superseded.text("note"));
    const std::vector<std::string> sources = TRY(superseded.texts("sources"));
    for (FormRule& rule : form.rules) {
        const bool isOld = std::any_of(sources.begin(), sources.end(), [&](const std::string& old) {
            return rule.source.find(old) != std::string::npos;
        });
        if (isOld) {
            rule.source += "; " + note;
        }
    }
    return {};
}

Result<void> checkRules(const Source& source, const Form& form)
{
    for (auto rule = form.rules.begin(); rule != form.rules.end(); ++rule) {
        const bool repeated = std::any_of(form.rules.begin(), rule, [&](const FormRule& other) {
            return other.name == rule->name &&
                   (!other.effectiveTo || !rule->effectiveFrom || *rule->effectiveFrom <= *other.effectiveTo);
        });
        if (repeated) {
            return source.wrong("two rules \"" + rule->name + "\" on the same day");
        }
    }
    return {};
}

Result<void> checkForm(const Source& source, const Form& form)
{
    std::vector<std::string> pointers;
    for (const Section& section : form.sections) {
        for (const Field& field : section.fields) {
            if (std::find(pointers.begin(), pointers.end(), field.pointer) != pointers.end()) {
                return source.wrong("two fields at " + field.pointer);
            }
            pointers.push_back(field.pointer);
        }
    }
    if (form.fieldAt("/applicant") == nullptr) {
        return source.wrong("no field for /applicant");
    }
    for (const std::string& subject : form.subjects) {
        if (form.fieldAt(subject) == nullptr) {
            return source.wrong("subject " + subject + " is no field");
        }
    }
    return {};
}

} // namespace

bool isBookKind(std::string_view kind)
{
    return std::find(kBookKinds.begin(), kBookKinds.end(), kind) != kBookKinds.end();
}

bool FormRule::isInForce(Day on) const
{
    return (!effectiveFrom || *effectiveFrom <= on) && (!effectiveTo || on <= *effectiveTo);
}

const Field* Form::fieldAt(std::string_view pointer) const
{
    for (const Section& section : sections) {
        for (const Field& field : section.fields) {
            if (field.pointer == pointer) {
                return &field;
            }
        }
    }
    return nullptr;
}

Result<Form> formFromJson(const Source& source)
{
    return formFromJson(source, FormBlocks());
}

Result<Form> formFromJson(const Source& source, const FormBlocks& blocks)
{
    TRY(source.onlyMembers({"id", "title", "effectiveFrom", "effectiveTo", "sure", "sureNote", "source",
                            "book", "alsoBooks", "again", "duty", "feeds", "feeInputs", "deadlineInputs",
                            "subjects", "superseded", "sections", "rules"}));
    Form form;
    form.id = TRY(source.text("id"));
    form.title = TRY(source.text("title"));
    form.effectiveFrom = TRY(source.day("effectiveFrom"));
    form.effectiveTo = TRY(source.day("effectiveTo"));
    form.sure = TRY(source.textOr("sure", "unverified"));
    form.sureNote = TRY(source.textOr("sureNote", {}));
    form.source = TRY(source.textOr("source", {}));
    TRY(readBooks(source, form));
    form.inputs = TRY(inputsFromJson(source));
    form.subjects = TRY(source.texts("subjects"));
    for (const FormItem& item : TRY(blocks.items(source, "sections"))) {
        form.sections.push_back(TRY(sectionFromJson(item.source, blocks)));
    }
    for (const FormItem& item : TRY(blocks.items(source, "rules"))) {
        form.rules.push_back(TRY(ruleFromJson(item.source)));
    }
    shareFeeds(form, TRY(source.texts("feeds")));
    TRY(markSuperseded(source, form));
    TRY(checkForm(source, form));
    TRY(checkRules(source, form));
    return form;
}

Result<std::vector<Form>> formVersionsFromJson(const Source& source, const FormBlocks& blocks)
{
    return versionsFromJson<Form>(source, [&](const Source& row) { return formFromJson(row, blocks); });
}

Json formToJson(const Form& form)
{
    Json sections = Json::array();
    for (const Section& section : form.sections) {
        Json fields = Json::array();
        for (const Field& field : section.fields) {
            fields.push_back(fieldToJson(field));
        }
        sections.push_back({{"title", section.title}, {"hint", section.hint}, {"fields", std::move(fields)}});
        if (section.beside) {
            sections.back()["beside"] = true;
        }
    }
    Json json{{"id", form.id},     {"title", form.title},       {"sections", std::move(sections)},
              {"sure", form.sure}, {"sureNote", form.sureNote}, {"source", form.source}};
    if (!form.book.empty()) {
        json["book"] = form.book;
        json["alsoBooks"] = form.alsoBooks;
    }
    return json;
}

} // namespace motcua
