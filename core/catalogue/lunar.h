// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/time.h"

#include <optional>
#include <vector>

namespace motcua {

struct LunarDate
{
    int year = 0; ///< the solar year in which its month 1 begins
    unsigned month = 0;
    unsigned day = 0;
    bool leap = false;
    auto operator<=>(const LunarDate&) const = default;
};

/// The lunar calendar of Viet Nam as a table of the first days of its months (resources/catalogue/lunar.json,
/// computed at UTC+7). For holidays, and for families who give a death date by the lunar calendar; the
/// register stores the solar date.
class LunarCalendar
{
public:
    /// Refuses a table with gaps: every month has 29 or 30 days.
    [[nodiscard]] static Result<LunarCalendar> fromJson(const Json& table);

    /// Nothing outside the table, or when that month had no such day or no leap month.
    [[nodiscard]] std::optional<Day> toSolar(const LunarDate& date) const;
    [[nodiscard]] std::optional<LunarDate> toLunar(Day day) const;

    /// True for days when calendars printed in Viet Nam may differ from the table: before 1968 the North used
    /// UTC+8, and the South another calendar until 1976.
    [[nodiscard]] static bool isUnsure(Day day) { return day.year() < std::chrono::year{1976}; }

    [[nodiscard]] int firstYear() const { return m_months.front().year; }
    [[nodiscard]] int lastYear() const { return m_months.back().year; }

private:
    struct Month
    {
        std::chrono::sys_days first;
        int year;
        unsigned month;
        bool leap;
    };

    [[nodiscard]] static Result<void> addYear(std::vector<Month>& months, int year, const Json& rows);
    [[nodiscard]] unsigned lengthOf(std::size_t index) const;

    std::vector<Month> m_months; ///< in order, never empty
};

} // namespace motcua
