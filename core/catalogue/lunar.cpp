// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalogue/lunar.h"

#include <algorithm>
#include <cstdlib>

namespace motcua {

namespace {

using std::chrono::sys_days;

tl::unexpected<Error> broken(const std::string& what)
{
    return fail(ErrorKind::Invalid, "lunar.json: " + what);
}

} // namespace

Result<void> LunarCalendar::addYear(std::vector<Month>& months, int year, const Json& rows)
{
    if (!rows.is_array() || rows.empty()) {
        return broken("the months of " + std::to_string(year) + " must be a list");
    }
    for (const Json& row : rows) {
        if (!row.is_array() || row.size() != 2 || !row[0].is_number_integer() || !row[1].is_string()) {
            return broken("a month is [number, first day], negative when leap");
        }
        const int number = row[0].get<int>();
        const Day first = TRY(parseIsoDay(row[1].get_ref<const std::string&>()));
        if (number == 0 || std::abs(number) > 12) {
            return broken("months are 1 to 12");
        }
        const sys_days day{first};
        if (!months.empty()) {
            const auto length = (day - months.back().first).count();
            if (length != 29 && length != 30) {
                return broken("the month before " + toIsoDay(first) + " has " + std::to_string(length) +
                              " days");
            }
        }
        months.push_back({day, year, static_cast<unsigned>(std::abs(number)), number < 0});
    }
    return {};
}

Result<LunarCalendar> LunarCalendar::fromJson(const Json& table)
{
    const Json& years = at(table, "years");
    if (!years.is_object() || years.empty()) {
        return broken("years must be an object with at least one year");
    }
    LunarCalendar calendar;
    for (const auto& [name, rows] : years.items()) { // sorted by name, so by year: all have four digits
        const bool digits = name.size() == 4 && name.find_first_not_of("0123456789") == std::string::npos;
        if (!digits) {
            return broken("a year has four digits, not " + name.substr(0, 20));
        }
        TRY(addYear(calendar.m_months, std::atoi(name.c_str()), rows));
    }
    return calendar;
}

unsigned LunarCalendar::lengthOf(std::size_t index) const
{
    // The table does not say how long its last month is; 29 days are certain.
    return index + 1 == m_months.size()
               ? 29U
               : static_cast<unsigned>((m_months[index + 1].first - m_months[index].first).count());
}

std::optional<Day> LunarCalendar::toSolar(const LunarDate& date) const
{
    const auto found = std::find_if(m_months.begin(), m_months.end(), [&](const Month& month) {
        return month.year == date.year && month.month == date.month && month.leap == date.leap;
    });
    if (found == m_months.end() || date.day < 1 ||
        date.day > lengthOf(static_cast<std::size_t>(found - m_months.begin()))) {
        return std::nullopt;
    }
    return Day{found->first + std::chrono::days{date.day - 1}};
}

std::optional<LunarDate> LunarCalendar::toLunar(Day day) const
{
    const sys_days wanted{day};
    const auto after =
        std::upper_bound(m_months.begin(), m_months.end(), wanted,
                         [](sys_days value, const Month& month) { return value < month.first; });
    if (after == m_months.begin()) {
        return std::nullopt;
    }
    const auto month = after - 1;
    const auto offset = static_cast<unsigned>((wanted - month->first).count());
    if (offset >= lengthOf(static_cast<std::size_t>(month - m_months.begin()))) {
        return std::nullopt;
    }
    return LunarDate{month->year, month->month, offset + 1, month->leap};
}

} // namespace motcua
