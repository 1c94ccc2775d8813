// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <filesystem>

namespace motcua {

/// A password from a file: its first line without the line end. NotFound; Invalid when it is empty, longer
/// than 1,000 bytes, or something follows the first line (which would silently not be part of the password).
[[nodiscard]] Result<Secret> readPasswordFile(const std::filesystem::path& file);

} // namespace motcua
