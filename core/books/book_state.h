// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/hash.h"
#include "core/base/json.h"

#include <cstdint>
#include <optional>
#include <string>

namespace motcua {

/// A counter as books name it. A restored register is another one (its epoch is higher): it may have lost
/// what it gave, so it holds no book until somebody gives it one, or a leader takes it up from the paper
/// book.
struct BookCounter
{
    std::string install;
    std::int64_t epoch = 0;
    std::int64_t slot = 0;

    bool operator==(const BookCounter& other) const
    {
        return install == other.install && epoch == other.epoch;
    }
};
[[nodiscard]] Json toJson(const BookCounter& counter);
[[nodiscard]] Result<BookCounter> bookCounterFromJson(const Json& json);

/// "birth/2026": unique within a unit.
[[nodiscard]] std::string bookKey(const std::string& kind, std::int64_t year);
/// Kind and year of a key, or nothing.
[[nodiscard]] std::optional<std::pair<std::string, std::int64_t>> parseBookKey(std::string_view key);

/// What the paper book holds that this program did not write.
struct BookBalance
{
    std::int64_t last = 0;        ///< the last number in it
    std::int64_t volume = 1;      ///< where that stands
    std::int64_t page = 0;        ///< its last written page
    std::int64_t pagesBefore = 0; ///< of the year's earlier volumes together
    std::int64_t cancelled = 0;   ///< of those numbers
};
[[nodiscard]] Json toJson(const BookBalance& balance);
[[nodiscard]] Result<BookBalance> bookBalanceFromJson(const Json& json);

/// Year's end, and the sum under every page.
struct BookTotals
{
    std::int64_t volumes = 0;
    std::int64_t pages = 0;
    std::int64_t numbers = 0;   ///< the last number given
    std::int64_t carried = 0;   ///< of them taken over from a paper book
    std::int64_t entries = 0;   ///< of them written by this program
    std::int64_t cancelled = 0; ///< of them, cancelled
    std::int64_t notes = 0;     ///< annotations

    bool operator==(const BookTotals&) const = default;
};
[[nodiscard]] Json toJson(const BookTotals& totals);

/// Where the next entry goes.
struct BookPlace
{
    std::int64_t number = 0;
    std::int64_t volume = 0;
    std::int64_t page = 0;
    std::int64_t line = 0; ///< on the page, from 1
};

/// A book as the acts in its log make it. apply() is the only way to change it, and takes only what the law
/// of books allows: numbers without a gap, by its one holder, none after the closing. The same function is
/// run for an act of this counter, for a hand-over that comes in, and for a rebuild. Pure.
struct BookState
{
    std::string unit;
    std::string kind;
    std::int64_t year = 0;
    std::int64_t entriesPerPage = 1;
    std::int64_t pagesPerVolume = 1;

    std::int64_t volume = 1;
    std::int64_t page = 0; ///< last begun page of the volume; 0: none
    std::int64_t line = 0; ///< entries on it
    BookTotals totals;     ///< pages counts those of finished volumes and of the open one

    std::optional<BookCounter> holder; ///< while it is handed over: to whom
    bool inTransit = false;            ///< handed over, not yet taken
    std::int64_t hop = 0;              ///< how often it passed on
    std::int64_t recoveries = 0;       ///< how often it was taken up anew: the log's line
    bool closed = false;
    bool succeeded = false; ///< the next year's book is open
    std::string openedAt;
    std::string closedAt;

    std::int64_t seq = 0; ///< of the last act
    Hash chain{};         ///< over all acts

    [[nodiscard]] std::string key() const { return bookKey(kind, year); }
    /// Whether this counter may write in it now.
    [[nodiscard]] bool isHeldBy(const BookCounter& counter) const
    {
        return !inTransit && holder && *holder == counter;
    }
    /// Where the next entry goes. A full volume is followed by the next one.
    [[nodiscard]] BookPlace next() const;
    /// Takes the next act. Errors: Invalid with what is wrong with it (English, for the log); the state is
    /// then as before.
    [[nodiscard]] Result<void> apply(const Json& act);
};

/// The chain behind an act: SHA-256(previous, SHA-256(act)).
[[nodiscard]] Hash chainAfter(const Hash& before, std::string_view act);

[[nodiscard]] Json toJson(const BookState& state);
[[nodiscard]] Result<BookState> bookStateFromJson(const Json& json);

} // namespace motcua
