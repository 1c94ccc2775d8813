// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/deadline.h"

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

/// Walks from the receipt to the appointment and writes down each day on the way.
class Counter
{
public:
    Counter(const DeadlineOptions& options, const Calendar& calendar)
        : m_options(options), m_calendar(calendar)
    {}

    void receive(Instant receivedAt);
    /// False when the dossier still waits for the citizen before the span is over.
    [[nodiscard]] bool count(const TermSpan& span, const std::string& prefix);
    /// Finds day and hour of the appointment at or after the last day counted.
    [[nodiscard]] bool promise();

    [[nodiscard]] Day receivedDay() const { return m_received; }
    [[nodiscard]] Deadline take() { return std::move(m_deadline); }

private:
    enum class Suspended
    {
        No,
        Until,
        Open,
    };

    [[nodiscard]] Suspended suspended(Day day) const;
    [[nodiscard]] Millis closing(const DayInfo& info) const;
    void step(Day day, bool counted, std::string because);
    [[nodiscard]] bool countSameDay(TermUnit unit, const std::string& prefix);
    [[nodiscard]] bool countWorkingDays(int n, const std::string& prefix);
    [[nodiscard]] bool countDays(int n, const std::string& prefix);
    [[nodiscard]] bool countHours(int n, const std::string& prefix);
    [[nodiscard]] Millis officeTimeLeft(const DayInfo& info, Millis from) const;
    [[nodiscard]] Millis afterOfficeTime(Millis from, Millis time) const;
    [[nodiscard]] bool advanceToWorkingDay();
    void skip(Day day, const DayInfo& info);
    /// Ends the walk at a day from which nobody knows how long the citizen takes. Always false.
    bool waiting(Day day);
    [[nodiscard]] std::optional<Instant> promisedOn(const DayInfo& info) const;
    [[nodiscard]] Instant notBefore() const;
    [[nodiscard]] Millis papersCameAt() const;

    const DeadlineOptions& m_options;
    const Calendar& m_calendar;
    Deadline m_deadline;
    Day m_received{};
    Millis m_receivedTime{};
    Day m_day{};      ///< where counting stands; already counted or passed over
    Millis m_hours{}; ///< of terms in hours: the time of day reached
    bool m_exact = false;
};

Counter::Suspended Counter::suspended(Day day) const
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

Millis Counter::closing(const DayInfo& info) const
{
    return info.kind == DayKind::Half ? m_options.hours.morningCloses : m_options.hours.afternoonCloses;
}

void Counter::step(Day day, bool counted, std::string because)
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

void Counter::skip(Day day, const DayInfo& info)
{
    if (info.kind == DayKind::Off) {
        step(day, false, offText(info));
    } else {
        step(day, false, "Chờ người nộp bổ sung hồ sơ: không tính");
    }
}

bool Counter::waiting(Day day)
{
    step(day, false, "Đang chờ người nộp bổ sung hồ sơ");
    return false;
}

void Counter::receive(Instant receivedAt)
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

bool Counter::count(const TermSpan& span, const std::string& prefix)
{
    m_exact = span.unit == TermUnit::WorkingHour;
    switch (span.unit) {
    case TermUnit::SameDay:
    case TermUnit::SameDay15h:
        return countSameDay(span.unit, prefix);
    case TermUnit::WorkingDay:
    case TermUnit::Day:
        if (prefix.empty()) {
            step(m_received, false, "Ngày tiếp nhận: không tính vào thời hạn");
        }
        return span.unit == TermUnit::Day ? countDays(span.n, prefix) : countWorkingDays(span.n, prefix);
    case TermUnit::WorkingHour:
        return countHours(span.n, prefix);
    case TermUnit::SeePortal:
    case TermUnit::OtherAgency:
    case TermUnit::Repealed:
        break;
    }
    return false;
}

bool Counter::countSameDay(TermUnit unit, const std::string& prefix)
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

bool Counter::countWorkingDays(int n, const std::string& prefix)
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

bool Counter::countDays(int n, const std::string& prefix)
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

Millis Counter::officeTimeLeft(const DayInfo& info, Millis from) const
{
    const OfficeHours& hours = m_options.hours;
    const Millis morning = std::max(Millis{0}, hours.morningCloses - std::max(from, hours.morningOpens));
    const Millis afternoon =
        std::max(Millis{0}, hours.afternoonCloses - std::max(from, hours.afternoonOpens));
    return info.kind == DayKind::Half ? morning : morning + afternoon;
}

/// The time of day when `time` of office time has passed since `from`; the day has enough of it.
Millis Counter::afterOfficeTime(Millis from, Millis time) const
{
    const OfficeHours& hours = m_options.hours;
    const Millis begin = std::max(from, hours.morningOpens);
    const Millis morning = std::max(Millis{0}, hours.morningCloses - begin);
    return time <= morning ? begin + time : std::max(from, hours.afternoonOpens) + (time - morning);
}

