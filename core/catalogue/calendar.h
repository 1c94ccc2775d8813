// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/lunar.h"

#include <array>
#include <map>
#include <string>

namespace motcua {

enum class DayKind
{
    Working,
    Off,
    Half, ///< worked in the morning; counts as a working day
};

/// How sure it is that a day is what it is.
enum class DaySure
{
    Official,  ///< announced
    Statutory, ///< follows from the law
    Proposal,  ///< read about, not decided
    Computed,  ///< by our rules, because nobody entered a list for the year
};

struct DayInfo
{
    DayKind kind = DayKind::Working;
    DaySure sure = DaySure::Official;
    std::string reason{}; ///< Vietnamese; empty for an ordinary working day
    bool listed = false;  ///< an exception from the week: holiday, make-up day, half day
};

/// The working days of the state: the week, and its exceptions as data (resources/catalogue/holidays.json).
/// A year without a list gets the holidays of Bộ luật Lao động Điều 112 computed, the lunar ones from
/// lunar.json, with the weekly days off given back on the next working days (Điều 111.3).
class Calendar
{
public:
    /// `unitDays` has the same shape and goes on top: the office's own list, a newly announced year.
    [[nodiscard]] static Result<Calendar> fromJson(const Json& holidays, const Json& lunar,
                                                   const Json& unitDays = {});

    [[nodiscard]] DayInfo dayInfo(Day day) const;
    [[nodiscard]] bool isWorking(Day day) const;
    /// The first working day after `day`.
    [[nodiscard]] Day nextWorkingDay(Day day) const;

    /// False when the year's list is missing or parts of it were not announced when it was entered.
    [[nodiscard]] bool isConfirmed(std::chrono::year year) const;

    [[nodiscard]] const LunarCalendar& lunar() const { return m_lunar; }

private:
    explicit Calendar(LunarCalendar lunar) : m_lunar(std::move(lunar)) {}

    [[nodiscard]] Result<void> readWeek(const Json& week);
    [[nodiscard]] Result<void> readYears(const Json& years);
    [[nodiscard]] Result<void> readDays(const Json& days);
    [[nodiscard]] Result<void> computeYears(const Json& rules);
    [[nodiscard]] Result<void> addRule(const Json& rule, int year,
                                       std::map<std::chrono::sys_days, std::string>& out) const;
    void giveBackWeeklyDaysOff(const std::map<std::chrono::sys_days, std::string>& holidays);
    [[nodiscard]] DayKind kindOfWeekday(std::chrono::sys_days day) const;

    LunarCalendar m_lunar;
    std::array<DayKind, 7> m_week{}; ///< from Sunday, as std::chrono counts
    std::map<std::chrono::sys_days, DayInfo> m_days;
    std::map<int, bool> m_years; ///< year with a list: confirmed?
};

/// "Thứ Hai" … "Chủ nhật".
[[nodiscard]] std::string weekdayName(Day day);

} // namespace motcua
