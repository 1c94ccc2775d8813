// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/bundle/stick.h"
#include "sync/courier/courier_in.h"

#include <optional>
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
    /// How far one of our writings is answered.
    struct Writing
    {
        std::string set;
        std::optional<Instant> at;         ///< when it was written; none: not by this register as it is now
        std::vector<std::int64_t> missing; ///< its volumes that the portal had not seen
        bool isWhole = false;              ///< all volumes of the answer were read by now
    };
    AnswerReport sum; ///< of all volumes: `missing` of all writings, `isWhole` only if each of them is
    std::vector<Writing> writings; ///< in the order of their first volumes
    std::int64_t volumes = 0;      ///< read
    std::int64_t repeated = 0;     ///< of them, read before
    std::int64_t others = 0;       ///< bundles for somebody else: the portal, or another counter
    std::vector<Refusal> refused;  ///< nothing of these was taken

    /// Each writing is answered whole, nothing of it is missing, and no file was turned away.
    [[nodiscard]] bool isComplete() const;
};

/// Reads these files of a stick, each from a private copy. One bad file does not keep the others out. Errors:
/// of this counter's own disk, and Refused (stopped): what was read before stays.
[[nodiscard]] Result<StickAnswers> readAnswers(CourierIn& courier, Stick& stick,
                                               std::vector<std::string> files,
                                               const std::string& privateFolder,
                                               const StickProgress& progress = {});

} // namespace motcua
