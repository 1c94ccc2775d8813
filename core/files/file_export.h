// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/files/file_store.h"

#include <filesystem>

namespace motcua {

/// Writes a file of a dossier in plain text where somebody answered for it: beside the target under another
/// name, only for this user, checked against its digest, and then in the target's place; nothing is left
/// where anything goes wrong. A link that stands there is replaced, never followed. NotFound and Damaged: the
/// file is not good any more. Storage.
[[nodiscard]] Result<void> exportFile(FileStore& store, const FileRecord& file,
                                      const std::filesystem::path& target);

} // namespace motcua
