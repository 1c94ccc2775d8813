// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/projector.h"

#include <vector>

namespace motcua {

/// The first place of a dossier that the portal turned down: a correction goes there, for all later ones wait
/// behind it. `rows` as Operations::ofDossier() gives them; points into them.
[[nodiscard]] const OperationRow* turnedDown(const std::vector<OperationRow>& rows);

/// What a correction in that place would not bring about, and so must be said once more behind all the
/// others:
///
/// * what an act that waits behind the place sets as well: it would be the last word, an older one;
/// * what the city changed since the place was first taken and somebody now puts back: on that old base it is
///   no change at all, and a merge would leave the city's value.
[[nodiscard]] Result<Json> setOnceMore(Projector& projector, const OperationRow& place,
                                       const std::vector<OperationRow>& rows, const Json& set);

/// `set` without what an act that waits in a later place sets as well. What goes on from a spent place goes
/// behind that act, and would be the last word though it is the older one.
[[nodiscard]] Result<Json> withoutLaterWords(Projector& projector, const OperationRow& place, Json set);

/// Of what a person decided for an operation, by pointer, what an act behind its place would undo by saying
/// once more what they did not take: `refused` is that value for each pointer.
[[nodiscard]] Result<Json> decidedOnceMore(Projector& projector, const OperationRow& place,
                                           const Json& decided, const Json& refused);

/// One set that says what two say one after the other. A value below one that the first sets goes into it,
/// because a patch takes no pointer that is the beginning of another.
[[nodiscard]] Json joinedSets(Json set, const Json& later);

} // namespace motcua
