// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/outbox/reach.h"

#include <vector>

namespace motcua {

/// While the program runs it writes every ten minutes; a longer silence of two runs is a time without one,
/// and a last look that is older says nothing of now.
inline constexpr Millis kReachBridge{15 * 60 * 1'000};

/// A time in which the way to the portal looked the same.
struct ReachSpan
{
    Instant from;
    Instant until;
    std::optional<Reach> reach; ///< none: nobody looked, because the program did not run
};

/// A time in which nothing could be sent.
struct Outage
{
    Instant since;
    /// First moment at which it was over, or, with `endUnseen`, the last at which it was not; none: it lasts.
    std::optional<Instant> until;
    bool endUnseen = false;       ///< the program ended before the outage did
    Reach reach = Reach::Offline; ///< what it was for the longest part
    std::string detail;           ///< its most frequent cause, as noted for support; may be empty
    Millis unseen{0};             ///< the part of it in which the program did not run
    std::int64_t waitingMost = 0; ///< operations, at most so many at once
    std::int64_t lost = 0;        ///< requests that left and got no answer

    [[nodiscard]] Millis length(Instant now) const { return until.value_or(now) - since; }
};

/// How the network was, from what is stored: what the engine saw (sightings) and how requests ended
/// (attempts, which also tell of the time before sightings were kept).
struct NetworkDiary
{
    Instant from;
    Instant until;
    std::vector<ReachSpan> spans; ///< oldest first, from the first known moment on without a gap to `until`
    std::vector<Outage> outages;  ///< of a minute and more, newest first
    std::int64_t flickers = 0;    ///< shorter ones
    std::optional<Sighting> latest;
    std::optional<Instant> since; ///< when the way became what `latest` says
};

/// The diary from `from` to `now`. What bears a later time was written by a clock that has been put back
/// since, and is left out. Reads ranges of indexes, one row at a time; safe on a second connection.
[[nodiscard]] Result<NetworkDiary> networkDiary(Connection& connection, Instant from, Instant now);

} // namespace motcua
