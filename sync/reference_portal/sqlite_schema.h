// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/db/migrator.h"

namespace motcua::portal {

/// What a restore from backup brings back: operations, dossiers, revisions.
extern const Schema kDossierSchema;
/// What a restore must leave alone: units, devices, enrolment codes, keys, the portal's epoch.
extern const Schema kKeySchema;

/// Opens a file of the embedded store, making it when missing. Errors as of Connection and migrator.
[[nodiscard]] Result<Connection> openStore(const std::string& path, const Schema& schema);

} // namespace motcua::portal
