// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/register/search_index.h"

#include "core/base/check.h"

#include <algorithm>
#include <functional>

namespace motcua {

Result<void> SearchIndex::add(std::int64_t id, const std::string& words)
{
    require(m_connection.inTransaction(), "words are added with the row they belong to");
    auto insert = TRY(m_connection.prepare("INSERT INTO search_tail(id, words) VALUES(:id, :words)"));
    insert.bind(":id", id).bind(":words", words);
    TRY(insert.run());
    auto count = TRY(m_connection.prepare("SELECT count(*) FROM search_tail"));
    TRY(count.step());
    return count.integer(0) < kTailMax ? Result<void>{} : emptyTail();
}

Result<void> SearchIndex::addOfMany(std::int64_t id, const std::string& words)
{
    auto insert = TRY(m_connection.prepare("INSERT INTO search(rowid, words) VALUES(:id, :words)"));
    insert.bind(":id", id).bind(":words", words);
    return insert.run();
}

Result<void> SearchIndex::remove(std::int64_t id, const std::string& words)
{
    auto waiting = TRY(m_connection.prepare("DELETE FROM search_tail WHERE id = :id RETURNING id"));
    waiting.bind(":id", id);
    if (TRY(waiting.step())) {
        return {};
    }
    // An index without contents is told what it held.
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO search(search, rowid, words) VALUES('delete', :id, :words)
    )"));
    insert.bind(":id", id).bind(":words", words);
    return insert.run();
}

Result<void> SearchIndex::clear()
{
    return m_connection.execute(R"(
        DELETE FROM search_tail;
        INSERT INTO search(search) VALUES('delete-all');
    )");
}

Result<void> SearchIndex::emptyTail()
{
    return m_connection.execute(R"(
        INSERT INTO search(rowid, words) SELECT id, words FROM search_tail ORDER BY id;
        DELETE FROM search_tail;
    )");
}

Result<std::vector<std::int64_t>> SearchIndex::find(const SearchTerms& terms, std::int64_t limit)
{
    std::vector<std::int64_t> ids;
    auto tail = TRY(m_connection.prepare("SELECT id, words FROM search_tail"));
    while (TRY(tail.step())) {
        if (terms.match(tail.view(1))) {
            ids.push_back(tail.integer(0));
        }
    }
    auto query = TRY(m_connection.prepare(R"(
        SELECT rowid FROM search WHERE search MATCH :expression ORDER BY rowid DESC LIMIT :limit
    )"));
    const std::string expression = terms.expression();
    query.bind(":expression", expression).bind(":limit", limit);
    while (TRY(query.step())) {
        ids.push_back(query.integer(0));
    }
    std::ranges::sort(ids, std::greater<>());
    ids.resize(std::min(ids.size(), static_cast<std::size_t>(limit)));
    return ids;
}

} // namespace motcua
