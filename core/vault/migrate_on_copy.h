// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"
#include "core/db/migrator.h"

#include <filesystem>
#include <string>

namespace motcua {

/// Brings a register's file up to `schema`. The old file stays as it is until a copy was migrated, checked
/// and flushed; then the names change, and the old file stays beside it as `register.db.before-N`. Whatever
/// breaks on the way leaves the old file in its place. The caller holds the folder's lock and no connection.
[[nodiscard]] Result<void> migrateOnCopy(const std::filesystem::path& database, const Schema& schema,
                                         const Secret& key, const std::string& vfs = {});

} // namespace motcua
