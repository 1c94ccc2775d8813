// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/books/book_store.h"

#include "core/base/check.h"
#include "core/journal/chain_code.h"

namespace motcua {

namespace {

Result<Hash> hashColumn(const Statement& query, int column)
{
    const auto hash = hashFromBytes(query.view(column));
    if (!hash) {
        return fail(ErrorKind::Damaged, "an act of a book has no chain value");
    }
    return *hash;
}

std::int64_t numberOf(const Json& act)
{
    const Json& number = at(act, "number");
    return number.is_number_integer() ? number.get<std::int64_t>() : 0;
}

Result<BookState> stateOf(std::string_view text)
{
    return bookStateFromJson(TRY(parseJson(text)));
}

} // namespace

Result<std::optional<BookState>> BookStore::state(const std::string& book)
{
    auto query = TRY(m_connection.prepare("SELECT state FROM book WHERE book = :book"));
    query.bind(":book", book);
    const bool found = TRY(query.step());
    return found ? std::optional(TRY(stateOf(query.view(0)))) : std::nullopt;
}

Result<std::vector<BookState>> BookStore::states()
{
    auto query = TRY(m_connection.prepare("SELECT state FROM book ORDER BY year DESC, kind"));
    std::vector<BookState> states;
    while (TRY(query.step())) {
        states.push_back(TRY(stateOf(query.view(0))));
    }
    return states;
}

Result<std::optional<BookState>> BookStore::newest(const std::string& kind)
{
    auto query =
        TRY(m_connection.prepare("SELECT state FROM book WHERE kind = :kind ORDER BY year DESC LIMIT 1"));
    query.bind(":kind", kind);
    const bool found = TRY(query.step());
    return found ? std::optional(TRY(stateOf(query.view(0)))) : std::nullopt;
}

Result<std::vector<BookAct>> BookStore::log(const std::string& book, std::int64_t fromSeq)
{
    // Where a lost book was taken up anew, what stood behind that place counts no more.
    auto query = TRY(m_connection.prepare(R"(
        SELECT a.line, a.seq, a.act, a.chain FROM book_act a
        WHERE a.book = :book AND a.seq >= :from AND NOT EXISTS(
            SELECT 1 FROM book_act o WHERE o.book = a.book AND o.line > a.line AND o.seq <= a.seq)
        ORDER BY a.seq
    )"));
    query.bind(":book", book).bind(":from", fromSeq);
    std::vector<BookAct> acts;
    while (TRY(query.step())) {
        Json act = TRY(parseJson(query.view(2)));
        const Hash chain = TRY(hashColumn(query, 3));
        acts.push_back({query.integer(0), query.integer(1), std::move(act), chain});
    }
    return acts;
}

Result<void> BookStore::write(const BookState& after, const Json& act, Position position)
{
    require(m_connection.inTransaction(), "an act is written inside a transaction");
    const std::string text = dumpJson(act);
    const std::string book = after.key();
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO book_act(book, line, seq, act, chain, position)
        VALUES(:book, :line, :seq, :act, :chain, :position)
    )"));
    insert.bind(":book", book).bind(":line", after.recoveries).bind(":seq", after.seq).bind(":act", text);
    insert.bindBlob(":chain", bytesOf(after.chain)).bind(":position", position.value);
    TRY(insert.run());
    return project(after, act, m_connection.lastInsertRowid());
}

Result<void> BookStore::put(const BookState& state)
{
    const std::string book = state.key();
    const std::string text = dumpJson(toJson(state));
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO book(book, kind, year, state) VALUES(:book, :kind, :year, :state)
        ON CONFLICT(book) DO UPDATE SET state = excluded.state
    )"));
    insert.bind(":book", book).bind(":kind", state.kind).bind(":year", state.year).bind(":state", text);
    return insert.run();
}

Result<void> BookStore::project(const BookState& after, const Json& act, std::int64_t row)
{
    const std::string name = stringAt(act, "act");
    const std::string book = after.key();
    if (name == "entered") {
        TRY(projectEntry(book, act, row));
    } else if (name == "annotated" || name == "cancelled") {
        TRY(projectNote(book, act, row, name == "cancelled"));
    } else if (name == "recovered" || name == "opened") {
        TRY(dropUnknown(after));
    }
    return put(after);
}

