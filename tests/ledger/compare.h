// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ledger/ledger_file.h"
#include "tests/ledger/run_ctl.h"

namespace motcua::ledger {

/// What one ledger came to.
struct Figures
{
    std::int64_t rows = 0;
    std::int64_t cells = 0;
    std::int64_t lost = 0;    ///< rows or cells that are not there
    std::int64_t changed = 0; ///< cells that are not what was written, or do not read as they were meant
    std::int64_t planted = 0; ///< cells with a sign that the code does not have
    std::int64_t listed = 0;  ///< of them, named with their place
    std::int64_t tooMany = 0; ///< cells that are named and hold no such sign
    int kills = 0;
    double seconds = 0;
    double megabytes = 0;
    std::string trouble; ///< why it could not be compared; empty: it could

    [[nodiscard]] bool isGood() const
    {
        return trouble.empty() && lost == 0 && changed == 0 && planted == listed && tooMany == 0;
    }
};

struct Plan
{
    std::int64_t rows = 100'000;
    std::uint64_t seed = 1;
    int kills = 0; ///< how often the import is killed before it may end
};

/// Writes the ledger, has it taken in, and compares every cell with what was written.
[[nodiscard]] Figures tryWriting(const std::filesystem::path& folder, const Writing& writing,
                                 const Plan& plan);

} // namespace motcua::ledger
