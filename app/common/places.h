// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <filesystem>

namespace motcua {

/// Where the register is when nobody says otherwise: MOTCUA_REGISTER, else motcua/register in the platform's
/// folder for a user's data (XDG base directory specification; APPDATA on Windows).
[[nodiscard]] std::filesystem::path registerPlace();

/// The folder with `catalogue` and `papers` in it. In this order: MOTCUA_RESOURCES, ../share/motcua beside
/// the program, and in a program that still stands in its build folder the source tree. NotFound names what
/// was tried.
[[nodiscard]] Result<std::filesystem::path> resourcesPlace();

} // namespace motcua
