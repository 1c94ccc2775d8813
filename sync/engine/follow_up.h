// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/protocol/outcome.h"

namespace motcua {

/// What the engine does about an operation after the portal's word on it. PortalDesk stores the word itself.
enum class FollowUp
{
    Settled,      ///< it left the queue by a receipt
    Merge,        ///< pull to the end, then merge three ways
    NeedsPerson,  ///< the machine must not go on; only this dossier waits
    WaitForPlace, ///< what stands before it is not settled at the portal; the diary says so, and it goes
                  ///< again
    SendLater,    ///< not applied, and the portal said when
    SendAgain,    ///< nobody knows; sending the same bytes again is safe
};

/// A new outcome does not compile until somebody has decided what it means.
[[nodiscard]] constexpr FollowUp followUp(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Applied:
    case Outcome::Replayed:
    case Outcome::Cancelled:
        return FollowUp::Settled;
    case Outcome::Conflict:
        return FollowUp::Merge;
    case Outcome::Rejected:
    case Outcome::Mismatch:
        return FollowUp::NeedsPerson;
    case Outcome::Blocked:
        return FollowUp::WaitForPlace;
    case Outcome::Later:
        return FollowUp::SendLater;
    case Outcome::Unknown:
        return FollowUp::SendAgain;
    }
    return FollowUp::SendAgain;
}

static_assert(followUp(Outcome::Replayed) == FollowUp::Settled);
static_assert(followUp(Outcome::Conflict) == FollowUp::Merge);
static_assert(followUp(Outcome::Unknown) == FollowUp::SendAgain);

} // namespace motcua
