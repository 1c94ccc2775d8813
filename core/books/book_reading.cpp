// SPDX-License-Identifier: GPL-3.0-or-later
// What lists, papers and the verification read of the books.
#include "core/books/book_store.h"
#include "core/journal/chain_code.h"

namespace motcua {

namespace {

Result<Hash> chainColumn(const Statement& query, int column)
{
    const auto hash = hashFromBytes(query.view(column));
    if (!hash) {
        return fail(ErrorKind::Damaged, "an act of a book has no chain value");
    }
    return *hash;
}

} // namespace

Result<std::vector<BookEntry>> BookStore::read(Statement& query)
{
    std::vector<BookEntry> entries;
    while (TRY(query.step())) {
        BookEntry entry;
        entry.book = query.text(0);
        entry.place = {query.integer(1), query.integer(2), query.integer(3), query.integer(4)};
        entry.cancelled = query.integer(5) != 0;
        entry.act = TRY(parseJson(query.view(7)));
        entry.chain = TRY(chainColumn(query, 8));
        if (query.integer(6) > 0) {
            entry.notes = TRY(notes(entry.book, entry.place.number));
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

Result<std::vector<Json>> BookStore::notes(const std::string& book, std::int64_t number)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT a.act FROM book_note n JOIN book_act a ON a.id = n.act
        WHERE n.book = :book AND n.number = :number ORDER BY a.seq
    )"));
    query.bind(":book", book).bind(":number", number);
    std::vector<Json> notes;
    while (TRY(query.step())) {
        notes.push_back(TRY(parseJson(query.view(0))));
    }
    return notes;
}

Result<BookEntry> BookStore::entry(const std::string& book, std::int64_t number)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT e.book, e.number, e.volume, e.page, e.line, e.cancelled, e.notes, a.act, a.chain
        FROM book_entry e JOIN book_act a ON a.id = e.act WHERE e.book = :book AND e.number = :number
    )"));
    query.bind(":book", book).bind(":number", number);
    auto found = TRY(read(query));
    if (found.empty()) {
        return fail(ErrorKind::NotFound, "Không có số " + bookNumber(number) + " trong sổ ở quầy này.");
    }
    return std::move(found.front());
}

Result<std::vector<BookEntry>> BookStore::entriesOf(const std::string& uid)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT e.book, e.number, e.volume, e.page, e.line, e.cancelled, e.notes, a.act, a.chain
        FROM book_entry e JOIN book_act a ON a.id = e.act WHERE e.uid = :uid ORDER BY e.book, e.number
    )"));
    query.bind(":uid", uid);
    return read(query);
}

Result<std::vector<BookEntry>> BookStore::entries(const std::string& book, std::int64_t from,
                                                  std::int64_t limit)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT e.book, e.number, e.volume, e.page, e.line, e.cancelled, e.notes, a.act, a.chain
        FROM book_entry e JOIN book_act a ON a.id = e.act
        WHERE e.book = :book AND e.number >= :from ORDER BY e.number LIMIT :limit
    )"));
    query.bind(":book", book).bind(":from", from).bind(":limit", limit);
    return read(query);
}

