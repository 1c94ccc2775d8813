// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/deadline.h"

#include "core/dossier/deadline_counter.h"

namespace motcua {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

Problem problem(std::string rule, std::string message)
{
    return Problem{"", std::move(rule), std::move(message), Severity::Hard, ""};
}

/// Bounds the walk as well: every day waited is a step.
std::optional<Problem> suspensionProblem(const std::vector<Suspension>& suspensions)
{
    constexpr days kLongestWait{3660};
    constexpr std::size_t kPausesMax = 50;
    if (suspensions.size() > kPausesMax) {
        return problem("suspension", "Quá nhiều lần tạm dừng chờ bổ sung.");
    }
    for (const Suspension& pause : suspensions) {
        if (pause.to && *pause.to < pause.from) {
            return problem("suspension", "Thời điểm nhận bổ sung đứng trước thời điểm yêu cầu bổ sung.");
        }
        if (pause.to && *pause.to - pause.from > kLongestWait) {
            return problem("suspension", "Thời gian chờ bổ sung dài quá mười năm.");
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

/// The cases in which no day can be counted: an answer without an appointment. Nothing when counting can
/// begin.
std::optional<Deadline> withoutCounting(const Term& term, TermUnit unit, Instant receivedAt,
                                        Extended extended)
{
    if (unit == TermUnit::OtherAgency) {
        return without(unit, receivedAt,
                       "Thuộc thẩm quyền cơ quan khác: quầy chỉ nhận và chuyển, không hẹn trả.");
    }
    if (unit == TermUnit::Repealed) {
        return without(unit, receivedAt, "Thủ tục đã bãi bỏ: không tiếp nhận, không hẹn trả.");
    }
    if (extended == Extended::Yes && !term.extension->span) {
        return without(unit, receivedAt,
                       "Thời hạn kéo dài theo thỏa thuận với người yêu cầu: ghi ngày hẹn đã thỏa thuận.");
    }
    return std::nullopt;
}

std::optional<Problem> problemWith(const Term& term, TermUnit unit, const DeadlineOptions& options)
{
    if (unit == TermUnit::SeePortal) {
        return problem("no-term",
                       "Danh mục chưa có thời hạn của thủ tục này: nhập thời hạn theo quyết định công bố "
                       "thủ tục hành chính rồi hẹn ngày trả.");
    }
    const bool counts = unit != TermUnit::OtherAgency && unit != TermUnit::Repealed;
    if (counts && options.extended == Extended::Yes && !term.extension) {
        return problem("no-extension", "Danh mục không có quy định kéo dài thời hạn cho thủ tục này.");
    }
    return suspensionProblem(options.suspensions);
}

Deadline counted(const Term& term, const TermSpan& base, Instant receivedAt, const DeadlineOptions& options,
                 const Calendar& calendar)
{
    const bool extended = options.extended == Extended::Yes;
    const bool total = extended && term.extension->mode == ExtensionMode::Total;
    const TermSpan& span = total ? *term.extension->span : base;
    DeadlineCounter counter(options, calendar);
    counter.receive(receivedAt);
    bool over = counter.count(span, "");
    if (over && extended && !total) {
        over = counter.count(*term.extension->span, "Kéo dài: ");
    }
    over = over && counter.promise();
    Deadline deadline = counter.take();
    deadline.unit = toString(span.unit);
    if (!over) {
        deadline.reason = "Đang chờ người nộp bổ sung hồ sơ: ngày hẹn được tính khi nhận đủ giấy tờ.";
    }
    warnOfYears(deadline, calendar);
    return deadline;
}

} // namespace

tl::expected<Deadline, Problem> computeDeadline(const Term& term, Instant receivedAt,
                                                const DeadlineOptions& options, const Calendar& calendar)
{
    const TermSpan base = term.spanFor(options.channel);
    if (auto wrong = problemWith(term, base.unit, options)) {
        return tl::unexpected<Problem>(*std::move(wrong));
    }
    if (auto none = withoutCounting(term, base.unit, receivedAt, options.extended)) {
        return *std::move(none);
    }
    return counted(term, base, receivedAt, options, calendar);
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
