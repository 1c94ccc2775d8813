// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/people/people_index.h"

#include "core/base/check.h"
#include "core/people/person_keys.h"

namespace motcua {

Result<void> PeopleIndex::add(std::int64_t id, const std::vector<StatedPerson>& persons)
{
    require(m_connection.inTransaction(), "persons are added with the dossier that names them");
    const std::string packed = packPersons(persons);
    auto insert = TRY(m_connection.prepare("INSERT INTO people(id, persons) VALUES(:id, :persons)"));
    insert.bind(":id", id).bind(":persons", packed);
    TRY(insert.run());
    return id - TRY(mark())
    < kTailMax ? Result<void>{} : indexTail();
}

Result<void> PeopleIndex::update(std::int64_t id, const std::vector<StatedPerson>& persons)
{
    require(m_connection.inTransaction(), "persons are changed with the dossier that names them");
    const auto before = TRY(this->persons(id));
    if (before == persons) {
        return {};
    }
    const std::string packed = packPersons(persons);
    auto change = TRY(m_connection.prepare("UPDATE people SET persons = :persons WHERE id = :id"));
    change.bind(":id", id).bind(":persons", packed);
    TRY(change.run());
    if (id > TRY(mark())) {
        return {};
    }
    // An index without contents is told what it held.
    const std::string keys = keysOf(before);
    auto remove = TRY(m_connection.prepare(R"(
        INSERT INTO people_key(people_key, rowid, keys) VALUES('delete', :id, :keys)
    )"));
    remove.bind(":id", id).bind(":keys", keys);
    TRY(remove.run());
    return insertKeys(id, keysOf(persons));
}

Result<void> PeopleIndex::clear()
{
    return m_connection.execute(R"(
        DELETE FROM people;
        INSERT INTO people_key(people_key) VALUES('delete-all');
        UPDATE people_mark SET upto = 0;
    )");
}

Result<std::vector<StatedPerson>> PeopleIndex::persons(std::int64_t id)
{
    auto query = TRY(m_connection.prepare("SELECT persons FROM people WHERE id = :id"));
    query.bind(":id", id);
    const bool found = TRY(query.step());
    return found ? unpackPersons(query.view(0)) : std::vector<StatedPerson>();
}

Result<std::vector<std::int64_t>> PeopleIndex::with(const std::string& key, std::int64_t limit)
{
    // A key has letters and figures only, so that it is no expression of the index.
    auto query = TRY(m_connection.prepare(R"(
        SELECT rowid FROM people_key WHERE people_key MATCH :key ORDER BY rowid DESC LIMIT :limit
    )"));
    query.bind(":key", key).bind(":limit", limit);
    std::vector<std::int64_t> ids;
    while (TRY(query.step())) {
        ids.push_back(query.integer(0));
    }
    return ids;
}

Result<std::vector<PeopleIndex::Row>> PeopleIndex::tail()
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT id, persons FROM people WHERE id > (SELECT upto FROM people_mark) ORDER BY id
    )"));
    std::vector<Row> rows;
    while (TRY(query.step())) {
        rows.push_back({query.integer(0), unpackPersons(query.view(1))});
    }
    return rows;
}

Result<std::int64_t> PeopleIndex::mark()
{
    auto query = TRY(m_connection.prepare("SELECT upto FROM people_mark"));
    TRY(query.step());
    return query.integer(0);
}

Result<void> PeopleIndex::indexTail()
{
    std::int64_t last = 0;
    for (const Row& row : TRY(tail())) {
        TRY(insertKeys(row.id, keysOf(row.persons)));
        last = row.id;
    }
    auto move = TRY(m_connection.prepare("UPDATE people_mark SET upto = :upto"));
    move.bind(":upto", last);
    return move.run();
}

Result<void> PeopleIndex::insertKeys(std::int64_t id, const std::string& keys)
{
    auto insert = TRY(m_connection.prepare("INSERT INTO people_key(rowid, keys) VALUES(:id, :keys)"));
    insert.bind(":id", id).bind(":keys", keys);
    return insert.run();
}

} // namespace motcua
