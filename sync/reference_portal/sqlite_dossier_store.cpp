// SPDX-License-Identifier: GPL-3.0-or-later
// Dossiers, their revisions and the files they name.
#include "sync/reference_portal/sqlite_dossier_store.h"

namespace motcua::portal {

namespace {

StoredDossier dossierOf(const Statement& row)
{
    return {Uid(row.text(0)), row.text(1),      row.text(2),         row.optionalText(3),
            row.integer(4),   Rev(row.text(5)), row.integer(6) != 0, row.text(7)};
}

} // namespace

/// One writer at a time for all units: the transaction is immediate.
Result<void> SqliteDossierStore::beginWork(const std::string&, Intent)
{
    m_work.emplace(TRY(Transaction::begin(m_connection)));
    return {};
}

Result<void> SqliteDossierStore::commitWork()
{
    auto done = m_work->commit();
    m_work.reset();
    return done;
}

void SqliteDossierStore::rollBackWork()
{
    m_work.reset();
}

Result<std::optional<StoredDossier>> SqliteDossierStore::findDossier(const Uid& uid)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT dossier.uid, dossier.unit, dossier.code, dossier.official_code, dossier.seq, revision.rev,
               revision.gone, revision.dossier
        FROM dossier JOIN revision ON revision.seq = dossier.seq WHERE dossier.uid = :uid)"));
    const bool found = TRY(query.bind(":uid", uid.text()).step());
    return found ? std::optional(dossierOf(query)) : std::nullopt;
}

Result<std::vector<StoredDossier>> SqliteDossierStore::allDossiers()
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT dossier.uid, dossier.unit, dossier.code, dossier.official_code, dossier.seq, revision.rev,
               revision.gone, revision.dossier
        FROM dossier JOIN revision ON revision.seq = dossier.seq ORDER BY dossier.id)"));
    std::vector<StoredDossier> dossiers;
    while (TRY(query.step())) {
        dossiers.push_back(dossierOf(query));
    }
    return dossiers;
}

Result<std::optional<std::string>> SqliteDossierStore::dossierAt(const Uid& uid, const Rev& rev)
{
    auto query = TRY(m_connection.prepare(
        "SELECT dossier FROM revision WHERE uid = :uid AND rev = :rev ORDER BY seq DESC LIMIT 1"));
    const bool found = TRY(query.bind(":uid", uid.text()).bind(":rev", rev.text()).step());
    return found ? query.optionalText(0) : std::nullopt;
}

Result<std::int64_t> SqliteDossierStore::number(std::string_view sql, const std::string& argument)
{
    auto query = TRY(m_connection.prepare(sql));
    const bool found = TRY(query.bind(":argument", argument).step());
    return found ? query.integer(0) : 0;
}

Result<bool> SqliteDossierStore::isCodeTaken(const std::string& code)
{
    return TRY(number("SELECT count(*) FROM dossier WHERE code = :argument", code))
    > 0;
}

Result<bool> SqliteDossierStore::isOfficialCodeTaken(const std::string& code)
{
    return TRY(number("SELECT count(*) FROM dossier WHERE official_code = :argument", code))
    > 0;
}

Result<std::int64_t> SqliteDossierStore::onlineCount(const std::string& codeHead)
{
    return number("SELECT count(*) FROM dossier WHERE code >= :argument || '-000000' AND code <= :argument "
                  "|| '-099999'",
                  codeHead);
}

Result<std::int64_t> SqliteDossierStore::nextSeq()
{
    auto query = TRY(m_connection.prepare("SELECT coalesce(max(seq), 0) + 1 FROM revision"));
    TRY(query.step());
    return query.integer(0);
}

Result<std::int64_t> SqliteDossierStore::latestSeq(const std::string& unit)
{
    return number("SELECT coalesce(max(seq), 0) FROM revision WHERE unit = :argument", unit);
}

