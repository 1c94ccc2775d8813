// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/reference_portal/dossier_store.h"
#include "sync/reference_portal/pg_connection.h"

#include <memory>

namespace motcua::portal {

/// The dossiers in PostgreSQL (resources/sql/portal_dossiers): SQL and nothing else. Any number of portals,
/// each with connections of its own. A Work that writes holds its unit's row of unit_order, so the commits of
/// one unit stand in the order of their numbers; of different units nobody waits for anybody.
class PgDossierStore final : public DossierStore
{
public:
    explicit PgDossierStore(std::shared_ptr<PgConnection> database) : m_database(std::move(database)) {}

    [[nodiscard]] Result<std::optional<StoredOp>> findOp(const OpId& op) override;
    [[nodiscard]] Result<void> bindOp(const std::string& unit, const OperationLine& line,
                                      std::string_view bytes, const StoredResult& result) override;
    [[nodiscard]] Result<void> setResult(const OpId& op, const StoredResult& result) override;
    [[nodiscard]] Result<InstallState> installState(const std::string& unit, const OpIdParts& last) override;
    [[nodiscard]] Result<std::int64_t> appliedCount(const std::string& unit,
                                                    const std::string& install) override;
    [[nodiscard]] Result<std::optional<Place>> findPlace(const OpId& name) override;
    [[nodiscard]] Result<void> putPlace(const Place& place) override;
    [[nodiscard]] Result<std::optional<OpId>> placeBefore(const OpId& name, const Uid& uid) override;
    [[nodiscard]] Result<std::optional<StoredDossier>> findDossier(const Uid& uid) override;
    [[nodiscard]] Result<std::vector<StoredDossier>> allDossiers() override;
    [[nodiscard]] Result<std::optional<std::string>> dossierAt(const Uid& uid, const Rev& rev) override;
    [[nodiscard]] Result<bool> isCodeTaken(const std::string& code) override;
    [[nodiscard]] Result<bool> isOfficialCodeTaken(const std::string& code) override;
    [[nodiscard]] Result<std::int64_t> onlineCount(const std::string& codeHead) override;
    [[nodiscard]] Result<std::int64_t> nextSeq() override;
    [[nodiscard]] Result<std::int64_t> latestSeq(const std::string& unit) override;
    [[nodiscard]] Result<void> addRevision(std::int64_t seq, const NewRevision& revision) override;
    [[nodiscard]] Result<std::optional<std::int64_t>> seqOfRev(const Uid& uid, const Rev& rev) override;
    [[nodiscard]] Result<std::vector<RevisionCause>> causesAfter(const Uid& uid, std::int64_t seq) override;
    [[nodiscard]] Result<Rows> changes(const std::string& unit, const Range& range) override;
    [[nodiscard]] Result<Rows> presentStates(const std::string& unit, const Range& range) override;
    [[nodiscard]] Result<void> nameBlob(const std::string& unit, const BlobName& blob) override;
    [[nodiscard]] Result<std::optional<std::int64_t>> blobSize(const std::string& unit,
                                                               const std::string& sha256) override;

private:
    [[nodiscard]] Result<void> beginWork(const std::string& unit, Intent intent) override;
    [[nodiscard]] Result<void> commitWork() override;
    void rollBackWork() override;
    [[nodiscard]] Result<void> takeTurn();
    /// Runs a statement that writes. `rowsLeast`: fewer written mean that somebody else was first.
    [[nodiscard]] Result<void> write(PgSql sql, std::initializer_list<PgValue> values,
                                     std::int64_t rowsLeast);
    [[nodiscard]] Result<void> addFirst(std::int64_t seq, const NewRevision& revision, const std::string& by,
                                        const std::string& text);
    [[nodiscard]] Result<void> addNext(std::int64_t seq, const NewRevision& revision, const std::string& by,
                                       const std::string& text);
    [[nodiscard]] Result<void> claimOfficialCode(const NewRevision& revision);

    std::shared_ptr<PgConnection> m_database;
    std::string m_unit; ///< of the Work that is open
    Intent m_intent = Intent::Read;
    std::int64_t m_committedSeq = 0; ///< the unit's last number before this Work
    std::int64_t m_seq = 0;          ///< and now
};

} // namespace motcua::portal
