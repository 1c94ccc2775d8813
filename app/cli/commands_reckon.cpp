// SPDX-License-Identifier: GPL-3.0-or-later
// Reckoning without a register: the appointment and the fee, each with why.
#include "app/cli/command.h"
#include "app/cli/procedures.h"
#include "app/cli/rows.h"
#include "core/base/text.h"
#include "core/dossier/deadline.h"
#include "core/dossier/fee.h"

#include <algorithm>
#include <limits>

namespace motcua::cli {

namespace {

tl::unexpected<Failure> refusedBy(Problem problem)
{
    return tl::unexpected(Failure(Refusal(Problems{std::move(problem)})));
}

Reply<Suspension> suspensionOf(const std::string& text)
{
    const std::size_t slash = text.find('/');
    if (slash == std::string::npos) {
        return misuse("--suspend có dạng TỪ/ĐẾN (thời điểm RFC 3339); ĐẾN có thể để trống.");
    }
    const std::string end = text.substr(slash + 1);
    const auto from = parseRfc3339(text.substr(0, slash));
    const auto to = end.empty() ? Result<Instant>(Instant{}) : parseRfc3339(end);
    if (!from || !to) {
        return misuse("--suspend: TỪ và ĐẾN là thời điểm RFC 3339 có múi giờ.");
    }
    return Suspension{*from, end.empty() ? std::nullopt : std::optional<Instant>(*to)};
}

Reply<Term> termOf(const Procedure& procedure, const Arguments& arguments)
{
    const auto wanted = arguments.value("variant");
    if (!wanted) {
        return procedure.term;
    }
    for (const Variant& variant : procedure.variants) {
        if (fold(variant.name) == fold(*wanted)) {
            return variant.term;
        }
    }
    return forbidden("unknown-variant", "Thủ tục " + procedure.code + " không có loại việc " + *wanted + ".");
}

Json stepsToJson(const std::vector<DeadlineStep>& steps)
{
    Json list = Json::array();
    for (const DeadlineStep& step : steps) {
        list.push_back({{"day", toIsoDay(step.day)}, {"counted", step.counted}, {"because", step.because}});
    }
    return list;
}

std::string deadlineText(const Deadline& deadline)
{
    std::string text;
    for (const DeadlineStep& step : deadline.steps) {
        addLine(text, std::string(step.counted ? "  ✓ " : "  – ") + weekdayName(step.day) + ' ' +
                          toDisplayDay(step.day) + (step.because.empty() ? "" : "  " + step.because));
    }
    for (const std::string& warning : deadline.warnings) {
        addLine(text, "Lưu ý: " + warning);
    }
    addLine(text,
            deadline.dueAt ? "Hẹn trả: " + toDisplayTime(*deadline.dueAt) : "Không hẹn: " + deadline.reason);
    return text;
}

Reply<Outcome> runDeadline(Session& session, const Arguments& arguments)
{
    TRY(arguments.required("received"));
    const Instant received = TRY(arguments.instant("received"))
    .value();
    DeadlineOptions options;
    options.channel = TRY(channelOf(arguments));
    options.extended = arguments.has("extended") ? Extended::Yes : Extended::No;
    for (const std::string& text : arguments.values("suspend")) {
        options.suspensions.push_back(TRY(suspensionOf(text)));
    }
    const auto catalogue = TRY(session.catalogue(arguments));
    const Procedure* procedure =
        TRY(procedureOn(*catalogue, arguments.words().front(), dayInVietnam(received)));
    const Term term = TRY(termOf(*procedure, arguments));
    auto deadline = computeDeadline(term, received, options, catalogue->calendar());
    if (!deadline) {
        return refusedBy(std::move(deadline.error()));
    }
    Outcome outcome;
    outcome.text = deadlineText(*deadline);
    outcome.document = {{"dueAt", instantOrNull(deadline->dueAt)},
                        {"unit", deadline->unit},
                        {"steps", stepsToJson(deadline->steps)},
                        {"warnings", deadline->warnings},
                        {"reason", deadline->reason}};
    return outcome;
}

Reply<int> amountOf(const Arguments& arguments, std::string_view option)
{
    constexpr std::int64_t kMost = std::numeric_limits<int>::max();
    return static_cast<int>(TRY(arguments.integer(option, -kMost, kMost)).value_or(1));
}

/// A misspelt waiver must not silently charge somebody who need not pay.
Reply<std::string> waiverOf(const Arguments& arguments, const Procedure& procedure)
{
    const std::string wanted = arguments.value("waiver").value_or("");
    if (wanted.empty()) {
        return wanted;
    }
    for (const FeeRule& rule : procedure.fees) {
        for (const FeeWaiver& waiver : rule.waivers) {
            if (fold(waiver.name) == fold(wanted)) {
                return waiver.name;
            }
        }
    }
    return forbidden("unknown-waiver",
                     "Thủ tục " + procedure.code + " không có diện miễn, giảm " + wanted + ".");
}

Reply<FeeQuery> feeQueryOf(Session& session, const Arguments& arguments)
{
    FeeQuery query;
    const auto on = TRY(arguments.day("on"));
    query.on = on ? *on : dayInVietnam(TRY(session.now(arguments)));
    query.channel = TRY(channelOf(arguments));
    query.pages = TRY(amountOf(arguments, "pages"));
    query.copies = TRY(amountOf(arguments, "copies"));
    query.count = TRY(amountOf(arguments, "count"));
    query.late = arguments.has("late");
    query.event = TRY(arguments.day("event"));
    return query;
}

Outcome feeOutcome(const Fee& fee)
{
    Outcome outcome;
    Json lines = Json::array();
    for (const FeeLine& line : fee.lines) {
        lines.push_back({{"text", line.text}, {"amount", line.amount}});
        addLine(outcome.text, line.text + ": " + formatDong(line.amount));
    }
    if (!fee.note.empty()) {
        addLine(outcome.text, fee.note);
    }
    addLine(outcome.text, fee.amount
                              ? "Tổng: " + formatDong(*fee.amount) + " (" + amountInWords(*fee.amount) + ")"
                              : "Chưa có mức thu.");
    outcome.document = {
        {"amount", fee.amount ? Json(*fee.amount) : Json()}, {"lines", std::move(lines)}, {"note", fee.note}};
    return outcome;
}

Reply<Outcome> runFee(Session& session, const Arguments& arguments)
{
    FeeQuery query = TRY(feeQueryOf(session, arguments));
    const auto catalogue = TRY(session.catalogue(arguments));
    const Procedure* procedure = TRY(procedureOn(*catalogue, arguments.words().front(), query.on));
    query.waiver = TRY(waiverOf(arguments, *procedure));
    auto fee = computeFee(procedure->fees, query, catalogue->calendar());
    if (!fee) {
        return refusedBy(std::move(fee.error()));
    }
    return feeOutcome(*fee);
}

constexpr std::array kCommands{
    Command{"deadline",
            "MÃ --received THỜI-ĐIỂM [--channel K] [--variant V] [--extended] [--suspend TỪ/ĐẾN …]",
            "Ngày hẹn trả và cách tính.",
            1,
            1,
            {"received", "channel", "variant", "extended", "suspend"},
            runDeadline},
    Command{"fee",
            "MÃ [--on NGÀY] [--channel K] [--pages N] [--copies N] [--count N] [--late] [--event NGÀY] "
            "[--waiver TÊN]",
            "Phí, lệ phí và cách tính.",
            1,
            1,
            {"on", "channel", "pages", "copies", "count", "late", "event", "waiver"},
            runFee},
};

} // namespace

std::span<const Command> reckonCommands()
{
    return kCommands;
}

} // namespace motcua::cli