Result<void> SqliteDossierStore::addRevision(std::int64_t seq, const NewRevision& revision)
{
    const std::string text = dumpJson(*revision.dossier);
    const std::string code = stringAt(*revision.dossier, "code");
    std::optional<std::string> officialCode;
    if (at(*revision.dossier, "officialCode").is_string()) {
        officialCode = stringAt(*revision.dossier, "officialCode");
    }
    {
        auto upsert = TRY(m_connection.prepare(R"(
            INSERT INTO dossier (uid, unit, code, official_code, seq) VALUES (:uid, :unit, :code, :official, :seq)
            ON CONFLICT (uid) DO UPDATE SET official_code = excluded.official_code, seq = excluded.seq)"));
        upsert.bind(":uid", revision.uid.text()).bind(":unit", revision.unit).bind(":code", code);
        TRY(upsert.bind(":official", officialCode).bind(":seq", seq).run());
    }
    std::optional<std::string> place;
    if (revision.place) {
        place = revision.place->text();
    }
    std::optional<std::string> op;
    if (revision.op) {
        op = revision.op->text();
    }
    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO revision (seq, uid, unit, rev, place, op, changed_by, only_official_code, gone, changed_at, dossier)
        VALUES (:seq, :uid, :unit, :rev, :place, :op, :by, :only_official_code, :gone, :at, :dossier))"));
    insert.bind(":seq", seq).bind(":uid", revision.uid.text()).bind(":unit", revision.unit);
    insert.bind(":rev", revision.rev.text()).bind(":place", place).bind(":op", op).bind(":by", revision.by);
    insert.bind(":only_official_code", revision.onlyOfficialCode ? 1 : 0)
        .bind(":gone", revision.gone ? 1 : 0);
    return insert.bind(":at", toMillis(revision.at)).bind(":dossier", text).run();
}

Result<std::optional<std::int64_t>> SqliteDossierStore::seqOfRev(const Uid& uid, const Rev& rev)
{
    auto query = TRY(m_connection.prepare("SELECT max(seq) FROM revision WHERE uid = :uid AND rev = :rev"));
    TRY(query.bind(":uid", uid.text()).bind(":rev", rev.text()).step());
    return query.optionalInteger(0);
}

Result<std::vector<RevisionCause>> SqliteDossierStore::causesAfter(const Uid& uid, std::int64_t seq)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT seq, place, only_official_code FROM revision WHERE uid = :uid AND seq > :seq ORDER BY seq DESC)"));
    query.bind(":uid", uid.text()).bind(":seq", seq);
    std::vector<RevisionCause> causes;
    while (TRY(query.step())) {
        RevisionCause cause{query.integer(0), {}, query.integer(2) != 0};
        if (!query.isNull(1)) {
            cause.place = OpId(query.text(1));
        }
        causes.push_back(std::move(cause));
    }
    return causes;
}

Result<DossierStore::Rows> SqliteDossierStore::readRows(std::string_view sql, const std::string& unit,
                                                        const Range& range)
{
    auto query = TRY(m_connection.prepare(sql));
    query.bind(":unit", unit).bind(":after", range.after).bind(":up_to", range.upTo);
    query.bind(":limit", range.limit + 1); // one more shows whether there is more
    Rows result;
    std::size_t bytes = 0;
    while (TRY(query.step())) {
        bytes += query.view(6).size() + 1000;
        const bool isFull =
            static_cast<std::int64_t>(result.rows.size()) == range.limit || bytes > range.bytesMax;
        if (isFull && !result.rows.empty()) {
            result.more = true;
            break;
        }
        result.rows.push_back({query.integer(0), query.text(1), query.text(2), query.text(3),
                               query.optionalText(4), query.integer(5) != 0, query.text(6)});
    }
    return result;
}

Result<DossierStore::Rows> SqliteDossierStore::changes(const std::string& unit, const Range& range)
{
    return readRows(R"(
        SELECT seq, uid, rev, changed_by, op, gone, dossier FROM revision
        WHERE unit = :unit AND seq > :after AND seq <= :up_to ORDER BY seq LIMIT :limit)",
                    unit, range);
}

Result<DossierStore::Rows> SqliteDossierStore::presentStates(const std::string& unit, const Range& range)
{
    return readRows(R"(
        SELECT revision.seq, revision.uid, rev, changed_by, op, gone, revision.dossier
        FROM dossier JOIN revision ON revision.seq = dossier.seq
        WHERE dossier.unit = :unit AND dossier.seq > :after AND dossier.seq <= :up_to
        ORDER BY dossier.seq LIMIT :limit)",
                    unit, range);
}

Result<void> SqliteDossierStore::nameBlob(const std::string& unit, const BlobName& blob)
{
    auto insert = TRY(m_connection.prepare(
        "INSERT INTO blob (unit, sha256, size) VALUES (:unit, :sha256, :size) ON CONFLICT DO NOTHING"));
    return insert.bind(":unit", unit).bind(":sha256", blob.sha256).bind(":size", blob.size).run();
}

Result<std::optional<std::int64_t>> SqliteDossierStore::blobSize(const std::string& unit,
                                                                 const std::string& sha256)
{
    auto query = TRY(m_connection.prepare("SELECT size FROM blob WHERE unit = :unit AND sha256 = :sha256"));
    const bool found = TRY(query.bind(":unit", unit).bind(":sha256", sha256).step());
    return found ? query.optionalInteger(0) : std::nullopt;
}

} // namespace motcua::portal
