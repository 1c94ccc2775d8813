// SPDX-License-Identifier: GPL-3.0-or-later
// Operations and the places they stand in.
#include "core/base/check.h"
#include "sync/reference_portal/sqlite_dossier_store.h"

#include <array>

namespace motcua::portal {

namespace {

constexpr std::array<std::string_view, 3> kPlaceStates{"open", "applied", "cancelled"};

OpIdParts partsOf(const OpId& op)
{
    auto parts = splitOpId(op.text());
    require(parts.has_value(), "the store is asked about operations by their name");
    return std::move(*parts);
}

PlaceState stateOf(std::string_view name)
{
    return name == kPlaceStates[0]   ? PlaceState::Open
           : name == kPlaceStates[1] ? PlaceState::Applied
                                     : PlaceState::Cancelled;
}

template<class T> std::optional<T> optionalId(const Statement& row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(T(row.text(column)));
}

template<class T> std::optional<std::string> textOf(const std::optional<T>& id)
{
    return id ? std::optional(id->text()) : std::nullopt;
}

/// The columns of a result as texts that live as long as the statement needs them.
class ResultTexts
{
public:
    explicit ResultTexts(const StoredResult& result) : m_result(result), m_rev(textOf(result.rev))
    {
        if (result.result) {
            m_name = std::string(outcomeName(*result.result));
        }
        if (result.problem) {
            m_problem = std::string(problemName(*result.problem));
        }
    }
    void bindTo(Statement& statement) const
    {
        statement.bind(":result", m_name).bind(":problem", m_problem).bind(":rev", m_rev);
        statement.bind(":portal_seq", m_result.portalSeq).bind(":official_code", m_result.officialCode);
        statement.bind(":receipt", m_result.receipt).bind(":receipt_epoch", m_result.receiptEpoch);
    }

private:
    const StoredResult& m_result;
    std::optional<std::string> m_rev;
    std::optional<std::string> m_name;
    std::optional<std::string> m_problem;
};

} // namespace

Result<std::optional<StoredOp>> SqliteDossierStore::findOp(const OpId& op)
{
    const OpIdParts parts = partsOf(op);
    auto query = TRY(m_connection.prepare(R"(
        SELECT unit, digest, chain, uid, supersedes, is_cancelling, result, problem, rev, portal_seq, official_code,
               receipt, receipt_epoch
        FROM op WHERE install = :install AND epoch = :epoch AND seq = :seq)"));
    query.bind(":install", parts.install).bind(":epoch", parts.epoch).bind(":seq", parts.seq);
    if (!TRY(query.step())) {
        return std::optional<StoredOp>();
    }
    StoredOp stored;
    stored.unit = query.text(0);
    stored.digest = query.text(1);
    stored.chain = query.optionalText(2);
    stored.uid = optionalId<Uid>(query, 3);
    stored.supersedes = optionalId<OpId>(query, 4);
    stored.isCancelling = query.integer(5) != 0;
    stored.result = parseOutcome(query.view(6));
    stored.problem = parseProblemType(query.view(7));
    stored.rev = optionalId<Rev>(query, 8);
    stored.portalSeq = query.optionalInteger(9);
    stored.officialCode = query.optionalText(10);
    stored.receipt = query.text(11);
    stored.receiptEpoch = query.text(12);
    return std::optional(std::move(stored));
}

Result<void> SqliteDossierStore::bindOp(const std::string& unit, const OperationLine& line,
                                        std::string_view bytes, const StoredResult& result)
{
    const OpIdParts op = partsOf(*line.op);
    const auto uid = textOf(line.uid);
    const auto supersedes = textOf(line.supersedes);
    const ResultTexts texts(result);
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO op (install, epoch, seq, unit, digest, chain, uid, supersedes, is_cancelling, bytes, result,
                        problem, rev, portal_seq, official_code, receipt, receipt_epoch)
        VALUES (:install, :epoch, :seq, :unit, :digest, :chain, :uid, :supersedes, :is_cancelling, :bytes, :result,
                :problem, :rev, :portal_seq, :official_code, :receipt, :receipt_epoch))"));
    insert.bind(":install", op.install).bind(":epoch", op.epoch).bind(":seq", op.seq).bind(":unit", unit);
    insert.bind(":digest", line.digest).bind(":chain", line.chain).bind(":uid", uid);
    insert.bind(":supersedes", supersedes).bind(":is_cancelling", line.isCancelling ? 1 : 0);
    insert.bindBlob(":bytes", bytes);
    texts.bindTo(insert);
    return insert.run();
}

Result<void> SqliteDossierStore::setResult(const OpId& op, const StoredResult& result)
{
    const OpIdParts parts = partsOf(op);
    const ResultTexts texts(result);
    auto update = TRY(m_connection.prepare(R"(
        UPDATE op SET result = :result, problem = :problem, rev = :rev, portal_seq = :portal_seq,
                      official_code = :official_code, receipt = :receipt, receipt_epoch = :receipt_epoch
        WHERE install = :install AND epoch = :epoch AND seq = :seq)"));
    texts.bindTo(update);
    return update.bind(":install", parts.install).bind(":epoch", parts.epoch).bind(":seq", parts.seq).run();
}

Result<std::int64_t> SqliteDossierStore::lastSeq(const std::string& install, std::int64_t epoch)
{
    auto query = TRY(m_connection.prepare(
        "SELECT coalesce(max(seq), 0) FROM op WHERE install = :install AND epoch = :epoch"));
    TRY(query.bind(":install", install).bind(":epoch", epoch).step());
    return query.integer(0);
}

Result<std::int64_t> SqliteDossierStore::appliedCount(const std::string&, const std::string& install)
{
    return number("SELECT count(*) FROM op WHERE install = :argument AND result = 'applied'", install);
}

Result<InstallState> SqliteDossierStore::installState(const std::string& unit, const OpIdParts& last)
{
    InstallState state;
    state.lastSeq = TRY(lastSeq(last.install, last.epoch));
    state.held = TRY(appliedCount(unit, last.install));
    // By its numbers: they are a counter's word, and not all of them make the name of an operation.
    auto query = TRY(m_connection.prepare(
        "SELECT chain FROM op WHERE install = :install AND epoch = :epoch AND seq = :seq"));
    query.bind(":install", last.install).bind(":epoch", last.epoch).bind(":seq", last.seq);
    if (TRY(query.step())) {
        state.chain = query.optionalText(0);
    }
    return state;
}

Result<std::optional<Place>> SqliteDossierStore::findPlace(const OpId& name)
{
    const OpIdParts parts = partsOf(name);
    auto query = TRY(m_connection.prepare(R"(
        SELECT uid, after, after_known, state, settled_by FROM place
        WHERE install = :install AND epoch = :epoch AND seq = :seq)"));
    query.bind(":install", parts.install).bind(":epoch", parts.epoch).bind(":seq", parts.seq);
    if (!TRY(query.step())) {
        return std::optional<Place>();
    }
    return std::optional(Place{name, Uid(query.text(0)), optionalId<OpId>(query, 1), query.integer(2) != 0,
                               stateOf(query.view(3)), optionalId<OpId>(query, 4)});
}

Result<void> SqliteDossierStore::putPlace(const Place& place)
{
    const OpIdParts parts = partsOf(place.name);
    const auto after = textOf(place.after);
    const auto settledBy = textOf(place.settledBy);
    auto upsert = TRY(m_connection.prepare(R"(
        INSERT INTO place (install, epoch, seq, uid, after, after_known, state, settled_by)
        VALUES (:install, :epoch, :seq, :uid, :after, :after_known, :state, :settled_by)
        ON CONFLICT (install, epoch, seq) DO UPDATE SET uid = excluded.uid, after = excluded.after,
            after_known = excluded.after_known, state = excluded.state, settled_by = excluded.settled_by)"));
    upsert.bind(":install", parts.install).bind(":epoch", parts.epoch).bind(":seq", parts.seq);
    upsert.bind(":uid", place.uid.text())
        .bind(":after", after)
        .bind(":after_known", place.isAfterKnown ? 1 : 0);
    upsert.bind(":state", kPlaceStates[static_cast<std::size_t>(place.state)]);
    return upsert.bind(":settled_by", settledBy).run();
}

Result<std::optional<OpId>> SqliteDossierStore::placeBefore(const OpId& name, const Uid& uid)
{
    const OpIdParts parts = partsOf(name);
    auto query = TRY(m_connection.prepare(R"(
        SELECT epoch, seq FROM place
        WHERE uid = :uid AND install = :install AND (epoch, seq) < (:epoch, :seq)
        ORDER BY epoch DESC, seq DESC LIMIT 1)"));
    query.bind(":uid", uid.text()).bind(":install", parts.install).bind(":epoch", parts.epoch);
    if (!TRY(query.bind(":seq", parts.seq).step())) {
        return std::optional<OpId>();
    }
    return std::optional(makeOpId({parts.install, query.integer(0), query.integer(1)}));
}

} // namespace motcua::portal
