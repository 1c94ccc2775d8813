// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/problem.h"
#include "core/base/time.h"
#include "core/catalogue/calendar.h"
#include "core/catalogue/form.h"

#include <optional>
#include <string_view>

namespace motcua {

/// What can be said about a dossier whose fields may be empty and whose dates may be years.
enum class Truth
{
    No,
    Yes,
    Unknown,
};

/// What a condition is asked about: a dossier (or draft) and the day of receipt.
struct Facts
{
    const Json& dossier;
    Day today;
    const Calendar& calendar; ///< for duties that end on a day off
    /// Where it is taken in: "UBND xã Phúc Thọ". Empty: not known, and nothing is said about competence.
    std::string_view unitName{};
};

/// Three-valued: Unknown where a value is missing, is of another kind, or is not precise enough to tell
/// (born in 2008: of age on 2026-06-30?). Never throws, whatever the JSON holds.
[[nodiscard]] Truth evaluate(const Condition& condition, const Facts& facts);

/// The problems of the rules that are surely broken, in the order of the form.
[[nodiscard]] Problems brokenRules(const Form& form, const Facts& facts);

/// The days that an EventDate may mean, first and last: the whole year for "1984". Nothing when it is no
/// EventDate or the calendar does not have it.
struct DaySpan
{
    std::chrono::sys_days first;
    std::chrono::sys_days last;
};
[[nodiscard]] std::optional<DaySpan> spanOf(const Json& eventDate);

} // namespace motcua
