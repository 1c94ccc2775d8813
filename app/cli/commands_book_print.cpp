// SPDX-License-Identifier: GPL-3.0-or-later
// Ledgers on paper: the pages of a book as they are bound, and the tracking book.
#include "app/cli/book_words.h"
#include "app/cli/command.h"
#include "app/cli/target_file.h"
#include "app/common/book_print.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/papers/paper_output.h"

namespace motcua::cli {

namespace {

constexpr std::string_view kTrackingBook = "07"; ///< the number of its form (TT 01/2018/TT-VPCP)

/// "3-7", or "3" for one page.
Reply<BookPages> pagesOf(const Arguments& arguments)
{
    const auto text = arguments.value("pages");
    if (!text) {
        return BookPages{};
    }
    const auto dash = text->find('-');
    const auto first = readInteger(text->substr(0, dash));
    const auto last = dash == std::string::npos ? first : readInteger(text->substr(dash + 1));
    if (!first || !last || *first < 1 || *last < *first) {
        return misuse("--pages là hai số trang, ví dụ 1-20.");
    }
    return BookPages{*first, *last};
}

Reply<LaidOutPaper> wantedPaper(Workplace& place, const Arguments& arguments, const std::string& word)
{
    if (word == kTrackingBook) {
        const Day today = dayInVietnam(place.clock().now());
        const auto from = TRY(arguments.day("from"));
        const auto to = TRY(arguments.day("to"));
        return TRY(trackingBookPaper(place, from.value_or(today), to.value_or(today)));
    }
    const BookPages pages = TRY(pagesOf(arguments));
    const std::string book = TRY(bookOf(place, word));
    return TRY(bookPaper(place, book, pages));
}

Reply<Outcome> runBookPrint(Session& session, const Arguments& arguments)
{
    const std::string file = TRY(arguments.required("out"));
    TRY(mustBeReplaceable(file));
    const std::string word = arguments.words().front();
    Workplace* place = TRY(session.workplaceFor(Act::Print, arguments));
    session.needQt();
    const LaidOutPaper paper = TRY(wantedPaper(*place, arguments, word));
    const std::string digest = TRY(writePdf(paper, place->clock().now(), file));
    TRY(place->desk().recordView("book.printed", {{"book", word}, {"sha256", digest}}));
    Outcome outcome;
    outcome.document = {{"pages", paper.pageCount()}, {"sha256", digest}};
    outcome.text = "Đã ghi " + file + " (" + std::to_string(paper.pageCount()) + " trang)";
    return outcome;
}

constexpr std::array kCommands{
    Command{"book print",
            "SỔ [--pages A-B] | 07 [--from NGÀY --to NGÀY] --out TỆP",
            "Trang sổ để đóng quyển, với cộng trang và mã; 07: sổ theo dõi hồ sơ.",
            1,
            1,
            {"pages", "from", "to", "out"},
            runBookPrint},
};

} // namespace

std::span<const Command> bookPrintCommands()
{
    return kCommands;
}

} // namespace motcua::cli
