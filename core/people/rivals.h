// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/people/likeness.h"

#include <cstddef>

namespace motcua {

/// How many others in the register are called so, in any order of the words; and of these, how many are born
/// in the year asked for, and how many live in the commune asked for.
struct Namesakes
{
    std::size_t all = 0;
    std::size_t ofYear = 0;
    std::size_t ofPlace = 0;
};

/// How many other people would be as like as that by chance. Names are few and people many, so nothing is
/// weighed by a constant that the register itself can tell: in one commune "Giàng A Sùng" is rare, in another
/// every tenth.
[[nodiscard]] double rivalsBy(const Likeness& likeness, const Namesakes& others);

} // namespace motcua
