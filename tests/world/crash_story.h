// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/world_store.h"

#include <cstdint>
#include <string>
#include <vector>

namespace motcua {

/// What is wrong on purpose, so that the search is seen to find it.
enum class CrashDefect
{
    None,
    NoSync, ///< synchronous=OFF from the tenth transaction on
    Halves, ///< one act is two transactions
};

/// A register's life as its disk saw it: forty transactions of real acts, with what stood in the register
/// when each of them had returned.
struct CrashStory
{
    struct Mark
    {
        std::size_t changes = 0; ///< made until the call returned
        std::string act;
        std::uint64_t digest = 0; ///< of all that the register says
        std::string head;         ///< the journal's, position and chain
    };
    std::string path; ///< of the register; its log is named after it
    std::string database;
    std::string log;
    std::vector<DiskChange> changes;
    std::vector<Mark> marks; ///< the first stands before anything was done
    struct Slip
    {
        std::size_t mark = 0; ///< it was printed after this one
        std::string code;
    };
    std::vector<Slip> slips;
};

inline constexpr int kCrashTransactions = 40;

[[nodiscard]] CrashStory tellCrashStory(WorldStore& store, CrashDefect defect);

/// The journal's last entry as one text; what every state is asked first.
[[nodiscard]] Result<std::string> headText(Connection& connection);

} // namespace motcua
