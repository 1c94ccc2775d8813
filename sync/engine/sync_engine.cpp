// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/sync_engine.h"

#include "sync/engine/calls.h"

#include <algorithm>

namespace motcua {

namespace {

constexpr Millis kTryNowPause{5'000};
constexpr Millis kSpreadMost{60 * 60 * 1'000};

} // namespace

std::string_view didName(Did did)
{
    switch (did) {
    case Did::NotEnrolled:
        return "not-enrolled";
    case Did::Idle:
        return "idle";
    case Did::Waiting:
        return "waiting";
    case Did::Greeted:
        return "hello";
    case Did::LookedUp:
        return "looked-up";
    case Did::Pushed:
        return "pushed";
    case Did::Pulled:
        return "pulled";
    case Did::Merged:
        return "merged";
    case Did::Uploaded:
        return "uploaded";
    }
    return "idle";
}

SyncEngine::SyncEngine(PortalDesk& desk, Queue& queue, Transport& transport, const Clock& clock,
                       Random& random, EngineOptions options, FileStore* files)
    : m_desk(desk), m_queue(queue), m_wire(transport), m_clock(clock), m_random(random),
      m_options(std::move(options)), m_batch(m_options.batchCount, m_options.batchBytes)
{
    if (files != nullptr) {
        m_uploader.emplace(desk, *files, clock, random, m_options.retry);
    }
}

Result<EngineStep> SyncEngine::step()
{
    if (!m_started) {
        TRY(start());
    }
    if (!m_binding) {
        m_started = false; // asked again at the next step
        return EngineStep{Did::NotEnrolled, m_clock.monotonic() + m_options.pullEvery};
    }
    auto result = next();
    if (result) {
        if (auto kept = keepDiary(); !kept) {
            result = tl::unexpected(kept.error());
        }
    }
    if (!result) {
        // What the disk did not take is not known to have happened: begin again from what it holds.
        m_started = false;
        m_lookUpDue = true;
        m_wire.giveUp();
        if (m_uploader) {
            m_uploader->forget();
        }
    }
    return result;
}

Result<void> SyncEngine::start()
{
    m_instance = m_random.hex(8);
    TRY(m_desk.recoverAttempts(m_instance));
    m_binding = TRY(m_desk.binding());
    if (m_binding) {
        m_keys = keysOf(*m_binding);
        m_state.portalEpoch = m_binding->portalEpoch;
    }
    m_auditedUpTo = TRY(m_desk.auditedUpTo());
    m_started = true;
    return {};
}

Result<EngineStep> SyncEngine::next()
{
    if (m_wire.isBusy()) {
        return landed(); // it left before whatever holds us now
    }
    const Millis now = m_clock.monotonic();
    if (now < m_holdUntil) {
        return EngineStep{Did::Waiting, m_holdUntil};
    }
    if (isHelloDue(now)) {
        return greet();
    }
    const bool mayPull = now >= m_pullNotBefore;
    if (m_mergeDue && !m_pullDue) {
        return merge();
    }
    m_pullDue = m_pullDue || now >= m_pullBy;
    if (isNewsFirst(now) || (isReadingAgain() && mayPull)) {
        return pull();
    }
    if (m_sendStop == Trouble::None && !isReadingAgain()) {
        if (auto asked = TRY(ask())) {
            return *asked;
        }
        if (auto audited = TRY(audit())) {
            return *audited;
        }
        if (auto pushed = TRY(push())) {
            return *pushed;
        }
    }
    if ((m_pullDue || m_confirmDue) && mayPull) {
        return pull();
    }
    if (m_sendStop == Trouble::None) {
        if (auto uploaded = TRY(upload())) {
            return *uploaded;
        }
    }
    return idle();
}

bool SyncEngine::isHelloDue(Millis now) const
{
    return !m_greeted || m_breaker.isOpen() || m_hold != Trouble::None || now >= m_greetBy;
}

bool SyncEngine::isNewsFirst(Millis now) const
{
    const bool isDue = m_pullDue || now >= m_pullBy;
    return isDue && now >= m_pullNotBefore && m_pushesInRow >= m_pushesBeforePull;
}

bool SyncEngine::isReadingAgain() const
{
    return m_auditedUpTo == PortalDesk::kReadFirst;
}

bool SyncEngine::mayGoAhead(Millis now) const
{
    const bool isMergeFirst = m_mergeDue && !m_pullDue;
    return now >= m_holdUntil && !isHelloDue(now) && !isMergeFirst;
}

Result<EngineStep> SyncEngine::landed()
{
    auto next = m_wire.isPush() ? TRY(packAhead()) : std::nullopt;
    const auto [flight, reply] = m_wire.finish();
    if (const auto* sent = std::get_if<SentBatch>(&flight)) {
        return batchLanded(*sent, reply, std::move(next));
    }
    return pageLanded(std::get<AskedPage>(flight), reply);
}

Result<EngineStep> SyncEngine::idle()
{
    const Millis now = m_clock.monotonic();
    const bool wantsNews = m_pullDue || m_confirmDue || isReadingAgain();
    Millis until = std::min(wantsNews ? m_pullNotBefore : std::max(m_pullBy, m_pullNotBefore), m_greetBy);
    if (m_sendStop != Trouble::None || isReadingAgain()) {
        return EngineStep{wantsNews ? Did::Waiting : Did::Idle, until};
    }
    const auto due = TRY(m_desk.nextDue());
    const auto aside = m_aside.nextDue(now);
    if (due) {
        // Never at once: what is due already and still not sendable waits for something else.
        const Millis least = std::min(Millis{1'000}, m_options.retry.base);
        until = std::min(until, now + std::max(least, *due - m_clock.now()));
    }
    const auto file = m_uploader ? m_uploader->nextDue() : std::nullopt;
    until = std::min({until, aside.value_or(until), file.value_or(until)});
    return EngineStep{wantsNews || due || aside || file ? Did::Waiting : Did::Idle, until};
}

bool SyncEngine::tryNow()
{
    const Millis now = m_clock.monotonic();
    if (m_triedNow && now - *m_triedNow < kTryNowPause) {
        return false;
    }
    m_triedNow = now;
    m_pullDue = true;
    m_pullNotBefore = now;
    m_aside.endPauses();
    if (m_uploader) {
        m_uploader->endPauses();
    }
    if (!m_obeying) {
        m_holdUntil = now;
    }
    return true;
}

// ---------------------------------------------------------------------------------------------- hello

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
    const bool afterOutage = note(verdict);
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
        m_greetBy = now + m_options.probeHeldEvery;
    }
    if (afterOutage && m_hold == Trouble::None && hello.spreadSeconds) {
        const Millis spread = std::min<Millis>(std::chrono::seconds{*hello.spreadSeconds}, kSpreadMost);
        m_holdUntil =
            now + Millis{static_cast<std::int64_t>(static_cast<double>(spread.count()) * m_random.unit())};
    }
    return {};
}

Result<void> SyncEngine::remember(const Hello& hello)
{
    if (hello.portalEpoch != m_binding->portalEpoch || hello.held < TRY(m_desk.acknowledged())) {
        TRY(portalWentBack(hello.portalEpoch));
    }
    m_state.portalEpoch = hello.portalEpoch;
    auto binding = *m_binding;
    binding.keys = mergedKeys(binding, hello.keys);
    binding.token = hello.token.value_or(binding.token);
    if (binding.keys != m_binding->keys || binding.token != m_binding->token) {
        TRY(m_desk.bind(binding)); // before the new token is used: the old one dies with its first use
        m_binding = std::move(binding);
        m_keys = keysOf(*m_binding);
    }
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
    m_lookUpDue = true;
    m_pullDue = true;
    m_asked.clear();
    return {};
}

// --------------------------------------------------------------------------------------- all the calls

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
        endedOutage = m_breaker.answered();
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