Result<BookPage> BookStore::page(const std::string& book, std::int64_t volume, std::int64_t number)
{
    const auto state = TRY(this->state(book));
    if (!state) {
        return fail(ErrorKind::NotFound, "Quầy này không có sổ " + book + ".");
    }
    BookPage page;
    page.kind = state->kind;
    page.year = state->year;
    page.volume = volume;
    page.page = number;
    page.entriesPerPage = state->entriesPerPage;
    page.isClosed = state->closed;
    page.totals = state->totals;
    {
        auto query = TRY(m_connection.prepare(R"(
            SELECT e.book, e.number, e.volume, e.page, e.line, e.cancelled, e.notes, a.act, a.chain
            FROM book_entry e JOIN book_act a ON a.id = e.act
            WHERE e.book = :book AND e.volume = :volume AND e.page = :page ORDER BY e.number
        )"));
        query.bind(":book", book).bind(":volume", volume).bind(":page", number);
        page.entries = TRY(read(query));
    }
    if (page.entries.empty()) {
        return fail(ErrorKind::NotFound, "Không có trang " + std::to_string(number) + " của quyển " +
                                             std::to_string(volume) + " ở quầy này.");
    }
    const BookPlace next = state->next();
    page.isFull = state->closed || state->succeeded || next.volume != volume || next.page != number;
    page.chain = page.entries.back().chain;
    page.chainCode = chainCode(page.chain);
    TRY(sumBefore(page, book));
    return page;
}

Result<void> BookStore::sumBefore(BookPage& page, const std::string& book)
{
    page.entriesHere = static_cast<std::int64_t>(page.entries.size());
    for (const BookEntry& entry : page.entries) {
        page.cancelledHere += entry.cancelled ? 1 : 0;
    }
    page.lastNumber = page.entries.back().place.number;
    auto query = TRY(m_connection.prepare(R"(
        SELECT count(*), coalesce(sum(cancelled), 0) FROM book_entry WHERE book = :book AND number <= :last
    )"));
    query.bind(":book", book).bind(":last", page.lastNumber);
    TRY(query.step());
    page.entriesSoFar = query.integer(0);
    page.carried = page.lastNumber - page.entriesSoFar;
    // What was cancelled among the numbers of the paper book is known as a sum only.
    auto balances = TRY(m_connection.prepare(R"(
        SELECT coalesce(sum(act ->> '$.balance.cancelled'), 0) FROM book_act
        WHERE book = :book AND act ->> '$.balance.last' <= :last AND NOT EXISTS(
            SELECT 1 FROM book_act o WHERE o.book = book_act.book AND o.line > book_act.line AND o.seq <= book_act.seq)
    )"));
    balances.bind(":book", book).bind(":last", page.lastNumber);
    TRY(balances.step());
    page.cancelledSoFar = query.integer(1) + balances.integer(0);
    return {};
}

Result<std::vector<BookPagePlace>> BookStore::pages(const std::string& book)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT DISTINCT volume, page FROM book_entry WHERE book = :book ORDER BY volume, page
    )"));
    query.bind(":book", book);
    std::vector<BookPagePlace> pages;
    while (TRY(query.step())) {
        pages.push_back({query.integer(0), query.integer(1)});
    }
    return pages;
}

Result<std::map<std::string, Hash>> BookStore::picture()
{
    std::map<std::string, Hash> rows;
    auto books = TRY(m_connection.prepare("SELECT book, kind || ' ' || year || ' ' || state FROM book"));
    while (TRY(books.step())) {
        rows["book " + books.text(0)] = sha256(books.view(1));
    }
    auto entries = TRY(m_connection.prepare(R"(
        SELECT book || ' ' || number, json_array(volume, page, line, act, uid, item, cancelled, notes,
            (SELECT group_concat(act) FROM (SELECT act FROM book_note n
             WHERE n.book = e.book AND n.number = e.number ORDER BY act)))
        FROM book_entry e
    )"));
    while (TRY(entries.step())) {
        rows["entry " + entries.text(0)] = sha256(entries.view(1));
    }
    return rows;
}

Result<std::vector<Finding>> BookStore::verify()
{
    std::vector<Finding> findings;
    for (const std::string& book : TRY(books())) {
        BookState state;
        for (const BookAct& act : TRY(log(book))) {
            const auto applied = state.apply(act.act);
            if (!applied || state.chain != act.chain) {
                findings.push_back(
                    {act.seq, "book",
                     book + ": " +
                         (applied ? "an act does not fit its place in the chain" : applied.error().detail)});
                break;
            }
        }
    }
    // The journal's chain guards the acts: each act of ours stands in it with its place and chain value, what
    // came from elsewhere through the act of taking it.
    auto query = TRY(m_connection.prepare(R"(
        SELECT j.position, j.entry ->> '$.body.book', j.entry ->> '$.body.seq', coalesce(lower(hex(a.chain)), ''),
            j.entry ->> '$.body.chain'
        FROM journal j LEFT JOIN book_act a ON a.position = j.position AND a.book = j.entry ->> '$.body.book'
            AND a.seq = j.entry ->> '$.body.seq'
        WHERE j.kind GLOB 'book.*' AND j.entry ->> '$.body.seq' IS NOT NULL
            AND coalesce(lower(hex(a.chain)), '') <> j.entry ->> '$.body.chain'
    )"));
    while (TRY(query.step())) {
        findings.push_back({Position{query.integer(0)}.seq(), "book",
                            query.text(1) + ": act " + query.text(2) + " is not what the journal says"});
    }
    auto lost = TRY(m_connection.prepare(R"(
        SELECT a.book, a.seq, a.position FROM book_act a LEFT JOIN journal j ON j.position = a.position
        WHERE j.position IS NULL OR j.entry ->> '$.body.book' IS NOT a.book OR NOT (j.kind GLOB 'book.*')
            OR a.seq > j.entry ->> '$.body.seq'
    )"));
    while (TRY(lost.step())) {
        findings.push_back({Position{lost.integer(2)}.seq(), "book",
                            lost.text(0) + ": act " + lost.text(1) + " stands in no journal entry"});
    }
    return findings;
}

} // namespace motcua
