// SPDX-License-Identifier: GPL-3.0-or-later
// Questions to the portal about what was sent before: what is unknown, and what a restored portal still has.
#include "sync/engine/calls.h"
#include "sync/engine/sync_engine.h"

#include <algorithm>

namespace motcua {

namespace {

constexpr int kAskAtOnce = 500;
/// A look-up sends nothing: its results are stored without a row in the diary of attempts.
constexpr std::int64_t kNoAttempt = 0;

} // namespace

Result<std::optional<EngineStep>> SyncEngine::ask()
{
    if (!m_lookUpDue) {
        return std::nullopt;
    }
    auto unknown = TRY(m_desk.unknown(kAskAtOnce));
    unknown.erase(
        std::remove_if(unknown.begin(), unknown.end(),
                       [&](const Outgoing& each) { return m_asked.count(each.position.value) != 0; }),
        unknown.end());
    if (unknown.empty()) {
        m_lookUpDue = false;
        return std::nullopt;
    }
    return TRY(lookUp(unknown));
}

/// A portal that was restored is asked about all that it ever acknowledged. What it does not have waits
/// again.
Result<std::optional<EngineStep>> SyncEngine::audit()
{
    if (!m_auditedUpTo) {
        return std::nullopt;
    }
    const auto batch = TRY(m_desk.toAudit(*m_auditedUpTo, kAskAtOnce));
    if (batch.empty()) {
        TRY(m_desk.endAudit());
        m_auditedUpTo.reset();
        return std::nullopt;
    }
    const auto reply = call(statusCall(batch, m_binding->token));
    auto verdict = classify(reply, m_clock.now());
    const auto judgement = judged(reply, verdict, batch, About::Asked);
    note(verdict);
    const bool isHeard = verdict.isAnswered();
    if (isHeard) {
        std::vector<Position> lost;
        for (const auto& each : judgement.operations) {
            if (!each.stored.receipt || each.stored.receipt->result != "applied") {
                lost.push_back(each.stored.position);
            }
        }
        TRY(m_desk.storeAudit(lost, judgement.portalEpoch, batch.back().position));
        m_auditedUpTo = batch.back().position;
        m_counters.lostAtPortal += static_cast<std::int64_t>(lost.size());
    }
    return EngineStep{Did::LookedUp, {}, isHeard};
}

bool SyncEngine::wantsLookUp(const std::vector<Outgoing>& batch) const
{
    return std::any_of(batch.begin(), batch.end(), [&](const Outgoing& each) {
        return each.unknown && each.line.size() > m_options.lookUpAbove &&
               m_asked.count(each.position.value) == 0;
    });
}

Result<EngineStep> SyncEngine::lookUp(const std::vector<Outgoing>& batch)
{
    const auto reply = call(statusCall(batch, m_binding->token));
    auto verdict = classify(reply, m_clock.now());
    auto judgement = judged(reply, verdict, batch, About::Asked);
    note(verdict);
    if (verdict.isAnswered() || verdict.end == RequestEnd::Refused || m_breaker.isOpen()) {
        // Refused, or lost again and again: then sending again, which is safe, has to do.
        for (const auto& each : batch) {
            m_asked.insert(each.position.value);
        }
    }
    // What the portal never saw, or cannot prove, stays unknown here until it was sent again.
    auto& proven = judgement.operations;
    proven.erase(std::remove_if(proven.begin(), proven.end(),
                                [](const JudgedOperation& each) { return !each.stored.receipt; }),
                 proven.end());
    for (const auto& each : proven) {
        m_aside.settled(each.stored.position);
    }
    const auto words = judgement.stored();
    if (!words.empty()) {
        TRY(m_desk.endAttempt(kNoAttempt, verdict.end, verdict.httpStatus, {}, verdict.detail, {}, words));
    }
    count(judgement);
    return EngineStep{Did::LookedUp, {}, verdict.isAnswered()};
}

} // namespace motcua
