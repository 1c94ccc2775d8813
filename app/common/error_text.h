// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace motcua {

/// An error as an official needs it, Vietnamese.
struct ErrorText
{
    std::string happened;
    std::string safe; ///< what was not lost
    std::string next; ///< what to do now

    [[nodiscard]] std::string sentence() const { return happened + ' ' + safe + ' ' + next; }
};

/// What an act says when it was not done.
[[nodiscard]] ErrorText explain(const Error& error);
/// What opening a register says. Nothing was written in any of these cases.
[[nodiscard]] ErrorText explainOpening(const Error& error);
/// The kind for programs: "locked", "wrong-key" …
[[nodiscard]] std::string_view errorName(ErrorKind kind);

} // namespace motcua
