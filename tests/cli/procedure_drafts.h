// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/time.h"

#include <string>

namespace motcua::testing {

/// A draft with every field of a procedure's form and every paper of its list filled in, made from nothing
/// but what `procedure show` says: persons of fitting age, dates in their order, the first choice of each
/// list. `received` is the day of receipt.
[[nodiscard]] Json fullDraft(const Json& procedure, Day received);
/// The same draft with a reason for each soft problem that `accept --check` named.
[[nodiscard]] Json withReasons(Json draft, const Json& problems);

} // namespace motcua::testing
