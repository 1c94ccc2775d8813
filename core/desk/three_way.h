// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/catalogue/field_rules.h"
#include "core/outbox/queue.h"

#include <string>
#include <vector>

namespace motcua {

/// The outcome of putting a change of ours on a dossier that the portal changed meanwhile.
struct Merge
{
    /// What is still to be set: what only we changed, or what the rules made of both.
    Json set = Json::object();
    /// Fields that a person decides.
    std::vector<ConflictField> conflicts;
};

/// Whether the rules may settle anything, or a person looks at every field that differs.
enum class Automatic
{
    AsRuled,
    Never,
};

/// Three ways, field by field: base B is what both agreed on, `set` is ours O (pointers to new values), T is
/// the portal's. O = T: done. O = B: T stands. T = B: O stays in `set`. Else the field's rule decides. A
/// pointer whose parents the portal removed is a person's. Pure.
[[nodiscard]] Merge mergeChange(const Json& base, const Json& set, const Json& theirs,
                                const FieldRules& rules, Automatic automatic = Automatic::AsRuled);

/// Two changed texts or lists as one, as the rule of the pointer says: items and lines that either side
/// added; what one side removed goes only when the other left it as it was. Nothing where only a person can
/// tell. Never holds what none of the three holds. Pure.
[[nodiscard]] std::optional<Json> unite(const Json& base, const Json& ours, const Json& theirs,
                                        const std::string& pointer, const FieldRules& rules);

/// What a step carries beside the status, as a patch: an appointment, results. Pure.
[[nodiscard]] Json carriedBy(const Json& move);
/// The step with what is in `set` of that, and nothing else. Pure.
[[nodiscard]] Json withCarried(Json move, const Json& set);

/// What a later reception says otherwise than the first one of its place, as a patch; without what no patch
/// may touch. Pure.
[[nodiscard]] Json corrections(const Json& first, const Json& later);

/// What a step in a dossier's life becomes.
enum class MoveMerge
{
    SendAgain,  ///< legal from where the portal stands, and further
    Done,       ///< the portal is there already, or further
    HandedOver, ///< both gave the result to a citizen: theirs counts, ours becomes a remark and an alarm
    Conflict,   ///< it went elsewhere; a person decides
};
/// `before`, `to`, `theirs`: statuses by the contract's names. Pure.
[[nodiscard]] MoveMerge mergeMove(std::string_view before, std::string_view to, std::string_view theirs);

/// A date as it was written is one value: halves of two dates make a third that nobody wrote. Pure.
[[nodiscard]] bool isWrittenDate(const Json& value);

/// What stands in the way of any rule. Pure.
[[nodiscard]] Situation situationOf(const Json& base, const Json& theirs);

/// `set` with the groups that the portal removed meanwhile put in again around their values, so that what a
/// person took from here can be set. Pure.
[[nodiscard]] Json withParents(const Json& set, const Json& theirs);

} // namespace motcua
