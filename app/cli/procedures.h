// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/arguments.h"
#include "core/catalogue/catalogue.h"

namespace motcua::cli {

/// The procedure on that day, a repealed one too. Exit 1, rule `unknown-procedure`, when there is none.
[[nodiscard]] Reply<const Procedure*> procedureOn(const Catalogue& catalogue, const std::string& code,
                                                  Day on);
/// --channel, "counter" where it is not given; wrong usage for any other word.
[[nodiscard]] Reply<std::string> channelOf(const Arguments& arguments);

} // namespace motcua::cli
