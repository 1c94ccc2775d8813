// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/migrate_on_copy.h"

#include "core/base/file.h"
#include "core/db/connection.h"
#include "core/db/transaction.h"
#include "core/journal/journal.h"
#include "core/register/projection.h"

namespace motcua {

namespace fs = std::filesystem;

namespace {

Result<Connection> connectTo(const fs::path& path, const Secret& key, const std::string& vfs)
{
    OpenOptions options;
    options.path = path.string();
    options.key = &key;
    options.vfs = vfs;
    return Connection::open(options);
}

/// Projections that a script cannot compute.
Result<void> fillProjections(Connection& connection)
{
    auto query = TRY(connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'people'"));
    if (!TRY(query.step())) {
        return {};
    }
    query.reset();
    auto transaction = TRY(Transaction::begin(connection));
    TRY(DossierProjection(connection, {}).fillPeople());
    return transaction.commit();
}

Result<void> makeMigratedCopy(const fs::path& database, const fs::path& copy, const Schema& schema,
                              const Secret& key, const std::string& vfs)
{
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm"}) {
        fs::remove(copy.string() + suffix, ignored);
    }
    {
        auto old = TRY(connectTo(database, key, vfs));
        TRY(old.backupTo(copy.string(), &key, vfs));
    }
    auto fresh = TRY(connectTo(copy, key, vfs));
    TRY(migrate(fresh, schema));
    TRY(fillProjections(fresh));
    const auto problems = TRY(fresh.integrityProblems());
    const auto findings = TRY(verifyChain(fresh));
    if (!problems.empty() || !findings.empty()) {
        return fail(ErrorKind::Damaged,
                    "the migrated copy: " + (problems.empty() ? findings.front().detail : problems.front()));
    }
    return {};
}

} // namespace

Result<void> migrateOnCopy(const fs::path& database, const Schema& schema, const Secret& key,
                           const std::string& vfs)
{
    const fs::path copy = database.parent_path() / "register.db.migrating";
    TRY(makeMigratedCopy(database, copy, schema, key, vfs));
    std::error_code error;
    if (fs::exists(database.string() + "-wal", error) || fs::exists(copy.string() + "-wal", error)) {
        return fail(ErrorKind::Storage, "a write-ahead log was left over; nothing was swapped in");
    }
    TRY(flushToDisk(copy));
    fs::path kept = database;
    kept += ".before-" + std::to_string(schema.latest());
    fs::remove(kept, error);
    fs::create_hard_link(database, kept, error);
    if (error) {
        return fail(ErrorKind::Storage, "keep " + kept.string() + ": " + error.message());
    }
    fs::rename(copy, database, error);
    if (error) {
        return fail(ErrorKind::Storage, "swap in " + database.string() + ": " + error.message());
    }
    return flushToDisk(database.parent_path());
}

} // namespace motcua
