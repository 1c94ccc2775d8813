// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "sync/reference_portal/dossier_store.h"

#include <vector>

namespace motcua::portal {

/// Every File of the contract that stands anywhere in a dossier or in the body of an operation.
[[nodiscard]] std::vector<BlobName> blobsNamedIn(const Json& json);

} // namespace motcua::portal
