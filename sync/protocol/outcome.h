// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace motcua {

/// What the portal says became of one operation (contract, Result).
enum class Outcome
{
    Applied,
    Replayed,
    Conflict,
    Rejected,
    Mismatch,
    Cancelled,
    Blocked,
    Later,
    Unknown,
};

[[nodiscard]] std::string_view outcomeName(Outcome outcome);
[[nodiscard]] std::optional<Outcome> parseOutcome(std::string_view name);

/// The result that a receipt must carry for this answer: applied also for replayed; nothing for blocked,
/// later and unknown, which no receipt proves.
[[nodiscard]] std::optional<Outcome> provenOutcome(Outcome answered);

} // namespace motcua
