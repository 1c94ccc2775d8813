// SPDX-License-Identifier: GPL-3.0-or-later
// The way in: pages of changes with their cursor, and the merging that waits for the last of them.
#include "core/base/check.h"
#include "sync/engine/calls.h"
#include "sync/engine/stored_change.h"
#include "sync/engine/sync_engine.h"

#include <algorithm>

namespace motcua {

namespace {

/// Nothing but our own operations, coming back to us.
bool isEcho(const ChangesPage& page, const std::string& install)
{
    const auto isOwn = [&](const Change& change) {
        return change.op && positionOf(install, change.op->text()).has_value();
    };
    return !page.changes.empty() && std::all_of(page.changes.begin(), page.changes.end(), isOwn);
}

Result<ChangesPage> readPage(const std::string& body)
{
    return changesPageFromJson(TRY(parseJson(body)));
}

} // namespace

Result<EngineStep> SyncEngine::pull()
{
    askFor(m_binding->cursor);
    return landed();
}

void SyncEngine::askFor(const std::optional<std::string>& cursor)
{
    m_pushesInRow = 0;
    ++m_counters.calls;
    m_wire.start(pullCall(cursor, m_options.pageLimit, m_binding->token), AskedPage{cursor});
}

/// A page that says "more" and moves nothing would be asked for without end.
bool SyncEngine::moves(const ChangesPage& page) const
{
    return !page.changes.empty() || m_binding->cursor != page.cursor;
}

/// The portal reads the next page while we store this one. Only while nothing waits to be sent: the queue
/// goes between two pages. Should this page not be stored, the next one is given up unread.
Result<void> SyncEngine::askAhead(const ChangesPage& page)
{
    const bool isOurs = page.portalEpoch == m_binding->portalEpoch;
    if (!isOurs || !page.more || !moves(page) || !mayGoAhead(m_clock.monotonic())) {
        return {};
    }
    if (m_sendStop != Trouble::None || isReadingAgain() || TRY(nextBatch()).empty()) {
        askFor(page.cursor);
    }
    return {};
}

Result<EngineStep> SyncEngine::pageLanded(const AskedPage& asked, const Reply& reply)
{
    require(asked.cursor == m_binding->cursor, "a page follows on the one that was stored");
    auto verdict = classify(reply, m_clock.now());
    Result<ChangesPage> page = fail(ErrorKind::Network, "no answer");
    if (verdict.isAnswered()) {
        page = readPage(reply.body);
        if (!page) {
            verdict = unusable(reply, page.error().detail);
        }
    }
    note(verdict);
    if (page) {
        TRY(askAhead(*page));
        TRY(store(*page));
    } else if (verdict.end == RequestEnd::Refused) {
        TRY(pullRefused(verdict));
    }
    return EngineStep{Did::Pulled, {}, page.has_value()};
}

Result<void> SyncEngine::store(ChangesPage& page)
{
    if (page.portalEpoch != m_binding->portalEpoch) {
        // Restored between two calls. Nothing of it is taken before hello has said so; it all comes again.
        m_greeted = false;
        m_pullNotBefore = m_clock.monotonic() + backoff(m_pullFailures++);
        return {};
    }
    const bool wasEcho = isEcho(page, m_desk.identity().install);
    m_pushesBeforePull = wasEcho ? std::min(2 * m_pushesBeforePull, kPushesBeforeEcho) : kPushesBeforePull;
    const auto aside = TRY(m_desk.storePage(page.portalEpoch, storedChanges(page), page.cursor));
    m_counters.unreadable += static_cast<std::int64_t>(aside.size());
    m_counters.pulled += static_cast<std::int64_t>(page.changes.size() - aside.size());
    // A conflict whose cause was not here yet, from a portal that lists late or a stick that lost a volume.
    m_mergeDue = m_mergeDue || (!page.changes.empty() && !wasEcho);
    if (!aside.empty()) {
        m_state.detail = "a change of " + aside.back() + " breaks the schema";
    }
    const bool moved = moves(page);
    m_binding->cursor = page.cursor;
    m_pullFailures = 0;
    m_pullDue = page.more && moved;
    m_confirmDue = m_confirmDue && m_pullDue;
    if (isReadingAgain() && !m_pullDue) {
        TRY(m_desk.startAsking());
        m_auditedUpTo = Position{};
    }
    if (!m_pullDue) {
        m_pullBy = m_clock.monotonic() + m_options.pullEvery;
    }
    return {};
}

Result<void> SyncEngine::pullRefused(const Verdict& verdict)
{
    // A cursor that the portal does not take is given up, whatever it says about it: nothing is lost by
    // reading again from the beginning.
    const bool isCursorBad = verdict.trouble == Trouble::CursorGone || verdict.trouble == Trouble::BadRequest;
    if (isCursorBad && m_binding->cursor) {
        TRY(m_desk.restartPull(m_binding->portalEpoch, PortalStore::Same));
        m_binding->cursor.reset();
        m_pullDue = true;
        m_greeted = m_greeted && verdict.trouble != Trouble::CursorGone; // it may be a new epoch
    }
    m_pullNotBefore = m_clock.monotonic() + backoff(m_pullFailures++);
    return {};
}

Result<EngineStep> SyncEngine::merge()
{
    m_mergeDue = false;
    const auto merged = m_desk.mergeConflicts();
    if (!merged) {
        m_mergeDue = true;
        return tl::unexpected(merged.error());
    }
    m_counters.merged += *merged;
    return EngineStep{Did::Merged, {}, true};
}

} // namespace motcua
