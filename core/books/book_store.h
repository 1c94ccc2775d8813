// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/books/book_page.h"
#include "core/books/book_state.h"
#include "core/db/connection.h"
#include "core/journal/journal.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// An act as it stands in a book's log.
struct BookAct
{
    std::int64_t line = 0;
    std::int64_t seq = 0;
    Json act;
    Hash chain{};
};

/// The rows of all books: the acts, which are facts, and what is computed from them. Writing functions must
/// run inside the caller's transaction; core/desk is the only one to call them.
class BookStore
{
public:
    explicit BookStore(Connection& connection) : m_connection(connection) {}

    [[nodiscard]] Result<std::optional<BookState>> state(const std::string& book);
    /// All, the newest year first, of a year in the order of their kinds' names.
    [[nodiscard]] Result<std::vector<BookState>> states();
    /// The newest year of a kind that this register knows of.
    [[nodiscard]] Result<std::optional<BookState>> newest(const std::string& kind);

    /// The acts that now count, from `fromSeq` on.
    [[nodiscard]] Result<std::vector<BookAct>> log(const std::string& book, std::int64_t fromSeq = 1);

    /// NotFound where the number is not in the book or only in the paper book.
    [[nodiscard]] Result<BookEntry> entry(const std::string& book, std::int64_t number);
    /// What was entered for a dossier, oldest first, cancelled ones too.
    [[nodiscard]] Result<std::vector<BookEntry>> entriesOf(const std::string& uid);
    /// `limit` entries from the number `from` on, in their order.
    [[nodiscard]] Result<std::vector<BookEntry>> entries(const std::string& book, std::int64_t from,
                                                         std::int64_t limit);
    /// One page with its running totals. NotFound where the book or the page is not here.
    [[nodiscard]] Result<BookPage> page(const std::string& book, std::int64_t volume, std::int64_t page);
    /// The pages that hold entries of this program, in their order. A book that was carried over from paper
    /// or taken up anew has others between them.
    [[nodiscard]] Result<std::vector<BookPagePlace>> pages(const std::string& book);

    /// Writes an act that `after` has taken already (its seq, line and chain are the act's). `position`: the
    /// journal entry that brings it.
    [[nodiscard]] Result<void> write(const BookState& after, const Json& act, Position position);

    /// Drops the projections and computes them from the acts; of a book whose acts are damaged, up to there.
    [[nodiscard]] Result<void> rebuild();
    /// Recomputes every chain, looks for each act of ours in the journal and for each book entry of the
    /// journal among the acts.
    [[nodiscard]] Result<std::vector<Finding>> verify();
    /// Hashes of all rows of the projections by "book birth/2026" or "entry birth/2026 12".
    [[nodiscard]] Result<std::map<std::string, Hash>> picture();

private:
    [[nodiscard]] Result<void> put(const BookState& state);
    [[nodiscard]] Result<void> project(const BookState& after, const Json& act, std::int64_t row);
    [[nodiscard]] Result<void> projectEntry(const std::string& book, const Json& act, std::int64_t row);
    [[nodiscard]] Result<void> projectNote(const std::string& book, const Json& act, std::int64_t row,
                                           bool cancels);
    [[nodiscard]] Result<void> dropUnknown(const BookState& after);
    [[nodiscard]] Result<std::vector<Json>> notes(const std::string& book, std::int64_t number);
    [[nodiscard]] Result<std::vector<BookEntry>> read(Statement& query);
    [[nodiscard]] Result<void> sumBefore(BookPage& page, const std::string& book);
    [[nodiscard]] Result<std::vector<std::string>> books();

    Connection& m_connection;
};

} // namespace motcua
