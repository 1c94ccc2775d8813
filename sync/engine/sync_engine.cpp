// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/sync_engine.h"

#include "sync/engine/calls.h"

#include <algorithm>

namespace motcua {

namespace {

constexpr Millis kTryNowPause{5'000};
/// Less is a clock that is being kept right.
constexpr Millis kSetBack{60'000};

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
    case Did::AskedCatalogue:
        return "catalogue";
    }
    return "idle";
}

SyncEngine::SyncEngine(PortalDesk& desk, Queue& queue, Transport& transport, const Clock& clock,
                       Random& random, EngineOptions options, FileStore* files, CatalogueDesk* catalogues)
    : m_desk(desk), m_queue(queue), m_wire(transport), m_clock(clock), m_random(random),
      m_options(std::move(options)), m_batch(m_options.batchCount, m_options.batchBytes)
{
    if (files != nullptr) {
        m_uploader.emplace(desk, *files, clock, random, m_options.retry);
    }
    if (catalogues != nullptr) {
        m_catalogue.emplace(*catalogues, clock, random, m_options.catalogueEvery, m_options.app);
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
        m_keys = keysOf(m_binding->keys);
        m_state.portalEpoch = m_binding->portalEpoch;
    }
    if (m_catalogue) {
        TRY(m_catalogue->start(m_keys, m_desk.identity().unit));
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
    m_endPauses = isClockSetBack() || m_endPauses;
    if (m_endPauses) {
        TRY(m_desk.endPauses());
        m_endPauses = false;
    }
    const Millis now = m_clock.monotonic();
    if (now < m_holdUntil) {
        return EngineStep{Did::Waiting, m_holdUntil};
    }
    if (isHelloDue(now)) {
        return greet();
    }
    const bool mayPull = now >= m_pullNotBefore;
    if (isMergeDue()) {
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
    if (m_catalogue && now >= m_catalogue->nextDue()) {
        return askForCatalogue();
    }
    if (m_sendStop == Trouble::None) {
        if (auto uploaded = TRY(upload())) {
            return *uploaded;
        }
    }
    return idle();
}

/// Pauses of operations outlive the program and so go by the wall clock; set back, it would stretch them by
/// hours. What must wait within this run waits by the monotonic clock all the same.
bool SyncEngine::isClockSetBack()
{
    const Millis ahead = Millis{toMillis(m_clock.now())} - m_clock.monotonic();
    const bool isSetBack = m_wallAhead && ahead + kSetBack < *m_wallAhead;
    m_wallAhead = ahead;
    return isSetBack;
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

/// What a portal judged before it went back is asked about first: its word may not hold any more.
bool SyncEngine::isMergeDue() const
{
    return m_mergeDue && !m_pullDue && !m_auditedUpTo;
}

bool SyncEngine::isReadingAgain() const
{
    return m_auditedUpTo == PortalDesk::kReadFirst;
}

bool SyncEngine::mayGoAhead(Millis now) const
{
    return now >= m_holdUntil && !isHelloDue(now) && !isMergeDue();
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
    until = m_catalogue ? std::min(until, m_catalogue->nextDue()) : until;
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
    const bool audits = m_auditedUpTo.has_value();
    until = std::min({until, aside.value_or(until), file.value_or(until), audits ? m_auditNotBefore : until});
    return EngineStep{wantsNews || due || aside || file || audits ? Did::Waiting : Did::Idle, until};
}

bool SyncEngine::tryNow()
{
    const Millis now = m_clock.monotonic();
    if (m_triedNow && now - *m_triedNow < kTryNowPause) {
        return false;
    }
    m_triedNow = now;
    m_isAskedFor = isHelloDue(now);
    m_pullDue = true;
    m_pullNotBefore = now;
    m_endPauses = m_endPauses || !m_obeying;
    m_aside.endPauses();
    if (m_uploader) {
        m_uploader->endPauses();
    }
    if (!m_obeying) {
        m_holdUntil = now;
    }
    return true;
}

} // namespace motcua
