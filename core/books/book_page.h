// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/books/book_state.h"

#include <cstdint>
#include <string>
#include <vector>

namespace motcua {

/// One number in a book, with all that was written beside it later.
struct BookEntry
{
    std::string book; ///< "birth/2026"
    BookPlace place;
    /// The act of entering, never changed: registeredOn, uid, code, procedure, type, content {applicant,
    /// form, …}, performer, signer {name, title}, requesterSigned, writer, at.
    Json act;
    Hash chain{}; ///< of the book behind this entry
    bool cancelled = false;
    /// Acts "annotated" (date, content, basis, issuer, signer, set) and "cancelled" (reason, signer), oldest
    /// first.
    std::vector<Json> notes;

    /// The content as it holds after all annotations: what copies are printed with.
    [[nodiscard]] Json current() const;
    /// What papers print of it: {book, kind, year, volume, number, numberText, page, registeredOn, type,
    /// signer, performer, cancelled, annotations: [{date, content, basis, issuer, signer}]}.
    [[nodiscard]] Json registration() const;
};

/// "01", "12", "123": at least two digits, as books are numbered.
[[nodiscard]] std::string bookNumber(std::int64_t number);

/// A page of a book for the screen and for the printed ledger.
struct BookPage
{
    std::string kind;
    std::int64_t year = 0;
    std::int64_t volume = 0;
    std::int64_t page = 0;
    std::int64_t entriesPerPage = 1;
    bool isFull = false;            ///< nothing will be added to it
    std::vector<BookEntry> entries; ///< in the order of their lines
    // "Cộng trang này" and "Cộng dồn" from the beginning of the year to the end of this page.
    std::int64_t entriesHere = 0;
    std::int64_t cancelledHere = 0;
    std::int64_t lastNumber =
        0; ///< running: numbers given in the year so far, those of the paper book included
    std::int64_t entriesSoFar = 0; ///< running: of them written by this program
    std::int64_t cancelledSoFar = 0;
    std::int64_t carried = 0; ///< running: of them taken over from a paper book
    /// The book's chain behind the page's last entry: later annotations do not change it.
    Hash chain{};
    std::string chainCode; ///< "ABCDE-FGHIJ-KLMNO-23456"
    bool isClosed = false;
    BookTotals totals; ///< of the whole book as it is now
};

/// Where a page stands.
struct BookPagePlace
{
    std::int64_t volume = 0;
    std::int64_t page = 0;

    bool operator==(const BookPagePlace&) const = default;
};

[[nodiscard]] Json toJson(const BookPage& page);

} // namespace motcua
