// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/pg_schema.h"

#include "portal_dossiers_migrations.h"
#include "portal_keys_migrations.h"

#include <span>

namespace motcua::portal {

namespace {

/// Any number that no other program in this database uses: "mcPM".
constexpr std::int64_t kMigrationLock = 0x6d63504d;

/// One of the two schemas; the texts are constants, as all statements are.
struct PgSchema
{
    const char* name;
    std::span<const Migration> migrations;
    /// Reads a table and not a name: after waiting for a lock a name may still be known as missing.
    PgSql exists;
    const char* create;
    const char* enter;
    PgSql version;
    PgSql note;
};

const PgSchema kDossiers{
    "motcua_dossiers",
    kPortalDossierMigrations,
    R"(SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'motcua_dossiers' AND tablename = 'schema_version'))",
    R"(CREATE SCHEMA motcua_dossiers;
       CREATE TABLE motcua_dossiers.schema_version (version integer PRIMARY KEY, migrated_at timestamptz NOT NULL DEFAULT now());)",
    "SET LOCAL search_path = motcua_dossiers",
    "SELECT coalesce(max(version), 0) FROM motcua_dossiers.schema_version",
    "INSERT INTO motcua_dossiers.schema_version (version) VALUES ($1)"};

const PgSchema kKeys{
    "motcua_keys",
    kPortalKeyMigrations,
    R"(SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'motcua_keys' AND tablename = 'schema_version'))",
    R"(CREATE SCHEMA motcua_keys;
       CREATE TABLE motcua_keys.schema_version (version integer PRIMARY KEY, migrated_at timestamptz NOT NULL DEFAULT now());)",
    "SET LOCAL search_path = motcua_keys",
    "SELECT coalesce(max(version), 0) FROM motcua_keys.schema_version",
    "INSERT INTO motcua_keys.schema_version (version) VALUES ($1)"};

Result<std::int64_t> versionOf(PgConnection& database, const PgSchema& schema)
{
    if (!TRY(database.run(schema.exists)).flag(0, 0)) {
        return 0;
    }
    return TRY(database.run(schema.version))
    .number(0, 0);
}

Result<bool> isCurrent(PgConnection& database, const PgSchema& schema)
{
    const std::int64_t version = TRY(versionOf(database, schema));
    const int latest = schema.migrations.back().version;
    if (version > latest) {
        return fail(ErrorKind::Newer, std::string("the schema ") + schema.name + " is of version " +
                                          std::to_string(version) + ", this program knows " +
                                          std::to_string(latest));
    }
    return version == latest;
}

/// The steps that are missing, all in the transaction that is open.
Result<void> runSteps(PgConnection& database, const PgSchema& schema)
{
    TRY(database.run("SELECT pg_advisory_xact_lock($1)", {kMigrationLock}));
    if (TRY(isCurrent(database, schema))) { // somebody else has done it meanwhile
        return {};
    }
    if (!TRY(database.run(schema.exists)).flag(0, 0)) {
        TRY(database.script(schema.create));
    }
    TRY(database.script(schema.enter));
    const std::int64_t version = TRY(versionOf(database, schema));
    for (const Migration& step : schema.migrations) {
        if (step.version > version) {
            TRY(database.script(step.script));
            TRY(database.run(schema.note, {step.version}));
        }
    }
    return {};
}

Result<void> migrateOne(PgConnection& database, const PgSchema& schema)
{
    if (TRY(isCurrent(database, schema))) {
        return {};
    }
    TRY(database.begin());
    auto done = runSteps(database, schema);
    if (!done) {
        database.rollBack();
        return done;
    }
    return database.commit();
}

} // namespace

Result<void> migrateDossiers(PgConnection& database)
{
    return migrateOne(database, kDossiers);
}

Result<void> migrateKeys(PgConnection& database)
{
    return migrateOne(database, kKeys);
}

} // namespace motcua::portal
