// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/entry_values.h"

#include "core/base/text.h"
#include "core/dossier/patch.h"
#include "core/papers/paper_data.h"

namespace motcua {

namespace {

constexpr std::int64_t kLineWidth = 165;

PaperField fieldAt(const char* pointer, FieldForm form = FieldForm::Text)
{
    PaperField field;
    field.from = {pointer};
    field.form = form;
    return field;
}

/// The first letter large, as at the beginning of a sentence.
std::string capitalised(const std::string& text)
{
    std::size_t first = 1;
    while (first < text.size() && (static_cast<unsigned char>(text[first]) & 0xC0) == 0x80) {
        ++first;
    }
    return text.empty() ? text : upperVietnamese(text.substr(0, first)) + text.substr(first);
}

/// "Ngày 05/03/2027: Thay đổi họ … (Quyết định số …; người ký: …)".
std::string noteLine(const Json& note)
{
    std::string line = fieldText(fieldAt("/date", FieldForm::Date), note);
    line = (line.empty() ? std::string() : "Ngày " + line + ": ") + stringAt(note, "content");
    const std::string basis = stringAt(note, "basis");
    const Json& signer = at(note, "signer");
    const std::string name = signer.is_string() ? signer.get<std::string>() : stringAt(signer, "name");
    std::string tail = basis.empty() ? std::string() : "căn cứ " + basis;
    if (!name.empty()) {
        tail += (tail.empty() ? "người ký " : "; người ký ") + name;
    }
    return tail.empty() ? line : line + " (" + tail + ")";
}

Json notesOf(const Json& registration)
{
    Json notes = Json::array();
    if (const Json& list = at(registration, "annotations"); list.is_array()) {
        for (const Json& note : list) {
            notes.push_back(noteLine(note));
        }
    }
    return notes;
}

std::string numberOf(const Json& registration)
{
    const std::string number = fieldText(fieldAt("/number", FieldForm::Number), registration);
    const std::string year = fieldText(fieldAt("/year"), registration);
    return number.empty() || year.empty() ? number : number + '/' + year;
}

Json registrationValues(const Json& context)
{
    const Json& registration = at(context, "registration");
    const Json& signer = at(registration, "signer");
    return {{"number", numberOf(registration)},
            {"volume", fieldText(fieldAt("/volume", FieldForm::Number), registration)},
            {"symbol", stringAt(registration, "symbol")},
            {"day", fieldText(fieldAt("/registeredOn", FieldForm::LongDay), registration)},
            {"dayInFigures", fieldText(fieldAt("/registeredOn", FieldForm::Date), registration)},
            {"office", stringAt(registration, "office")},
            {"signer", stringAt(signer, "name")},
            {"signerTitle", stringAt(signer, "title")},
            {"performer", stringAt(registration, "performer")}};
}

/// Widths of a line's fields, so that each has its part.
std::string widthsOf(const PaperLine& line)
{
    std::string widths;
    for (const PaperField& field : line.fields) {
        const std::int64_t share =
            field.share > 0 ? field.share : kLineWidth / static_cast<std::int64_t>(line.fields.size());
        widths += (widths.empty() ? "" : " ") + std::to_string(share);
    }
    return widths;
}

struct Texts
{
    Json field = Json::object();
    std::string missing;
};

Json cellsOf(const PaperLine& line, const Json& context, Texts& texts)
{
    Json cells = Json::array();
    for (const PaperField& field : line.fields) {
        const std::string text = fieldText(field, context);
        if (text.empty() && field.required) {
            texts.missing +=
                (texts.missing.empty() ? "" : "; ") + (field.label.empty() ? field.name : field.label);
        }
        texts.field[field.name] = text;
        // Side by side a name has its own line: it is broken less.
        const bool isStacked = field.form == FieldForm::Name && line.fields.size() > 1;
        cells.push_back(
            {{"label", field.label}, {"value", text}, {"strong", field.strong}, {"isStacked", isStacked}});
    }
    return cells;
}

} // namespace

Result<Json> entryValues(const PaperKind& kind, const Json& context, Missing missing)
{
    Texts texts;
    Json blocks = Json::array();
    for (const PaperBlock& block : kind.blocks) {
        Json lines = Json::array();
        for (const PaperLine& line : block.lines) {
            Json cells = cellsOf(line, context, texts);
            lines.push_back({{"widths", widthsOf(line)}, {"cells", std::move(cells)}});
        }
        blocks.push_back({{"title", block.title}, {"lines", std::move(lines)}});
    }
    if (!texts.missing.empty() && missing == Missing::IsAnError) {
        return fail(ErrorKind::Invalid, kind.title + " chưa in được vì thiếu: " + texts.missing);
    }
    Json notes = notesOf(at(context, "registration"));
    const bool hasNotes = kind.use == PaperUse::Copy && !notes.empty();
    return Json{{"paperTitle", kind.title},
                {"paperMatter", capitalised(kind.heading)},
                {"isFingerprint", kind.name == "attest-fingerprint"},
                {"hasNotes", hasNotes},
                {"heading", upperVietnamese(kind.heading)},
                {"signHere", upperVietnamese(kind.signHere)},
                {"series", kind.series},
                {"isCopy", kind.use == PaperUse::Copy},
                {"field", std::move(texts.field)},
                {"blocks", std::move(blocks)},
                {"registration", registrationValues(context)},
                {"notes", std::move(notes)}};
}

} // namespace motcua
