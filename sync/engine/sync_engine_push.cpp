// SPDX-License-Identifier: GPL-3.0-or-later
// The way out: what is sendable goes, what is unknown is asked about, and every result is proven.
#include "sync/engine/calls.h"
#include "sync/engine/sync_engine.h"

#include <algorithm>

namespace motcua {

namespace {

/// More that step aside at once are no poison but an outage, and the breaker's matter.
constexpr int kAsideMost = 100;

bool mayBeBad(const Verdict& verdict)
{
    return verdict.end == RequestEnd::Lost || verdict.end == RequestEnd::NotPortal ||
           verdict.trouble == Trouble::BadRequest || verdict.trouble == Trouble::TooLarge;
}

} // namespace

Result<std::vector<Outgoing>> SyncEngine::nextBatch()
{
    const Millis now = m_clock.monotonic();
    const int aside = std::min(m_aside.waiting(now), kAsideMost);
    const auto more = static_cast<std::size_t>(aside) * (m_options.batchBytes / 4);
    auto sendable = TRY(m_desk.sendable(m_batch.count() + aside, m_batch.bytes() + more));
    return m_aside.pick(std::move(sendable), now, m_batch.count(), m_batch.bytes());
}

Result<std::optional<EngineStep>> SyncEngine::push()
{
    auto batch = TRY(nextBatch());
    if (batch.empty()) {
        return std::nullopt;
    }
    if (wantsLookUp(batch)) {
        return TRY(lookUp(batch)); // all of it: no receipt may outrun that of what stands before it
    }
    send(TRY(pack(std::move(batch))));
    return TRY(landed());
}

void SyncEngine::send(PackedBatch&& packed)
{
    ++m_pushesInRow;
    ++m_counters.calls;
    m_wire.start(packed.request, std::move(packed.sent));
}

bool SyncEngine::mayPushAhead() const
{
    const Millis now = m_clock.monotonic();
    return mayGoAhead(now) && !isNewsFirst(now) && !m_lookUpDue && !m_auditedUpTo &&
           m_sendStop == Trouble::None;
}

/// While the portal judges one batch the next is chosen, packed and its attempt written down, so that it can
/// go the moment the answer is there. What is under way is "sending", so it is not chosen again, and nothing
/// behind it in a dossier's chain is either.
Result<std::optional<PackedBatch>> SyncEngine::packAhead()
{
    if (!mayPushAhead()) {
        return std::nullopt;
    }
    auto batch = TRY(nextBatch());
    if (batch.empty() || wantsLookUp(batch)) {
        return std::nullopt;
    }
    return TRY(pack(std::move(batch)));
}

Result<PackedBatch> SyncEngine::pack(std::vector<Outgoing>&& batch)
{
    auto request = pushCall(batch, m_binding->token);
    const auto attempt = TRY(m_desk.beginAttempt(batch, m_instance));
    for (const auto& each : batch) {
        m_asked.erase(each.position.value);
    }
    return PackedBatch{{attempt, std::move(batch)}, std::move(request)};
}

/// The portal answered and now waits for us: it gets the next batch before that answer is judged and stored.
/// Where it does not go after all, not a byte of it left, and it waits as before.
Result<void> SyncEngine::sendAhead(PackedBatch&& next, const Verdict& verdict)
{
    if (verdict.isAnswered() && mayPushAhead()) {
        send(std::move(next));
        return {};
    }
    return m_desk.endAttempt(next.sent.attempt, RequestEnd::Later, {}, {}, "not sent", next.sent.batch, {});
}

Result<EngineStep> SyncEngine::batchLanded(const SentBatch& sent, const Reply& reply,
                                           std::optional<PackedBatch> next)
{
    auto verdict = classify(reply, m_clock.now());
    if (next) {
        TRY(sendAhead(std::move(*next), verdict));
    }
    const bool isOld = std::any_of(sent.batch.begin(), sent.batch.end(),
                                   [&](const Outgoing& each) { return isOfEarlierEpoch(each.position); });
    if (verdict.trouble == Trouble::ChainFork && isOld) {
        return forkLanded(sent, std::move(verdict));
    }
    auto judgement = judged(reply, verdict, sent.batch, About::Sent);
    resize(verdict, sent.batch.size());
    if (verdict.isAnswered()) {
        completeWithDelays(judgement, sent.batch);
    }
    const bool answered = verdict.isAnswered();
    const auto words = judgement.stored();
    TRY(finish(sent.attempt, verdict, sent.batch, std::move(judgement)));
    TRY(leaveDenied(words));
    return EngineStep{Did::Pushed, {}, answered};
}

/// A place that is refused as somebody else's was taken by a machine with a copy of this disk; one behind
/// which nothing is let through, by what a restored register has forgotten.
Result<void> SyncEngine::leaveDenied(const std::vector<StoredResult>& results)
{
    for (const auto& each : results) {
        if (each.note == "blocked" && !m_auditedUpTo) {
            TRY(m_desk.heldBack(each.position));
        }
        if (!each.receipt || each.receipt->problem != "invalid-fields" || !each.receipt->detail) {
            continue;
        }
        for (const Json& field : at(*each.receipt->detail, "fields")) {
            const std::string pointer = stringAt(field, "pointer");
            if (pointer == "/supersedes" || pointer == "/after") {
                TRY(m_desk.placeDenied(each.position, pointer));
            }
        }
    }
    return {};
}

bool SyncEngine::isOfEarlierEpoch(Position position) const
{
    return position.epoch() < m_desk.identity().epoch;
}

/// A name of an earlier epoch may have been given by a copy of this disk as well. Since then a person had
/// this one begin a new epoch, so nobody needs to be asked. Which of the names it is comes out by halving.
Result<EngineStep> SyncEngine::forkLanded(const SentBatch& sent, Verdict&& verdict)
{
    verdict.trouble = Trouble::None;
    m_batch.halve();
    TRY(finish(sent.attempt, verdict, sent.batch, {}));
    if (sent.batch.size() == 1) {
        m_aside.settled(sent.batch.front().position);
        TRY(m_desk.goOnAnew(sent.batch.front().position));
    }
    return EngineStep{Did::Pushed};
}

Judgement SyncEngine::judged(const Reply& reply, Verdict& verdict, const std::vector<Outgoing>& batch,
                             About about)
{
    auto judgement = judgeAnswer(reply, verdict, batch, about, {m_keys, m_binding->portalEpoch});
    if (judgement.isOtherEpoch) {
        m_greeted = false; // restored between two calls, or an answer from before that: only hello tells
    } else if (judgement.forged) {
        disbelieve(reply, verdict, judgement);
    } else if (verdict.isAnswered()) {
        m_newKeysTried = false;
    }
    return judgement;
}

void SyncEngine::disbelieve(const Reply& reply, Verdict& verdict, const Judgement& judgement)
{
    if (judgement.isKeyUnknown && !(m_newKeysTried && m_greeted)) {
        // The portal may have changed its key since the last hello. Only when that does not bring it, it is
        // somebody else's. This batch may have left before that hello could go.
        m_newKeysTried = true;
        verdict = unusable(reply, "receipt with a key not heard of yet");
    } else {
        verdict.end = RequestEnd::NotPortal;
        verdict.trouble = Trouble::NotPortal;
        verdict.detail += " " + *judgement.forged;
    }
    m_greeted = false; // also when the answer to what left meanwhile is good
}

/// What came back unsettled, or was left out of the answer, waits by itself and holds nobody.
void SyncEngine::completeWithDelays(Judgement& judgement, const std::vector<Outgoing>& batch)
{
    std::set<std::int64_t> heard;
    for (auto& each : judgement.operations) {
        heard.insert(each.stored.position.value);
        switch (each.followUp) {
        case FollowUp::Settled:
        case FollowUp::Merge:
        case FollowUp::NeedsPerson:
            m_aside.settled(each.stored.position);
            break;
        case FollowUp::SendLater:
        case FollowUp::WaitForPlace:
        case FollowUp::SendAgain:
            each.stored.notBefore =
                stepAside(each.stored.position, each.asked ? obeyRetryAfter(*each.asked, m_random.unit())
                                                           : backoff(m_aside.losses(each.stored.position)));
            break;
        }
    }
    for (const auto& sent : batch) {
        if (heard.count(sent.position.value) == 0) {
            const auto until = stepAside(sent.position, backoff(m_aside.losses(sent.position)));
            judgement.operations.push_back({{sent.position, {}, until, "missing"}, FollowUp::SendAgain, {}});
        }
    }
}

Instant SyncEngine::stepAside(Position position, Millis pause)
{
    m_aside.put(position, m_clock.monotonic() + pause);
    return m_clock.now() + pause;
}

std::optional<Instant> SyncEngine::notBeforeOf(const Verdict& verdict, const std::vector<Outgoing>& batch)
{
    if (verdict.end == RequestEnd::Later) {
        return m_clock.now() + std::max(Millis{0}, m_holdUntil - m_clock.monotonic());
    }
    if (!mayBeBad(verdict)) {
        return std::nullopt;
    }
    int worst = 0;
    for (const auto& each : batch) {
        worst = std::max(worst, m_aside.losses(each.position));
    }
    // The first time it is the network's fault until the opposite is proven: it goes with the next call.
    const Millis held = std::max(Millis{0}, m_holdUntil - m_clock.monotonic());
    const Millis pause = worst == 0 ? held : std::max(held, backoff(worst));
    for (const auto& each : batch) {
        m_aside.put(each.position, m_clock.monotonic() + pause);
    }
    return m_clock.now() + pause;
}

Result<void> SyncEngine::finish(std::int64_t attempt, const Verdict& verdict,
                                const std::vector<Outgoing>& batch, Judgement judgement)
{
    note(verdict);
    TRY(m_desk.endAttempt(attempt, verdict.end, verdict.httpStatus, notBeforeOf(verdict, batch),
                          verdict.detail, batch, judgement.stored()));
    count(judgement);
    return {};
}

void SyncEngine::count(const Judgement& judgement)
{
    const int settled = judgement.count(FollowUp::Settled);
    const int conflicts = judgement.count(FollowUp::Merge);
    m_counters.acknowledged += settled;
    m_counters.conflicts += conflicts;
    m_counters.refused += judgement.count(FollowUp::NeedsPerson);
    m_confirmDue = m_confirmDue || settled > 0;
    if (settled > 0 && m_uploader) {
        m_uploader->lookAgain();
    }
    if (conflicts > 0) {
        m_pullDue = true;
        m_mergeDue = true;
    }
}

void SyncEngine::resize(const Verdict& verdict, std::size_t sent)
{
    if (verdict.isAnswered()) {
        m_batch.grow();
    } else if (mayBeBad(verdict) && sent > 1) {
        m_batch.halve();
    }
}

} // namespace motcua
