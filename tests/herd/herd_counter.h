// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "sync/engine/breaker.h"
#include "sync/engine/calls.h"
#include "sync/engine/classify.h"
#include "sync/engine/retry_policy.h"
#include "sync/protocol/devices.h"

#include <optional>
#include <string>
#include <vector>

namespace motcua::herd {

/// What a counter has in its queue, and who it is.
struct Backlog
{
    std::string unit;
    std::string install;
    std::string token;
    std::vector<PortalKey> keys;
    std::vector<Outgoing> operations; ///< real lines, in order
};

/// What the answers were, all counters together.
struct Tally
{
    std::int64_t acknowledged = 0; ///< operations with a receipt that verifies
    std::int64_t replayed = 0;     ///< of them, sent twice
    std::int64_t unproven = 0;     ///< results without a good receipt
    std::int64_t pulled = 0;
};

/// A counter that comes back after an outage, as the product's engine would: hello, a pause within the spread
/// that the portal asks for, the queue in batches, then the news. The engine's own retry table, breaker,
/// judgement of answers and obedience to Retry-After decide when it speaks again; what is not here is its
/// register on the disk.
class HerdCounter
{
public:
    enum class Call
    {
        Hello,
        Push,
        Pull,
    };
    /// `isGreedy`: asks again at once, whatever the portal says, and never has enough.
    HerdCounter(Backlog backlog, std::uint64_t seed, Millis start, bool isGreedy)
        : m_backlog(std::move(backlog)), m_random(seed), m_dueAt(start), m_isGreedy(isGreedy)
    {
        m_breaker.forged(); // it was open, after hours without an answer
    }

    /// When it will speak next; nothing when it has no more to say.
    [[nodiscard]] std::optional<Millis> dueAt() const;
    [[nodiscard]] Request ask();
    [[nodiscard]] Call asked() const { return m_call; }
    /// What it makes of an answer. True: the call was of use.
    [[nodiscard]] bool hear(const Reply& reply, Millis now, Instant wall, Tally& tally);

    [[nodiscard]] const Backlog& backlog() const { return m_backlog; }
    /// When its last operation was acknowledged.
    [[nodiscard]] std::optional<Millis> finishedAt() const { return m_finishedAt; }
    [[nodiscard]] bool isGreedy() const { return m_isGreedy; }

private:
    void holdAfter(const Verdict& verdict, Millis now);
    [[nodiscard]] bool greeted(const Json& json, Millis now);
    [[nodiscard]] bool pushed(const Json& json, Millis now, Tally& tally);
    [[nodiscard]] bool pulled(const Json& json, Tally& tally);

    Backlog m_backlog;
    SeededRandom m_random;
    RetryPolicy m_retry;
    Breaker m_breaker;
    int m_busy = 0;
    Millis m_dueAt;
    bool m_isGreedy;
    Call m_call = Call::Hello;
    bool m_isGreeted = false;
    bool m_isDone = false;
    std::size_t m_acknowledged = 0; ///< the head of the queue
    std::size_t m_underWay = 0;
    std::optional<std::string> m_cursor;
    std::int64_t m_lastSeq = 0;
    std::optional<Millis> m_finishedAt;
};

} // namespace motcua::herd
