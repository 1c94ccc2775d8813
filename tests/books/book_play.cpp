// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/books/book_play.h"

#include "core/base/check.h"

namespace motcua {

namespace {

constexpr std::uint64_t kPowerOneIn = 50; ///< files are really opened and recovered; ten times as slow
constexpr std::int64_t kFirstMorning = 1'793'667'600'000; // 2026-11-03, 08:00 in Viet Nam

} // namespace

std::optional<BookMutant> parseBookMutant(std::string_view name)
{
    if (name == "holder") {
        return BookMutant::Holder;
    }
    if (name == "commit") {
        return BookMutant::Commit;
    }
    if (name == "paper") {
        return BookMutant::Paper;
    }
    return std::nullopt;
}

BookPlay::BookPlay(std::uint64_t seed, BookMutant mutant, bool tell)
    : m_dice(seed), m_mutant(mutant), m_tell(tell),
      m_hasPower(mutant == BookMutant::Commit || m_dice.below(kPowerOneIn) == 0),
      m_now(fromMillis(kFirstMorning))
{
    for (int at = 0; at < 2; ++at) {
        side(at).store = std::make_unique<WorldStore>(at, m_hasPower ? StoreMode::Sqlite : StoreMode::Memory);
        side(at).store->random = SeededRandom(m_dice.next());
        side(at).books = std::make_unique<BookDesk>(*side(at).store->desk);
    }
    setClocks(m_now);
    introduce(0, 1);
    introduce(1, 0);
}

void BookPlay::introduce(int to, int who)
{
    const auto card = side(who).books->card();
    require(card.has_value(), card ? "" : card.error().detail.c_str());
    const auto known = side(to).books->know(*card, cardCode(*card));
    const bool isKnown = known || known.error().problems.front().rule == "counter-known";
    expect(isKnown, "two counters know each other");
}

void BookPlay::setClocks(Instant now)
{
    for (Side& one : m_sides) {
        one.store->clock.setWall(now);
    }
}

std::string BookPlay::key(const PaperBook& paper) const
{
    return bookKey("guardianship", paper.year);
}

PaperBook* BookPlay::current()
{
    const int year = static_cast<int>(dayInVietnam(m_now).year());
    return !m_papers.empty() && m_papers.back().year == year ? &m_papers.back() : nullptr;
}

PaperBook& BookPlay::anyPaper()
{
    require(!m_papers.empty(), "there is a book");
    // Mostly this year's.
    return m_dice.below(4) != 0 ? m_papers.back() : m_papers[m_dice.below(m_papers.size())];
}

std::optional<BookState> BookPlay::stateAt(int at, const PaperBook& paper)
{
    const auto state = side(at).books->books().state(key(paper));
    require(state.has_value(), state ? "" : state.error().detail.c_str());
    return *state;
}

void BookPlay::expect(bool holds, const std::string& what)
{
    if (!holds && m_wrong.empty()) {
        m_wrong = what;
    }
}

std::string BookPlay::run(int steps)
{
    for (int i = 0; i < steps && m_wrong.empty(); ++i) {
        step();
        look();
        if (!m_wrong.empty()) {
            m_wrong = "step " + std::to_string(i + 1) + ": " + m_wrong;
        }
    }
    if (m_wrong.empty()) {
        lookAtEnd();
    }
    return m_wrong;
}

} // namespace motcua
