// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/migrator.h"

#include "core/base/check.h"
#include "core/db/connection.h"
#include "core/db/transaction.h"

namespace motcua {

namespace {

Result<std::int64_t> pragma(Connection& connection, std::string_view text)
{
    auto query = TRY(connection.prepare(text));
    const bool row = TRY(query.step());
    return row ? query.integer(0) : 0;
}

} // namespace

Result<SchemaState> schemaState(Connection& connection, const Schema& schema)
{
    const auto tables = TRY(pragma(connection, "SELECT count(*) FROM sqlite_schema"));
    const auto application = TRY(pragma(connection, "PRAGMA application_id"));
    const auto version = TRY(pragma(connection, "PRAGMA user_version"));
    if (tables == 0 && application == 0 && version == 0) {
        return SchemaState::Empty;
    }
    if (application != schema.applicationId) {
        return fail(ErrorKind::Foreign, "application id " + std::to_string(application));
    }
    if (version > schema.latest()) {
        return fail(ErrorKind::Newer, "schema " + std::to_string(version) + ", this program knows " +
                                          std::to_string(schema.latest()));
    }
    return version == schema.latest() ? SchemaState::Current : SchemaState::Older;
}

Result<void> migrate(Connection& connection, const Schema& schema)
{
    const auto state = TRY(schemaState(connection, schema));
    if (state == SchemaState::Current) {
        return {};
    }
    auto transaction = TRY(Transaction::begin(connection));
    const auto version = TRY(pragma(connection, "PRAGMA user_version"));
    for (const Migration& step : schema.migrations) {
        if (step.version > version) {
            TRY(connection.execute(step.script));
        }
    }
    // Pragmas take no parameters; both numbers are ours.
    const std::string stamp = "PRAGMA application_id=" + std::to_string(schema.applicationId) +
                              "; PRAGMA user_version=" + std::to_string(schema.latest());
    TRY(connection.execute(stamp.c_str()));
    return transaction.commit();
}

} // namespace motcua
