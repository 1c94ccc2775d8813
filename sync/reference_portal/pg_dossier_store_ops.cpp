// SPDX-License-Identifier: GPL-3.0-or-later
// Operations and the places they stand in.
#include "core/base/check.h"
#include "sync/reference_portal/pg_dossier_store.h"

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

template<class T> std::optional<T> optionalId(const PgRows& rows, int column)
{
    return rows.isNull(0, column) ? std::nullopt : std::optional(T(rows.text(0, column)));
}

template<class T> std::optional<std::string> textOf(const std::optional<T>& id)
{
    return id ? std::optional(id->text()) : std::nullopt;
}

/// The names of a result, which live as long as the statement needs them.
struct ResultNames
{
    explicit ResultNames(const StoredResult& result)
        : rev(textOf(result.rev)),
          outcome(result.result ? std::optional(std::string(outcomeName(*result.result))) : std::nullopt),
          problem(result.problem ? std::optional(std::string(problemName(*result.problem))) : std::nullopt)
    {}
    std::optional<std::string> rev;
    std::optional<std::string> outcome;
    std::optional<std::string> problem;
};

} // namespace

Result<std::optional<StoredOp>> PgDossierStore::findOp(const OpId& op)
{
    const OpIdParts parts = partsOf(op);
    const PgRows found = TRY(m_database->run(R"(
        SELECT unit, digest, chain, uid, supersedes, is_cancelling, result, problem, rev, portal_seq, official_code,
               receipt, receipt_epoch
        FROM op WHERE unit = $1 AND install = $2 AND epoch = $3 AND seq = $4)",
                                             {m_unit, parts.install, parts.epoch, parts.seq}));
    if (found.isEmpty()) {
        return std::optional<StoredOp>();
    }
    StoredOp stored;
    stored.unit = found.text(0, 0);
    stored.digest = found.text(0, 1);
    stored.chain = found.optionalText(0, 2);
    stored.uid = optionalId<Uid>(found, 3);
    stored.supersedes = optionalId<OpId>(found, 4);
    stored.isCancelling = found.flag(0, 5);
    stored.result = parseOutcome(found.view(0, 6));
    stored.problem = parseProblemType(found.view(0, 7));
    stored.rev = optionalId<Rev>(found, 8);
    stored.portalSeq = found.optionalNumber(0, 9);
    stored.officialCode = found.optionalText(0, 10);
    stored.receipt = found.text(0, 11);
    stored.receiptEpoch = found.text(0, 12);
    return std::optional(std::move(stored));
}

Result<void> PgDossierStore::bindOp(const std::string& unit, const OperationLine& line,
                                    std::string_view bytes, const StoredResult& result)
{
    const OpIdParts op = partsOf(*line.op);
    const auto uid = textOf(line.uid);
    const auto supersedes = textOf(line.supersedes);
    const ResultNames names(result);
    return write(R"(
        INSERT INTO op (unit, install, epoch, seq, digest, chain, uid, supersedes, is_cancelling, bytes, result,
                        problem, rev, portal_seq, official_code, receipt, receipt_epoch)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17))",
                 {unit, op.install, op.epoch, op.seq, line.digest, line.chain, uid, supersedes,
                  line.isCancelling, bytes, names.outcome, names.problem, names.rev, result.portalSeq,
                  result.officialCode, result.receipt, result.receiptEpoch},
                 1);
}

/// What was applied stays applied.
Result<void> PgDossierStore::setResult(const OpId& op, const StoredResult& result)
{
    const OpIdParts parts = partsOf(op);
    const ResultNames names(result);
    return write(R"(
        UPDATE op SET result = $5, problem = $6, rev = $7, portal_seq = $8, official_code = $9, receipt = $10,
                      receipt_epoch = $11
        WHERE unit = $1 AND install = $2 AND epoch = $3 AND seq = $4
            AND (result IS DISTINCT FROM 'applied' OR $5 = 'applied'))",
                 {m_unit, parts.install, parts.epoch, parts.seq, names.outcome, names.problem, names.rev,
                  result.portalSeq, result.officialCode, result.receipt, result.receiptEpoch},
                 1);
}

Result<InstallState> PgDossierStore::installState(const std::string& unit, const OpIdParts& last)
{
    const PgRows found = TRY(m_database->run(R"(
        SELECT (SELECT coalesce(max(seq), 0) FROM op WHERE unit = $1 AND install = $2 AND epoch = $3),
               (SELECT count(*) FROM op WHERE unit = $1 AND install = $2 AND result = 'applied'),
               (SELECT chain FROM op WHERE unit = $1 AND install = $2 AND epoch = $3 AND seq = $4))",
                                             {unit, last.install, last.epoch, last.seq}));
    return InstallState{found.number(0, 0), found.number(0, 1), found.optionalText(0, 2)};
}

Result<std::int64_t> PgDossierStore::appliedCount(const std::string& unit, const std::string& install)
{
    return TRY(m_database->run(
        "SELECT count(*) FROM op WHERE unit = $1 AND install = $2 AND result = 'applied'", {unit, install}))
    .number(0, 0);
}

Result<std::optional<Place>> PgDossierStore::findPlace(const OpId& name)
{
    const OpIdParts parts = partsOf(name);
    const PgRows found = TRY(m_database->run(R"(
        SELECT uid, after, after_known, state, settled_by FROM place
        WHERE unit = $1 AND install = $2 AND epoch = $3 AND seq = $4)",
                                             {m_unit, parts.install, parts.epoch, parts.seq}));
    if (found.isEmpty()) {
        return std::optional<Place>();
    }
    return std::optional(Place{name, Uid(found.text(0, 0)), optionalId<OpId>(found, 1), found.flag(0, 2),
                               stateOf(found.view(0, 3)), optionalId<OpId>(found, 4)});
}

/// A settled place stays as it was settled.
Result<void> PgDossierStore::putPlace(const Place& place)
{
    const OpIdParts parts = partsOf(place.name);
    const auto after = textOf(place.after);
    const auto settledBy = textOf(place.settledBy);
    return write(R"(
        INSERT INTO place (unit, install, epoch, seq, uid, after, after_known, state, settled_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (unit, install, epoch, seq) DO UPDATE SET uid = excluded.uid, after = excluded.after,
            after_known = excluded.after_known, state = excluded.state, settled_by = excluded.settled_by
        WHERE place.state = 'open' OR (place.state = excluded.state AND place.settled_by = excluded.settled_by))",
                 {m_unit, parts.install, parts.epoch, parts.seq, place.uid.text(), after, place.isAfterKnown,
                  kPlaceStates[static_cast<std::size_t>(place.state)], settledBy},
                 1);
}

Result<std::optional<OpId>> PgDossierStore::placeBefore(const OpId& name, const Uid& uid)
{
    const OpIdParts parts = partsOf(name);
    const PgRows found = TRY(m_database->run(R"(
        SELECT epoch, seq FROM place
        WHERE unit = $1 AND uid = $2 AND install = $3 AND (epoch, seq) < ($4, $5)
        ORDER BY epoch DESC, seq DESC LIMIT 1)",
                                             {m_unit, uid.text(), parts.install, parts.epoch, parts.seq}));
    if (found.isEmpty()) {
        return std::optional<OpId>();
    }
    return std::optional(makeOpId({parts.install, found.number(0, 0), found.number(0, 1)}));
}

} // namespace motcua::portal
