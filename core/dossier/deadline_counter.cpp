// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/deadline_counter.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace motcua {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

std::string clockText(Millis time)
{
    const std::chrono::hh_mm_ss parts{time};
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%02d:%02d", static_cast<int>(parts.hours().count()),
                  static_cast<int>(parts.minutes().count()));
    return text.data();
}

std::string sureText(const DayInfo& info)
{
    switch (info.sure) {
    case DaySure::Proposal:
        return " (dự kiến, chưa công bố)";
    case DaySure::Computed:
        return " (tính theo luật, chưa có thông báo)";
    case DaySure::Official:
    case DaySure::Statutory:
        break;
    }
    return {};
}

std::string offText(const DayInfo& info)
{
    return (info.listed ? "Nghỉ lễ: " + info.reason : "Nghỉ hằng tuần: " + info.reason) + sureText(info);
}

Day nextDay(Day day)
{
    return Day{sys_days{day} + days{1}};
}

} // namespace

DeadlineCounter::Suspended DeadlineCounter::suspended(Day day) const
{
    for (const Suspension& pause : m_options.suspensions) {
        if (sys_days{day} < sys_days{dayInVietnam(pause.from)}) {
            continue;
        }
        if (!pause.to) {
            return Suspended::Open;
        }
        if (sys_days{day} < sys_days{dayInVietnam(*pause.to)}) {
            return Suspended::Until;
        }
    }
    return Suspended::No;
}

Millis DeadlineCounter::closing(const DayInfo& info) const
{
    return info.kind == DayKind::Half ? m_options.hours.morningCloses : m_options.hours.afternoonCloses;
}

void DeadlineCounter::step(Day day, bool counted, std::string because)
{
    // A day may be looked at twice (received after 15:00, then waited for papers): one step, all reasons.
    auto& steps = m_deadline.steps;
    if (!steps.empty() && steps.back().day == day) {
        steps.back().counted = steps.back().counted || counted;
        steps.back().because += "; " + because;
        return;
    }
    steps.push_back({day, counted, std::move(because)});
}

void DeadlineCounter::skip(Day day, const DayInfo& info)
{
    if (info.kind == DayKind::Off) {
        step(day, false, offText(info));
    } else {
        step(day, false, "Chờ người nộp bổ sung hồ sơ: không tính");
    }
}

bool DeadlineCounter::waiting(Day day)
{
    step(day, false, "Đang chờ người nộp bổ sung hồ sơ");
    return false;
}

void DeadlineCounter::receive(Instant receivedAt)
{
    const OfficeHours& hours = m_options.hours;
    m_received = dayInVietnam(receivedAt);
    m_receivedTime = timeOfDayInVietnam(receivedAt);
    const DayInfo info = m_calendar.dayInfo(m_received);
    const bool dayOff = info.kind == DayKind::Off;
    if (dayOff || m_receivedTime > closing(info)) {
        const Day opening = m_calendar.nextWorkingDay(m_received);
        const std::string what = dayOff ? "Nhận vào ngày nghỉ (" + info.reason + ")"
                                        : "Nhận lúc " + clockText(m_receivedTime) + ", sau giờ làm việc";
        step(m_received, false,
             what + ": tính như nhận lúc " + clockText(hours.morningOpens) + " ngày " +
                 toDisplayDay(opening));
        for (Day day = nextDay(m_received); day != opening; day = nextDay(day)) {
            step(day, false, offText(m_calendar.dayInfo(day)));
        }
        m_received = opening;
        m_receivedTime = hours.morningOpens;
    } else if (m_receivedTime < hours.morningOpens) {
        m_receivedTime = hours.morningOpens;
    } else if (m_receivedTime > hours.morningCloses && m_receivedTime < hours.afternoonOpens) {
        m_receivedTime = hours.afternoonOpens;
    }
    m_day = m_received;
    m_hours = m_receivedTime;
}

