// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/books/book_state.h"

#include <string_view>

namespace motcua {

inline constexpr std::int64_t kBookNumberMost = 10'000'000;
inline constexpr std::int64_t kBookYearLeast = 1900;
inline constexpr std::int64_t kBookYearMost = 9999;

/// A member that must be an integer within bounds. Invalid, with its name.
[[nodiscard]] Result<std::int64_t> bookInteger(const Json& json, const char* name, std::int64_t least,
                                               std::int64_t most);

/// What an act does to a book; Invalid, and the book half changed, where the law of books forbids it.
using BookRule = Result<void> (*)(BookState&, const Json& act);

/// The rule of an act by its name; null where there is no such act.
[[nodiscard]] BookRule bookRule(std::string_view act);

} // namespace motcua
