// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/reference_portal/pg_connection.h"

namespace motcua::portal {

/// Brings both schemas of the database up to date: motcua_dossiers, which a restore brings back, and
/// motcua_keys, which it must leave alone. Of several portals that start at one time one does it and the
/// others wait. A role that may not make schemas is enough once they are there.
/// Errors: Newer (written by a newer portal; left untouched), and those of PgConnection.
[[nodiscard]] Result<void> migrateDossiers(PgConnection& database);
[[nodiscard]] Result<void> migrateKeys(PgConnection& database);

} // namespace motcua::portal
