// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/books/book_state.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// The paper book on the desk: what an inspector would count by hand. Knows nothing of the program but the
/// totals that it is compared with.
struct PaperBook
{
    struct Line
    {
        std::int64_t number = 0;
        std::int64_t volume = 0;
        std::int64_t page = 0;
        bool cancelled = false;
        std::string code; ///< of the dossier
    };

    std::int64_t year = 0;
    std::int64_t perPage = 1;
    std::int64_t pagesPerVolume = 1;
    BookBalance before; ///< what was in it when the program began
    std::vector<Line> lines;
    std::int64_t volume = 1;
    std::int64_t page = 0;
    std::int64_t used = 0;             ///< lines on the last page
    std::vector<std::int64_t> pagesOf; ///< of finished volumes since the program began
    bool closed = false;
    bool succeeded = false;

    // Where it lies: at a counter, on its way to one, or nobody can say (a leader has to look).
    std::optional<int> holder;
    std::optional<int> onItsWayTo;
    std::int64_t hop = 0;
    bool inDoubt = false; ///< giver or receiver was restored since it set out

    [[nodiscard]] std::int64_t last() const { return before.last + static_cast<std::int64_t>(lines.size()); }
    void begin(const BookBalance& balance);
    void write(const std::string& code);
    void newVolume();
    [[nodiscard]] std::int64_t pagesBeforeVolume() const;
    [[nodiscard]] std::int64_t pages() const { return pagesBeforeVolume() + page; }
    [[nodiscard]] std::int64_t cancelled() const;
    [[nodiscard]] PaperBook::Line* find(std::int64_t number);
    /// What a leader reads off it for somebody who knows the numbers up to `known`.
    [[nodiscard]] BookBalance asReadFrom(std::int64_t known) const;
};

} // namespace motcua
