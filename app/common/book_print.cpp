// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/book_print.h"

#include "app/common/paper_head.h"
#include "app/common/paper_registration.h"
#include "core/books/book_store.h"
#include "core/journal/chain_code.h"
#include "core/papers/book_paper.h"
#include "core/papers/paper_shelf.h"

#include <algorithm>

namespace motcua {

namespace {

std::string onOneLine(std::string text)
{
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

std::string labelOf(const BookKind& kind, const std::string& type)
{
    const auto found = std::find_if(kind.types.begin(), kind.types.end(),
                                    [&](const RegistrationType& one) { return one.value == type; });
    return found == kind.types.end() ? type : found->label;
}

/// One number a document where a dossier has several.
void nameDocument(const BookKind& kind, const BookEntry& entry, Json& context)
{
    const Json& documents = kind.items.empty() ? Json() : at(at(context, "form"), "documents");
    const Json& item = at(entry.act, "item");
    if (documents.is_array() && item.is_number_integer()) {
        const auto index = item.get<std::int64_t>();
        if (index >= 0 && index < static_cast<std::int64_t>(documents.size())) {
            context["document"] = documents[static_cast<std::size_t>(index)];
        }
    }
}

BookSheet sheetFrom(const Workplace& place, const BookKind& kind, const BookPage& page,
                    const std::string& office)
{
    BookSheet sheet;
    sheet.volume = page.volume;
    sheet.page = page.page;
    for (const BookEntry& entry : page.entries) {
        Json context = at(entry.act, "content"); // what was written: later changes stand in the notes
        context["registration"] = registrationJson(place, entry, office);
        context["registration"]["type"] = labelOf(kind, stringAt(entry.act, "type"));
        nameDocument(kind, entry, context);
        sheet.entries.push_back(std::move(context));
    }
    sheet.sums = BookSums{page.entriesHere,    page.cancelledHere, page.entriesSoFar,
                          page.cancelledSoFar, page.carried,       page.lastNumber};
    sheet.chain = ChainMark{page.chainCode, "MC1:so:" + kind.id + '/' + std::to_string(page.year) + ':' +
                                                std::to_string(page.volume) + ':' +
                                                std::to_string(page.page) + ':' + page.chainCode};
    return sheet;
}

std::int64_t sumAt(const Json& totals, const char* name)
{
    const Json& sum = at(totals, name);
    return sum.is_number_integer() ? sum.get<std::int64_t>() : 0;
}

/// The statement as it was signed: what was annotated after the closing is not in it.
Result<std::optional<BookClosing>> closingOf(Workplace& place, const BookState& state)
{
    if (!state.closed) {
        return std::nullopt;
    }
    const std::vector<BookAct> acts = TRY(BookStore(place.connection()).log(state.key()));
    const auto act = std::find_if(acts.rbegin(), acts.rend(),
                                  [](const BookAct& one) { return stringAt(one.act, "act") == "closed"; });
    if (act == acts.rend()) {
        return fail(ErrorKind::Damaged, "sổ “" + state.key() + "” đã khóa mà không có việc khóa sổ");
    }
    const Json& totals = at(act->act, "totals");
    BookClosing closing;
    closing.volumes = sumAt(totals, "volumes");
    closing.pages = sumAt(totals, "pages");
    closing.numbers = sumAt(totals, "numbers");
    closing.carried = sumAt(totals, "carried");
    closing.cancelled = sumAt(totals, "cancelled");
    closing.notes = sumAt(totals, "notes");
    if (const auto at = parseRfc3339(state.closedAt)) {
        closing.day = dayInVietnam(*at);
    }
    const std::string code = chainCode(act->chain);
    closing.chain = ChainMark{code, "MC1:so:" + state.key() + ":khoa:" + code};
    return closing;
}

const PaperKind* pageKind(const PaperShelf& shelf, const std::string& book)
{
    const auto found = std::find_if(shelf.all().begin(), shelf.all().end(), [&](const PaperKind& one) {
        return one.use == PaperUse::Book &&
               std::find(one.books.begin(), one.books.end(), book) != one.books.end();
    });
    return found == shelf.all().end() ? nullptr : &*found;
}

Result<std::vector<BookSheet>> sheetsOf(Workplace& place, const BookState& state, const BookKind& kind,
                                        BookPages pages, const std::string& office)
{
    BookStore store(place.connection());
    std::vector<BookSheet> sheets;
    std::int64_t number = 0;
    for (const BookPagePlace& spot : TRY(store.pages(state.key()))) {
        ++number;
        if (number >= pages.first && (pages.last == 0 || number <= pages.last)) {
            const BookPage one = TRY(store.page(state.key(), spot.volume, spot.page));
            sheets.push_back(sheetFrom(place, kind, one, office));
        }
    }
    return sheets;
}

std::string timeOrNothing(const std::optional<Instant>& instant)
{
    return instant ? toDisplayTime(*instant) : std::string();
}

} // namespace

Result<LaidOutPaper> bookPaper(Workplace& place, const std::string& book, BookPages pages)
{
    const auto state = TRY(BookStore(place.connection()).state(book));
    if (!state) {
        return fail(ErrorKind::NotFound, "không có sổ “" + book + "” ở quầy này");
    }
    const BookKind* kind = place.catalogue().bookKind(state->kind);
    const PaperShelf shelf = TRY(PaperShelf::load(unitPaperFolder(place.registerFolder())));
    const PaperKind* layout = pageKind(shelf, state->kind);
    if (kind == nullptr || layout == nullptr) {
        return fail(ErrorKind::NotFound, "loại sổ “" + state->kind + "” chưa có mẫu trang");
    }
    const PaperHead unit = TRY(paperHeadOf(place.identity(), place.registerFolder()));
    const BookHead head{kind->title, kind->symbol, onOneLine(unit.issuer), {}, state->year};
    const auto sheets = TRY(sheetsOf(place, *state, *kind, pages, head.office));
    std::optional<BookClosing> closing;
    if (pages.last == 0) {
        closing = TRY(closingOf(place, *state));
    }
    if (sheets.empty() && !closing) {
        return fail(ErrorKind::NotFound, "sổ “" + book + "” không có những trang này");
    }
    const PaperTemplates templates(unitPaperFolder(place.registerFolder()));
    return layOutBook(*layout, head, sheets, closing, templates, Marking{0, place.identity().practice});
}

Result<LaidOutPaper> trackingBookPaper(Workplace& place, Day from, Day to)
{
    const PaperHead unit = TRY(paperHeadOf(place.identity(), place.registerFolder()));
    std::vector<TrackedDossier> tracked;
    for (const DossierRow& row : TRY(place.desk().dossiers().list(ListFilter{}))) {
        const Day day = dayInVietnam(row.received);
        if (day < from || day > to || row.status == Status::Refused) {
            continue;
        }
        const DossierView view = TRY(place.desk().dossiers().byId(row.id));
        const Procedure* procedure = place.catalogue().find(row.procedure, day);
        const std::string phone = row.phone.value_or("");
        const std::string address = stringAt(at(view.dossier, "applicant"), "address");
        tracked.push_back({row.code, procedure == nullptr ? row.procedure : procedure->name, row.name,
                           address + (address.empty() || phone.empty() ? "" : "; ") + phone,
                           unit.governingBody, toDisplayTime(row.received), timeOrNothing(row.due),
                           timeOrNothing(row.returned),
                           stringAt(view.dossier, "returnBy") == "post" ? "Qua bưu chính" : "Tại quầy"});
    }
    std::reverse(tracked.begin(), tracked.end()); // the list is newest first
    const JournalHead last =
        TRY(Journal(place.connection(), place.identity().install, place.identity().epoch).head());
    const ChainMark chain{chainCode(last.chain), headText(place.identity().install, last)};
    const BookHead head{"Sổ theo dõi hồ sơ",
                        {},
                        onOneLine(unit.centre),
                        "từ " + toDisplayDay(from) + " đến " + toDisplayDay(to),
                        static_cast<int>(from.year())};
    const PaperTemplates templates(unitPaperFolder(place.registerFolder()));
    return layOutTrackingBook(head, tracked, chain, templates, Marking{0, place.identity().practice});
}

} // namespace motcua
