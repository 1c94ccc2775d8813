// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/pg_key_store.h"

namespace motcua::portal {

namespace {

/// Columns: unit, version, issued_at, digest.
PublishedCatalogue headOf(const PgRows& rows, int row)
{
    return {rows.text(row, 0), rows.text(row, 1), fromMillis(rows.number(row, 2)), rows.text(row, 3)};
}

} // namespace

/// Of two that publish for one unit at one moment the second is the later one.
Result<Instant> PgKeyStore::putCatalogue(const PublishedCatalogue& head, const std::string& content)
{
    const PgRows put = TRY(m_database->run(R"(
        INSERT INTO catalogue AS known (unit, version, issued_at, digest, content)
        SELECT $1, $2, greatest($3, coalesce(max(issued_at) + 1, $3)), $4, $5 FROM catalogue
        ON CONFLICT (unit) DO UPDATE SET version = excluded.version,
            issued_at = greatest(excluded.issued_at, known.issued_at + 1),
            digest = excluded.digest, content = excluded.content
        RETURNING issued_at)",
                                           {head.unit, head.version, head.issuedAt, head.digest, content}));
    return fromMillis(put.number(0, 0));
}

Result<std::vector<PublishedCatalogue>> PgKeyStore::catalogues()
{
    const PgRows found =
        TRY(m_database->run("SELECT unit, version, issued_at, digest FROM catalogue ORDER BY unit"));
    std::vector<PublishedCatalogue> published;
    for (int row = 0; row < found.count(); ++row) {
        published.push_back(headOf(found, row));
    }
    return published;
}

Result<std::optional<PublishedCatalogue>> PgKeyStore::findCatalogue(const std::string& unit)
{
    const PgRows found = TRY(m_database->run(R"(
        SELECT unit, version, issued_at, digest FROM catalogue
        WHERE unit = $1 OR unit = '' ORDER BY unit DESC LIMIT 1)",
                                             {unit}));
    return found.isEmpty() ? std::nullopt : std::optional(headOf(found, 0));
}

Result<std::optional<KeyStore::CatalogueText>> PgKeyStore::readCatalogue(const std::string& unit)
{
    const PgRows found = TRY(m_database->run(R"(
        SELECT unit, version, issued_at, digest, content FROM catalogue
        WHERE unit = $1 OR unit = '' ORDER BY unit DESC LIMIT 1)",
                                             {unit}));
    return found.isEmpty() ? std::nullopt : std::optional(CatalogueText{headOf(found, 0), found.text(0, 4)});
}

} // namespace motcua::portal
