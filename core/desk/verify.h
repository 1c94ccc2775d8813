// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"
#include "core/register/projection.h"
#include "core/vault/register_folder.h"

#include <vector>

namespace motcua {

struct Verification
{
    std::int64_t entries = 0;
    JournalHead head;
    std::vector<Finding> findings; ///< empty: all is well
};

enum class Depth
{
    Chain, ///< the journal's chain and the queue's computed states
    Full,  ///< and every page, and every projection against one computed anew from facts
};

/// Checks an opened register. Writes nothing: what a rebuild would give is computed inside a transaction that
/// is rolled back.
[[nodiscard]] Result<Verification> verifyRegister(Connection& connection, const RegisterIdentity& identity,
                                                  FieldOf fieldOf, Depth depth);

} // namespace motcua
