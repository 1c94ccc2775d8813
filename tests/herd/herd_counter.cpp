// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/herd/herd_counter.h"

#include "core/base/hash.h"
#include "sync/protocol/answers.h"
#include "sync/protocol/receipt.h"

namespace motcua::herd {

namespace {

constexpr std::size_t kBatchCount = 50;
constexpr int kPageLimit = 200;

} // namespace

std::optional<Millis> HerdCounter::dueAt() const
{
    return m_isDone ? std::nullopt : std::optional(m_dueAt);
}

Request HerdCounter::ask()
{
    const auto& operations = m_backlog.operations;
    if (!m_isGreeted) {
        m_call = Call::Hello;
        HelloRequest hello;
        hello.install = m_backlog.install;
        hello.lastSeq = static_cast<std::int64_t>(operations.size());
        hello.chainHead = std::string(64, '0');
        hello.waiting = static_cast<std::int64_t>(operations.size() - m_acknowledged);
        hello.app = "motcua-herd 1.0";
        return helloCall(hello, m_backlog.token);
    }
    if (m_acknowledged < operations.size()) {
        m_call = Call::Push;
        m_underWay = std::min(kBatchCount, operations.size() - m_acknowledged);
        const auto first = operations.begin() + static_cast<std::ptrdiff_t>(m_acknowledged);
        return pushCall({first, first + static_cast<std::ptrdiff_t>(m_underWay)}, m_backlog.token);
    }
    m_call = Call::Pull;
    return pullCall(m_cursor, kPageLimit, m_backlog.token);
}

bool HerdCounter::hear(const Reply& reply, Millis now, Instant wall, Tally& tally)
{
    m_dueAt = now;
    const Verdict verdict = classify(reply, wall);
    const auto json = verdict.isAnswered() ? parseJson(reply.body) : Result<Json>(Json());
    if (!verdict.isAnswered() || !json) {
        holdAfter(verdict, now);
        return false;
    }
    m_busy = 0;
    switch (m_call) {
    case Call::Hello:
        return greeted(*json, now);
    case Call::Push:
        return pushed(*json, now, tally);
    case Call::Pull:
        return pulled(*json, tally);
    }
    return false;
}

/// As SyncEngine::note() and waitAfter() have it.
void HerdCounter::holdAfter(const Verdict& verdict, Millis now)
{
    if (m_isGreedy) {
        return;
    }
    if (verdict.end == RequestEnd::Later || verdict.end == RequestEnd::Refused) {
        verdict.end == RequestEnd::Later ? m_breaker.busy() : void(m_breaker.answered());
        m_dueAt = now + m_retry.delay(m_busy++, m_random.unit());
    } else {
        m_breaker.lost();
        m_isGreeted = m_isGreeted && !m_breaker.isOpen();
        m_dueAt = now + m_retry.delay(m_breaker.losses() - 1, m_random.unit());
    }
    if (verdict.retryAfter) {
        m_dueAt = now + obeyRetryAfter(*verdict.retryAfter, m_random.unit());
    }
}

bool HerdCounter::greeted(const Json& json, Millis now)
{
    const auto hello = helloFromJson(json);
    if (!hello) {
        return false;
    }
    m_isGreeted = true;
    const bool wasOutage = m_breaker.answered();
    if (wasOutage && hello->spreadSeconds && !m_isGreedy) {
        const auto spread = static_cast<double>(*hello->spreadSeconds) * 1'000;
        m_dueAt = now + Millis{static_cast<std::int64_t>(spread * m_random.unit())};
    }
    return true;
}

bool HerdCounter::pushed(const Json& json, Millis now, Tally& tally)
{
    m_breaker.answered();
    const auto results = resultsFromJson(json);
    if (!results || results->results.size() != m_underWay) {
        return false;
    }
    std::size_t fresh = 0;
    for (const OpResult& result : results->results) {
        const Outgoing& sent = m_backlog.operations.at(m_acknowledged);
        const bool isDone = result.result == Outcome::Applied || result.result == Outcome::Replayed;
        const bool isProven =
            isDone && result.op.text() == sent.op &&
            verifyReceipt(result.receipt, m_backlog.keys,
                          {result.op, toHex(sent.digest), result.result, results->portalEpoch});
        if (!isProven) {
            ++tally.unproven;
            return false;
        }
        ++m_acknowledged;
        ++tally.acknowledged;
        tally.replayed += result.result == Outcome::Replayed ? 1 : 0;
        fresh += result.result == Outcome::Applied ? 1 : 0;
    }
    if (m_acknowledged == m_backlog.operations.size() && !m_finishedAt) {
        m_finishedAt = now;
    }
    if (m_isGreedy) {
        m_acknowledged = 0; // sends all of it again and again
    }
    return fresh > 0;
}

bool HerdCounter::pulled(const Json& json, Tally& tally)
{
    m_breaker.answered();
    for (const Json& change : at(json, "changes")) {
        const auto seq = at(change, "seq").get<std::int64_t>();
        if (m_cursor && seq <= m_lastSeq) {
            ++tally.unproven; // a page goes forward, never back
        }
        m_lastSeq = seq;
        ++tally.pulled;
    }
    m_cursor = stringAt(json, "cursor");
    m_isDone = !at(json, "more").get<bool>();
    return true;
}

} // namespace motcua::herd