bool DeadlineCounter::count(const TermSpan& span, const std::string& prefix)
{
    m_exact = span.unit == TermUnit::WorkingHour;
    switch (span.unit) {
    case TermUnit::SameDay:
    case TermUnit::SameDay15h:
        return countSameDay(span.unit, prefix);
    case TermUnit::WorkingDay:
    case TermUnit::CalendarDay:
        if (prefix.empty()) {
            step(m_received, false, "Ngày tiếp nhận: không tính vào thời hạn");
        }
        return span.unit == TermUnit::CalendarDay ? countDays(span.n, prefix)
                                                  : countWorkingDays(span.n, prefix);
    case TermUnit::WorkingHour:
        return countHours(span.n, prefix);
    case TermUnit::SeePortal:
    case TermUnit::OtherAgency:
    case TermUnit::Repealed:
        break;
    }
    return false;
}

bool DeadlineCounter::countSameDay(TermUnit unit, const std::string& prefix)
{
    const OfficeHours& hours = m_options.hours;
    if (unit == TermUnit::SameDay15h && m_receivedTime > hours.sameDayUntil) {
        step(m_received, false,
             "Nhận sau " + clockText(hours.sameDayUntil) + ": hẹn trong ngày làm việc tiếp theo");
        return countWorkingDays(1, prefix);
    }
    if (suspended(m_received) == Suspended::No) {
        step(m_received, true, "Ngày tiếp nhận: giải quyết trong ngày");
        return true;
    }
    if (suspended(m_received) == Suspended::Open) {
        return waiting(m_received);
    }
    step(m_received, false, "Chờ người nộp bổ sung hồ sơ: không tính");
    return countWorkingDays(1, prefix);
}

bool DeadlineCounter::countWorkingDays(int n, const std::string& prefix)
{
    for (int counted = 0; counted < n;) {
        m_day = nextDay(m_day);
        const DayInfo info = m_calendar.dayInfo(m_day);
        const Suspended pause = suspended(m_day);
        if (pause == Suspended::Open) {
            return waiting(m_day);
        }
        if (info.kind == DayKind::Off || pause == Suspended::Until) {
            skip(m_day, info);
            continue;
        }
        ++counted;
        step(m_day, true,
             prefix + "Ngày làm việc thứ " + std::to_string(counted) +
                 (info.reason.empty() ? "" : " (" + info.reason + sureText(info) + ")"));
    }
    return true;
}

bool DeadlineCounter::countDays(int n, const std::string& prefix)
{
    for (int counted = 0; counted < n;) {
        m_day = nextDay(m_day);
        const Suspended pause = suspended(m_day);
        if (pause == Suspended::Open) {
            return waiting(m_day);
        }
        if (pause == Suspended::Until) {
            step(m_day, false, "Chờ người nộp bổ sung hồ sơ: không tính");
            continue;
        }
        ++counted;
        const DayInfo info = m_calendar.dayInfo(m_day);
        step(m_day, true,
             prefix + "Ngày thứ " + std::to_string(counted) +
                 (info.reason.empty() ? "" : " (" + info.reason + sureText(info) + ")"));
    }
    return true;
}

Millis DeadlineCounter::officeTimeLeft(const DayInfo& info, Millis from) const
{
    const OfficeHours& hours = m_options.hours;
    const Millis morning = std::max(Millis{0}, hours.morningCloses - std::max(from, hours.morningOpens));
    const Millis afternoon =
        std::max(Millis{0}, hours.afternoonCloses - std::max(from, hours.afternoonOpens));
    return info.kind == DayKind::Half ? morning : morning + afternoon;
}

/// The time of day when `time` of office time has passed since `from`; the day has enough of it.
Millis DeadlineCounter::afterOfficeTime(Millis from, Millis time) const
{
    const OfficeHours& hours = m_options.hours;
    const Millis begin = std::max(from, hours.morningOpens);
    const Millis morning = std::max(Millis{0}, hours.morningCloses - begin);
    return time <= morning ? begin + time : std::max(from, hours.afternoonOpens) + (time - morning);
}

