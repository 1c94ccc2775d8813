// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/sqlite_key_store.h"

namespace motcua::portal {

namespace {

/// Columns: unit, version, issued_at, digest.
PublishedCatalogue headOf(const Statement& row)
{
    return {row.text(0), row.text(1), fromMillis(row.integer(2)), row.text(3)};
}

} // namespace

Result<Instant> SqliteKeyStore::putCatalogue(const PublishedCatalogue& head, const std::string& content)
{
    auto put = TRY(m_connection.prepare(R"(
        INSERT INTO catalogue (unit, version, issued_at, digest, content)
        SELECT :unit, :version, max(:now, coalesce(max(issued_at) + 1, :now)), :digest, :content FROM catalogue WHERE true
        ON CONFLICT (unit) DO UPDATE SET version = excluded.version, issued_at = excluded.issued_at,
            digest = excluded.digest, content = excluded.content
        RETURNING issued_at)"));
    put.bind(":unit", head.unit).bind(":version", head.version).bind(":now", toMillis(head.issuedAt));
    TRY(put.bind(":digest", head.digest).bind(":content", content).step());
    const Instant issuedAt = fromMillis(put.integer(0));
    TRY(put.step()); // to its end, where it is committed
    return issuedAt;
}

Result<std::vector<PublishedCatalogue>> SqliteKeyStore::catalogues()
{
    auto query =
        TRY(m_connection.prepare("SELECT unit, version, issued_at, digest FROM catalogue ORDER BY unit"));
    std::vector<PublishedCatalogue> published;
    while (TRY(query.step())) {
        published.push_back(headOf(query));
    }
    return published;
}

Result<std::optional<PublishedCatalogue>> SqliteKeyStore::findCatalogue(const std::string& unit)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT unit, version, issued_at, digest FROM catalogue
        WHERE unit = :unit OR unit = '' ORDER BY unit DESC LIMIT 1)"));
    const bool found = TRY(query.bind(":unit", unit).step());
    return found ? std::optional(headOf(query)) : std::nullopt;
}

Result<std::optional<KeyStore::CatalogueText>> SqliteKeyStore::readCatalogue(const std::string& unit)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT unit, version, issued_at, digest, content FROM catalogue
        WHERE unit = :unit OR unit = '' ORDER BY unit DESC LIMIT 1)"));
    const bool found = TRY(query.bind(":unit", unit).step());
    return found ? std::optional(CatalogueText{headOf(query), query.text(4)}) : std::nullopt;
}

} // namespace motcua::portal
