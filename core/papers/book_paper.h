// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/papers/paper_kind.h"
#include "core/papers/paper_templates.h"

#include <optional>

namespace motcua {

/// What stands at the head of a book's pages.
struct BookHead
{
    std::string title;  ///< "Sổ đăng ký khai sinh"
    std::string symbol; ///< "SCT/BS", where it has one
    std::string office; ///< "Ủy ban nhân dân xã Phúc Thọ"
    std::string period; ///< of a tracking book: "từ 01/11/2026 đến 30/11/2026"
    std::int64_t year = 0;
};

/// Sums at the foot of a page: of this page, and running from the beginning of the year.
struct BookSums
{
    std::int64_t here = 0;
    std::int64_t cancelledHere = 0;
    std::int64_t soFar = 0;
    std::int64_t cancelledSoFar = 0;
    std::int64_t carried = 0; ///< numbers of the paper book before this program
    std::int64_t last = 0;    ///< the last number
};

/// The code by which a printed page is held against the book later.
struct ChainMark
{
    std::string code; ///< "ABCDE-FGHIJ-KLMNO-23456"
    std::string text; ///< in the QR
};

/// A page of a ledger. Entries are contexts: `form`, `applicant` and so on as they were entered, with
/// `registration` (number, numberText, registeredOn, type, performer, signer, cancelled, annotations).
struct BookSheet
{
    std::int64_t volume = 1;
    std::int64_t page = 1;
    std::vector<Json> entries;
    BookSums sums;
    ChainMark chain;
};

/// The statement at the year's end (Luật Hộ tịch, Điều 58).
struct BookClosing
{
    std::int64_t volumes = 0;
    std::int64_t pages = 0;
    std::int64_t numbers = 0;
    std::int64_t carried = 0;
    std::int64_t cancelled = 0;
    std::int64_t notes = 0;
    std::optional<Day> day; ///< nothing: not closed yet, the day is written by hand
    std::string by;
    ChainMark chain;
};

/// Pages of a book in the layout of `kind`, each on a sheet of its own (or on more, where it is too long for
/// one), and the closing statement where one is given.
[[nodiscard]] Result<LaidOutPaper> layOutBook(const PaperKind& kind, const BookHead& head,
                                              const std::vector<BookSheet>& sheets,
                                              const std::optional<BookClosing>& closing,
                                              const PaperTemplates& templates, const Marking& marking = {});

/// One line of the tracking book (form 07), as texts.
struct TrackedDossier
{
    std::string code;
    std::string procedure;
    std::string name;
    std::string address; ///< and telephone
    std::string agency;
    std::string received;
    std::string due;
    std::string returned;
    std::string method;
};
/// The tracking book: as many lines a page as stand on one, numbered through.
[[nodiscard]] Result<LaidOutPaper> layOutTrackingBook(const BookHead& head,
                                                      const std::vector<TrackedDossier>& dossiers,
                                                      const ChainMark& chain, const PaperTemplates& templates,
                                                      const Marking& marking = {});

/// Invented pages, for templates to be checked against and for people to look at.
[[nodiscard]] std::vector<BookSheet> sampleBookSheets(const PaperKind& kind, bool longest);

} // namespace motcua
