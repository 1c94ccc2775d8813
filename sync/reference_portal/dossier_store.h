// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/base/json.h"
#include "core/base/time.h"
#include "core/db/connection.h"
#include "sync/protocol/operation.h"
#include "sync/protocol/outcome.h"
#include "sync/protocol/problem_details.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace motcua::portal {

/// An operation that the portal has seen: the bytes that bind it, and what became of it last.
struct StoredOp
{
    std::string unit;
    std::string digest;
    std::optional<std::string> chain;
    std::optional<Uid> uid;
    std::optional<OpId> supersedes;
    bool isCancelling = false;
    std::optional<Outcome> result; ///< none after blocked or later
    std::optional<ProblemType> problem;
    std::optional<Rev> rev;
    std::optional<std::int64_t> portalSeq;
    std::optional<std::string> officialCode;
    std::string receipt;
    std::string receiptEpoch;
};

/// What is written into the row of an operation after a judgement.
struct StoredResult
{
    std::optional<Outcome> result;
    std::optional<ProblemType> problem;
    std::optional<Rev> rev;
    std::optional<std::int64_t> portalSeq;
    std::optional<std::string> officialCode;
    std::string receipt;
    std::string receiptEpoch;
};

enum class PlaceState
{
    Open,
    Applied,
    Cancelled,
};

/// One act of one counter on one dossier (contract, "One dossier's chain").
struct Place
{
    OpId name;
    Uid uid;
    std::optional<OpId> after;
    bool isAfterKnown = false; ///< false: only a withdrawal has named the place so far
    PlaceState state = PlaceState::Open;
    std::optional<OpId> settledBy;
};

struct StoredDossier
{
    Uid uid;
    std::string unit;
    std::string code;
    std::optional<std::string> officialCode;
    std::int64_t seq = 0;
    Rev rev;
    bool gone = false;
    std::string text; ///< the dossier's JSON, as it goes out
};

/// A revision that is being added.
struct NewRevision
{
    Uid uid;
    std::string unit;
    Rev rev;
    std::optional<OpId> place; ///< the counter's place that caused it
    std::optional<OpId> op;
    std::string by;
    bool onlyOfficialCode = false;
    bool gone = false;
    Instant at;
    const Json* dossier = nullptr;
};

/// Who caused a revision.
struct RevisionCause
{
    std::int64_t seq = 0;
    std::optional<OpId> place;
    bool onlyOfficialCode = false;
};

/// One row of a page of changes, its dossier as text.
struct ChangeRow
{
    std::int64_t seq = 0;
    std::string uid;
    std::string rev;
    std::string by;
    std::optional<std::string> op;
    bool gone = false;
    std::string dossier;
};

struct BlobName
{
    std::string sha256;
    std::int64_t size = 0;
};

/// The embedded store of operations, places, dossiers and revisions: SQL and nothing else. The caller
/// opens the transaction.
class DossierStore
{
public:
    explicit DossierStore(Connection connection) : m_connection(std::move(connection)) {}
    [[nodiscard]] Connection& connection() { return m_connection; }

    [[nodiscard]] Result<std::optional<StoredOp>> findOp(const OpId& op);
    /// An operation seen for the first time, with what became of it.
    [[nodiscard]] Result<void> bindOp(const std::string& unit, const OperationLine& line,
                                      std::string_view bytes, const StoredResult& result);
    [[nodiscard]] Result<void> setResult(const OpId& op, const StoredResult& result);
    [[nodiscard]] Result<std::int64_t> lastSeq(const std::string& install, std::int64_t epoch);
    [[nodiscard]] Result<std::int64_t> appliedCount(const std::string& install);

    [[nodiscard]] Result<std::optional<Place>> findPlace(const OpId& name);
    [[nodiscard]] Result<void> putPlace(const Place& place);
    /// This install's last place on the dossier that is older than `name`.
    [[nodiscard]] Result<std::optional<OpId>> placeBefore(const OpId& name, const Uid& uid);

    [[nodiscard]] Result<std::optional<StoredDossier>> findDossier(const Uid& uid);
    [[nodiscard]] Result<std::vector<StoredDossier>> allDossiers();
    /// The dossier as it was at a revision, as text.
    [[nodiscard]] Result<std::optional<std::string>> dossierAt(const Uid& uid, const Rev& rev);
    [[nodiscard]] Result<bool> isCodeTaken(const std::string& code);
    [[nodiscard]] Result<bool> isOfficialCodeTaken(const std::string& code);
    /// Rows of the day whose running number begins with 0: those of dossiers filed online.
    [[nodiscard]] Result<std::int64_t> onlineCount(const std::string& codeHead);

    /// The next number of the portal's own order.
    [[nodiscard]] Result<std::int64_t> nextSeq();
    [[nodiscard]] Result<std::int64_t> latestSeq(const std::string& unit);
    /// Writes the revision and makes it the dossier's present state. Errors: Duplicate (code, official code).
    [[nodiscard]] Result<void> addRevision(std::int64_t seq, const NewRevision& revision);
    [[nodiscard]] Result<std::optional<std::int64_t>> seqOfRev(const Uid& uid, const Rev& rev);
    /// What happened to the dossier after `seq`, newest first.
    [[nodiscard]] Result<std::vector<RevisionCause>> causesAfter(const Uid& uid, std::int64_t seq);

    struct Range
    {
        std::int64_t after = 0;
        std::int64_t upTo = 0;
        std::int64_t limit = 0;
        std::size_t bytesMax = 0;
    };
    struct Rows
    {
        std::vector<ChangeRow> rows;
        bool more = false;
    };
    /// Every revision of the unit in the range, oldest first.
    [[nodiscard]] Result<Rows> changes(const std::string& unit, const Range& range);
    /// The present state of each dossier of the unit whose last revision is in the range.
    [[nodiscard]] Result<Rows> presentStates(const std::string& unit, const Range& range);

    [[nodiscard]] Result<void> nameBlob(const std::string& unit, const BlobName& blob);
    [[nodiscard]] Result<std::optional<std::int64_t>> blobSize(const std::string& unit,
                                                               const std::string& sha256);

private:
    [[nodiscard]] Result<Rows> readRows(std::string_view sql, const std::string& unit, const Range& range);
    [[nodiscard]] Result<std::int64_t> number(std::string_view sql, const std::string& argument);

    Connection m_connection;
};

} // namespace motcua::portal
