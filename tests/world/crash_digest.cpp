// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/world/crash_digest.h"

#include <cstring>
#include <functional>

namespace motcua {

std::uint64_t quickHash(std::string_view bytes, std::uint64_t before)
{
    const std::uint64_t here = std::hash<std::string_view>{}(bytes);
    std::uint64_t mixed = (before ^ here) + 0x9e3779b97f4a7c15ULL + (before << 6);
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
    return mixed ^ (mixed >> 27);
}

Result<void> RegisterDigest::readSchema()
{
    m_questions.clear();
    std::vector<std::string> names;
    {
        // A virtual table's rows lie in the tables below it.
        auto tables = TRY(m_connection.prepare(R"(
            SELECT name FROM sqlite_schema
            WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name
        )"));
        while (TRY(tables.step())) {
            names.push_back(tables.text(0));
        }
    }
    for (const auto& name : names) {
        auto columns = TRY(m_connection.prepare("SELECT count(*) FROM pragma_table_info(:name)"));
        columns.bind(":name", name);
        TRY(columns.step());
        m_questions.push_back({"SELECT * FROM \"" + name + "\"", static_cast<int>(columns.integer(0))});
    }
    return {};
}

Result<std::uint64_t> RegisterDigest::now()
{
    std::uint64_t schema = 0;
    {
        auto query = TRY(m_connection.prepare(
            "SELECT name, sql, (SELECT user_version FROM pragma_user_version) FROM sqlite_schema"));
        while (TRY(query.step())) {
            schema = quickHash(query.view(0), quickHash(query.view(1), quickHash(query.view(2), schema)));
        }
    }
    if (schema != m_schema) {
        TRY(readSchema());
        m_schema = schema;
    }
    std::uint64_t digest = schema;
    for (const auto& question : m_questions) {
        digest = quickHash(question.text, digest);
        auto rows = TRY(m_connection.prepare(question.text));
        while (TRY(rows.step())) {
            for (int i = 0; i < question.columns; ++i) {
                digest = quickHash(rows.view(i), digest + (rows.isNull(i) ? 1 : 0));
            }
        }
    }
    return digest;
}

} // namespace motcua
