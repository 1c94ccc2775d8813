// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <span>
#include <string>

namespace motcua {

class Connection;

/// One released step of a schema: never changed again.
struct Migration
{
    int version;
    const char* script; ///< the whole numbered file of resources/sql
};

/// The steps of one kind of file. `applicationId` marks our files, so that a foreign one is told apart.
struct Schema
{
    std::int32_t applicationId;
    std::span<const Migration> migrations; ///< strictly increasing, never empty

    [[nodiscard]] int latest() const { return migrations.back().version; }
};

enum class SchemaState
{
    Empty, ///< a new file without tables
    Current,
    Older, ///< migrate() brings it up to date, on a copy
};

/// What the file says about itself. Errors: Newer (left untouched), Foreign (left untouched).
[[nodiscard]] Result<SchemaState> schemaState(Connection& connection, const Schema& schema);

/// Runs the missing steps, all in one transaction together with the version. The caller runs it on a copy
/// that is swapped in afterwards (core/vault), never on the only file.
[[nodiscard]] Result<void> migrate(Connection& connection, const Schema& schema);

} // namespace motcua
