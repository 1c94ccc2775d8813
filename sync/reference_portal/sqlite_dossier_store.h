// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/db/transaction.h"
#include "sync/reference_portal/dossier_store.h"

namespace motcua::portal {

/// The embedded store: one SQLite file, one order of revisions over all units. SQL and nothing else.
class SqliteDossierStore final : public DossierStore
{
public:
    explicit SqliteDossierStore(Connection connection) : m_connection(std::move(connection)) {}
    [[nodiscard]] Connection& connection() { return m_connection; }

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
    [[nodiscard]] Result<Rows> readRows(std::string_view sql, const std::string& unit, const Range& range);
    [[nodiscard]] Result<std::int64_t> number(std::string_view sql, const std::string& argument);
    [[nodiscard]] Result<std::int64_t> lastSeq(const std::string& install, std::int64_t epoch);

    Connection m_connection;
    std::optional<Transaction> m_work;
};

} // namespace motcua::portal
