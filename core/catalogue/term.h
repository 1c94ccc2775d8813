// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <map>
#include <optional>
#include <string>

namespace motcua {

enum class TermUnit
{
    SameDay,    ///< on the day of receipt
    SameDay15h, ///< as above; received after 15:00, the next working day (Luật Hộ tịch Điều 5.3)
    WorkingDay,
    CalendarDay, ///< calendar days; an end on a day off moves to the next working day (BLDS Điều 148)
    WorkingHour, ///< hours of the office
    SeePortal,   ///< not known: the office must enter it before anything can be promised
    OtherAgency, ///< not run by the People's Committee; only received and forwarded
    Repealed,
};

/// "working_day" and so on, as in the catalogue's files and on the command line.
[[nodiscard]] std::string toString(TermUnit unit);

/// How long something may take. `n` counts days or hours; nothing and zero for the other units.
struct TermSpan
{
    int n = 0;
    TermUnit unit = TermUnit::SeePortal;
    bool operator==(const TermSpan&) const = default;
};

enum class ExtensionMode
{
    Total,    ///< the extended span is the whole term, from the receipt
    Addition, ///< the extended span follows the term
};

/// What verification, many copies and the like may add to a term.
struct TermExtension
{
    std::optional<TermSpan> span; ///< nothing: as agreed with the applicant
    ExtensionMode mode = ExtensionMode::Addition;
    std::string condition{}; ///< when it may be used, Vietnamese
};

/// The time limit of a procedure (or of one of its variants).
struct Term
{
    TermSpan span;
    std::optional<TermExtension> extension{};
    std::map<std::string, TermSpan> byChannel{}; ///< other limits for online or post

    /// The span that holds for a channel ("counter", "online", "post").
    [[nodiscard]] TermSpan spanFor(const std::string& channel) const;
};

/// Reads {"n": 3, "unit": "working_day", "extend": {"n": 5, "unit": "day", "mode": "addition", "cond": "…"},
/// "channels": {"online": {"n": 2, "unit": "working_day"}}}; an extension may say "by_agreement": true
/// instead of n and unit.
[[nodiscard]] Result<Term> termFromJson(const Json& json);

/// The term as on the slip: "03 ngày làm việc", "Trong ngày; nhận sau 15:00 thì trong ngày làm việc tiếp
/// theo".
[[nodiscard]] std::string termText(const TermSpan& span);

} // namespace motcua
