// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace motcua::ledger {

/// How a run of motcuactl ended.
struct CtlRun
{
    int exit = -1;
    bool killed = false;
    Json answer;
    double seconds = 0;
    std::chrono::milliseconds processor{}; ///< time that it used of the processor, its start included
    double megabytes = 0;                  ///< the most memory that it held
};

/// Runs the real motcuactl beside this program. `killAfter` more than 0: it is killed without a word when it
/// has used so many milliseconds of the processor.
[[nodiscard]] CtlRun runCtl(const std::filesystem::path& folder, const std::vector<std::string>& arguments,
                            long killAfter = 0);

} // namespace motcua::ledger
