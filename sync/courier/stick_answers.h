// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/bundle/stick.h"
#include "sync/courier/courier_in.h"

#include <string>
#include <vector>

namespace motcua {

/// What a whole stick brought.
struct StickAnswers
{
    struct Refusal
    {
        std::string file;
        Error error;
    };
    AnswerReport sum;             ///< of all volumes; its set is that of the last
    std::int64_t volumes = 0;     ///< read
    std::int64_t repeated = 0;    ///< of them, read before
    std::int64_t others = 0;      ///< bundles for somebody else: the portal, or another counter
    std::vector<Refusal> refused; ///< nothing of these was taken
};

/// Reads these files of a stick, each from a private copy. One bad file does not keep the others out. Errors:
/// of this counter's own disk, and Refused (stopped): what was read before stays.
[[nodiscard]] Result<StickAnswers> readAnswers(CourierIn& courier, Stick& stick,
                                               std::vector<std::string> files,
                                               const std::string& privateFolder,
                                               const StickProgress& progress = {});

} // namespace motcua
