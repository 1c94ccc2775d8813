// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/verify.h"
#include "tests/world/crash_story.h"

namespace motcua {

/// What a power cut left of a register and its log.
struct CrashedDisk
{
    const std::string& database;
    const std::string& log;
    std::size_t mark = 0; ///< the last act that had returned
};

/// As after a power cut: the program opens its register, verifies it, has every slip's dossier, and serves
/// the next citizen under a number that nobody has. What went wrong, or nothing.
[[nodiscard]] std::string startAfterCut(WorldStore& store, const CrashStory& story, const CrashedDisk& disk,
                                        Depth depth);

} // namespace motcua
