// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/portal_desk.h"
#include "sync/engine/classify.h"
#include "sync/engine/follow_up.h"
#include "sync/protocol/answers.h"
#include "sync/protocol/jws.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace motcua {

/// One operation's result, after its receipt was checked.
struct JudgedOperation
{
    StoredResult stored;
    FollowUp followUp = FollowUp::SendAgain;
    std::optional<Millis> asked; ///< with later: how long the portal wants us to wait
};

/// What an answer proves about a batch. What it does not prove is not in `operations`.
struct Judgement
{
    std::vector<JudgedOperation> operations;
    std::string portalEpoch;
    /// A receipt that does not verify: somebody else answers in the portal's place.
    std::optional<std::string> forged;
    /// The portal proves something of an operation that bears this name and has other bytes: another machine
    /// with a copy of this disk sent it.
    std::vector<Position> otherBytes;
    /// Only because it names a key that we have not heard of yet; a hello may bring it.
    bool isKeyUnknown = false;
    /// The answer is of a portal from before or after a restore; nothing of it is taken.
    bool isOtherEpoch = false;

    [[nodiscard]] std::vector<StoredResult> stored() const;
    [[nodiscard]] int count(FollowUp followUp) const;
};

/// Checks each result against the bytes that were sent. Pure; the only place where something becomes an
/// acknowledgement: verifyReceipt() said yes for this operation, these bytes, this epoch.
[[nodiscard]] Judgement judge(const std::vector<Outgoing>& batch, const Results& answer,
                              std::span<const PortalKey> keys);

enum class About
{
    Sent,  ///< the batch went just now
    Asked, ///< a look-up
};

/// What is known about the portal that is to answer.
struct KnownPortal
{
    std::span<const PortalKey> keys;
    std::string epoch;
};

/// Reads and checks the whole of an answer; `verdict` is what classify() said of it, and becomes "unusable"
/// where the body breaks the contract, is of another epoch, or says nothing about any of what was sent. Pure.
[[nodiscard]] Judgement judgeAnswer(const Reply& reply, Verdict& verdict, const std::vector<Outgoing>& batch,
                                    About about, const KnownPortal& portal);

/// The keys that a binding keeps. Unreadable ones are left out: they verify nothing.
[[nodiscard]] std::vector<PortalKey> keysOf(const Json& keys);
/// The same as the binding keeps them.
[[nodiscard]] Json keysToJson(const std::vector<PortalKey>& keys);

} // namespace motcua
