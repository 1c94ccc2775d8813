// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>

namespace motcua {

/// The certificates in a PEM file, written anew: whatever else stands in it, a private key say, stays there.
/// Needs an application object. NotFound: no such file; Invalid: no certificate in it, or far too large;
/// Storage: it cannot be read.
[[nodiscard]] Result<std::string> certificatesIn(const std::filesystem::path& file);

} // namespace motcua
