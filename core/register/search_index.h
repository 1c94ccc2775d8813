// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/register/search_words.h"

#include <cstdint>
#include <string>
#include <vector>

namespace motcua {

/// Which dossiers hold which words. The words of what was just saved wait in a short list, `search_tail`, and
/// go into the full-text index many at a time: that costs a fifth of what it costs one by one, and a save
/// need not wait for it. Both are part of the same transactions as the rows, so nothing is ever found late.
/// Writing must run inside the caller's transaction.
class SearchIndex
{
public:
    explicit SearchIndex(Connection& connection) : m_connection(connection) {}

    /// Words of a dossier that is not in the index.
    [[nodiscard]] Result<void> add(std::int64_t id, const std::string& words);
    /// The same for one of very many: straight into the index.
    [[nodiscard]] Result<void> addOfMany(std::int64_t id, const std::string& words);
    /// `words`: exactly what was added.
    [[nodiscard]] Result<void> remove(std::int64_t id, const std::string& words);
    [[nodiscard]] Result<void> clear();

    /// Dossiers with all of the terms, newest first.
    [[nodiscard]] Result<std::vector<std::int64_t>> find(const SearchTerms& terms, std::int64_t limit);

    /// How many dossiers wait in the list at most. A search reads all of them.
    static constexpr std::int64_t kTailMax = 64;

private:
    [[nodiscard]] Result<void> emptyTail();

    Connection& m_connection;
};

} // namespace motcua
