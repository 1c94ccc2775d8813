// SPDX-License-Identifier: GPL-3.0-or-later
// The greeting: whether we may speak at all, and whether the portal is still the one that we knew.
#include "sync/engine/calls.h"
#include "sync/engine/sync_engine.h"

#include <algorithm>
#include <utility>

namespace motcua {

namespace {

constexpr Millis kSpreadMost{60 * 60 * 1'000};

} // namespace

Result<EngineStep> SyncEngine::greet()
{
    const auto& identity = m_desk.identity();
    const auto head = TRY(m_desk.head());
    const auto queue = TRY(m_queue.summary());
    HelloRequest body;
    body.install = identity.install;
    body.epoch = identity.epoch;
    body.lastSeq = head.position.seq();
    body.chainHead = toHex(head.chain);
    body.waiting = queue.waiting;
    body.oldestWaiting = queue.oldestWaiting;
    body.app = m_options.app;

    const auto reply = call(helloCall(body, m_binding->token));
    auto verdict = classify(reply, m_clock.now());
    Result<Hello> hello = fail(ErrorKind::Network, "no answer");
    if (verdict.isAnswered()) {
        const auto json = parseJson(reply.body);
        hello = json ? helloFromJson(*json) : Result<Hello>(tl::unexpected(json.error()));
        if (!hello) {
            verdict = unusable(reply, hello.error().detail);
        }
    }
    const bool wasAway =
        !m_wasWelcomed && queue.oldestToSend && m_clock.now() - *queue.oldestToSend >= m_options.awayLeast;
    const bool afterOutage = note(verdict) || wasAway;
    if (hello) {
        TRY(welcome(*hello, head, afterOutage));
    } else {
        notWelcome(verdict);
    }
    return EngineStep{Did::Greeted, {}, hello.has_value()};
}

void SyncEngine::notWelcome(const Verdict& verdict)
{
    const Millis now = m_clock.monotonic();
    if (verdict.trouble == Trouble::ChainFork) {
        // Nothing more of ours until somebody looked, but the city's news still comes.
        m_greeted = true;
        m_greetBy = now + m_options.probeHeldEvery;
    }
}

Result<void> SyncEngine::welcome(const Hello& hello, const JournalHead& head, bool afterOutage)
{
    const Millis now = m_clock.monotonic();
    TRY(remember(hello));
    m_state.clockOff = TRY(m_desk.noteClock(hello.now - m_clock.now()));
    m_greeted = true;
    m_wasWelcomed = true;
    m_greetBy = now + m_options.helloEvery;
    m_hold = Trouble::None;
    m_sendStop = Trouble::None;
    if (hello.revoked) {
        hold(Trouble::Revoked);
    } else if (hello.minApp && !isRecentEnough(m_options.app, *hello.minApp)) {
        hold(Trouble::ClientTooOld);
    } else if (hello.lastSeq > head.position.seq()) {
        // The portal holds more of this journal than we do: an old copy of the disk. What we would send now
        // would bear names that are taken.
        m_sendStop = Trouble::StoreBehind;
        m_state.trouble = Trouble::StoreBehind;
        m_state.detail = troubleName(Trouble::StoreBehind);
        m_greetBy = now + m_options.probeHeldEvery;
    }
    const bool isAskedFor = std::exchange(m_isAskedFor, false);
    if (afterOutage && !isAskedFor && m_hold == Trouble::None && hello.spreadSeconds) {
        comeLater(std::min<Millis>(std::chrono::seconds{*hello.spreadSeconds}, kSpreadMost));
    }
    return {};
}

/// One of many that come back at once. People see that the portal has no time yet.
void SyncEngine::comeLater(Millis spread)
{
    m_holdUntil = m_clock.monotonic() +
                  Millis{static_cast<std::int64_t>(static_cast<double>(spread.count()) * m_random.unit())};
    if (m_sendStop == Trouble::None) {
        m_state.trouble = Trouble::Busy;
        m_state.detail = "spread";
    }
}

Result<void> SyncEngine::remember(const Hello& hello)
{
    if (hello.portalEpoch != m_binding->portalEpoch || hello.held < TRY(m_desk.acknowledged())) {
        TRY(portalWentBack(hello.portalEpoch));
    }
    m_state.portalEpoch = hello.portalEpoch;
    // Before the new token is used: the old one dies with its first use.
    m_binding->keys = TRY(m_desk.learnKeys(keysToJson(hello.keys), hello.token));
    m_binding->token = hello.token.value_or(m_binding->token);
    m_keys = keysOf(m_binding->keys);
    return {};
}

/// The portal was restored: pull everything again, ask before anything is sent again, and find out what it
/// lost of what it had acknowledged.
Result<void> SyncEngine::portalWentBack(const std::string& portalEpoch)
{
    TRY(m_desk.restartPull(portalEpoch, PortalStore::WentBack));
    m_binding->portalEpoch = portalEpoch;
    m_binding->cursor.reset();
    m_auditedUpTo = PortalDesk::kReadFirst;
    m_auditNotBefore = Millis{0};
    m_auditAtOnce = kAskAtOnce;
    m_lookUpDue = true;
    m_pullDue = true;
    m_asked.clear();
    return {};
}

} // namespace motcua
