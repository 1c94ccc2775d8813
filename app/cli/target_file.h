// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/outcome.h"

#include <string>

namespace motcua::cli {

/// A file is written under another name and then takes its place; a device, a folder or a pipe must not be
/// replaced that way. Exit 1, rule `not-a-file`.
[[nodiscard]] Reply<void> mustBeReplaceable(const std::string& file);

} // namespace motcua::cli
