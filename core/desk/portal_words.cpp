// SPDX-License-Identifier: GPL-3.0-or-later
// What the portal said, put into the register: receipts and pulled changes.
#include "core/db/transaction.h"

#include "core/db/setting.h"
#include "core/desk/chain.h"
#include "core/desk/desk_support.h"
#include "core/desk/portal_desk.h"
#include "core/desk/three_way.h"
#include "core/dossier/code.h"
#include "core/dossier/schema.h"

#include <algorithm>
#include <map>

namespace motcua {

namespace {

struct KnownDossier
{
    std::int64_t id = 0;
    std::optional<std::int64_t> seq;
    std::optional<std::string> epoch;
    bool gone = false;
    std::optional<std::string> rev;
};

Result<std::optional<KnownDossier>> knownDossier(Connection& connection, const std::string& uid)
{
    auto query = TRY(connection.prepare("SELECT id, seq, epoch, gone, rev FROM dossier WHERE uid = :uid"));
    query.bind(":uid", uid);
    const bool found = TRY(query.step());
    if (!found) {
        return std::optional<KnownDossier>{};
    }
    return std::optional(KnownDossier{query.integer(0), query.optionalInteger(1), query.optionalText(2),
                                      query.integer(3) != 0, query.optionalText(4)});
}

/// The operation of ours that made a change, if any. Where our operation of that name is about another
/// dossier, a copy of this disk gave the name a second time, and a restored portal took the other one: that
/// one is not ours.
Result<std::optional<Position>> ownOperation(Connection& connection, const std::string& install,
                                             const PulledChange& change)
{
    const auto position = change.op ? positionOf(install, *change.op) : std::nullopt;
    if (!position) {
        return position;
    }
    auto query = TRY(connection.prepare(R"(
        SELECT d.uid = :uid FROM operation o JOIN dossier d ON d.id = o.dossier WHERE o.position = :position
    )"));
    query.bind(":uid", change.uid).bind(":position", position->value);
    const bool found = TRY(query.step());
    return found && query.integer(0) == 0 ? std::nullopt : position;
}

Result<void> insertReceipt(Connection& connection, Position position, const VerifiedReceipt& receipt)
{
    const auto detail = receipt.detail ? std::optional(dumpJson(*receipt.detail)) : std::nullopt;
    auto insert = TRY(connection.prepare(R"(
        INSERT INTO receipt(position, result, problem, detail, rev, seq, official_code, epoch, at, jws)
        VALUES(:position, :result, :problem, :detail, :rev, :seq, :official_code, :epoch, :at, :jws)
    )"));
    insert.bind(":position", position.value)
        .bind(":result", receipt.result)
        .bind(":problem", receipt.problem);
    insert.bind(":detail", detail).bind(":rev", receipt.rev).bind(":seq", receipt.seq);
    insert.bind(":official_code", receipt.officialCode).bind(":epoch", receipt.epoch);
    insert.bind(":at", toMillis(receipt.at)).bind(":jws", receipt.jws);
    return insert.run();
}

Result<bool> hasOpenOperations(Connection& connection, std::int64_t dossier)
{
    auto query = TRY(connection.prepare(R"(
        SELECT 1 FROM operation
        WHERE position IN (SELECT position FROM journal WHERE dossier = :dossier)
          AND final = 0 LIMIT 1
    )"));
    query.bind(":dossier", dossier);
    return query.step();
}

Result<std::int64_t> newestReceiptId(Connection& connection)
{
    auto query = TRY(connection.prepare("SELECT coalesce(max(id), 0) FROM receipt"));
    TRY(query.step());
    return query.integer(0);
}

} // namespace

Result<std::vector<StoredResult>> PortalDesk::news(std::vector<StoredResult> results)
{
    // Applied outranks everything and is said once an epoch; of the rest only what is younger than what we
    // have.
    auto query = TRY(m_connection.prepare(R"(
        SELECT 1 FROM receipt
        WHERE position = :position AND (jws = :jws OR (epoch = :epoch AND
              iif(:result = 'applied', result = 'applied', at >= :at)))
          AND id > coalesce((SELECT max(l.receipt) FROM portal_lost l WHERE l.position = :position), 0)
        LIMIT 1
    )"));
    std::vector<StoredResult> fresh;
    for (StoredResult& result : results) {
        if (!result.receipt) {
            continue;
        }
        query.reset();
        query.bind(":position", result.position.value).bind(":jws", result.receipt->jws);
        query.bind(":epoch", result.receipt->epoch).bind(":result", result.receipt->result);
        query.bind(":at", toMillis(result.receipt->at));
        if (!TRY(query.step())) {
            fresh.push_back(std::move(result));
        }
    }
    return fresh;
}

/// The portal applies along a dossier's chain, so a receipt without the one before it means that that one is
/// still on its way: lost, or not to be proven. Stored now, the dossier would be folded without its middle.
/// Left out, the operation goes again with the one before and is answered again.
Result<std::vector<StoredResult>> PortalDesk::inChain(const std::vector<StoredResult>& results)
{
    std::vector<std::pair<Link, const StoredResult*>> ordered;
    ordered.reserve(results.size());
    for (const StoredResult& result : results) {
        ordered.emplace_back(TRY(linkOf(m_connection, result.position)), &result);
    }
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](const auto& a, const auto& b) { return a.first.place < b.first.place; });
    std::vector<StoredResult> kept;
    kept.reserve(results.size());
    std::map<std::int64_t, PlaceEnd> heard;
    for (const auto& [link, result] : ordered) {
        const bool isApplied = result->receipt && result->receipt->result == "applied";
        const bool isKept = !isApplied || TRY(isBeforeSettled(m_connection, link, heard));
        if (isKept) {
            kept.push_back(*result);
        }
        if (isKept && isApplied) {
            heard[link.place] = link.isWithdrawal ? PlaceEnd::GivenUp : PlaceEnd::Applied;
        }
    }
    return kept;
}

/// All receipts are facts before any state is computed from them; those that say no more than "applied", as
/// nearly all do, are settled in one statement.
Result<void> PortalDesk::storeResults(const std::vector<StoredResult>& results)
{
    const auto isPlainlyApplied = [](const StoredResult& result) {
        return result.receipt && result.receipt->result == "applied" && !result.receipt->problem;
    };
    std::vector<Position> applied;
    for (const StoredResult& result : results) {
        if (result.receipt) {
            TRY(insertReceipt(m_connection, result.position, *result.receipt));
        }
        if (isPlainlyApplied(result)) {
            applied.push_back(result.position);
        }
    }
    if (!applied.empty()) {
        TRY(m_projector.operations().settleApplied(applied));
    }
    for (const StoredResult& result : results) {
        TRY(isPlainlyApplied(result) ? storeApplied(result.position, *result.receipt) : storeResult(result));
    }
    return {};
}

Result<void> PortalDesk::storeResult(const StoredResult& result)
{
    const auto row = TRY(m_projector.operations().find(result.position));
    if (!row) {
        return fail(ErrorKind::Damaged, "a result for an operation that is not in the queue");
    }
    if (!result.receipt) {
        // Blocked, later, never seen: it stays in the queue as it was.
        if (isFinal(row->state)) {
            return {};
        }
        const OpState state = result.notBefore ? OpState::Backoff : OpState::Waiting;
        return m_projector.operations().setOnTheirWay({result.position}, state, result.notBefore,
                                                      result.note);
    }
    const OperationRow now = TRY(m_projector.operations().derived(*row, {}));
    const OpState before = row->state;
    OperationRow stored = now;
    stored.lastError = result.receipt->problem;
    TRY(m_projector.operations().put(stored));
    if (result.receipt->result == "applied") {
        return storeApplied(result.position, *result.receipt);
    }
    // A withdrawal that was turned down gives its place back; what is done with leaves the row; what a person
    // is asked about stands in it, whatever the portal has.
    const bool placeChanged = now.kind == "dossier.cancelled" ||
                              (isFinal(now.state) && before != now.state) ||
                              asksAPerson(before) != asksAPerson(now.state);
    return placeChanged ? m_projector.settlePlace(now) : Result<void>{};
}

Result<void> PortalDesk::settlePlaceOf(Position position)
{
    const auto row = TRY(m_projector.operations().find(position));
    return m_projector.settlePlace(*row);
}

Result<void> PortalDesk::storeApplied(Position position, const VerifiedReceipt& receipt)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT d.id, d.seq, d.epoch, d.official_code, d.gone, o.kind = 'dossier.cancelled',
               o.place <> o.position OR EXISTS(
                   SELECT 1 FROM operation p WHERE p.place = o.place AND p.place <> p.position), d.rev, o.digest,
               EXISTS(SELECT 1 FROM receipt r WHERE r.position = o.position AND r.result = 'applied'
                          AND r.epoch <> :epoch)
        FROM operation o JOIN dossier d ON d.id = o.dossier WHERE o.position = :position
    )"));
    query.bind(":position", position.value).bind(":epoch", receipt.epoch);
    const bool found = TRY(query.step());
    if (!found) {
        return fail(ErrorKind::Damaged, "a result for an operation that is not in the queue");
    }
    const std::int64_t dossier = query.integer(0);
    const auto seq = query.optionalInteger(1);
    const bool newer = !receipt.seq || !seq || query.optionalText(2) != receipt.epoch || *receipt.seq > *seq;
    const bool newCode = receipt.officialCode && receipt.officialCode != query.optionalText(3);
    const bool gone = query.integer(4) != 0;
    const AgreedState before{query.optionalText(7), seq, query.optionalText(2), gone};
    const Hash digest = hashFromBytes(query.view(8)).value_or(Hash{});
    const bool isWithdrawal = query.integer(5) != 0;
    const bool hasOthers = query.integer(6) != 0;
    // Done with before the portal went back, it is no part of what the row shows of the restored portal's.
    const bool isAppliedAnew = query.integer(9) != 0;
    query.reset();
    const AgreedState after = agreedAfter(before, digest, {receipt.rev, receipt.seq, receipt.epoch, gone});
    if (isWithdrawal || !newer || newCode || hasOthers || isAppliedAnew || !after.seq) {
        // The portal's own state ran ahead of this receipt, or the place had others.
        return settlePlaceOf(position);
    }
    return m_projector.rows().setAgreed(dossier, after);
}

Result<PortalDesk::Page> PortalDesk::beginPage(const std::string& portalEpoch)
{
    const JournalHead head = TRY(m_journal.head());
    const std::int64_t receipt = TRY(newestReceiptId(m_connection));
    return Page{portalEpoch, head.position, receipt, m_clock.now(), false, {}, {}};
}

Result<std::vector<std::string>> PortalDesk::storePage(const std::string& portalEpoch,
                                                       std::vector<PulledChange> changes,
                                                       const std::optional<std::string>& cursor)
{
    auto transaction = TRY(Transaction::begin(m_connection));
    Page page = TRY(beginPage(portalEpoch));
    const auto audited = TRY(auditedUpTo());
    page.isListing = cursor && audited == kReadFirst;
    for (PulledChange& change : changes) {
        TRY(storeChange(page, change));
    }
    if (!page.confirmed.empty()) {
        const std::vector<Position> confirmed(page.confirmed.begin(), page.confirmed.end());
        TRY(m_projector.operations().confirm(confirmed));
    }
    if (cursor) {
        TRY(putSetting(m_connection, "portal_cursor", cursor));
    }
    TRY(transaction.commit());
    return std::move(page.aside);
}

Result<void> PortalDesk::storeChange(Page& page, PulledChange& change)
{
    const auto known = TRY(knownDossier(m_connection, change.uid));
    const auto own = TRY(ownOperation(m_connection, m_identity.install, change));
    if (own && known) {
        TRY(confirm(*own, page, change, known->id));
    }
    // A portal that went back without a new epoch gives its places a second time: what it lists is what it
    // has.
    const bool isOther = page.isListing && known && known->rev != change.rev;
    const bool newer =
        !known || !known->seq || known->epoch != page.portalEpoch || change.seq > *known->seq || isOther;
    if (!newer && !(change.gone && !known->gone)) {
        return {};
    }
    if (!validateDossier(change.dossier, kAnswerRules).empty()) {
        page.aside.push_back(change.uid);
        return {};
    }
    return storeState(page, change, known ? known->id : TRY(m_projector.rows().nextId()), !known, own);
}

/// The portal's word on the whole dossier, and what the row shows after it.
Result<void> PortalDesk::storeState(const Page& page, PulledChange& change, std::int64_t id, bool isNew,
                                    std::optional<Position> own)
{
    const std::int64_t pulled = TRY(insertPulled(page, change, id, own, dumpJson(change.dossier)));
    const AgreedState agreed{change.rev, change.seq, page.portalEpoch, change.gone};
    const Instant now = page.at; // as in the fact, or the row would not be what the facts give
    if (isNew) {
        const auto closed = closedAfter({}, change.dossier, now);
        const Standing standing{std::move(change.dossier), closed};
        return m_projector.rows().insert(id, change.uid, standing, {std::nullopt, pulled}, agreed,
                                         std::nullopt);
    }
    if (TRY(hasOpenOperations(m_connection, id))) {
        TRY(lookAgain(id));
        return m_projector.refold(id);
    }
    const Standing before = TRY(m_projector.rows().load(id));
    const auto closed = closedAfter(before, change.dossier, now);
    const Standing after{std::move(change.dossier), closed};
    TRY(m_projector.rows().update(id, before.dossier, after, {std::nullopt, pulled}));
    return m_projector.rows().setAgreed(id, agreed);
}

/// What came may have settled why an operation was in conflict.
Result<void> PortalDesk::lookAgain(std::int64_t dossier)
{
    for (const OperationRow& row : TRY(m_projector.operations().ofDossier(dossier))) {
        if (row.state != OpState::Conflict) {
            continue;
        }
        OperationRow now = TRY(m_projector.operations().derived(row, {}));
        if (now.state != row.state) {
            TRY(m_projector.operations().put(now));
        }
    }
    return {};
}

/// Our own operation came back in the portal's stream: the acknowledged one is confirmed, and one that
/// another had replaced after all. What is still in the queue stays unknown; sending it again brings the
/// receipt.
Result<void> PortalDesk::confirm(Position own, Page& page, const PulledChange& change, std::int64_t dossier)
{
    auto query = TRY(m_connection.prepare("SELECT state FROM operation WHERE position = :position"));
    query.bind(":position", own.value);
    const bool found = TRY(query.step());
    const bool isAcknowledged = found && query.view(0) == opStateName(OpState::Acknowledged);
    query.reset();
    if (!isAcknowledged || page.confirmed.contains(own)) {
        return {};
    }
    page.confirmed.insert(own);
    return insertPulled(page, change, dossier, own, std::nullopt).map([](std::int64_t) {});
}

Result<std::int64_t> PortalDesk::insertPulled(const Page& page, const PulledChange& change,
                                              std::int64_t dossier, std::optional<Position> own,
                                              const std::optional<std::string>& body)
{
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO pulled(epoch, seq, dossier, uid, rev, op, by, gone, at, after, receipt, body)
        VALUES(:epoch, :seq, :dossier, :uid, :rev, :op, :by, :gone, :at, :after, :receipt, :body)
    )"));
    insert.bind(":epoch", page.portalEpoch)
        .bind(":seq", change.seq)
        .bind(":dossier", dossier)
        .bind(":uid", change.uid);
    insert.bind(":rev", change.rev).bind(":op", own ? std::optional(own->value) : std::nullopt);
    insert.bind(":by", change.by).bind(":gone", change.gone ? 1 : 0).bind(":at", toMillis(page.at));
    insert.bind(":after", page.head.value).bind(":receipt", page.receipt).bind(":body", body);
    TRY(insert.run());
    return m_connection.lastInsertRowid();
}

Result<void> PortalDesk::restartPull(const std::string& portalEpoch, PortalStore portalStore)
{
    auto transaction = TRY(Transaction::begin(m_connection));
    if (portalStore == PortalStore::WentBack) {
        TRY(doubtAll("portal went back"));
    }
    TRY(putSetting(m_connection, "portal_cursor", {}));
    TRY(putSetting(m_connection, "portal_epoch", portalEpoch));
    return transaction.commit();
}

} // namespace motcua
