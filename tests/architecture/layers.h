// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace motcua::architecture {

/// The module of a path from the root: "core/db" of "core/db/connection.cpp", "app" of everything of app,
/// "tests" of everything of tests; empty for anything else.
[[nodiscard]] std::string moduleOf(std::string_view path);

/// Whether a file of module `from` may include one of module `to` (or link it). What a module may use,
/// it may use with all that one may use in turn. Tests may use everything, and nobody may use tests.
[[nodiscard]] bool mayUse(std::string_view from, std::string_view to);

/// Whether `module` stands in the table of the modules at all.
[[nodiscard]] bool isKnownModule(std::string_view module);

} // namespace motcua::architecture
