// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/vault/register_folder.h"

#include <filesystem>

namespace motcua {

/// One file: a line that says what it is, a line of JSON, the key slots, the encrypted register as SQLite's
/// backup interface copied it, and the files of its dossiers, encrypted as they lie beside it. Whoever may
/// open the register may open the backup, nobody else.
struct BackupInfo
{
    std::filesystem::path file;
    std::int64_t entries = 0; ///< in the journal
    std::string head;         ///< its chain, hex
    std::int64_t files = 0;   ///< scans and documents
    /// Of those that dossiers name so many are lost or damaged in the register itself already. The rest is
    /// backed up all the same.
    std::int64_t filesBad = 0;
};

/// Writes a backup into `target` under a name that is not taken, while the register stays in use. It gets its
/// final name only after it was read back whole. Storage, Locked.
[[nodiscard]] Result<BackupInfo> writeBackup(const RegisterFolder& folder, Connection& connection,
                                             const std::filesystem::path& target, const Clock& clock);

/// Takes a backup apart into a new register folder. Refuses one that holds a register. Damaged where the file
/// is not whole; then nothing is left behind. The new folder still has to be begun: see beginNewEpoch().
[[nodiscard]] Result<BackupInfo> unpackBackup(const std::filesystem::path& file,
                                              const std::filesystem::path& into);

/// Why a register begins a new epoch.
enum class NewEpoch
{
    Restored, ///< from a backup: it may have gone back in time
    Copied,   ///< another machine ran from a copy of its disk, and a person decided that this one goes on
};

/// What was written since may stand elsewhere under the same names: the journal goes on in a new epoch, so
/// that no entry's identity is used twice, and the day's numbers jump beyond what may have been printed
/// meanwhile.
[[nodiscard]] Result<void> beginNewEpoch(RegisterFolder& folder, const Clock& clock, NewEpoch reason);

} // namespace motcua