bool Counter::countHours(int n, const std::string& prefix)
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
bool Counter::advanceToWorkingDay()
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
Instant Counter::notBefore() const
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
Millis Counter::papersCameAt() const
{
    const Instant midnight = instantInVietnam(m_day, Millis{0});
    return std::max(Millis{0}, notBefore() >= midnight ? notBefore() - midnight : Millis{0});
}

std::optional<Instant> Counter::promisedOn(const DayInfo& info) const
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

bool Counter::promise()
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

tl::unexpected<Problem> problem(std::string rule, std::string message, std::string pointer = "")
{
    return tl::unexpected<Problem>(
        Problem{std::move(pointer), std::move(rule), std::move(message), Severity::Hard, ""});
}

/// Bounds the walk as well: every day waited is a step.
std::optional<Problem> suspensionProblem(const std::vector<Suspension>& suspensions)
{
    constexpr days kLongestWait{3660};
    constexpr std::size_t kPausesMax = 50;
    if (suspensions.size() > kPausesMax) {
        return problem("suspension", "Quá nhiều lần tạm dừng chờ bổ sung.").value();
    }
    for (const Suspension& pause : suspensions) {
        if (pause.to && *pause.to < pause.from) {
            return problem("suspension", "Thời điểm nhận bổ sung đứng trước thời điểm yêu cầu bổ sung.")
                .value();
        }
        if (pause.to && *pause.to - pause.from > kLongestWait) {
            return problem("suspension", "Thời gian chờ bổ sung dài quá mười năm.").value();
        }
    }
    return std::nullopt;
}

Deadline without(TermUnit unit, Instant receivedAt, std::string reason)
{
    Deadline deadline;
    deadline.unit = toString(unit);
    deadline.steps.push_back({dayInVietnam(receivedAt), false, reason});
    deadline.reason = std::move(reason);
    return deadline;
}

/// Years between receipt and appointment whose list of days off is not certain.
void warnOfYears(Deadline& deadline, const Calendar& calendar)
{
    if (deadline.steps.empty()) {
        return;
    }
    for (auto year = deadline.steps.front().day.year(); year <= deadline.steps.back().day.year(); ++year) {
        if (!calendar.isConfirmed(year)) {
            deadline.warnings.push_back(
                "Lịch nghỉ năm " + std::to_string(static_cast<int>(year)) +
                " chưa được công bố đầy đủ: ngày hẹn tính theo lịch dự kiến, cần kiểm tra lại.");
        }
    }
}

} // namespace

tl::expected<Deadline, Problem> computeDeadline(const Term& term, Instant receivedAt,
                                                const DeadlineOptions& options, const Calendar& calendar)
{
    const TermSpan base = term.spanFor(options.channel);
    switch (base.unit) {
    case TermUnit::SeePortal:
        return problem("no-term",
                       "Danh mục chưa có thời hạn của thủ tục này: nhập thời hạn theo quyết định công bố "
                       "thủ tục hành chính rồi hẹn ngày trả.");
    case TermUnit::OtherAgency:
        return without(base.unit, receivedAt,
                       "Thuộc thẩm quyền cơ quan khác: quầy chỉ nhận và chuyển, không hẹn trả.");
    case TermUnit::Repealed:
        return without(base.unit, receivedAt, "Thủ tục đã bãi bỏ: không tiếp nhận, không hẹn trả.");
    default:
        break;
    }
    if (auto wrong = suspensionProblem(options.suspensions)) {
        return tl::unexpected<Problem>(*std::move(wrong));
    }
    const bool extended = options.extended == Extended::Yes;
    if (extended && !term.extension) {
        return problem("no-extension", "Danh mục không có quy định kéo dài thời hạn cho thủ tục này.");
    }
    if (extended && !term.extension->span) {
        return without(base.unit, receivedAt,
                       "Thời hạn kéo dài theo thỏa thuận với người yêu cầu: ghi ngày hẹn đã thỏa thuận.");
    }

    Counter counter(options, calendar);
    counter.receive(receivedAt);
    const bool total = extended && term.extension->mode == ExtensionMode::Total;
    const TermSpan counted = total ? *term.extension->span : base;
    bool over = counter.count(counted, "");
    if (over && extended && !total) {
        over = counter.count(*term.extension->span, "Kéo dài: ");
    }
    over = over && counter.promise();
    Deadline deadline = counter.take();
    deadline.unit = toString(counted.unit);
    if (!over) {
        deadline.reason = "Đang chờ người nộp bổ sung hồ sơ: ngày hẹn được tính khi nhận đủ giấy tờ.";
    }
    warnOfYears(deadline, calendar);
    return deadline;
}

bool isWithinDuty(Day event, int dutyDays, Day receivedOn, const Calendar& calendar)
{
    Day last{sys_days{event} + days{dutyDays}};
    if (!calendar.isWorking(last)) {
        last = calendar.nextWorkingDay(last);
    }
    return sys_days{receivedOn} <= sys_days{last};
}

} // namespace motcua
