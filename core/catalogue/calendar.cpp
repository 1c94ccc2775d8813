// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalogue/calendar.h"

#include <algorithm>

namespace motcua {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::array<const char*, 7> kWeekdays{"sunday",   "monday", "tuesday", "wednesday",
                                               "thursday", "friday", "saturday"};
constexpr std::size_t kListedMax = 20'000; // more than a century of lists

tl::unexpected<Error> broken(const std::string& what)
{
    return fail(ErrorKind::Invalid, "holidays.json: " + what);
}

Result<DayKind> kindFrom(const std::string& name)
{
    if (name == "off") {
        return DayKind::Off;
    }
    if (name == "work") {
        return DayKind::Working;
    }
    if (name == "half") {
        return DayKind::Half;
    }
    return broken("a day's kind is off, work or half, not " + name.substr(0, 20));
}

Result<DaySure> sureFrom(const std::string& name)
{
    if (name == "official") {
        return DaySure::Official;
    }
    if (name == "statutory") {
        return DaySure::Statutory;
    }
    if (name == "proposal") {
        return DaySure::Proposal;
    }
    return broken("a day's status is official, statutory or proposal, not " + name.substr(0, 20));
}

Result<int> smallNumber(const Json& value, int least, int most, const std::string& what)
{
    if (!value.is_number_integer() || value.get<std::int64_t>() < least || value.get<std::int64_t>() > most) {
        return broken(what + " must be a number from " + std::to_string(least) + " to " +
                      std::to_string(most));
    }
    return value.get<int>();
}

/// The solar day on which a rule's holiday falls in a year; nothing when the lunar table ends before.
Result<std::optional<Day>> anchorOf(const Json& rule, int year, const LunarCalendar& lunar)
{
    const Json& solar = at(rule, "solar");
    const Json& moon = at(rule, "lunar");
    const Json& pair = solar.is_null() ? moon : solar;
    if (!pair.is_array() || pair.size() != 2 || solar.is_null() == moon.is_null()) {
        return broken("a rule has either solar or lunar: [month, day]");
    }
    const int month = TRY(smallNumber(pair[0], 1, 12, "a rule's month"));
    const int day = TRY(smallNumber(pair[1], 1, 31, "a rule's day"));
    if (solar.is_null()) {
        return lunar.toSolar({year, static_cast<unsigned>(month), static_cast<unsigned>(day), false});
    }
    const Day found{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                    std::chrono::day{static_cast<unsigned>(day)}};
    return found.ok() ? std::optional<Day>(found) : std::nullopt;
}

} // namespace

std::string weekdayName(Day day)
{
    static constexpr std::array<const char*, 7> kNames{"Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư",
                                                       "Thứ Năm",  "Thứ Sáu", "Thứ Bảy"};
    return kNames[std::chrono::weekday{sys_days{day}}.c_encoding()];
}

Result<Calendar> Calendar::fromJson(const Json& holidays, const Json& lunar, const Json& unitDays)
{
    Calendar calendar(TRY(LunarCalendar::fromJson(lunar)));
    TRY(calendar.readWeek(at(holidays, "week")));
    TRY(calendar.readYears(at(holidays, "years")));
    TRY(calendar.readWeek(at(unitDays, "week")));
    TRY(calendar.readYears(at(unitDays, "years")));
    // Before anything looks for the next working day.
    const bool works = std::any_of(calendar.m_week.begin(), calendar.m_week.end(),
                                   [](DayKind kind) { return kind != DayKind::Off; });
    if (!works) {
        return broken("no day of the week is worked");
    }
    TRY(calendar.computeYears(at(holidays, "rules")));
    TRY(calendar.readDays(at(holidays, "days")));
    TRY(calendar.readDays(at(unitDays, "days")));
    return calendar;
}

Result<void> Calendar::readWeek(const Json& week)
{
    if (week.is_null()) {
        return {};
    }
    if (!week.is_object()) {
        return broken("week must be an object of days");
    }
    for (const auto& [name, kind] : week.items()) {
        const auto* found = std::find(kWeekdays.begin(), kWeekdays.end(), name);
        if (found == kWeekdays.end() || !kind.is_string()) {
            return broken("week has an unknown day or kind");
        }
        m_week[static_cast<std::size_t>(found - kWeekdays.begin())] =
            TRY(kindFrom(kind.get_ref<const std::string&>()));
    }
    return {};
}

