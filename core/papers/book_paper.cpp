// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/book_paper.h"

#include "core/base/text.h"
#include "core/papers/entry_values.h"
#include "core/papers/paper_sample.h"

#include <algorithm>

namespace motcua {

namespace {

constexpr std::size_t kTrackedOnPage = 9;

std::string twoDigits(std::int64_t number)
{
    return (number < 10 && number >= 0 ? "0" : "") + std::to_string(number);
}

/// Nothing instead of 0, so that a template may leave the words out.
std::string orNothing(std::int64_t number)
{
    return number == 0 ? std::string() : twoDigits(number);
}

Json headValues(const BookHead& head, std::int64_t volume, std::int64_t page)
{
    const std::string year = std::to_string(head.year);
    std::string volumeText = twoDigits(volume) + '/' + year;
    volumeText += head.symbol.empty() ? "" : '-' + head.symbol;
    return {{"title", head.title},
            {"heading", upperVietnamese(head.title)},
            {"office", head.office},
            {"period", head.period},
            {"year", year},
            {"volume", twoDigits(volume)},
            {"volumeText", volumeText},
            {"page", std::to_string(page)}};
}

Json sumValues(const BookSums& sums)
{
    return {{"here", twoDigits(sums.here)},       {"cancelledHere", orNothing(sums.cancelledHere)},
            {"soFar", twoDigits(sums.soFar)},     {"cancelledSoFar", orNothing(sums.cancelledSoFar)},
            {"carried", orNothing(sums.carried)}, {"last", sums.last == 0 ? "–" : std::to_string(sums.last)}};
}

Json chainValues(const ChainMark& chain)
{
    return {{"code", chain.code}, {"text", chain.text}};
}

std::string textAt(const Json& object, const char* pointer, FieldForm form)
{
    PaperField field;
    field.from = {pointer};
    field.form = form;
    return fieldText(field, object);
}

Json notesOf(const Json& registration)
{
    Json notes = Json::array();
    const Json& list = at(registration, "annotations");
    for (std::size_t i = 0; list.is_array() && i < list.size(); ++i) {
        const std::string basis = stringAt(list[i], "basis");
        const std::string signer = stringAt(at(list[i], "signer"), "name", stringAt(list[i], "signer"));
        notes.push_back({{"date", textAt(list[i], "/date", FieldForm::Date)},
                         {"content", stringAt(list[i], "content")},
                         {"basis", basis + (basis.empty() || signer.empty() ? "" : "; ") + signer}});
    }
    return notes;
}

/// What was cancelled stays readable, with the reason.
std::string cancelledText(const Json& registration)
{
    const Json& cancelled = at(registration, "cancelled");
    if (cancelled.is_string()) {
        return cancelled.get<std::string>();
    }
    return cancelled == true ? "số này đã hủy" : std::string();
}

Result<Json> entryOnPage(const PaperKind& kind, const Json& context)
{
    const Json& registration = at(context, "registration");
    Json values = TRY(entryValues(kind, context, Missing::LeftOpen));
    Json cells = Json::array();
    for (const Json& block : values["blocks"]) {
        for (const Json& line : block["lines"]) {
            cells.insert(cells.end(), line["cells"].begin(), line["cells"].end());
        }
    }
    return Json{{"number", stringAt(registration, "numberText")},
                {"day", textAt(registration, "/registeredOn", FieldForm::Date)},
                {"type", stringAt(registration, "type")},
                {"cancelled", cancelledText(registration)},
                {"performer", textAt(registration, "/performer", FieldForm::Text)},
                {"signer", stringAt(at(registration, "signer"), "name")},
                {"signerTitle", stringAt(at(registration, "signer"), "title")},
                {"notes", notesOf(registration)},
                {"blocks", std::move(values["blocks"])},
                {"cells", std::move(cells)}};
}

/// Columns of a ledger with a line for each entry.
void addColumns(const PaperKind& kind, Json& values)
{
    Json columns = Json::array();
    std::string widths;
    for (const PaperField* field : kind.fields()) {
        columns.push_back({{"label", field->label}});
        widths += (widths.empty() ? "" : " ") + std::to_string(std::max<std::int64_t>(field->share, 10));
    }
    values["columns"] = std::move(columns);
    values["widths"] = widths;
}

Result<std::string> markupOf(const PaperKind& kind, const BookHead& head, const BookSheet& sheet,
                             const PaperTemplates& templates)
{
    Json entries = Json::array();
    for (const Json& context : sheet.entries) {
        entries.push_back(TRY(entryOnPage(kind, context)));
    }
    Json values = {{"book", headValues(head, sheet.volume, sheet.page)},
                   {"sum", sumValues(sheet.sums)},
                   {"chain", chainValues(sheet.chain)},
                   {"entries", std::move(entries)}};
    addColumns(kind, values);
    return TRY(templates.markupFor(kind.templateName, values))
    .front();
}

std::string inWords(std::int64_t number)
{
    return numberInWords(number);
}

Result<std::string> closingMarkup(const BookHead& head, const BookClosing& closing,
                                  const PaperTemplates& templates)
{
    const Json close = {
        {"day", closing.day ? longDay(instantInVietnam(*closing.day, Millis{0})) : std::string()},
        {"volumes", twoDigits(closing.volumes)},
        {"pages", twoDigits(closing.pages)},
        {"pagesInWords", inWords(closing.pages)},
        {"numbers", twoDigits(closing.numbers)},
        {"numbersInWords", inWords(closing.numbers)},
        {"carried", twoDigits(closing.carried)},
        {"cancelled", twoDigits(closing.cancelled)},
        {"notes", twoDigits(closing.notes)},
        {"by", closing.by}};
    const Json values = {{"book", headValues(head, closing.volumes, 0)},
                         {"chain", chainValues(closing.chain)},
                         {"close", close}};
    return TRY(templates.markupFor("book-closing", values))
    .front();
}

} // namespace

Result<LaidOutPaper> layOutBook(const PaperKind& kind, const BookHead& head,
                                const std::vector<BookSheet>& sheets,
                                const std::optional<BookClosing>& closing, const PaperTemplates& templates,
                                const Marking& marking)
{
    std::vector<std::string> markup;
    for (const BookSheet& sheet : sheets) {
        markup.push_back(TRY(markupOf(kind, head, sheet, templates)));
    }
    if (closing) {
        markup.push_back(TRY(closingMarkup(head, *closing, templates)));
    }
    return LaidOutPaper::create(kind.name, std::move(markup), marking);
}

Result<LaidOutPaper> layOutTrackingBook(const BookHead& head, const std::vector<TrackedDossier>& dossiers,
                                        const ChainMark& chain, const PaperTemplates& templates,
                                        const Marking& marking)
{
    std::vector<std::string> markup;
    for (std::size_t from = 0; from < std::max<std::size_t>(dossiers.size(), 1); from += kTrackedOnPage) {
        const std::size_t to = std::min(from + kTrackedOnPage, dossiers.size());
        Json entries = Json::array();
        for (std::size_t i = from; i < to; ++i) {
            const TrackedDossier& one = dossiers[i];
            entries.push_back({{"number", std::to_string(i + 1)},
                               {"code", one.code},
                               {"procedure", one.procedure},
                               {"name", one.name},
                               {"address", one.address},
                               {"agency", one.agency},
                               {"received", one.received},
                               {"due", one.due},
                               {"returned", one.returned},
                               {"method", one.method}});
        }
        BookSums sums;
        sums.here = static_cast<std::int64_t>(to - from);
        sums.soFar = static_cast<std::int64_t>(to);
        const Json values = {{"book", headValues(head, 1, static_cast<std::int64_t>(markup.size()) + 1)},
                             {"sum", sumValues(sums)},
                             {"chain", chainValues(chain)},
                             {"entries", std::move(entries)}};
        markup.push_back(TRY(templates.markupFor("tracking-book", values)).front());
    }
    return LaidOutPaper::create("tracking-book", std::move(markup), marking);
}

std::vector<BookSheet> sampleBookSheets(const PaperKind& kind, bool longest)
{
    const SampleLength length = longest ? SampleLength::Longest : SampleLength::Ordinary;
    Json context = sampleContext(kind, length);
    Json& registration = context["registration"];
    registration["type"] = longest ? "Đăng ký cho người đã có hồ sơ, giấy tờ cá nhân" : "Đăng ký đúng hạn";
    registration["annotations"] = Json::array();
    for (int i = 0; i < (longest ? 10 : 1); ++i) {
        registration["annotations"].push_back(
            {{"date", "2027-03-" + std::to_string(10 + i)},
             {"content", "Cải chính năm sinh của người mẹ từ 1984 thành 1985"},
             {"basis", "Trích lục cải chính số " + std::to_string(17 + i) + "/TLCCHT"},
             {"signer", {{"name", "Đặng Văn Đức"}}}});
    }
    BookSheet sheet;
    sheet.volume = 1;
    sheet.page = 12;
    const bool isTable = kind.templateName == "book-table-page";
    sheet.entries.assign(isTable ? (longest ? 3 : 10) : 1, context);
    const auto here = static_cast<std::int64_t>(sheet.entries.size());
    sheet.sums = BookSums{here, longest ? 1 : 0, here + 11, longest ? 1 : 0, longest ? 1'200 : 0, here + 11};
    sheet.chain = ChainMark{"ABCDE-FGHJK-MNPQR-23456", "MC1:so:birth/2026:1:12:ABCDE-FGHJK-MNPQR-23456"};
    return {std::move(sheet)};
}

} // namespace motcua
