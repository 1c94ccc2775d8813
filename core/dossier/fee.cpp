// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/fee.h"

#include "core/base/text.h"
#include "core/dossier/deadline.h"

#include <algorithm>

namespace motcua {

namespace {

using std::chrono::sys_days;

// Far beyond any pile of paper; keeps every product below 2⁶³ with rates up to 10⁹ đ.
constexpr int kPagesMax = 5'000;
constexpr int kCopiesMax = 10'000;
constexpr int kCountMax = 100;
constexpr int kFirstPages = 2; // TT 226/2016: the rate changes from page 3 on

bool isInForce(const std::optional<Day>& from, const std::optional<Day>& to, Day on)
{
    return (!from || sys_days{*from} <= sys_days{on}) && (!to || sys_days{on} <= sys_days{*to});
}

bool isLate(const FeeRule& rule, const FeeQuery& query, const Calendar& calendar)
{
    return query.late ||
           (rule.dutyDays && query.event && !isWithinDuty(*query.event, *rule.dutyDays, query.on, calendar));
}

bool fits(const FeeRule& rule, const FeeQuery& query, const Calendar& calendar)
{
    if (!isInForce(rule.effectiveFrom, rule.effectiveTo, query.on) ||
        (!rule.channel.empty() && rule.channel != query.channel)) {
        return false;
    }
    return rule.when == FeeWhen::Always || (rule.when == FeeWhen::Late) == isLate(rule, query, calendar);
}

/// True when `left` says more about the case than `right`.
bool isCloser(const FeeRule& left, const FeeRule& right)
{
    if (left.channel.empty() != right.channel.empty()) {
        return !left.channel.empty();
    }
    if ((left.when == FeeWhen::Always) != (right.when == FeeWhen::Always)) {
        return left.when != FeeWhen::Always;
    }
    const auto from = [](const FeeRule& rule) {
        return rule.effectiveFrom ? sys_days{*rule.effectiveFrom} : sys_days::min();
    };
    return from(left) > from(right);
}

/// One row for each code, in the order of the catalogue.
std::vector<const FeeRule*> chosenRules(const std::vector<FeeRule>& rules, const FeeQuery& query,
                                        const Calendar& calendar)
{
    std::vector<const FeeRule*> chosen;
    for (const FeeRule& rule : rules) {
        if (!fits(rule, query, calendar)) {
            continue;
        }
        const auto same = std::find_if(chosen.begin(), chosen.end(),
                                       [&](const FeeRule* other) { return other->code == rule.code; });
        if (same == chosen.end()) {
            chosen.push_back(&rule);
        } else if (isCloser(rule, **same)) {
            *same = &rule;
        }
    }
    return chosen;
}

std::string times(int number, const char* what)
{
    return std::to_string(number) + " " + what + " × ";
}

void addPageLines(std::vector<FeeLine>& lines, const FeeRule& rule, const FeeQuery& query)
{
    const std::int64_t sheets = std::int64_t{query.copies} * query.count;
    const std::string piles =
        (query.count > 1 ? times(query.count, "giấy tờ") : "") + times(query.copies, "bản");
    const int first = rule.fromPage3 ? std::min(query.pages, kFirstPages) : query.pages;
    const int rest = query.pages - first;
    const std::int64_t perCopy = first * *rule.amount + rest * rule.fromPage3.value_or(0);
    lines.push_back(
        {rule.name + ": " + piles + times(first, rest > 0 ? "trang đầu" : "trang") + formatDong(*rule.amount),
         sheets * first * *rule.amount});
    if (rest > 0) {
        lines.push_back({"Từ trang thứ 3: " + piles + times(rest, "trang") + formatDong(*rule.fromPage3),
                         sheets * rest * *rule.fromPage3});
    }
    if (rule.maxPerCopy && perCopy > *rule.maxPerCopy) {
        lines.push_back({"Không quá " + formatDong(*rule.maxPerCopy) + " một bản: giảm",
                         sheets * (*rule.maxPerCopy - perCopy)});
    }
}

void addLines(std::vector<FeeLine>& lines, const FeeRule& rule, const FeeQuery& query)
{
    const std::int64_t cases = query.count;
    switch (rule.per) {
    case FeePer::Case:
        lines.push_back({rule.name + ": " + times(query.count, "trường hợp") + formatDong(*rule.amount),
                         cases * *rule.amount});
        return;
    case FeePer::Copy:
        lines.push_back({rule.name + ": " + (query.count > 1 ? times(query.count, "loại") : "") +
                             times(query.copies, "bản") + formatDong(*rule.amount),
                         cases * query.copies * *rule.amount});
        return;
    case FeePer::Page:
        addPageLines(lines, rule, query);
        return;
    }
}

const FeeWaiver* waiverOf(const FeeRule& rule, const FeeQuery& query)
{
    if (query.waiver.empty()) {
        return nullptr;
    }
    const std::string wanted = fold(query.waiver);
    const auto found = std::find_if(rule.waivers.begin(), rule.waivers.end(), [&](const FeeWaiver& waiver) {
        return fold(waiver.name) == wanted && isInForce(waiver.effectiveFrom, waiver.effectiveTo, query.on);
    });
    return found == rule.waivers.end() ? nullptr : &*found;
}

std::int64_t sum(const std::vector<FeeLine>& lines)
{
    std::int64_t total = 0;
    for (const FeeLine& line : lines) {
        total += line.amount;
    }
    return total;
}

void addNote(std::string& note, const std::string& more)
{
    if (!more.empty()) {
        note += (note.empty() ? "" : ". ") + more;
    }
}

/// Adds one row's share; false when its rate is not known.
bool addRule(Fee& fee, const FeeRule& rule, const FeeQuery& query)
{
    std::vector<FeeLine> lines;
    if (rule.amount) {
        addLines(lines, rule, query);
    }
    const FeeWaiver* waiver = waiverOf(rule, query);
    if (waiver != nullptr) {
        const std::string source = waiver->source.empty() ? "" : " (" + waiver->source + ")";
        lines.push_back(
            {(rule.amount ? "Miễn: " : rule.name + ": miễn, ") + waiver->name + source, -sum(lines)});
    } else if (!query.waiver.empty() && rule.amount != std::int64_t{0}) {
        addNote(fee.note, "Danh mục không có diện miễn “" + query.waiver + "” đối với: " + rule.name);
    }
    fee.lines.insert(fee.lines.end(), lines.begin(), lines.end());
    addNote(fee.note, rule.note);
    if (!rule.amount && waiver == nullptr) {
        addNote(fee.note, "Chưa nhập mức thu của địa phương: " + rule.name);
        return false;
    }
    return true;
}

} // namespace

tl::expected<Fee, Problem> computeFee(const std::vector<FeeRule>& rules, const FeeQuery& query,
                                      const Calendar& calendar)
{
    const auto within = [](int number, int most) { return number >= 1 && number <= most; };
    if (!within(query.pages, kPagesMax) || !within(query.copies, kCopiesMax) ||
        !within(query.count, kCountMax)) {
        return tl::unexpected<Problem>(
            Problem{"/fees", "fee-count",
                    "Số trang (1–5.000), số bản (1–10.000) và số trường hợp (1–100) phải là "
                    "số nguyên dương trong giới hạn.",
                    Severity::Hard, ""});
    }
    Fee fee;
    const std::vector<const FeeRule*> chosen = chosenRules(rules, query, calendar);
    if (chosen.empty()) {
        fee.note =
            "Danh mục chưa có mức phí, lệ phí của thủ tục này vào ngày " + toDisplayDay(query.on) + ".";
        return fee;
    }
    bool known = true;
    for (const FeeRule* rule : chosen) {
        known = addRule(fee, *rule, query) && known;
    }
    if (known) {
        fee.amount = sum(fee.lines);
    }
    return fee;
}

} // namespace motcua
