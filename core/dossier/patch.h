// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/problem.h"
#include "core/base/time.h"
#include "core/dossier/schema.h"

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace motcua {

/// The tokens of a JSON pointer (RFC 6901), unescaped; nothing when it is none. "" has no tokens.
[[nodiscard]] std::optional<std::vector<std::string>> pointerTokens(std::string_view pointer);

/// The value at a pointer, or nothing. Array elements are reached by their index.
[[nodiscard]] const Json* findAt(const Json& root, std::string_view pointer);

/// What is wrong with the pointers of a patch themselves, before any dossier is looked at: syntax, one a
/// prefix of another, one of those that no patch may touch (portal contract, Patch). Problems point into
/// the dossier, at the pointer concerned.
[[nodiscard]] Problems checkPatchPointers(const Json& set);

/// The dossier with the members of `set` (pointer to new value) put in. Parents must exist, arrays are
/// replaced whole, null removes; the result keeps the schema (`rules` for a
/// dossier that a newer portal gave) or nothing is changed.
[[nodiscard]] tl::expected<Json, Problems> applyPatch(const Json& dossier, const Json& set,
                                                      SchemaRules rules = kContractRules);

/// The dossier after a step in its life. `move` is a valid Move body; `at` is when the official did it and
/// becomes finishedAt (the first time only) and returnedAt.
[[nodiscard]] tl::expected<Json, Problems> applyMove(const Json& dossier, const Json& move, Instant at,
                                                     SchemaRules rules = kContractRules);

} // namespace motcua
