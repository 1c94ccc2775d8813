// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace motcua {

/// Names of the built-in files of resources/papers that match a pattern, in order.
[[nodiscard]] std::vector<std::string> builtInFiles(const char* pattern);
/// One of them. NotFound.
[[nodiscard]] Result<std::string> readBuiltIn(const std::string& file);
/// Names of a folder's files that match, in order; none of a folder that is not there or that is "".
[[nodiscard]] std::vector<std::string> filesIn(const std::filesystem::path& folder, const char* pattern);

} // namespace motcua
