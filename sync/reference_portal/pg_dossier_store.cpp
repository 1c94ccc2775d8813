// SPDX-License-Identifier: GPL-3.0-or-later
// Dossiers, their revisions, the order of a unit, and the files that dossiers name.
#include "sync/reference_portal/pg_dossier_store.h"

#include "core/base/check.h"

namespace motcua::portal {

namespace {

StoredDossier dossierOf(const PgRows& rows, int row)
{
    return {Uid(rows.text(row, 0)), rows.text(row, 1),      rows.text(row, 2), rows.optionalText(row, 3),
            rows.number(row, 4),    Rev(rows.text(row, 5)), rows.flag(row, 6), rows.text(row, 7)};
}

std::optional<std::string> officialCodeIn(const Json& dossier)
{
    return at(dossier, "officialCode").is_string() ? std::optional(stringAt(dossier, "officialCode"))
                                                   : std::nullopt;
}

template<class T> std::optional<std::string> textOf(const std::optional<T>& id)
{
    return id ? std::optional(id->text()) : std::nullopt;
}

/// What a person's name is kept as: it may hold a zero byte, its JSON does not.
std::string quoted(const std::string& text)
{
    return dumpJson(Json(text));
}

Result<std::string> unquoted(std::string_view json)
{
    const Json value = TRY(parseJson(json));
    return value.is_string() ? Result<std::string>(value.get<std::string>())
                             : fail(ErrorKind::Damaged, "a name in the portal's store is no text");
}

Result<DossierStore::Rows> pageOf(const PgRows& found, std::int64_t limit)
{
    DossierStore::Rows page;
    for (int row = 0; row < found.count() && row < limit; ++row) {
        auto by = TRY(unquoted(found.view(row, 3)));
        page.rows.push_back({found.number(row, 0), found.text(row, 1), found.text(row, 2), std::move(by),
                             found.optionalText(row, 4), found.flag(row, 5), found.text(row, 6)});
    }
    page.more = found.count() > 0 && found.number(0, 7) > static_cast<std::int64_t>(page.rows.size());
    return page;
}

} // namespace

Result<void> PgDossierStore::beginWork(const std::string& unit, Intent intent)
{
    m_unit = unit;
    m_intent = intent;
    if (intent == Intent::Read) {
        return {}; // each statement by itself sees what is committed
    }
    TRY(m_database->begin());
    auto taken = takeTurn();
    if (!taken) {
        m_database->rollBack();
    }
    return taken;
}

/// Waits for the unit's turn and takes it until the transaction ends.
Result<void> PgDossierStore::takeTurn()
{
    constexpr PgSql kTake("SELECT last_seq FROM unit_order WHERE unit = $1 FOR UPDATE");
    auto order = TRY(m_database->run(kTake, {m_unit}));
    if (order.isEmpty()) {
        TRY(m_database->run("INSERT INTO unit_order (unit, last_seq) VALUES ($1, 0) ON CONFLICT DO NOTHING",
                            {m_unit}));
        order = TRY(m_database->run(kTake, {m_unit}));
    }
    m_seq = m_committedSeq = order.number(0, 0);
    return {};
}

Result<void> PgDossierStore::commitWork()
{
    if (m_intent == Intent::Read) {
        return {};
    }
    if (m_seq != m_committedSeq) {
        auto noted = m_database->run("UPDATE unit_order SET last_seq = $2 WHERE unit = $1", {m_unit, m_seq});
        if (!noted) {
            m_database->rollBack();
            return tl::unexpected(noted.error());
        }
    }
    return m_database->commit();
}

void PgDossierStore::rollBackWork()
{
    if (m_intent == Intent::Write) {
        m_database->rollBack();
    }
}

Result<void> PgDossierStore::write(PgSql sql, std::initializer_list<PgValue> values, std::int64_t rowsLeast)
{
    if (m_intent == Intent::Read) {
        return fail(ErrorKind::Duplicate, "begun for reading");
    }
    const PgRows done = TRY(m_database->run(sql, values));
    return done.written() >= rowsLeast ? Result<void>()
                                       : fail(ErrorKind::Duplicate, "somebody else wrote it meanwhile");
}

Result<std::optional<StoredDossier>> PgDossierStore::findDossier(const Uid& uid)
{
    const PgRows found = TRY(m_database->run(R"(
        SELECT dossier.uid, dossier.unit, dossier.code, dossier.official_code, dossier.seq, revision.rev,
               revision.gone, revision.dossier
        FROM dossier_unit
            JOIN dossier ON dossier.unit = dossier_unit.unit AND dossier.uid = dossier_unit.uid
            JOIN revision ON revision.unit = dossier.unit AND revision.seq = dossier.seq
        WHERE dossier_unit.uid = $1)",
                                             {uid.text()}));
    return found.isEmpty() ? std::nullopt : std::optional(dossierOf(found, 0));
}