bool DeadlineCounter::countHours(int n, const std::string& prefix)
{
    Millis left = std::chrono::hours{n};
    if (!prefix.empty()) { // what was counted before has used up its last day
        m_day = nextDay(m_day);
        m_hours = m_options.hours.morningOpens;
    }
    for (;; m_day = nextDay(m_day), m_hours = m_options.hours.morningOpens) {
        const DayInfo info = m_calendar.dayInfo(m_day);
        const Suspended pause = suspended(m_day);
        if (pause == Suspended::Open) {
            return waiting(m_day);
        }
        if (info.kind == DayKind::Off || pause == Suspended::Until) {
            skip(m_day, info);
            continue;
        }
        m_hours = std::max(m_hours, papersCameAt());
        const Millis today = std::min(left, officeTimeLeft(info, m_hours));
        const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(today).count();
        step(m_day, today > Millis{0}, prefix + "Tính " + std::to_string(minutes) + " phút làm việc");
        left -= today;
        if (left == Millis{0}) {
            m_hours = afterOfficeTime(m_hours, today);
            return true;
        }
    }
}

/// Moves to the next working day that is not waited through; false when waiting has no end.
bool DeadlineCounter::advanceToWorkingDay()
{
    for (;;) {
        m_day = nextDay(m_day);
        const DayInfo info = m_calendar.dayInfo(m_day);
        const Suspended pause = suspended(m_day);
        if (pause == Suspended::Open) {
            return waiting(m_day);
        }
        if (info.kind != DayKind::Off && pause == Suspended::No) {
            return true;
        }
        skip(m_day, info);
    }
}

/// Nothing is promised for a time at which the dossier, or the papers waited for, had not come.
Instant DeadlineCounter::notBefore() const
{
    Instant latest = instantInVietnam(m_received, m_receivedTime);
    for (const Suspension& pause : m_options.suspensions) {
        if (pause.to && sys_days{dayInVietnam(*pause.to)} <= sys_days{m_day}) {
            latest = std::max(latest, *pause.to);
        }
    }
    return latest;
}

/// The time of day at which the papers waited for came, on the day when they did; else midnight.
Millis DeadlineCounter::papersCameAt() const
{
    const Instant midnight = instantInVietnam(m_day, Millis{0});
    return std::max(Millis{0}, notBefore() >= midnight ? notBefore() - midnight : Millis{0});
}

std::optional<Instant> DeadlineCounter::promisedOn(const DayInfo& info) const
{
    const OfficeHours& hours = m_options.hours;
    if (info.kind == DayKind::Half && hours.promised > hours.morningCloses) {
        return std::nullopt;
    }
    const Instant usual = instantInVietnam(m_day, hours.promised);
    if (usual > notBefore()) {
        return usual;
    }
    const Instant last = instantInVietnam(m_day, closing(info));
    return last >= notBefore() ? std::optional<Instant>(last) : std::nullopt;
}

bool DeadlineCounter::promise()
{
    if (m_exact) {
        m_deadline.dueAt = instantInVietnam(m_day, m_hours);
        return true;
    }
    bool moved = false;
    for (;;) {
        const DayInfo info = m_calendar.dayInfo(m_day);
        const std::optional<Instant> at = info.kind == DayKind::Off ? std::nullopt : promisedOn(info);
        if (at) {
            m_deadline.dueAt = at;
            if (moved) {
                step(m_day, false, "Ngày hẹn trả");
            }
            return true;
        }
        const std::string why = info.kind == DayKind::Off ? "Ngày cuối rơi vào ngày nghỉ"
                                : info.kind == DayKind::Half ? "Chỉ làm việc buổi sáng, không hẹn được " +
                                                                   clockText(m_options.hours.promised)
                                                             : "Giấy tờ bổ sung đến sau giờ làm việc";
        step(m_day, false, why + ": chuyển sang ngày làm việc tiếp theo");
        moved = true;
        if (!advanceToWorkingDay()) {
            return false;
        }
    }
}

} // namespace motcua
