// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz_targets.h"

#include <array>

namespace motcua {

std::span<const FuzzTarget> fuzzTargets()
{
    static constexpr std::array kTargets{
        FuzzTarget{"answer", consumeAnswer},       FuzzTarget{"bundle", consumeBundle},
        FuzzTarget{"catalogue", consumeCatalogue}, FuzzTarget{"journal", consumeJournal},
        FuzzTarget{"ledger", consumeLedger},       FuzzTarget{"operations", consumeOperations},
        FuzzTarget{"page", consumePage},           FuzzTarget{"receipt", consumeReceipt},
    };
    return kTargets;
}

} // namespace motcua
