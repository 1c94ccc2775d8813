// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/base/json.h"
#include "core/base/time.h"
#include "sync/protocol/jws.h"
#include "sync/protocol/outcome.h"
#include "sync/protocol/problem_details.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace motcua {

/// The portal's signed word on what became of one operation (contract, Receipt).
struct Receipt
{
    OpId op;
    std::string digest;                ///< hex, of the bytes judged
    Outcome result = Outcome::Applied; ///< applied, conflict, rejected, mismatch or cancelled
    std::optional<ProblemType> problem;
    std::optional<Uid> uid;
    std::optional<Rev> rev;
    std::optional<std::int64_t> seq;
    std::optional<std::string> officialCode;
    Instant at;
    std::string epoch;
    bool operator==(const Receipt&) const = default;
};

[[nodiscard]] Json toJson(const Receipt& receipt);
[[nodiscard]] Result<Receipt> receiptFromJson(const Json& json);

/// What an answer has to prove.
struct ReceiptExpectation
{
    OpId op;
    std::string digest;                  ///< of the bytes that were sent
    Outcome answered = Outcome::Applied; ///< the answer's `result`
    std::string portalEpoch;             ///< the answer's
};

/// The receipt in `jws`, when it proves the answer: signature by a known key that was valid at its `at`, same
/// op, digest, epoch, and the answer's result (applied for replayed). Anything else is an error, means that
/// the outcome is unknown, and is never an acknowledgement: Duplicate where the portal speaks of other bytes
/// under this name, else Network.
[[nodiscard]] Result<Receipt> verifyReceipt(std::string_view jws, std::span<const PortalKey> keys,
                                            const ReceiptExpectation& expected);

} // namespace motcua
