// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <optional>
#include <string>
#include <string_view>

namespace motcua {

// The dossier code `unit-YYMMDD-N` (TT 03/2025/TT-VPCP; portal contract "Codes"). N of a counter begins with
// its slot s, so that counters need no network: s001 to s899 in order, s900 to s999 for paper mode, then
// s1000 to s9999 with one digit more. s000 is never given. The portal gives six digits beginning with 0.

enum class CodeKind
{
    Counter, ///< four or five digits
    Portal,  ///< six digits beginning with 0
};

struct DossierCode
{
    std::string unit;
    Day day{};
    int number = 0; ///< the digits after the last hyphen as a number
    int slot = 0;   ///< of a counter's code
    CodeKind kind = CodeKind::Counter;
};

inline constexpr int kSlotMax = 9;

/// The next number of a slot on a day, after `highestToday` (the number of the highest code of this slot and
/// day that may be on paper; those of paper mode left out). 1001, … 1899, 11000, … 19999 for slot 1.
/// Refused when the day's numbers are used up, or the slot or the highest number is none of its own.
[[nodiscard]] Result<int> nextNumber(int slot, std::optional<int> highestToday);

/// The code as printed. The number must be one of the slot's (isNumberOf).
[[nodiscard]] std::string makeCode(std::string_view unit, Day day, int slot, int number);

[[nodiscard]] bool isNumberOf(int slot, int number);
/// True for numbers kept for paper mode (s900 to s999).
[[nodiscard]] bool isPaperNumber(int slot, int number);

/// An agency's code, the head of dossier codes: "H26.131".
[[nodiscard]] bool isUnitCode(std::string_view text);

/// Reads a code of a counter or of the portal; nothing for everything else, codes of other systems included.
[[nodiscard]] std::optional<DossierCode> parseCode(std::string_view text);

/// True when a counter of the unit with this slot may have given the code on that day.
[[nodiscard]] bool isValidCodeFor(std::string_view unit, int slot, Day day, std::string_view code);

} // namespace motcua
