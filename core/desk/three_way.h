// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/outbox/queue.h"

#include <string>
#include <vector>

namespace motcua {

/// The outcome of putting a change of ours on a dossier that the portal changed meanwhile.
struct Merge
{
    /// What is still to be set: fields that only we changed.
    Json set = Json::object();
    /// Fields that both changed to different values; a person decides each.
    std::vector<ConflictField> conflicts;
};

/// Three ways, field by field. `set` is ours: pointers to new values. Only we changed it: it stays in `set`.
/// Both to the same: done, it is left out. The portal owns the field: its value stands. Both differently: a
/// conflict. A pointer whose parents the portal removed is a conflict as well. Pure.
[[nodiscard]] Merge mergeChange(const Json& base, const Json& set, const Json& theirs);

/// What a step in a dossier's life becomes.
enum class MoveMerge
{
    SendAgain, ///< still legal from where the portal stands
    Done,      ///< the portal is there already
    Conflict,  ///< it went elsewhere; a person decides
};
/// `before`, `to`, `theirs`: statuses by the contract's names. Pure.
[[nodiscard]] MoveMerge mergeMove(std::string_view before, std::string_view to, std::string_view theirs);

} // namespace motcua
