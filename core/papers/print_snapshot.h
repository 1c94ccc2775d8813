// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/papers/laid_out_paper.h"

#include <string>
#include <string_view>

namespace motcua {

/// What was printed, to be stored with the print event. A reprint is laid out from here and never from
/// today's data, template or commune name (domain.md section 0).
struct PrintSnapshot
{
    std::string bytes;  ///< canonical JSON: name, title, and the finished markup of each copy
    std::string sha256; ///< of `bytes`, lower-case hex
};

[[nodiscard]] PrintSnapshot snapshotOf(const LaidOutPaper& paper);

/// The paper as it was, with today's marking. Damaged when the bytes are no snapshot.
[[nodiscard]] Result<LaidOutPaper> layOutAgain(std::string_view snapshotBytes, const Marking& marking);

} // namespace motcua
