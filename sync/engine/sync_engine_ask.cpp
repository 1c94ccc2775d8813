// SPDX-License-Identifier: GPL-3.0-or-later
// Questions to the portal about what was sent before: what is unknown, and what a restored portal still has.
#include "sync/engine/calls.h"
#include "sync/engine/sync_engine.h"

#include <algorithm>
#include <map>

namespace motcua {

namespace {

/// So often a single operation may fail to be asked about before it counts as lost: sending it again is safe.
constexpr int kAuditPatience = 5;
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

/// A portal that was restored is asked about all that it ever judged. What it does not have waits again.
Result<std::optional<EngineStep>> SyncEngine::audit()
{
    if (!m_auditedUpTo || m_clock.monotonic() < m_auditNotBefore) {
        return std::nullopt;
    }
    const auto batch = TRY(m_desk.toAudit(*m_auditedUpTo, m_auditAtOnce));
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
    TRY(isHeard ? storeAudit(batch, judgement) : auditFailed(batch));
    return EngineStep{Did::LookedUp, {}, isHeard};
}

/// What an audit heard of an operation stands against what stands here.
struct SyncEngine::Heard
{
    std::vector<Position> lost;      ///< what stands here does not hold any more
    std::vector<StoredResult> found; ///< done with here, and yet applied
};

/// Only what is proven to be there is there: what an answer is silent about goes again, and that is safe.
SyncEngine::Heard SyncEngine::compare(const std::vector<Outgoing>& batch, const Judgement& judgement)
{
    std::map<Position, const StoredResult*> proven;
    for (const auto& each : judgement.operations) {
        if (each.stored.receipt) {
            proven[each.stored.position] = &each.stored;
        }
    }
    Heard heard;
    for (const auto& asked : batch) {
        const auto found = proven.find(asked.position);
        const std::string result = found == proven.end() ? "" : found->second->receipt->result;
        const bool isApplied = asked.state == OpState::Acknowledged || asked.state == OpState::Confirmed;
        if (isFinal(asked.state) && !isApplied) {
            const std::string word =
                found == proven.end() ? "" : found->second->receipt->problem.value_or(result);
            if (result == "applied") {
                heard.found.push_back(*found->second);
            } else if (asked.told && word != *asked.told) {
                heard.lost.push_back(asked.position); // what stands behind it would wait for ever
            }
            continue;
        }
        const bool isTurnedDown = result == "conflict" || result == "rejected" || result == "mismatch";
        if (isApplied ? result != "applied" : !isTurnedDown) {
            heard.lost.push_back(asked.position);
            m_counters.lostAtPortal += isApplied ? 1 : 0;
        }
    }
    return heard;
}

Result<void> SyncEngine::storeAudit(const std::vector<Outgoing>& batch, const Judgement& judgement)
{
    for (const Position taken : judgement.otherBytes) {
        if (isOfEarlierEpoch(taken)) {
            TRY(m_desk.goOnAnew(taken)); // before the audit moves on: nobody asks about these again
        }
    }
    const Heard heard = compare(batch, judgement);
    TRY(m_desk.storeAudit(heard.lost, heard.found, m_binding->portalEpoch, batch.back().position));
    m_auditedUpTo = batch.back().position;
    m_auditFailures = 0;
    m_auditAtOnce = std::min(kAskAtOnce, m_auditAtOnce * 2);
    return {};
}

/// The question went wrong, for whatever reason: what is new goes on meanwhile, and fewer are asked about
/// next time, so that one answer that can never be given does not hold up the rest for ever.
Result<void> SyncEngine::auditFailed(const std::vector<Outgoing>& batch)
{
    if (batch.size() == 1 && m_auditFailures >= kAuditPatience) {
        return storeAudit(batch, {});
    }
    m_auditNotBefore = m_clock.monotonic() + backoff(m_auditFailures++);
    m_auditAtOnce = std::max(1, static_cast<int>(batch.size()) / 2);
    return {};
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
    // Stored once more, an old conflict would hide what came after it.
    const auto words = TRY(m_desk.news(judgement.stored()));
    if (!words.empty()) {
        TRY(m_desk.endAttempt(kNoAttempt, verdict.end, verdict.httpStatus, {}, verdict.detail, {}, words));
    }
    for (const Position taken : judgement.otherBytes) {
        if (isOfEarlierEpoch(taken)) {
            m_aside.settled(taken);
            TRY(m_desk.goOnAnew(taken));
        }
    }
    count(judgement);
    return EngineStep{Did::LookedUp, {}, verdict.isAnswered()};
}

} // namespace motcua