Result<std::vector<StoredDossier>> PgDossierStore::allDossiers()
{
    const PgRows found = TRY(m_database->run(R"(
        SELECT dossier.uid, dossier.unit, dossier.code, dossier.official_code, dossier.seq, revision.rev,
               revision.gone, revision.dossier
        FROM dossier JOIN revision ON revision.unit = dossier.unit AND revision.seq = dossier.seq
        ORDER BY dossier.unit, dossier.code)"));
    std::vector<StoredDossier> dossiers;
    for (int row = 0; row < found.count(); ++row) {
        dossiers.push_back(dossierOf(found, row));
    }
    return dossiers;
}

Result<std::optional<std::string>> PgDossierStore::dossierAt(const Uid& uid, const Rev& rev)
{
    const PgRows found = TRY(m_database->run(R"(
        SELECT dossier FROM revision WHERE unit = $1 AND uid = $2 AND rev = $3 ORDER BY seq DESC LIMIT 1)",
                                             {m_unit, uid.text(), rev.text()}));
    return found.isEmpty() ? std::nullopt : found.optionalText(0, 0);
}

Result<bool> PgDossierStore::isCodeTaken(const std::string& code)
{
    const std::string unit = code.substr(0, code.find('-')); // a code begins with its unit
    return TRY(
        m_database->run("SELECT EXISTS (SELECT 1 FROM dossier WHERE unit = $1 AND code = $2)", {unit, code}))
    .flag(0, 0);
}

Result<bool> PgDossierStore::isOfficialCodeTaken(const std::string& code)
{
    return TRY(m_database->run("SELECT EXISTS (SELECT 1 FROM official_code WHERE code = $1)", {code}))
    .flag(0, 0);
}

Result<std::int64_t> PgDossierStore::onlineCount(const std::string& codeHead)
{
    const std::string unit = codeHead.substr(0, codeHead.find('-'));
    return TRY(m_database->run(R"(
        SELECT count(*) FROM dossier WHERE unit = $1 AND code >= $2 || '-000000' AND code <= $2 || '-099999')",
                               {unit, codeHead}))
    .number(0, 0);
}

Result<std::int64_t> PgDossierStore::nextSeq()
{
    require(m_intent == Intent::Write, "numbers are given while the unit's turn is held");
    return m_seq + 1;
}

Result<std::int64_t> PgDossierStore::latestSeq(const std::string& unit)
{
    const PgRows found = TRY(m_database->run("SELECT last_seq FROM unit_order WHERE unit = $1", {unit}));
    return found.isEmpty() ? 0 : found.number(0, 0);
}

Result<void> PgDossierStore::addRevision(std::int64_t seq, const NewRevision& revision)
{
    const std::string by = quoted(revision.by);
    const std::string text = dumpJson(*revision.dossier);
    TRY(revision.previousSeq == 0 ? addFirst(seq, revision, by, text) : addNext(seq, revision, by, text));
    m_seq = seq;
    return claimOfficialCode(revision);
}

Result<void> PgDossierStore::addFirst(std::int64_t seq, const NewRevision& revision, const std::string& by,
                                      const std::string& text)
{
    const std::string code = stringAt(*revision.dossier, "code");
    const auto officialCode = officialCodeIn(*revision.dossier);
    const auto place = textOf(revision.place);
    const auto op = textOf(revision.op);
    return write(R"(
        WITH identity AS (INSERT INTO dossier_unit (uid, unit) VALUES ($3, $1)),
             state AS (INSERT INTO dossier (unit, uid, code, official_code, seq) VALUES ($1, $3, $4, $5, $2))
        INSERT INTO revision (unit, seq, uid, previous_seq, rev, place, op, changed_by, only_official_code, gone,
                              changed_at, dossier)
        VALUES ($1, $2, $3, 0, $6, $7, $8, $9, $10, $11, $12, $13))",
                 {revision.unit, seq, revision.uid.text(), code, officialCode, revision.rev.text(), place, op,
                  by, revision.onlyOfficialCode, revision.gone, revision.at, text},
                 1);
}

Result<void> PgDossierStore::addNext(std::int64_t seq, const NewRevision& revision, const std::string& by,
                                     const std::string& text)
{
    const auto officialCode = officialCodeIn(*revision.dossier);
    const auto place = textOf(revision.place);
    const auto op = textOf(revision.op);
    return write(R"(
        WITH state AS (UPDATE dossier SET official_code = $5, seq = $2
                       WHERE unit = $1 AND uid = $3 AND seq = $4 RETURNING unit)
        INSERT INTO revision (unit, seq, uid, previous_seq, rev, place, op, changed_by, only_official_code, gone,
                              changed_at, dossier)
        SELECT unit, $2, $3, $4, $6, $7, $8, $9, $10, $11, $12, $13 FROM state)",
                 {revision.unit, seq, revision.uid.text(), revision.previousSeq, officialCode,
                  revision.rev.text(), place, op, by, revision.onlyOfficialCode, revision.gone, revision.at,
                  text},
                 1);
}

