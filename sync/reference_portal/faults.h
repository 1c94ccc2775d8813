// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "sync/reference_portal/http_message.h"
#include "sync/reference_portal/key_store.h"

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace motcua::portal {

/// What can be made to go wrong on purpose, for tests and demonstrations.
enum class FaultKind
{
    Refuse,       ///< the connection ends before the request is looked at
    LoseRequest,  ///< the whole request arrives, nothing is done, the connection is reset
    Away,         ///< 503 busy, nothing done
    Busy,         ///< 429 busy, nothing done
    Bare503,      ///< 503 of some box in between: no problem+json
    Error500,     ///< nothing done, but who can know
    Captive,      ///< 200 with a login page
    Redirect,     ///< 302 to a login page
    Login511,     ///< 511 Network Authentication Required
    Slow,         ///< done, but the answer takes its time
    Later,        ///< operations are answered `later`
    LoseAnswer,   ///< done, then the connection ends without an answer
    ResetAnswer,  ///< done, then the connection is reset
    CutAnswer,    ///< done, half of the answer, then the connection ends
    HalfJson,     ///< done, a well-formed answer with half of its JSON
    Error500Done, ///< done, then 500
    OtherReceipt, ///< done, the receipts are other operations'
    BadSignature, ///< done, the receipts' signatures are wrong
};

[[nodiscard]] std::string_view faultName(FaultKind kind);
[[nodiscard]] std::optional<FaultKind> parseFault(std::string_view name);
[[nodiscard]] std::vector<std::string> faultNames();

struct FaultRule
{
    FaultKind kind = FaultKind::Away;
    double probability = 1;
    std::string route;                   ///< "ops", "changes" …; empty: all
    std::int64_t millis = 1000;          ///< of slow
    std::optional<std::int64_t> seconds; ///< Retry-After of away, busy, later
    std::optional<std::int64_t> count;   ///< how many times; none: without end
};

/// What is to go wrong. With a seed the same requests in the same order meet the same faults.
struct FaultPlan
{
    std::uint64_t seed = 1;
    std::vector<FaultRule> rules;
};

/// Where the plan lies as text, written by `admin fault`, read by the server when it changes: so a
/// demonstration can be driven while the server runs.
struct FaultPlanPlace
{
    std::function<Result<std::string>()> read; ///< empty: there is none
    std::function<Result<void>(const std::string&)> write;
};
/// A file in the folder of the embedded store.
[[nodiscard]] FaultPlanPlace faultPlanFile(const std::string& path);
/// A setting of the portal: all portals before one store make the same faults. `keys` must outlive it.
[[nodiscard]] FaultPlanPlace faultPlanSetting(KeyStore& keys);

[[nodiscard]] Result<FaultPlan> readFaultPlan(const FaultPlanPlace& place);
[[nodiscard]] Result<void> writeFaultPlan(const FaultPlanPlace& place, const FaultPlan& plan);
[[nodiscard]] Json toJson(const FaultPlan& plan);

/// Draws faults for requests. May be used from many threads.
class Faults
{
public:
    /// Nothing ever goes wrong on purpose.
    Faults() = default;
    explicit Faults(FaultPlanPlace place) : m_place(std::move(place)) {}

    /// The rules that hit this request, at most one of each kind.
    [[nodiscard]] std::vector<FaultRule> drawFor(const std::string& route);
    /// Changes the receipts of an answer as `kind` says.
    void spoilReceipts(FaultKind kind, HttpAnswer& answer);

private:
    void reload();

    FaultPlanPlace m_place;
    std::mutex m_mutex;
    std::string m_loaded; ///< the plan's text
    FaultPlan m_plan;
    SeededRandom m_random{1};
    std::string m_lastReceipt;
};

} // namespace motcua::portal