Result<void> Calendar::readYears(const Json& years)
{
    for (const Json& row : years) {
        const int year = TRY(smallNumber(at(row, "year"), 1900, 2999, "a year"));
        const Json& confirmed = at(row, "confirmed");
        if (!confirmed.is_boolean()) {
            return broken("a year says whether it is confirmed");
        }
        m_years[year] = confirmed.get<bool>();
    }
    return {};
}

Result<void> Calendar::readDays(const Json& days)
{
    for (const Json& row : days) {
        const Day day = TRY(parseIsoDay(stringAt(row, "day")));
        DayInfo info;
        info.kind = TRY(kindFrom(stringAt(row, "kind")));
        info.sure = TRY(sureFrom(stringAt(row, "status")));
        info.reason = stringAt(row, "name");
        info.listed = true;
        if (info.reason.empty()) {
            return broken("the day " + toIsoDay(day) + " has no name");
        }
        m_days[sys_days{day}] = std::move(info);
        if (m_days.size() > kListedMax) {
            return broken("too many days");
        }
    }
    return {};
}

Result<void> Calendar::computeYears(const Json& rules)
{
    for (int year = m_lunar.firstYear(); year <= m_lunar.lastYear(); ++year) {
        if (m_years.contains(year)) {
            continue;
        }
        std::map<sys_days, std::string> holidays;
        for (const Json& rule : rules) {
            TRY(addRule(rule, year, holidays));
        }
        for (const auto& [day, name] : holidays) {
            m_days[day] = DayInfo{DayKind::Off, DaySure::Computed, name, true};
        }
        giveBackWeeklyDaysOff(holidays);
    }
    return {};
}

Result<void> Calendar::addRule(const Json& rule, int year, std::map<sys_days, std::string>& out) const
{
    const std::string name = stringAt(rule, "name");
    if (name.empty()) {
        return broken("a rule has no name");
    }
    const auto anchor = TRY(anchorOf(rule, year, m_lunar));
    if (!anchor) {
        return {};
    }
    const Json zero = 0;
    const Json& before = at(rule, "daysBefore").is_null() ? zero : at(rule, "daysBefore");
    const Json& after = at(rule, "daysAfter").is_null() ? zero : at(rule, "daysAfter");
    const sys_days first = sys_days{*anchor} - days
    {
        TRY(smallNumber(before, 0, 10, "daysBefore"))
    };
    const sys_days last = sys_days{*anchor} + days
    {
        TRY(smallNumber(after, 0, 10, "daysAfter"))
    };
    const std::string from = stringAt(rule, "effectiveFrom");
    const std::string to = stringAt(rule, "effectiveTo");
    const sys_days begin = from.empty() ? sys_days::min() : sys_days
    {
        TRY(parseIsoDay(from))
    };
    const sys_days end = to.empty() ? sys_days::max() : sys_days
    {
        TRY(parseIsoDay(to))
    };
    for (sys_days day = first; day <= last; day += days{1}) {
        if (day >= begin && day <= end) {
            out.emplace(day, name);
        }
    }
    return {};
}

void Calendar::giveBackWeeklyDaysOff(const std::map<sys_days, std::string>& holidays)
{
    for (const auto& [day, name] : holidays) {
        if (kindOfWeekday(day) != DayKind::Off) {
            continue;
        }
        sys_days given = day + days{1};
        while (m_days.contains(given) || kindOfWeekday(given) == DayKind::Off) {
            given += days{1};
        }
        m_days[given] = DayInfo{DayKind::Off, DaySure::Computed, "Nghỉ bù " + name, true};
    }
}

DayKind Calendar::kindOfWeekday(sys_days day) const
{
    return m_week[std::chrono::weekday{day}.c_encoding()];
}

DayInfo Calendar::dayInfo(Day day) const
{
    const auto found = m_days.find(sys_days{day});
    if (found != m_days.end()) {
        return found->second;
    }
    DayInfo info;
    info.kind = kindOfWeekday(sys_days{day});
    if (info.kind != DayKind::Working) {
        info.reason = weekdayName(day);
    }
    return info;
}

bool Calendar::isWorking(Day day) const
{
    const auto found = m_days.find(sys_days{day});
    return (found == m_days.end() ? kindOfWeekday(sys_days{day}) : found->second.kind) != DayKind::Off;
}

Day Calendar::nextWorkingDay(Day day) const
{
    // Ends: one day of the week is worked, and the exceptions are finitely many.
    sys_days next = sys_days{day} + days{1};
    while (!isWorking(Day{next})) {
        next += days{1};
    }
    return Day{next};
}

bool Calendar::isConfirmed(std::chrono::year year) const
{
    const auto found = m_years.find(static_cast<int>(year));
    return found != m_years.end() && found->second;
}

} // namespace motcua
