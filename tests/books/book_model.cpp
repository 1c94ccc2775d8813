// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/books/book_model.h"

#include <algorithm>
#include <numeric>

namespace motcua {

void PaperBook::begin(const BookBalance& balance)
{
    before = balance;
    volume = balance.volume;
    page = balance.page;
    used = perPage;
}

void PaperBook::newVolume()
{
    pagesOf.push_back(page);
    ++volume;
    page = 0;
    used = perPage;
}

void PaperBook::write(const std::string& code)
{
    if (used == perPage) {
        if (page == pagesPerVolume) {
            newVolume();
        }
        ++page;
        used = 0;
    }
    ++used;
    lines.push_back({last() + 1, volume, page, false, code});
}

std::int64_t PaperBook::pagesBeforeVolume() const
{
    return std::accumulate(pagesOf.begin(), pagesOf.end(), before.pagesBefore);
}

std::int64_t PaperBook::cancelled() const
{
    return before.cancelled + std::ranges::count_if(lines, &Line::cancelled);
}

PaperBook::Line* PaperBook::find(std::int64_t number)
{
    const auto found = std::ranges::find(lines, number, &Line::number);
    return found == lines.end() ? nullptr : &*found;
}

BookBalance PaperBook::asReadFrom(std::int64_t known) const
{
    BookBalance read{last(), volume, page, pagesBeforeVolume(), 0};
    read.cancelled = known == 0 ? before.cancelled : 0;
    read.cancelled +=
        std::ranges::count_if(lines, [&](const Line& line) { return line.cancelled && line.number > known; });
    return read;
}

} // namespace motcua