Result<void> PgDossierStore::claimOfficialCode(const NewRevision& revision)
{
    const auto code = officialCodeIn(*revision.dossier);
    if (!code) {
        return {};
    }
    return write(R"(
        INSERT INTO official_code (code, unit, uid) VALUES ($1, $2, $3)
        ON CONFLICT (code) DO UPDATE SET uid = excluded.uid
            WHERE official_code.unit = excluded.unit AND official_code.uid = excluded.uid)",
                 {*code, revision.unit, revision.uid.text()}, 1);
}

Result<std::optional<std::int64_t>> PgDossierStore::seqOfRev(const Uid& uid, const Rev& rev)
{
    return TRY(m_database->run("SELECT max(seq) FROM revision WHERE unit = $1 AND uid = $2 AND rev = $3",
                               {m_unit, uid.text(), rev.text()}))
    .optionalNumber(0, 0);
}

/// Each revision names the one before it, and there the index lies.
Result<std::vector<RevisionCause>> PgDossierStore::causesAfter(const Uid& uid, std::int64_t seq)
{
    const PgRows found = TRY(m_database->run(R"(
        SELECT seq, place, only_official_code FROM revision
        WHERE unit = $1 AND uid = $2 AND previous_seq >= $3 AND seq > $3 ORDER BY previous_seq DESC)",
                                             {m_unit, uid.text(), seq}));
    std::vector<RevisionCause> causes;
    for (int row = 0; row < found.count(); ++row) {
        RevisionCause cause{found.number(row, 0), {}, found.flag(row, 2)};
        if (!found.isNull(row, 1)) {
            cause.place = OpId(found.text(row, 1));
        }
        causes.push_back(std::move(cause));
    }
    return causes;
}

// One row more than asked for shows whether there is more. Of what is too many bytes for one page nothing
// leaves the database, but the first row always does.
Result<DossierStore::Rows> PgDossierStore::changes(const std::string& unit, const Range& range)
{
    const PgRows found = TRY(m_database->run(
        R"(
        SELECT seq, uid, rev, changed_by, op, gone, dossier, page FROM (
            SELECT *, count(*) OVER () AS page, row_number() OVER (ORDER BY seq) AS number,
                   sum(octet_length(dossier) + 1000) OVER (ORDER BY seq) AS bytes
            FROM (SELECT seq, uid, rev, changed_by, op, gone, dossier FROM revision
                  WHERE unit = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4) AS rows) AS counted
        WHERE bytes <= $5 OR number = 1 ORDER BY seq)",
        {unit, range.after, range.upTo, range.limit + 1, static_cast<std::int64_t>(range.bytesMax)}));
    return pageOf(found, range.limit);
}

Result<DossierStore::Rows> PgDossierStore::presentStates(const std::string& unit, const Range& range)
{
    const PgRows found = TRY(m_database->run(
        R"(
        SELECT seq, uid, rev, changed_by, op, gone, dossier, page FROM (
            SELECT *, count(*) OVER () AS page, row_number() OVER (ORDER BY seq) AS number,
                   sum(octet_length(dossier) + 1000) OVER (ORDER BY seq) AS bytes
            FROM (SELECT revision.seq, revision.uid, rev, changed_by, op, gone, revision.dossier
                  FROM dossier JOIN revision ON revision.unit = dossier.unit AND revision.seq = dossier.seq
                  WHERE dossier.unit = $1 AND dossier.seq > $2 AND dossier.seq <= $3
                  ORDER BY dossier.seq LIMIT $4) AS rows) AS counted
        WHERE bytes <= $5 OR number = 1 ORDER BY seq)",
        {unit, range.after, range.upTo, range.limit + 1, static_cast<std::int64_t>(range.bytesMax)}));
    return pageOf(found, range.limit);
}

Result<void> PgDossierStore::nameBlob(const std::string& unit, const BlobName& blob)
{
    return write("INSERT INTO blob (unit, sha256, size) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                 {unit, blob.sha256, blob.size}, 0);
}

Result<std::optional<std::int64_t>> PgDossierStore::blobSize(const std::string& unit,
                                                             const std::string& sha256)
{
    const PgRows found =
        TRY(m_database->run("SELECT size FROM blob WHERE unit = $1 AND sha256 = $2", {unit, sha256}));
    return found.isEmpty() ? std::nullopt : found.optionalNumber(0, 0);
}

} // namespace motcua::portal
