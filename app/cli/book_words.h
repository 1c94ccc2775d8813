// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/arguments.h"
#include "app/cli/session.h"
#include "core/desk/book_desk.h"
#include "core/journal/chain_code.h"

#include <optional>
#include <string>

namespace motcua::cli {

/// "birth/2026", or a kind ("birth", "SCT/BS") whose newest book here is meant. Exit 1 where there is none.
[[nodiscard]] Reply<std::string> bookOf(Workplace& place, const std::string& word);
/// --signer and --title, else who is signed in.
[[nodiscard]] BookSigner signerOf(Workplace& place, const Arguments& arguments);
/// --last, --volume, --page, --pages-before, --cancelled; nothing without --last.
[[nodiscard]] Reply<std::optional<BookBalance>> balanceOf(const Arguments& arguments);

} // namespace motcua::cli
