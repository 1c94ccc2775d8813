// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace motcua {

enum class Severity
{
    Hard, ///< blocks
    Soft, ///< passes when the official gives a reason
};

/// One thing wrong with a form, beside its field. All problems of a form come together as a list.
struct Problem
{
    std::string pointer; ///< JSON pointer from the dossier, "/form/child/name"; empty: the whole
    std::string rule;    ///< stable name of the rule, "required", "term-unknown"
    std::string message; ///< a sentence for the official, Vietnamese
    Severity severity = Severity::Hard;
    std::string source; ///< the law or paper that the rule comes from; may be empty
};

using Problems = std::vector<Problem>;

} // namespace motcua
