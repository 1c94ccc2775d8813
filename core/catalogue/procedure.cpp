// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalogue/procedure.h"

#include "core/catalogue/versions.h"

#include <algorithm>

namespace motcua {

namespace {

using Notes = std::map<std::string, std::string>;

Result<Evidence> evidenceOf(const Source& source)
{
    const std::string name = TRY(source.text("evidence"));
    for (const Evidence evidence : {Evidence::HandedIn, Evidence::Shown, Evidence::LookedUp}) {
        if (evidenceName(evidence) == name) {
            return evidence;
        }
    }
    return source.wrong("evidence must be handed-in, shown or looked-up");
}

Result<Paper> paperFromJson(const Source& source)
{
    TRY(source.onlyMembers(
        {"code", "name", "evidence", "required", "lookup", "when", "requiredWhen", "shownWhen"}));
    Paper paper;
    paper.code = TRY(source.text("code"));
    paper.name = TRY(source.text("name"));
    paper.evidence = TRY(evidenceOf(source));
    paper.required = TRY(source.truthOr("required", false));
    paper.mayBeLookedUp = TRY(source.truthOr("lookup", false));
    paper.when = TRY(source.textOr("when", {}));
    if (source.has("requiredWhen")) {
        const Source when = TRY(source.member("requiredWhen"));
        paper.requiredWhen = TRY(conditionFromJson(when));
    }
    if (source.has("shownWhen")) {
        const Source when = TRY(source.member("shownWhen"));
        paper.shownWhen = TRY(conditionFromJson(when));
    }
    if (paper.code.size() > 60 || paper.name.size() > 500) {
        return source.wrong("code has at most 60, name at most 500 bytes");
    }
    return paper;
}

Result<std::vector<Paper>> papersFromJson(const Source& source)
{
    std::vector<Paper> papers;
    for (const Source& item : TRY(source.items("papers"))) {
        Paper paper = TRY(paperFromJson(item));
        const bool repeated = std::any_of(papers.begin(), papers.end(),
                                          [&](const Paper& other) { return other.code == paper.code; });
        if (repeated) {
            return item.wrong("two papers with the code " + paper.code);
        }
        papers.push_back(std::move(paper));
    }
    return papers;
}

Result<Term> termAt(const Source& source)
{
    const Source member = TRY(source.member("term"));
    auto term = termFromJson(member.json());
    if (!term) {
        return member.wrong(term.error().detail);
    }
    return std::move(*term);
}

Result<std::vector<Variant>> variantsFromJson(const Source& source)
{
    std::vector<Variant> variants;
    for (const Source& item : TRY(source.items("variants"))) {
        TRY(item.onlyMembers({"name", "term"}));
        Variant variant;
        variant.name = TRY(item.text("name"));
        variant.term = TRY(termAt(item));
        variants.push_back(std::move(variant));
    }
    return variants;
}

Result<std::vector<std::string>> notesFromJson(const Source& source, const Notes& notes)
{
    std::vector<std::string> texts;
    for (const std::string& id : TRY(source.texts("notes"))) {
        const auto found = notes.find(id);
        if (found == notes.end()) {
            return source.wrong("no note \"" + id + "\"");
        }
        texts.push_back(found->second);
    }
    return texts;
}

Result<std::vector<std::pair<Day, std::string>>> laterNotesFromJson(const Source& source, const Notes& notes)
{
    std::vector<std::pair<Day, std::string>> later;
    for (const Source& item : TRY(source.items("laterNotes"))) {
        TRY(item.onlyMembers({"from", "note"}));
        const auto from = TRY(item.day("from"));
        const auto found = notes.find(TRY(item.text("note")));
        if (!from || found == notes.end()) {
            return item.wrong("needs a day \"from\" and a \"note\" that there is");
        }
        later.emplace_back(*from, found->second);
    }
    return later;
}

Result<void> readWords(const Source& source, const Notes& notes, Procedure& procedure)
{
    procedure.code = TRY(source.text("code"));
    procedure.name = TRY(source.text("name"));
    procedure.field = TRY(source.text("field"));
    procedure.group = TRY(source.textOr("group", {}));
    procedure.aliases = TRY(source.texts("aliases"));
    procedure.form = TRY(source.textOr("form", "plain"));
    procedure.result = TRY(source.textOr("result", {}));
    procedure.steps = TRY(source.texts("steps"));
    procedure.notes = TRY(notesFromJson(source, notes));
    procedure.laterNotes = TRY(laterNotesFromJson(source, notes));
    procedure.sure = TRY(source.textOr("sure", "unverified"));
    procedure.sureNote = TRY(source.textOr("sureNote", {}));
    if (procedure.code.size() > 40) {
        return source.wrong("code has at most 40 characters");
    }
    return {};
}

Result<Procedure> versionFromJson(const Source& source, const Notes& notes)
{
    TRY(source.onlyMembers({"code", "name", "field", "group", "aliases", "form", "term", "variants", "papers",
                            "result", "steps", "bothPresent", "notes", "laterNotes", "sure", "sureNote",
                            "effectiveFrom", "effectiveTo"}));
    Procedure procedure;
    TRY(readWords(source, notes, procedure));
    procedure.term = TRY(termAt(source));
    procedure.variants = TRY(variantsFromJson(source));
    procedure.papers = TRY(papersFromJson(source));
    procedure.bothPresent = TRY(source.truthOr("bothPresent", false));
    procedure.effectiveFrom = TRY(source.day("effectiveFrom"));
    procedure.effectiveTo = TRY(source.day("effectiveTo"));
    if (procedure.effectiveFrom && procedure.effectiveTo &&
        *procedure.effectiveTo < *procedure.effectiveFrom) {
        return source.wrong("ends before it begins");
    }
    return procedure;
}

Json dayOrNull(const std::optional<Day>& day)
{
    return day ? Json(toIsoDay(*day)) : Json();
}

Json termToJson(const Term& term)
{
    Json json{{"n", term.span.n}, {"unit", toString(term.span.unit)}, {"text", termText(term.span)}};
    if (term.span.unit == TermUnit::SeePortal || term.span.unit == TermUnit::OtherAgency ||
        term.span.unit == TermUnit::Repealed) {
        json["n"] = nullptr;
    }
    if (term.extension) {
        Json extend{{"mode", term.extension->mode == ExtensionMode::Total ? "total" : "addition"},
                    {"cond", term.extension->condition}};
        if (term.extension->span) {
            extend["n"] = term.extension->span->n;
            extend["unit"] = toString(term.extension->span->unit);
        } else {
            extend["by_agreement"] = true;
        }
        json["extend"] = std::move(extend);
    }
    for (const auto& [channel, span] : term.byChannel) {
        json["channels"][channel] = {{"n", span.n}, {"unit", toString(span.unit)}};
    }
    return json;
}

Json papersToJson(const std::vector<Paper>& papers)
{
    Json list = Json::array();
    for (const Paper& paper : papers) {
        list.push_back({{"code", paper.code},
                        {"name", paper.name},
                        {"evidence", evidenceName(paper.evidence)},
                        {"required", paper.required},
                        {"lookup", paper.mayBeLookedUp},
                        {"when", paper.when}});
    }
    return list;
}

std::string_view perName(FeePer per)
{
    switch (per) {
    case FeePer::Case:
        return "case";
    case FeePer::Copy:
        return "copy";
    case FeePer::Page:
        break;
    }
    return "page";
}

Json feesToJson(const std::vector<FeeRule>& fees, Day on)
{
    Json list = Json::array();
    for (const FeeRule& fee : fees) {
        if ((fee.effectiveFrom && on < *fee.effectiveFrom) || (fee.effectiveTo && *fee.effectiveTo < on)) {
            continue;
        }
        Json json{{"code", fee.code},
                  {"name", fee.name},
                  {"amount", fee.amount ? Json(*fee.amount) : Json()},
                  {"per", perName(fee.per)},
                  {"channel", fee.channel.empty() ? Json() : Json(fee.channel)},
                  {"note", fee.note},
                  {"source", fee.source},
                  {"sure", fee.sure}};
        if (fee.when != FeeWhen::Always) {
            json["when"] = fee.when == FeeWhen::Late ? "late" : "on-time";
        }
        for (const FeeWaiver& waiver : fee.waivers) {
            json["waivers"].push_back(waiver.name);
        }
        list.push_back(std::move(json));
    }
    return list;
}

} // namespace

std::string_view evidenceName(Evidence evidence)
{
    switch (evidence) {
    case Evidence::HandedIn:
        return "handed-in";
    case Evidence::Shown:
        return "shown";
    case Evidence::LookedUp:
        break;
    }
    return "looked-up";
}

bool Procedure::isInForce(Day on) const
{
    return (!effectiveFrom || *effectiveFrom <= on) && (!effectiveTo || on <= *effectiveTo);
}

std::vector<std::string> Procedure::notesOn(Day day) const
{
    std::vector<std::string> texts;
    for (const auto& [from, text] : laterNotes) {
        if (from <= day) {
            texts.push_back(text);
        }
    }
    texts.insert(texts.end(), notes.begin(), notes.end());
    return texts;
}

Result<std::vector<Procedure>> proceduresFromJson(const Source& source, const Notes& notes)
{
    return versionsFromJson<Procedure>(source,
                                       [&](const Source& row) { return versionFromJson(row, notes); });
}

Result<Procedure> repealedFromJson(const Source& source, const Notes& notes)
{
    TRY(source.onlyMembers(
        {"code", "name", "field", "replacedBy", "notes", "sure", "sureNote", "effectiveFrom"}));
    Procedure procedure;
    TRY(readWords(source, notes, procedure));
    procedure.term.span = {0, TermUnit::Repealed};
    procedure.replacedBy = TRY(source.texts("replacedBy"));
    procedure.effectiveFrom = TRY(source.day("effectiveFrom"));
    procedure.repealed = true;
    return procedure;
}

Json procedureToJson(const Procedure& procedure, const Form& form, Day on)
{
    Json variants = Json::array();
    for (const Variant& variant : procedure.variants) {
        variants.push_back({{"name", variant.name}, {"term", termToJson(variant.term)}});
    }
    return {{"code", procedure.code},
            {"name", procedure.name},
            {"field", procedure.field},
            {"aliases", procedure.aliases},
            {"term", termToJson(procedure.term)},
            {"variants", std::move(variants)},
            {"papers", papersToJson(procedure.papers)},
            {"fees", feesToJson(procedure.fees, on)},
            {"form", formToJson(form)},
            {"result", procedure.result},
            {"steps", procedure.steps},
            {"notes", procedure.notesOn(on)},
            {"sure", procedure.sure},
            {"repealed", procedure.repealed},
            {"replacedBy", procedure.replacedBy},
            {"effectiveFrom", dayOrNull(procedure.effectiveFrom)},
            {"effectiveTo", dayOrNull(procedure.effectiveTo)}};
}

} // namespace motcua
