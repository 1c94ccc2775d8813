// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/faults/bad_answer.h"

#include <vector>

namespace motcua::faults {

// The two parts of badKinds(), in its order: a seed means the same answer as long as both keep theirs.

/// Others' words, others' keys, and what was changed after the signing.
[[nodiscard]] std::vector<BadKind> wordsOfOthers();
/// Broken shapes and broken bytes.
[[nodiscard]] std::vector<BadKind> brokenAnswers();

} // namespace motcua::faults
