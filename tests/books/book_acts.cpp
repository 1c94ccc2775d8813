// SPDX-License-Identifier: GPL-3.0-or-later
// What may happen to two counters and their books.
#include "tests/books/book_play.h"

#include "core/base/check.h"

#include "tests/support/guardianship_draft.h"

#include <algorithm>
#include <iostream>

namespace motcua {

namespace {

constexpr const char* kKind = "guardianship";
const BookSigner kSigner{"Trần Văn Minh", "Chủ tịch"};

} // namespace

void BookPlay::step()
{
    m_now += Millis{60'000 * static_cast<std::int64_t>(1 + m_dice.below(600))};
    setClocks(m_now);
    const int at = static_cast<int>(m_dice.below(2));
    // Without a book there is little to do but to open one.
    const std::uint64_t draw = m_papers.empty() ? 82 + m_dice.below(8) : m_dice.below(100);
    struct Fate
    {
        std::uint64_t upTo;
        void (BookPlay::*act)(int);
    };
    static constexpr Fate fates[]{
        {40, &BookPlay::sign},      {45, &BookPlay::cancel},   {50, &BookPlay::annotate},
        {53, &BookPlay::newVolume}, {64, &BookPlay::handOver}, {67, &BookPlay::makeFileAgain},
        {82, &BookPlay::take},      {88, &BookPlay::open},     {90, &BookPlay::backUp},
        {92, &BookPlay::close},     {94, &BookPlay::restore},  {96, &BookPlay::recover},
        {97, &BookPlay::cutPower},
    };
    for (const Fate& fate : fates) {
        if (draw < fate.upTo) {
            (this->*fate.act)(at);
            return;
        }
    }
    draw < 99 ? spoilStick() : nextYear();
}

bool BookPlay::signAs(int at, const std::string& code, Answer<SignedEntries>& done)
{
    Side& here = side(at);
    SignRequest request;
    request.code = code;
    request.signer = kSigner;
    const PaperBook* paper = current();
    const auto state = paper == nullptr ? std::nullopt : stateAt(at, *paper);
    if (m_mutant == BookMutant::Holder && state && state->holder) {
        RegisterIdentity liar = here.store->identity();
        liar.epoch = state->holder->epoch;
        liar.install = state->holder->install;
        Desk desk(*here.store->connection, liar, here.store->desk->actor(), here.store->catalogue,
                  here.store->clock, here.store->random);
        done = BookDesk(desk).sign(request);
        return true;
    }
    const bool fails = m_hasPower && m_dice.below(4) == 0;
    if (fails) {
        MemoryDisk::the().cutPowerAt(here.store->machine(), static_cast<std::int64_t>(1 + m_dice.below(12)),
                                     m_dice.next());
    }
    done = here.books->sign(request);
    const bool isCut = fails && MemoryDisk::the().tookPowerCut();
    if (isCut) {
        restarted(at);
    }
    return !isCut;
}

void BookPlay::sign(int at)
{
    Side& here = side(at);
    const Day today = dayInVietnam(here.store->clock.now());
    const auto received =
        here.store->desk->receive(guardianshipDraft(here.store->catalogue, today, "Nguyễn Văn Hà"));
    expect(received.has_value(), "a dossier is taken in");
    if (!received) {
        return;
    }
    Answer<SignedEntries> done = tl::unexpected(Refusal(Problems{}));
    const bool isKnown = signAs(at, received->code, done);
    note(done, "sign at " + std::to_string(at));
    PaperBook* paper = current();
    const bool isWritten = done.has_value() || (!isKnown && [&] {
                               // The power went: what is on the disk decides, nobody has printed anything.
                               const auto entries = here.books->entriesOf(received->code);
                               return m_mutant == BookMutant::Commit || (entries && !entries->empty());
                           }());
    const bool may = paper != nullptr && paper->holder == at && !paper->closed && !paper->succeeded;
    if (!isWritten) {
        expect(!may || !isKnown, "the holder gets a number");
        return;
    }
    expect(may, "a number at counter " + std::to_string(at) + " that does not hold the book");
    if (paper == nullptr) {
        return;
    }
    paper->write(received->code);
    ++m_signed;
    expect(
        !done || (done->first == paper->last() && done->last == paper->last() && done->book == key(*paper)),
        "number " + std::to_string(done ? done->first : 0) + " instead of " + std::to_string(paper->last()));
    expect(!done || done->volume == paper->volume, "the entry stands in another volume");
}

void BookPlay::cancel(int at)
{
    PaperBook& paper = anyPaper();
    const auto number =
        1 + static_cast<std::int64_t>(m_dice.below(static_cast<std::uint64_t>(paper.last()) + 1));
    PaperBook::Line* line = paper.find(number);
    const auto done = side(at).books->cancel(key(paper), number, "Vào nhầm", kSigner);
    note(done, "cancel " + std::to_string(number) + " at " + std::to_string(at));
    if (done) {
        expect(paper.holder == at && line != nullptr && !line->cancelled && !paper.closed,
               "a cancellation too many");
        if (line != nullptr) {
            line->cancelled = true;
        }
    }
}

void BookPlay::annotate(int at)
{
    PaperBook& paper = anyPaper();
    const auto number =
        1 + static_cast<std::int64_t>(m_dice.below(static_cast<std::uint64_t>(paper.last()) + 1));
    BookAnnotation annotation{dayInVietnam(m_now),
                              "Cải chính họ tên",
                              "Trích lục số 7",
                              "UBND",
                              kSigner,
                              {{"/applicant/name", "Nguyễn Văn Hải"}}};
    const auto done = side(at).books->annotate(key(paper), number, annotation);
    note(done, "annotate at " + std::to_string(at));
    const PaperBook::Line* line = paper.find(number);
    expect(!done || (paper.holder == at && line != nullptr && !line->cancelled), "an annotation too many");
}

void BookPlay::newVolume(int at)
{
    PaperBook& paper = anyPaper();
    const auto done = side(at).books->newVolume(key(paper));
    note(done, "volume at " + std::to_string(at));
    if (done) {
        expect(paper.holder == at && !paper.closed && !paper.succeeded && paper.page > 0,
               "a volume too many");
        paper.newVolume();
    }
}

void BookPlay::keepStick(int at, const PaperBook& paper)
{
    const auto file = side(at).books->handOverFile(key(paper));
    note(file, "file of hop " + std::to_string(paper.hop) + " from " + std::to_string(at));
    if (file) {
        m_sticks.push_back({*file, paper.year, paper.hop, 1 - at, side(at).store->identity().epoch, false});
    }
}

void BookPlay::handOver(int at)
{
    PaperBook& paper = anyPaper();
    const auto done = side(at).books->handOver(key(paper), side(1 - at).store->identity().install);
    note(done, "hand over " + key(paper) + " from " + std::to_string(at));
    expect(done.has_value() == (paper.holder == at), "the holder, and nobody else, hands over");
    if (!done) {
        return;
    }
    paper.holder.reset();
    paper.onItsWayTo = 1 - at;
    paper.inDoubt = false;
    ++paper.hop;
    if (m_dice.below(4) != 0) { // else it is killed between, and the file is made later
        keepStick(at, paper);
    } else {
        restarted(at);
    }
}

void BookPlay::makeFileAgain(int at)
{
    const PaperBook& paper = anyPaper();
    if (paper.onItsWayTo == 1 - at && !paper.inDoubt) {
        const std::size_t before = m_sticks.size();
        keepStick(at, paper);
        expect(m_sticks.size() == before + 1, "the file of a hand-over is made again");
    } else if (const auto file = side(at).books->handOverFile(key(paper))) {
        m_sticks.push_back({*file, paper.year, -1, 1 - at, side(at).store->identity().epoch, false});
    }
}

void BookPlay::spoilStick()
{
    if (m_sticks.empty()) {
        return;
    }
    Stick stick = m_sticks[m_dice.below(m_sticks.size())];
    if (m_dice.below(2) == 0) {
        stick.bytes.resize(m_dice.below(stick.bytes.size()));
    } else {
        char& byte = stick.bytes[m_dice.below(stick.bytes.size())];
        byte = static_cast<char>(byte ^ static_cast<char>(1 + m_dice.below(255)));
    }
    stick.spoiled = true;
    m_sticks.push_back(std::move(stick));
}

void BookPlay::take(int at)
{
    if (m_sticks.empty()) {
        return;
    }
    // Mostly the newest, at times any that still lies in a drawer.
    const Stick stick = m_dice.below(3) != 0 ? m_sticks.back() : m_sticks[m_dice.below(m_sticks.size())];
    PaperBook* paper = nullptr;
    for (PaperBook& book : m_papers) {
        paper = book.year == stick.year ? &book : paper;
    }
    const auto before = stateAt(at, *paper);
    const auto done = side(at).books->takeOver(stick.bytes);
    note(done, "take hop " + std::to_string(stick.hop) + " at " + std::to_string(at));
    const bool isRight = !stick.spoiled && stick.to == at && paper->onItsWayTo == at &&
                         (stick.hop == paper->hop || (paper->inDoubt && stick.hop == -1));
    if (!done) {
        const auto after = stateAt(at, *paper);
        expect(before.has_value() == after.has_value() && (!before || toJson(*before) == toJson(*after)),
               "a refused file changed something");
        expect(!isRight || paper->inDoubt, "the right file is refused: " + wordsOf(done.error()));
        return;
    }
    expect(isRight, "a wrong file was taken");
    paper->holder = at;
    paper->onItsWayTo.reset();
    paper->inDoubt = false;
    ++m_passed;
}

void BookPlay::nextYear()
{
    if (m_papers.size() >= 3) {
        return;
    }
    const int year = static_cast<int>(dayInVietnam(m_now).year()) + 1;
    m_now = instantInVietnam(Day{std::chrono::year{year} / 1 / 2}, Millis{8 * 3'600'000});
    setClocks(m_now);
}

void BookPlay::open(int at)
{
    const int year = static_cast<int>(dayInVietnam(m_now).year());
    PaperBook paper;
    paper.year = year;
    paper.perPage = 1 + static_cast<std::int64_t>(m_dice.below(3));
    paper.pagesPerVolume = 1 + static_cast<std::int64_t>(m_dice.below(4));
    BookOpening opening;
    opening.entriesPerPage = paper.perPage;
    opening.pagesPerVolume = paper.pagesPerVolume;
    BookBalance before;
    PaperBook* last = m_papers.empty() ? nullptr : &m_papers.back();
    // Who says that a paper book is taken over has looked at it: nobody says so where another counter holds
    // it.
    const bool may = last == nullptr ? at == 1 : last->holder == at && last->year < year;
    if (m_dice.below(3) == 0 && may) {
        before = {static_cast<std::int64_t>(1 + m_dice.below(50)), 2, 1, 7,
                  static_cast<std::int64_t>(m_dice.below(2))};
        opening.balance = before;
        opening.reason = "Chuyển từ sổ giấy";
    }
    paper.begin(before);
    const auto done = side(at).books->open(kKind, opening);
    note(done, "open " + std::to_string(year) + " at " + std::to_string(at));
    if (!done) {
        beginFromPaper(at, year);
        return;
    }
    expect(may, "a book is begun where it may not be");
    if (last != nullptr) {
        last->succeeded = true;
    }
    paper.holder = at;
    m_papers.push_back(std::move(paper));
}

void BookPlay::close(int at)
{
    PaperBook& paper = anyPaper();
    if (paper.year == static_cast<int>(dayInVietnam(m_now).year()) && m_dice.below(4) != 0) {
        return; // mostly at the year's end
    }
    const auto done = side(at).books->close(key(paper), kSigner);
    note(done, "close at " + std::to_string(at));
    if (!done) {
        expect(paper.holder != at || paper.closed, "the holder closes");
        return;
    }
    expect(paper.holder == at && !paper.closed, "a closing too many");
    expect(done->numbers == paper.last() && done->pages == paper.pages() &&
               done->cancelled == paper.cancelled() && done->volumes == paper.volume &&
               done->carried + done->entries == done->numbers,
           "the closing does not add up: " + dumpJson(toJson(*done)) + " pages " +
               std::to_string(paper.pages()) + " cancelled " + std::to_string(paper.cancelled()) + " last " +
               std::to_string(paper.last()));
    paper.closed = true;
}
} // namespace motcua
