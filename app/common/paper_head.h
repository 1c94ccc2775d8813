// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/papers/paper_data.h"
#include "core/vault/register_folder.h"

#include <filesystem>

namespace motcua {

/// Where a unit puts its own templates and head: `papers` in the register's folder.
[[nodiscard]] std::filesystem::path unitPaperFolder(const std::filesystem::path& registerFolder);

/// The head of the unit's papers: what `papers/head.json` in the register's folder says, and for what it does
/// not say the unit's name and the usual centre (Decree 118/2025: Trung tâm Phục vụ hành chính công).
/// Invalid, with the file's name, when the file is there and wrong.
[[nodiscard]] Result<PaperHead> paperHeadOf(const RegisterIdentity& identity,
                                            const std::filesystem::path& registerFolder);

} // namespace motcua
