// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/paperwork.h"

#include "app/common/correction_letter.h"
#include "app/common/paper_head.h"
#include "app/common/paper_request.h"
#include "core/papers/print_snapshot.h"

namespace motcua {

namespace {

Result<PaperShelf> shelfOf(const Workplace& place)
{
    return PaperShelf::load(unitPaperFolder(place.registerFolder()));
}

/// A paper that has not been laid out yet.
struct NewPaper
{
    PaperRequest request;
    std::string series;
};

const PaperKind* kindOf(const PaperShelf& shelf, const DossierView& view, const std::string& paper)
{
    return shelf.find(paper, dayInVietnam(view.row.received));
}

Result<NewPaper> newPaper(Workplace& place, const DossierView& view, const std::string& paper,
                          const PaperKind* kind, const std::string& reason)
{
    const PaperMatter matter = TRY(paperMatterOf(place, view));
    if (kind == nullptr) {
        return fail(ErrorKind::NotFound, "there is no paper '" + paper + "'");
    }
    std::string why;
    const PaperSituation* now = situationFor(*kind, matter, place.catalogue().calendar(), why);
    if (now == nullptr) {
        return fail(ErrorKind::Refused, std::move(why));
    }
    NewPaper made;
    made.request = TRY(paperRequestFor(place, view, matter, *now, *kind, reason));
    // A counter without a network cannot know which numbers the others gave: one of them numbers the papers
    // of the unit, on the others the number is written by hand.
    if (made.request.head.numberSlot == place.identity().slot) {
        made.series = kind->series;
    }
    return made;
}

/// Where in the journal the prints of this paper begin: after its number in the book was cancelled, and after
/// the event that it speaks of, it is another paper than the one that was printed before.
Result<Position> beginningOf(Workplace& place, const DossierView& view, const PaperKind* kind)
{
    if (kind == nullptr || (kind->books.empty() && kind->after.empty())) {
        return Position{};
    }
    const PaperEvents events = paperEvents(TRY(place.desk().dossiers().history(view.row.id)));
    const auto found = events.positions.find(kind->books.empty() ? kind->after : "cancelled");
    return found == events.positions.end() ? Position{} : Position{found->second};
}

Result<LaidOutPaper> layOutNew(Workplace& place, const PaperRequest& request)
{
    const PaperTemplates templates(unitPaperFolder(place.registerFolder()));
    return layOut(TRY(paperDataFor(request)), templates, Marking{0, place.identity().practice});
}

} // namespace

Result<std::vector<PaperTitle>> papersOf(Workplace& place, const DossierView& view)
{
    const PaperShelf shelf = TRY(shelfOf(place));
    const PaperMatter matter = TRY(paperMatterOf(place, view));
    std::vector<PaperTitle> papers;
    for (const PaperKind& kind : shelf.all()) {
        std::string why;
        if (situationFor(kind, matter, place.catalogue().calendar(), why) != nullptr) {
            papers.push_back({kind.name, kind.title});
        }
    }
    return papers;
}

Result<PreparedPaper> preparePaper(Workplace& place, const std::string& code, const std::string& paper,
                                   const std::string& reason)
{
    const DossierView view = TRY(place.desk().dossiers().byCode(code));
    const PaperShelf shelf = TRY(shelfOf(place));
    const PaperKind* kind = kindOf(shelf, view, paper);
    const Position since = TRY(beginningOf(place, view, kind));
    const Desk::Printed before = TRY(place.desk().printed(code, paper, since));
    const Instant now = place.clock().now();
    const auto number = before.numbered ? std::optional(before.numbered->number) : std::nullopt;
    // A letter about corrections is a new one while there is something that no letter said yet.
    const bool isNewLetter = paper == kCorrectionPaper &&
                             !TRY(correctionsOf(place.connection(), place.desk().dossiers(), view.row.id))
    .changes.empty();
    if (before.times > 0 && before.snapshot && !isNewLetter) {
        LaidOutPaper again =
            TRY(layOutAgain(*before.snapshot, Marking{before.times, place.identity().practice}));
        return PreparedPaper{code, std::move(again), before.times, {}, now, {}, number};
    }
    if (before.numbered) { // given, and nobody said that it came out: the same paper again
        LaidOutPaper again =
            TRY(layOutAgain(before.numbered->snapshot, Marking{0, place.identity().practice}));
        return PreparedPaper{code, std::move(again), 0, before.numbered->snapshot, now, {}, number};
    }
    const NewPaper made = TRY(newPaper(place, view, paper, kind, reason));
    LaidOutPaper laidOut = TRY(layOutNew(place, made.request));
    std::string snapshot = snapshotOf(laidOut).bytes;
    return PreparedPaper{code, std::move(laidOut), 0, std::move(snapshot), now, made.series, {}};
}

Answer<PreparedPaper> numberedPaper(Workplace& place, PreparedPaper prepared)
{
    if (prepared.series.empty()) {
        return prepared;
    }
    const std::string name = prepared.paper.name();
    const DossierView view = TRY(place.desk().dossiers().byCode(prepared.code));
    const PaperShelf shelf = TRY(shelfOf(place));
    const PaperKind* kind = kindOf(shelf, view, name);
    NewPaper made = TRY(newPaper(place, view, name, kind, {}));
    const auto compose = [&](const PaperNumber& number) -> Result<std::string> {
        made.request.paperNumber = std::to_string(number.number);
        return snapshotOf(TRY(layOutNew(place, made.request))).bytes;
    };
    const Position since = TRY(beginningOf(place, view, kind));
    NumberedPaper numbered =
        TRY(place.desk().numberPaper(prepared.code, name, prepared.series, compose, since));
    prepared.paper = TRY(layOutAgain(numbered.snapshot, Marking{0, place.identity().practice}));
    prepared.snapshot = std::move(numbered.snapshot);
    prepared.number = numbered.number;
    prepared.series.clear();
    return prepared;
}

std::string fileStem(const std::string& paper, const std::string& code)
{
    std::string stem = code.empty() ? paper : paper + '-' + code;
    for (char& c : stem) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '.' || c == '-';
        c = plain ? c : '_';
    }
    return stem;
}

Answer<void> recordPaper(Workplace& place, const PreparedPaper& prepared, const PrintEnd& end)
{
    PrintEvent event;
    event.paper = prepared.paper.name();
    event.printer = end.printer;
    event.copies = prepared.paper.copyCount();
    event.outcome = end.outcome;
    event.sha256 = end.sha256;
    event.snapshot = prepared.snapshot;
    event.reprint = prepared.reprint;
    event.number = prepared.number;
    return place.desk().recordPrint(prepared.code, event);
}

} // namespace motcua
