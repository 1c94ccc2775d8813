// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdio>
#include <cstdlib>

namespace motcua {

/// Stops the program where a broken invariant would otherwise be written to disk or sent. Stays on in
/// release builds of core and sync; never used for what may happen (that is a Result).
inline void require(bool holds, const char* what)
{
    if (!holds) {
        std::fprintf(stderr, "motcua: broken invariant: %s\n", what);
        std::abort();
    }
}

} // namespace motcua
