// SPDX-License-Identifier: GPL-3.0-or-later
// What each answer means for all calls to come, and what people and the diary are told of it.
#include "sync/engine/sync_engine.h"

#include <algorithm>

namespace motcua {

Reply SyncEngine::call(const Request& request)
{
    ++m_counters.calls;
    return m_wire.exchange(request);
}

bool SyncEngine::note(const Verdict& verdict)
{
    bool endedOutage = false;
    m_obeying = false;
    switch (verdict.end) {
    case RequestEnd::Answered:
        m_busy = 0;
        m_refusals = 0;
        endedOutage = m_breaker.answered();
        break;
    case RequestEnd::Refused:
        endedOutage = m_breaker.answered();
        if (verdict.trouble == Trouble::BadRequest) {
            // A wrong address answers each batch like this; one bad line does not last.
            m_holdUntil = m_clock.monotonic() + backoff(m_refusals++);
        }
        break;
    case RequestEnd::Later:
        m_breaker.busy();
        m_holdUntil = m_clock.monotonic() + backoff(m_busy++);
        break;
    case RequestEnd::Lost:
        ++m_counters.lost;
        m_breaker.lost();
        m_holdUntil = m_clock.monotonic() + backoff(m_breaker.losses() - 1);
        break;
    case RequestEnd::NotPortal:
        ++m_counters.lost;
        m_breaker.forged();
        m_holdUntil = m_clock.monotonic() + backoff(m_breaker.losses() - 1);
        break;
    }
    waitAfter(verdict);
    say(verdict);
    return endedOutage;
}

void SyncEngine::waitAfter(const Verdict& verdict)
{
    if (verdict.retryAfter) {
        m_holdUntil = m_clock.monotonic() + obeyRetryAfter(*verdict.retryAfter, m_random.unit());
        m_obeying = true;
    }
    switch (verdict.trouble) {
    case Trouble::NotEnrolled:
    case Trouble::Revoked:
    case Trouble::ClientTooOld:
        hold(verdict.trouble);
        break;
    case Trouble::ChainFork:
        m_sendStop = Trouble::ChainFork;
        m_greetBy = std::min(m_greetBy, m_clock.monotonic() + m_options.probeHeldEvery);
        break;
    case Trouble::None:
    case Trouble::Offline:
    case Trouble::Busy:
    case Trouble::NotPortal:
    case Trouble::StoreBehind:
    case Trouble::TooLarge:
    case Trouble::CursorGone:
    case Trouble::BadRequest:
        break;
    }
}

void SyncEngine::hold(Trouble trouble)
{
    m_hold = trouble;
    m_state.trouble = trouble;
    const auto pause = m_options.probeHeldEvery / 2;
    m_holdUntil =
        std::max(m_holdUntil,
                 m_clock.monotonic() + pause +
                     Millis{static_cast<std::int64_t>(m_random.unit() * static_cast<double>(pause.count()))});
}

void SyncEngine::say(const Verdict& verdict)
{
    if (verdict.stopped) {
        return;
    }
    m_heard = true;
    m_state.online = verdict.end != RequestEnd::Lost && verdict.end != RequestEnd::NotPortal;
    if (m_state.online) {
        m_state.lastAnswer = m_clock.now();
    }
    m_state.trouble = verdict.trouble == Trouble::None ? m_sendStop : verdict.trouble;
    if (verdict.trouble != Trouble::None) {
        m_state.detail = verdict.detail;
    }
}

Reach SyncEngine::reach() const
{
    if (!m_state.online) {
        return m_state.trouble == Trouble::NotPortal ? Reach::NotPortal : Reach::Offline;
    }
    if (isStopped() || m_state.trouble == Trouble::BadRequest) {
        return Reach::Held;
    }
    return m_state.trouble == Trouble::Busy ? Reach::Busy : Reach::Online;
}

/// Facts for whoever asks later how the network was: each change, and now and then that there was none.
Result<void> SyncEngine::keepDiary()
{
    if (!m_heard) {
        return {};
    }
    m_heard = false;
    const Reach now = reach();
    const bool isNew = !m_state.since || now != m_state.reach;
    if (isNew) {
        m_state.since = m_clock.now();
        m_state.reach = now;
    }
    if (!isNew && m_sighted && m_clock.monotonic() - *m_sighted < m_options.sightingEvery) {
        return {};
    }
    const QueueSummary queue = TRY(m_queue.summary());
    Sighting sighting{m_clock.now(), m_instance, now, queue.waiting, {}};
    sighting.detail = now == Reach::Online ? std::string() : m_state.detail;
    TRY(m_desk.noteSighting(sighting));
    m_sighted = m_clock.monotonic();
    return {};
}

} // namespace motcua
