// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/files/file_store.h"
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
    Chain, ///< the journal's chain, the queue's computed states, and that each file is there
    Full,  ///< and every page, every byte of every file, and every projection against one computed anew from
           ///< facts
};

/// The kind of a finding about a file: its dossier is whole without it, and the paper can be scanned again.
inline constexpr std::string_view kFileFinding = "file";

/// Checks an opened register. `files`: also the files beside it. Writes nothing: what a rebuild would give is
/// computed inside a transaction that is rolled back.
[[nodiscard]] Result<Verification> verifyRegister(Connection& connection, const RegisterIdentity& identity,
                                                  FieldOf fieldOf, Depth depth, FileStore* files = nullptr);

} // namespace motcua
