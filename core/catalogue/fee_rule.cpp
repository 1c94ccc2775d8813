// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalogue/fee_rule.h"

#include "core/base/text.h"

namespace motcua {

namespace {

constexpr std::int64_t kRateMax = 1'000'000'000;

tl::unexpected<Error> broken(const std::string& what)
{
    return fail(ErrorKind::Invalid, "a fee: " + what);
}

Result<std::optional<std::int64_t>> amountAt(const Json& json, std::string_view member)
{
    const Json& value = at(json, member);
    if (value.is_null()) {
        return std::nullopt;
    }
    if (!value.is_number_integer() || value.get<std::int64_t>() < 0 || value.get<std::int64_t>() > kRateMax) {
        return broken(std::string(member) + " is a whole number of đồng, or null");
    }
    return value.get<std::int64_t>();
}

Result<std::optional<Day>> dayAt(const Json& json, std::string_view member)
{
    const Json& value = at(json, member);
    if (value.is_null()) {
        return std::nullopt;
    }
    if (!value.is_string()) {
        return broken(std::string(member) + " is a day, or null");
    }
    return TRY(parseIsoDay(value.get_ref<const std::string&>()));
}

Result<FeePer> perFrom(const std::string& name)
{
    if (name == "case") {
        return FeePer::Case;
    }
    if (name == "copy") {
        return FeePer::Copy;
    }
    if (name == "page") {
        return FeePer::Page;
    }
    return broken("per is case, copy or page");
}

Result<FeeWhen> whenFrom(const std::string& name)
{
    if (name.empty() || name == "always") {
        return FeeWhen::Always;
    }
    if (name == "on-time") {
        return FeeWhen::OnTime;
    }
    if (name == "late") {
        return FeeWhen::Late;
    }
    return broken("when is on-time or late");
}

Result<std::vector<FeeWaiver>> waiversFrom(const Json& rows)
{
    std::vector<FeeWaiver> waivers;
    for (const Json& row : rows) {
        FeeWaiver waiver{row.is_string() ? row.get<std::string>() : stringAt(row, "name")};
        if (waiver.name.empty()) {
            return broken("a waiver has no name");
        }
        waiver.source = stringAt(row, "source");
        waiver.effectiveFrom = TRY(dayAt(row, "effectiveFrom"));
        waiver.effectiveTo = TRY(dayAt(row, "effectiveTo"));
        waivers.push_back(std::move(waiver));
    }
    return waivers;
}

/// The note with examples of other places, which help the official to find the own province's rate.
std::string noteFrom(const Json& json)
{
    std::string note = stringAt(json, "note");
    for (const Json& example : at(json, "examples")) {
        const Json& amount = at(example, "amount");
        if (!amount.is_number_integer()) {
            continue;
        }
        const std::string when = stringAt(example, "when");
        note += (note.empty() ? "Ví dụ " : "; ví dụ ") + stringAt(example, "place") +
                (when.empty() ? "" : " " + when) + ": " + formatDong(amount.get<std::int64_t>());
    }
    return note;
}

} // namespace

Result<FeeRule> feeRuleFromJson(const Json& json)
{
    FeeRule rule;
    rule.procedure = stringAt(json, "procedure");
    rule.code = stringAt(json, "code");
    rule.name = stringAt(json, "name");
    if (rule.code.empty() || rule.name.empty()) {
        return broken("code and name are missing");
    }
    rule.channel = stringAt(json, "channel");
    rule.when = TRY(whenFrom(stringAt(json, "when")));
    rule.per = TRY(perFrom(stringAt(json, "per")));
    rule.amount = TRY(amountAt(json, "amount"));
    rule.fromPage3 = TRY(amountAt(json, "fromPage3"));
    rule.maxPerCopy = TRY(amountAt(json, "maxPerCopy"));
    if (const auto days = TRY(amountAt(json, "dutyDays"))) {
        if (*days > 3650) {
            return broken("dutyDays is too large");
        }
        rule.dutyDays = static_cast<int>(*days);
    }
    rule.waivers = TRY(waiversFrom(at(json, "waivers")));
    rule.note = noteFrom(json);
    rule.source = stringAt(json, "source");
    rule.sure = stringAt(json, "sure");
    rule.effectiveFrom = TRY(dayAt(json, "effectiveFrom"));
    rule.effectiveTo = TRY(dayAt(json, "effectiveTo"));
    return rule;
}

} // namespace motcua
