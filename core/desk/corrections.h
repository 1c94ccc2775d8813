// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/db/connection.h"
#include "core/register/register.h"

#include <string>
#include <vector>

namespace motcua {

/// One place of a dossier that differs from what was sent.
struct Correction
{
    std::string pointer;
    Json before; ///< as the portal had it; null: nothing
    Json after;
};

/// What an official letter about a dossier has to say.
struct Corrections
{
    std::vector<Correction> changes;  ///< by pointer; empty: nothing to correct
    std::vector<std::string> reasons; ///< of the changes, in their order, each once
};

/// What was changed here after the portal had acknowledged the dossier, and after the last letter that came
/// out well: the first value against the last, so that what was changed back is none. What the portal or
/// another counter changed is not ours to correct, nor is what was withdrawn, or replaced by a later
/// operation in its place. A date counts as one value, a person's facts each by itself.
[[nodiscard]] Result<Corrections> correctionsOf(Connection& connection, Register& dossiers, std::int64_t id);

/// The name of the letter among the papers of a dossier.
inline constexpr std::string_view kCorrectionPaper = "correction";

} // namespace motcua
