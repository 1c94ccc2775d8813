// SPDX-License-Identifier: GPL-3.0-or-later
// What a counter may lose, and how the book goes on from the paper.
#include "tests/books/book_play.h"

#include "core/base/check.h"

#include <algorithm>
#include <iostream>

namespace motcua {

namespace {

constexpr const char* kKind = "guardianship";
const BookSigner kSigner{"Trần Văn Minh", "Chủ tịch"};

} // namespace

/// Where the old year's book was taken up from the paper, so is the new one's.
void BookPlay::beginFromPaper(int at, int year)
{
    if (m_papers.empty() || m_papers.back().year >= year || !m_papers.back().succeeded) {
        return;
    }
    const auto done =
        side(at).books->recover(kKind, year, {0, 1, 0, 0, 0}, "Sổ năm trước lập lại từ sổ giấy");
    note(done, "begin " + std::to_string(year) + " from paper at " + std::to_string(at));
    expect(done.has_value(), "a leader begins the year from the paper book");
    if (!done) {
        return;
    }
    PaperBook paper;
    paper.year = year;
    paper.perPage = done->entriesPerPage;
    paper.pagesPerVolume = done->pagesPerVolume;
    paper.begin({});
    paper.holder = at;
    m_papers.push_back(std::move(paper));
}

void BookPlay::backUp(int at)
{
    side(at).backup = side(at).store->copyDisk();
}

void BookPlay::restore(int at)
{
    if (!side(at).backup) {
        return;
    }
    if (m_tell) {
        std::cout << "restore " << at << '\n';
    }
    side(at).books.reset();
    const DiskCopy copy = *side(at).backup;
    side(at).store->restore(copy);
    side(at).books = std::make_unique<BookDesk>(*side(at).store->desk);
    for (PaperBook& paper : m_papers) {
        if (paper.holder == at) {
            paper.holder.reset();
        }
        paper.inDoubt = true;
    }
    introduce(at, 1 - at);
    introduce(1 - at, at);
}

void BookPlay::repeatWhatWasLost(int at, PaperBook& paper)
{
    // What the lost register knew of older entries stands on the paper, and is written once more.
    BookDesk& books = *side(at).books;
    for (const PaperBook::Line& line : paper.lines) {
        const auto entry = books.books().entry(key(paper), line.number);
        if (line.cancelled && entry && !entry->cancelled) {
            expect(books.cancel(key(paper), line.number, "Theo sổ giấy", kSigner).has_value(),
                   "a cancellation is written once more");
        }
    }
    if (paper.closed && !stateAt(at, paper)->closed) {
        expect(books.close(key(paper), kSigner).has_value(), "a closing is written once more");
    }
}

void BookPlay::recover(int at)
{
    PaperBook& paper = anyPaper();
    if (paper.holder || (paper.onItsWayTo && !paper.inDoubt)) {
        return; // the paper book lies on a desk, or under somebody's arm, where everybody can see it
    }
    const auto state = stateAt(at, paper);
    BookBalance read = paper.asReadFrom(state ? state->totals.numbers : 0);
    if (m_mutant == BookMutant::Paper && read.last > 0) {
        --read.last;
    }
    const auto done = side(at).books->recover(kKind, paper.year, read, "Máy hỏng");
    note(done, "recover " + key(paper) + " at " + std::to_string(at));
    if (!done && m_mutant == BookMutant::Paper) {
        return;
    }
    expect(done.has_value(), "a leader takes the book up: " + (done ? "" : wordsOf(done.error())));
    if (!done) {
        return;
    }
    // The leader takes away what was still under way; older sticks lie in their drawers.
    std::erase_if(m_sticks, [&](const Stick& stick) {
        return stick.year == paper.year && (stick.hop == -1 || stick.hop == paper.hop);
    });
    paper.holder = at;
    paper.onItsWayTo.reset();
    paper.inDoubt = false;
    paper.hop = done->hop;
    paper.perPage = done->entriesPerPage;
    paper.pagesPerVolume = done->pagesPerVolume;
    paper.used = done->line;
    const int year = static_cast<int>(dayInVietnam(m_now).year());
    paper.succeeded = paper.succeeded || year > paper.year;
    repeatWhatWasLost(at, paper);
}

void BookPlay::cutPower(int at)
{
    if (!m_hasPower) {
        restarted(at);
        return;
    }
    SeededRandom dice(m_dice.next());
    side(at).books.reset();
    side(at).store->cutPower(dice);
    restarted(at);
}

void BookPlay::restarted(int at)
{
    side(at).books.reset();
    const auto again = side(at).store->restart();
    require(again.has_value(), again ? "" : again.error().detail.c_str());
    side(at).books = std::make_unique<BookDesk>(*side(at).store->desk);
}

} // namespace motcua
