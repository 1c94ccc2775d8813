// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/migrator.h"

namespace motcua {

/// The register's schema: resources/sql/register.
[[nodiscard]] const Schema& registerSchema();

} // namespace motcua
