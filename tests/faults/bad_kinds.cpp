// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/bad_kinds.h"

namespace motcua::faults {

const std::vector<BadKind>& badKinds()
{
    static const std::vector<BadKind> kinds = [] {
        auto all = wordsOfOthers();
        const auto broken = brokenAnswers();
        all.insert(all.end(), broken.begin(), broken.end());
        return all;
    }();
    return kinds;
}

} // namespace motcua::faults
