// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/base/json.h"
#include "core/base/problem.h"
#include "core/base/result.h"
#include "sync/protocol/outcome.h"
#include "sync/protocol/problem_details.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace motcua {

inline constexpr std::size_t kStatusOpsMax = 500;
inline constexpr std::size_t kCursorCharsMax = 200;
inline constexpr std::int64_t kPageChangesMax = 500;
inline constexpr std::int64_t kPageChangesDefault = 200;
inline constexpr std::size_t kPageBytesMax = std::size_t{4} << 20;
inline constexpr std::int64_t kWaitSecondsMax = 60;
/// What a counter takes unpacked (contract, Transport).
inline constexpr std::size_t kAnswerBytesMax = std::size_t{8} << 20;

/// What the portal says became of one operation (contract, Result). Proven only together with its receipt.
struct OpResult
{
    OpId op;
    Outcome result = Outcome::Unknown;
    std::string receipt;                           ///< JWS; empty: none
    std::optional<Json> dossier;                   ///< the portal's; with conflict
    std::optional<std::int64_t> retryAfterSeconds; ///< with later
    std::optional<ProblemDetails> problem;
};

struct Results
{
    std::vector<OpResult> results;
    std::string portalEpoch;
};

/// The answer of GET /v1/ops/{op}.
struct OpStatus
{
    OpResult result;
    std::string portalEpoch;
};

[[nodiscard]] Json toJson(const OpResult& result);
[[nodiscard]] Json toJson(const Results& results);
[[nodiscard]] Json toJson(const OpStatus& status);
[[nodiscard]] Result<OpResult> opResultFromJson(const Json& json);
[[nodiscard]] Result<Results> resultsFromJson(const Json& json);
[[nodiscard]] Result<OpStatus> opStatusFromJson(const Json& json);

/// POST /v1/ops/status.
[[nodiscard]] Json statusRequest(const std::vector<OpId>& ops);
[[nodiscard]] Result<std::vector<OpId>> statusRequestFromJson(const Json& json);

/// One change at the portal (contract, Change).
struct Change
{
    std::int64_t seq = 0;
    Uid uid;
    Rev rev;
    std::optional<std::string> by;
    std::optional<OpId> op; ///< when a counter's operation caused it
    bool gone = false;      ///< taken away by the city; a counter never deletes
    Json dossier;           ///< an object; whether it is a Dossier is asked where it is stored
};

struct ChangesPage
{
    std::string cursor;
    std::string portalEpoch;
    bool more = false;
    std::vector<Change> changes;
};

[[nodiscard]] Json toJson(const Change& change);
[[nodiscard]] Json toJson(const ChangesPage& page);
/// The dossiers are moved out of `json`.
[[nodiscard]] Result<ChangesPage> changesPageFromJson(Json json);

} // namespace motcua
