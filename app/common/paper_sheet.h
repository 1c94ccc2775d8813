// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>

namespace motcua {

/// Writes for every paper, with invented data at ordinary and at the greatest lengths, its pages as pictures
/// and index.html, which shows them beside the list of their fields, where these come from and how sure that
/// is. Gives how many papers. `unitFolder`: a unit's own templates, may be "". Needs a QGuiApplication.
[[nodiscard]] Result<std::int64_t> writePaperSheet(const std::filesystem::path& folder,
                                                   const std::filesystem::path& unitFolder);

} // namespace motcua
