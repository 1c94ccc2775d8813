// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/books/book_state.h"
#include "core/desk/desk.h"

#include <string>

namespace motcua {

// What the acts on books say when they refuse. For core/desk only.

/// The counter at which the first book of a kind is opened without a reason, so that two do not begin it.
inline constexpr int kHomeSlot = 1;
inline constexpr const char* kClosedWords =
    "Sổ của năm này đã khóa hoặc sổ năm sau đã mở: không cấp thêm số được nữa.";

[[nodiscard]] Refusal bookProblem(std::string rule, std::string message, std::string pointer = {});

/// As officials name it: by its place.
[[nodiscard]] std::string counterName(const BookCounter& counter);

/// Where the book is now and what can be done about it, for a counter that may not write in it.
[[nodiscard]] std::string whoHolds(const BookState& state, const BookCounter& self);

} // namespace motcua