Result<void> BookStore::projectEntry(const std::string& book, const Json& act, std::int64_t row)
{
    const std::string uid = stringAt(act, "uid");
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO book_entry(book, number, volume, page, line, act, uid, item, cancelled, notes)
        VALUES(:book, :number, :volume, :page, :line, :act, :uid, :item, 0, 0)
    )"));
    insert.bind(":book", book).bind(":number", numberOf(act)).bind(":act", row).bind(":uid", uid);
    insert.bind(":volume", at(act, "volume").get<std::int64_t>());
    insert.bind(":page", at(act, "page").get<std::int64_t>());
    insert.bind(":line", at(act, "line").get<std::int64_t>());
    insert.bind(":item", at(act, "item").is_number_integer() ? at(act, "item").get<std::int64_t>() : 0);
    return insert.run();
}

Result<void> BookStore::projectNote(const std::string& book, const Json& act, std::int64_t row, bool cancels)
{
    auto update = TRY(m_connection.prepare(R"(
        UPDATE book_entry SET notes = notes + 1, cancelled = max(cancelled, :cancels)
        WHERE book = :book AND number = :number AND cancelled = 0
    )"));
    update.bind(":book", book).bind(":number", numberOf(act)).bind(":cancels", cancels ? 1 : 0);
    TRY(update.run());
    if (m_connection.changes() == 0) {
        return fail(ErrorKind::Invalid, "book act: the entry is cancelled or not in this book");
    }
    auto insert =
        TRY(m_connection.prepare("INSERT INTO book_note(book, number, act) VALUES(:book, :number, :act)"));
    insert.bind(":book", book).bind(":number", numberOf(act)).bind(":act", row);
    return insert.run();
}

/// What a counter wrote behind the place at which the book was taken up anew counts no more: the paper book
/// stands for it.
Result<void> BookStore::dropUnknown(const BookState& after)
{
    const std::string book = after.key();
    for (const char* script : {"DELETE FROM book_entry WHERE book = :book AND act IN (SELECT id FROM "
                               "book_act WHERE book = :book AND "
                               "line < :line AND seq >= :seq)",
                               "DELETE FROM book_note WHERE book = :book AND act IN (SELECT id FROM book_act "
                               "WHERE book = :book AND "
                               "line < :line AND seq >= :seq)"}) {
        auto remove = TRY(m_connection.prepare(script));
        remove.bind(":book", book).bind(":line", after.recoveries).bind(":seq", after.seq);
        TRY(remove.run());
    }
    // Notes and cancellations of older entries are counted anew.
    auto recount = TRY(m_connection.prepare(R"(
        UPDATE book_entry SET
            notes = (SELECT count(*) FROM book_note n WHERE n.book = book_entry.book AND n.number = book_entry.number),
            cancelled = EXISTS(SELECT 1 FROM book_note n JOIN book_act a ON a.id = n.act
                WHERE n.book = book_entry.book AND n.number = book_entry.number AND a.act ->> '$.act' = 'cancelled')
        WHERE book = :book
    )"));
    recount.bind(":book", book);
    return recount.run();
}

Result<std::vector<std::string>> BookStore::books()
{
    auto query = TRY(m_connection.prepare("SELECT DISTINCT book FROM book_act ORDER BY book"));
    std::vector<std::string> names;
    while (TRY(query.step())) {
        names.push_back(query.text(0));
    }
    return names;
}

Result<void> BookStore::rebuild()
{
    TRY(m_connection.execute("DELETE FROM book_note; DELETE FROM book_entry; DELETE FROM book"));
    for (const std::string& book : TRY(books())) {
        BookState state;
        for (const BookAct& act : TRY(log(book))) {
            if (!state.apply(act.act)) {
                break; // verify() says so
            }
            auto row = TRY(m_connection.prepare(
                "SELECT id FROM book_act WHERE book = :book AND line = :line AND seq = :seq"));
            row.bind(":book", book).bind(":line", act.line).bind(":seq", act.seq);
            TRY(row.step());
            TRY(project(state, act.act, row.integer(0)));
        }
    }
    return {};
}

} // namespace motcua
