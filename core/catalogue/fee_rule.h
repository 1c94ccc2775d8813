// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace motcua {

enum class FeePer
{
    Case, ///< once for each case: a signature, a transaction, a registration
    Copy, ///< for each copy
    Page, ///< for each page of the original and each copy of it
};

/// Which registrations a row is for: those within the legal duty, those after it, or all.
enum class FeeWhen
{
    Always,
    OnTime,
    Late,
};

/// Who does not pay. Dates of effect of its own, since waivers come and go while a fee stays.
struct FeeWaiver
{
    std::string name;
    std::string source{};
    std::optional<Day> effectiveFrom{};
    std::optional<Day> effectiveTo{};
};

/// One rate. Rows of the same procedure and code are alternatives (by date, channel, lateness), of different
/// codes they are added up.
struct FeeRule
{
    std::string procedure;
    std::string code;
    std::string name;
    std::string channel{}; ///< empty: every channel
    FeeWhen when = FeeWhen::Always;
    std::optional<int> dutyDays{}; ///< birth 60, death 15: what late means, counted from the event
    FeePer per = FeePer::Case;
    std::optional<std::int64_t> amount{};     ///< nothing: set by the province, and not entered yet
    std::optional<std::int64_t> fromPage3{};  ///< per page from the third page on
    std::optional<std::int64_t> maxPerCopy{}; ///< per copy
    std::vector<FeeWaiver> waivers{};
    std::string note{}; ///< for the official, with examples of other places' rates, which are never charged
    std::string source{};
    std::string sure{};
    std::optional<Day> effectiveFrom{};
    std::optional<Day> effectiveTo{};
};

/// Reads one row of fees.json.
[[nodiscard]] Result<FeeRule> feeRuleFromJson(const Json& json);

} // namespace motcua
