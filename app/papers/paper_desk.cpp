// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/papers/paper_desk.h"

#include "app/common/day_sheet.h"
#include "app/common/paper_head.h"
#include "app/common/readable_form.h"
#include "app/widgets/display_text.h"
#include "core/dossier/draft.h"
#include "core/papers/paper_templates.h"

#include <memory>

namespace motcua {

Result<PrintJob> PaperDesk::paperOf(const std::string& code, const std::string& paper)
{
    auto prepared = std::make_shared<PreparedPaper>(TRY(preparePaper(m_place, code, paper)));
    const auto record = [&place = m_place, prepared](const PressEnd& end, const std::string& outcome) {
        return recordPaper(place, *prepared, PrintEnd{toUtf8(end.printer), outcome, end.sha256});
    };
    PrintJob job{prepared->paper, toQString(fileStem(paper, code)), prepared->madeAt, record};
    if (!prepared->series.empty()) {
        job.issue = [&place = m_place, prepared]() -> Answer<LaidOutPaper> {
            *prepared = TRY(numberedPaper(place, *prepared));
            return prepared->paper;
        };
    }
    // A reprint bears the number of the sheet that came out: spoiling it uses nothing up.
    if (prepared->reprint == 0 && (prepared->number || !prepared->series.empty())) {
        job.again = [&place = m_place, code, paper] { return PaperDesk(place).paperOf(code, paper); };
    }
    return job;
}

Result<PrintJob> PaperDesk::checkSheet(const Json& draft)
{
    const Instant now = m_place.clock().now();
    const CheckedDraft checked = checkDraft(draft, m_place.catalogue(), now);
    if (checked.procedure == nullptr) {
        return fail(ErrorKind::NotFound, stringAt(draft, "procedure"));
    }
    PaperRequest request;
    request.paper = "check-sheet";
    request.dossier = checked.dossier;
    request.procedureName = checked.procedure->name;
    request.sections =
        readableForm(m_place.catalogue().form(*checked.procedure, dayInVietnam(now)), checked.dossier);
    request.head = TRY(paperHeadOf(m_place.identity(), m_place.folder().folder()));
    request.official = m_place.desk().actor().fullName;
    request.term = termText(checked.term.spanFor("counter"));
    for (const FeeLine& line : checked.fee.lines) {
        request.fees.push_back({line.text, line.amount});
    }
    request.printedAt = now;
    const PaperTemplates templates(unitPaperFolder(m_place.folder().folder()));
    const Marking marking{0, m_place.identity().practice};
    return PrintJob
    {
        TRY(layOut(TRY(paperDataFor(request)), templates, marking))
        , QStringLiteral("check-sheet"), now, {}
    };
}

Result<PrintJob> PaperDesk::book(const std::string& book, BookPages pages)
{
    LaidOutPaper paper = TRY(bookPaper(m_place, book, pages));
    const auto record = [&place = m_place, book](const PressEnd& end,
                                                 const std::string& outcome) -> Answer<void> {
        TRY(place.desk().recordView("book.printed", {{"book", book},
                                                     {"printer", toUtf8(end.printer)},
                                                     {"outcome", outcome},
                                                     {"sha256", end.sha256}}));
        return {};
    };
    return PrintJob{std::move(paper), toQString(fileStem("book-" + book, {})), m_place.clock().now(), record};
}

Result<PrintJob> PaperDesk::daySheet(const DayStatus& status)
{
    LaidOutPaper paper = TRY(motcua::daySheet(m_place, status));
    const auto record = [&place = m_place, status](const PressEnd& end, const std::string& outcome) {
        return recordDaySheet(place, status, {toUtf8(end.printer), outcome, end.sha256});
    };
    return PrintJob{std::move(paper), toQString(daySheetStem(m_place, status)), status.at, record};
}

} // namespace motcua
