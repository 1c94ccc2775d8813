// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/faults.h"

#include "core/base/file.h"

#include <array>

namespace motcua::portal {

namespace {

constexpr std::size_t kPlanBytesMax = 1 << 20;

struct Name
{
    FaultKind kind;
    std::string_view name;
};

constexpr std::array kNames{
    Name{FaultKind::Refuse, "refuse"},
    Name{FaultKind::LoseRequest, "lose-request"},
    Name{FaultKind::Away, "away"},
    Name{FaultKind::Busy, "busy"},
    Name{FaultKind::Bare503, "bare-503"},
    Name{FaultKind::Error500, "error-500"},
    Name{FaultKind::Captive, "captive"},
    Name{FaultKind::Redirect, "redirect"},
    Name{FaultKind::Login511, "login-511"},
    Name{FaultKind::Slow, "slow"},
    Name{FaultKind::Later, "later"},
    Name{FaultKind::LoseAnswer, "lose-answer"},
    Name{FaultKind::ResetAnswer, "reset-answer"},
    Name{FaultKind::CutAnswer, "cut-answer"},
    Name{FaultKind::HalfJson, "half-json"},
    Name{FaultKind::Error500Done, "error-500-done"},
    Name{FaultKind::OtherReceipt, "other-receipt"},
    Name{FaultKind::BadSignature, "bad-signature"},
};

Json toJson(const FaultRule& rule)
{
    Json json{{"kind", faultName(rule.kind)}, {"probability", rule.probability}, {"millis", rule.millis}};
    if (!rule.route.empty()) {
        json["route"] = rule.route;
    }
    if (rule.seconds) {
        json["seconds"] = *rule.seconds;
    }
    if (rule.count) {
        json["count"] = *rule.count;
    }
    return json;
}

std::optional<std::int64_t> integerAt(const Json& json, const char* member)
{
    const Json& value = at(json, member);
    return value.is_number_integer() ? std::optional(value.get<std::int64_t>()) : std::nullopt;
}

std::optional<FaultRule> ruleFromJson(const Json& json)
{
    const auto kind = parseFault(stringAt(json, "kind"));
    const Json& probability = at(json, "probability");
    if (!kind || !probability.is_number()) {
        return std::nullopt;
    }
    FaultRule rule;
    rule.kind = *kind;
    rule.probability = probability.get<double>();
    rule.route = stringAt(json, "route");
    rule.millis = integerAt(json, "millis").value_or(rule.millis);
    rule.seconds = integerAt(json, "seconds");
    rule.count = integerAt(json, "count");
    return rule;
}

Result<FaultPlan> planFromText(const std::string& text)
{
    const Json json = TRY(parseJson(text));
    FaultPlan plan;
    plan.seed = static_cast<std::uint64_t>(integerAt(json, "seed").value_or(1));
    for (const Json& item : at(json, "rules")) {
        const auto rule = ruleFromJson(item);
        if (!rule) {
            return fail(ErrorKind::Invalid, "a fault of the plan is not readable");
        }
        plan.rules.push_back(*rule);
    }
    return plan;
}

} // namespace

std::string_view faultName(FaultKind kind)
{
    return kNames[static_cast<std::size_t>(kind)].name;
}

std::optional<FaultKind> parseFault(std::string_view name)
{
    for (const Name& entry : kNames) {
        if (entry.name == name) {
            return entry.kind;
        }
    }
    return std::nullopt;
}

std::vector<std::string> faultNames()
{
    std::vector<std::string> names;
    for (const Name& entry : kNames) {
        names.emplace_back(entry.name);
    }
    return names;
}

Json toJson(const FaultPlan& plan)
{
    Json rules = Json::array();
    for (const FaultRule& rule : plan.rules) {
        rules.push_back(toJson(rule));
    }
    return {{"seed", plan.seed}, {"rules", std::move(rules)}};
}

FaultPlanPlace faultPlanFile(const std::string& path)
{
    return {[path] { return Result<std::string>(readFile(path, kPlanBytesMax).value_or(std::string())); },
            [path](const std::string& text) { return writeFileDurably(path, text); }};
}

FaultPlanPlace faultPlanSetting(KeyStore& keys)
{
    return {[&keys] { return keys.setting("faults"); },
            [&keys](const std::string& text) { return keys.setSetting("faults", text); }};
}

Result<FaultPlan> readFaultPlan(const FaultPlanPlace& place)
{
    const std::string text = TRY(place.read());
    return text.empty() ? Result<FaultPlan>(FaultPlan{}) : planFromText(text);
}

Result<void> writeFaultPlan(const FaultPlanPlace& place, const FaultPlan& plan)
{
    return place.write(dumpJson(toJson(plan)) + "\n");
}

/// A plan that cannot be read just now is the one before.
void Faults::reload()
{
    auto text = m_place.read();
    if (!text || *text == m_loaded) {
        return;
    }
    m_loaded = std::move(*text);
    m_plan = m_loaded.empty() ? FaultPlan{} : planFromText(m_loaded).value_or(FaultPlan{});
    m_random = SeededRandom(m_plan.seed);
}

std::vector<FaultRule> Faults::drawFor(const std::string& route)
{
    std::vector<FaultRule> drawn;
    if (!m_place.read) {
        return drawn;
    }
    const std::lock_guard lock(m_mutex);
    reload();
    for (FaultRule& rule : m_plan.rules) {
        const bool isMeant = (rule.route.empty() || rule.route == route) && rule.count != 0;
        if (!isMeant || m_random.unit() >= rule.probability) {
            continue;
        }
        if (rule.count) {
            --*rule.count;
        }
        drawn.push_back(rule);
    }
    return drawn;
}

void Faults::spoilReceipts(FaultKind kind, HttpAnswer& answer)
{
    auto json = parseJson(answer.body);
    if (!json || !json->is_object() || !json->contains("results") || !(*json)["results"].is_array()) {
        return;
    }
    const std::lock_guard lock(m_mutex);
    for (Json& result : (*json)["results"]) {
        std::string receipt = stringAt(result, "receipt");
        if (receipt.empty()) {
            continue;
        }
        if (kind == FaultKind::BadSignature) {
            char& digit = receipt[receipt.rfind('.') + 1];
            digit = digit == 'A' ? 'B' : 'A';
            result["receipt"] = receipt;
        } else if (m_lastReceipt.empty()) {
            m_lastReceipt = receipt;
            result.erase("receipt"); // there is no other one yet
        } else {
            result["receipt"] = m_lastReceipt;
            m_lastReceipt = receipt;
        }
    }
    answer.body = dumpJson(*json);
}

} // namespace motcua::portal
