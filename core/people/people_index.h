// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/people/stated_person.h"

#include <cstdint>
#include <string>
#include <vector>

namespace motcua {

/// Which dossiers name whom: one row a dossier, and keys in a full-text index. A save writes the row alone;
/// the keys of the newest dossiers go into the index 64 at a time, and until then a search reads their rows.
/// Everything can be dropped and computed again from the dossiers. Writing must run inside the transaction
/// that wrote the dossier.
class PeopleIndex
{
public:
    explicit PeopleIndex(Connection& connection) : m_connection(connection) {}

    /// The persons of a dossier whose id is higher than all before.
    [[nodiscard]] Result<void> add(std::int64_t id, const std::vector<StatedPerson>& persons);
    /// Replaces them.
    [[nodiscard]] Result<void> update(std::int64_t id, const std::vector<StatedPerson>& persons);
    [[nodiscard]] Result<void> clear();

    /// A dossier's persons; none where it has no row.
    [[nodiscard]] Result<std::vector<StatedPerson>> persons(std::int64_t id);
    /// Indexed dossiers with a key, newest first.
    [[nodiscard]] Result<std::vector<std::int64_t>> with(const std::string& key, std::int64_t limit);
    struct Row
    {
        std::int64_t id = 0;
        std::vector<StatedPerson> persons;
    };
    /// The dossiers that are not indexed yet, oldest first.
    [[nodiscard]] Result<std::vector<Row>> tail();

    /// How many dossiers wait to be indexed at most.
    static constexpr std::int64_t kTailMax = 64;

private:
    [[nodiscard]] Result<std::int64_t> mark();
    [[nodiscard]] Result<void> indexTail();
    [[nodiscard]] Result<void> insertKeys(std::int64_t id, const std::string& keys);

    Connection& m_connection;
};

} // namespace motcua
