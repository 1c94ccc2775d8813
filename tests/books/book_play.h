// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/book_desk.h"
#include "tests/books/book_model.h"
#include "tests/support/world_store.h"

#include <array>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// A safeguard that is missing, at the box's own seams, never in the product.
enum class BookMutant
{
    None,
    Holder, ///< whoever asks is told to be the holder
    Commit, ///< a number counts as given before its transaction is on the disk
    Paper,  ///< the leader reads the last number of the paper book as one less
};
[[nodiscard]] std::optional<BookMutant> parseBookMutant(std::string_view name);

/// Two counters, one paper book a year, and random acts. Everything is drawn from the seed.
class BookPlay
{
public:
    BookPlay(std::uint64_t seed, BookMutant mutant, bool tell);

    /// Plays `steps` acts and looks at the books after each. What is wrong, or empty.
    [[nodiscard]] std::string run(int steps);
    /// How often each act came to its end, for the reader of the last line.
    [[nodiscard]] std::int64_t signedNumbers() const { return m_signed; }
    [[nodiscard]] std::int64_t passed() const { return m_passed; }
    [[nodiscard]] std::int64_t refused() const { return m_refused; }

private:
    struct Side
    {
        std::unique_ptr<WorldStore> store;
        std::unique_ptr<BookDesk> books;
        std::optional<DiskCopy> backup;
    };
    struct Stick
    {
        std::string bytes;
        std::int64_t year = 0;
        std::int64_t hop = 0;
        int to = 0;
        std::int64_t giverEpoch = 0;
        bool spoiled = false;
    };

    // Acts, in book_acts.cpp
    void step();
    void sign(int at);
    void cancel(int at);
    void annotate(int at);
    void newVolume(int at);
    void handOver(int at);
    void makeFileAgain(int at);
    void take(int at);
    void spoilStick();
    void nextYear();
    void open(int at);
    void beginFromPaper(int at, int year);
    void close(int at);
    void backUp(int at);
    void restore(int at);
    void recover(int at);
    void cutPower(int at);
    [[nodiscard]] bool signAs(int at, const std::string& code, Answer<SignedEntries>& done);
    void restarted(int at);
    void setClocks(Instant now);
    void repeatWhatWasLost(int at, PaperBook& paper);
    void keepStick(int at, const PaperBook& paper);

    // Looking, in book_oracles.cpp
    void look();
    void lookAtBook(int at, const PaperBook& paper);
    void lookAtEnd();
    void compare(const BookState& state, const PaperBook& paper, int at);
    void expect(bool holds, const std::string& what);

    [[nodiscard]] Side& side(int at) { return m_sides[static_cast<std::size_t>(at)]; }
    [[nodiscard]] std::string key(const PaperBook& paper) const;
    [[nodiscard]] PaperBook* current();
    [[nodiscard]] PaperBook& anyPaper();
    [[nodiscard]] std::optional<BookState> stateAt(int at, const PaperBook& paper);
    void introduce(int to, int who);
    template<class T> void note(const Answer<T>& answer, const std::string& what);

    SeededRandom m_dice;
    BookMutant m_mutant;
    bool m_tell;
    bool m_hasPower; ///< whether the power may go: files are then opened anew, which is slow
    std::array<Side, 2> m_sides;
    std::vector<PaperBook> m_papers; ///< one a year
    std::vector<Stick> m_sticks;
    Instant m_now;
    std::string m_wrong;
    std::int64_t m_signed = 0;
    std::int64_t m_passed = 0;
    std::int64_t m_refused = 0;
};

/// Why, in a word.
[[nodiscard]] inline std::string wordsOf(const Refusal& refusal)
{
    return refusal.problems.empty() ? refusal.error.detail : refusal.problems.front().rule;
}

template<class T> void BookPlay::note(const Answer<T>& answer, const std::string& what)
{
    m_refused += answer ? 0 : 1;
    if (m_tell) {
        std::cout << what << ": " << (answer ? "done" : wordsOf(answer.error())) << '\n';
    }
}

} // namespace motcua
