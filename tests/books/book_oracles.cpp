// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold after each act, and at the end of a sequence.
#include "tests/books/book_play.h"

#include "core/base/check.h"
#include "core/db/transaction.h"

namespace motcua {

namespace {

constexpr std::int64_t kAll = 1'000'000;
constexpr std::uint64_t kFullOneIn = 25;

} // namespace

void BookPlay::look()
{
    for (const PaperBook& paper : m_papers) {
        int holders = 0;
        for (int at = 0; at < 2; ++at) {
            const auto state = stateAt(at, paper);
            const bool holds = state && state->isHeldBy(side(at).books->self());
            holders += holds ? 1 : 0;
            expect(holds == (paper.holder == at),
                   key(paper) + (holds ? ": held by counter " : ": not held by counter ") +
                       std::to_string(at));
            if (holds) {
                compare(*state, paper, at);
            }
        }
        expect(holders <= 1, key(paper) + " has two holders");
    }
}

void BookPlay::compare(const BookState& state, const PaperBook& paper, int at)
{
    const BookTotals& totals = state.totals;
    const bool isSame = totals.numbers == paper.last() && totals.pages == paper.pages() &&
                        totals.cancelled == paper.cancelled() && totals.volumes == paper.volume &&
                        totals.carried + totals.entries == totals.numbers && state.closed == paper.closed;
    expect(isSame, key(paper) + " at counter " + std::to_string(at) + ": " + dumpJson(toJson(totals)) +
                       " but on paper numbers " + std::to_string(paper.last()) + " pages " +
                       std::to_string(paper.pages()) + " cancelled " + std::to_string(paper.cancelled()) +
                       " volume " + std::to_string(paper.volume));
}

/// The rows themselves, number by number, against the paper book.
void BookPlay::lookAtBook(int at, const PaperBook& paper)
{
    const auto state = stateAt(at, paper);
    if (!state) {
        return;
    }
    const auto entries = side(at).books->books().entries(key(paper), 1, kAll);
    require(entries.has_value(), entries ? "" : entries.error().detail.c_str());
    PaperBook lines = paper;
    std::int64_t last = 0;
    for (const BookEntry& entry : *entries) {
        const PaperBook::Line* line = lines.find(entry.place.number);
        expect(entry.place.number > last, "numbers run upwards");
        last = entry.place.number;
        expect(line != nullptr && line->code == stringAt(entry.act, "code") &&
                   line->volume == entry.place.volume && line->page == entry.place.page,
               key(paper) + " number " + std::to_string(last) + " at counter " + std::to_string(at) +
                   " is not what the paper says");
        expect(!entry.cancelled || (line != nullptr && line->cancelled), "a number is cancelled only here");
    }
    const auto count = static_cast<std::int64_t>(entries->size());
    expect(count == state->totals.entries, "the sum of entries is " + std::to_string(state->totals.entries) +
                                               " for " + std::to_string(count) + " rows");
}

void BookPlay::lookAtEnd()
{
    const bool full = m_dice.below(kFullOneIn) == 0;
    for (int at = 0; at < 2; ++at) {
        for (const PaperBook& paper : m_papers) {
            lookAtBook(at, paper);
        }
        BookStore& books = side(at).books->books();
        const auto wrongs = books.verify();
        expect(wrongs && wrongs->empty(), "the chains of counter " + std::to_string(at));
        const auto kept = books.picture();
        {
            auto borrowed = Transaction::begin(*side(at).store->connection); // never committed
            expect(borrowed && books.rebuild().has_value(), "the books are rebuilt");
            const auto anew = books.picture();
            expect(kept && anew && *kept == *anew, "rebuilt is not incremental at " + std::to_string(at));
        }
        if (full) {
            expect(side(at).store->findings().empty(), "the register of counter " + std::to_string(at));
        }
    }
}

} // namespace motcua
