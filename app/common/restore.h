// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/workplace.h"
#include "core/vault/backup.h"

#include <filesystem>

namespace motcua {

/// Brings a backup back as a register in `into`, which must not exist or be empty. Everything happens beside
/// it, and the folder gets its name last: unpacked, opened by `who`, verified whole, its journal in a new
/// epoch. On any error nothing is left behind and the backup is untouched.
///
/// Errors: Duplicate (something lies in `into`), NotFound, Foreign and Damaged (the backup), WrongKey.
[[nodiscard]] Result<BackupInfo> restoreRegister(const std::filesystem::path& backup,
                                                 const std::filesystem::path& into, SignIn who,
                                                 const Practice& practice);

} // namespace motcua
