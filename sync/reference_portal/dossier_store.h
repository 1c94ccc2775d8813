// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "sync/protocol/op_id.h"
#include "sync/protocol/operation.h"
#include "sync/protocol/outcome.h"
#include "sync/protocol/problem_details.h"
#include "sync/reference_portal/store_work.h"

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
    std::int64_t previousSeq = 0; ///< of the revision that it follows; 0: the dossier's first
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

/// Where the portal stands with one install: what a hello wants to know.
struct InstallState
{
    std::int64_t lastSeq = 0;         ///< highest seq stored in the epoch asked about, 0 for none
    std::int64_t held = 0;            ///< applied operations, of all epochs
    std::optional<std::string> chain; ///< of the operation asked about, if it is stored
};

struct BlobName
{
    std::string sha256;
    std::int64_t size = 0;
};

/// Operations, places, dossiers and revisions: what the portal knows, whatever keeps it. One thread at a
/// time.
///
/// Everything between begin() and the end of its Work is about that one unit; outside of a Work only those
/// functions may be called that name a unit or ask about all of them (findDossier, allDossiers).
///
/// Several portals may stand before one store. Then two may write the same thing; the store's UNIQUE
/// constraints decide, and the later one gets the error Duplicate: its Work counts for nothing, and it reads
/// again. Error Locked: the store cannot be had now, and nothing was done. Any other error of commit() leaves
/// open whether it was.
class DossierStore : public TransactionalStore
{
public:
    enum class Intent
    {
        Read, ///< others may write meanwhile; the first write fails with Duplicate, and one begins again
        Write,
    };
    [[nodiscard]] Result<Work> begin(const std::string& unit, Intent intent = Intent::Write)
    {
        TRY(beginWork(unit, intent));
        return begun();
    }

    [[nodiscard]] virtual Result<std::optional<StoredOp>> findOp(const OpId& op) = 0;
    /// An operation seen for the first time, with what became of it.
    [[nodiscard]] virtual Result<void> bindOp(const std::string& unit, const OperationLine& line,
                                              std::string_view bytes, const StoredResult& result) = 0;
    [[nodiscard]] virtual Result<void> setResult(const OpId& op, const StoredResult& result) = 0;
    /// Where the portal stands with an install of the unit that says that `last` is its last entry.
    [[nodiscard]] virtual Result<InstallState> installState(const std::string& unit,
                                                            const OpIdParts& last) = 0;
    [[nodiscard]] virtual Result<std::int64_t> appliedCount(const std::string& unit,
                                                            const std::string& install) = 0;

    [[nodiscard]] virtual Result<std::optional<Place>> findPlace(const OpId& name) = 0;
    [[nodiscard]] virtual Result<void> putPlace(const Place& place) = 0;
    /// This install's last place on the dossier that is older than `name`.
    [[nodiscard]] virtual Result<std::optional<OpId>> placeBefore(const OpId& name, const Uid& uid) = 0;

    /// Of any unit.
    [[nodiscard]] virtual Result<std::optional<StoredDossier>> findDossier(const Uid& uid) = 0;
    [[nodiscard]] virtual Result<std::vector<StoredDossier>> allDossiers() = 0;
    /// The dossier as it was at a revision, as text.
    [[nodiscard]] virtual Result<std::optional<std::string>> dossierAt(const Uid& uid, const Rev& rev) = 0;
    [[nodiscard]] virtual Result<bool> isCodeTaken(const std::string& code) = 0;
    [[nodiscard]] virtual Result<bool> isOfficialCodeTaken(const std::string& code) = 0;
    /// Rows of the day whose running number begins with 0: those of dossiers filed online.
    [[nodiscard]] virtual Result<std::int64_t> onlineCount(const std::string& codeHead) = 0;

    /// The next number of the unit's own order. What has a lower one is committed, or never will be.
    [[nodiscard]] virtual Result<std::int64_t> nextSeq() = 0;
    [[nodiscard]] virtual Result<std::int64_t> latestSeq(const std::string& unit) = 0;
    /// Writes the revision and makes it the dossier's present state. Errors: Duplicate (uid, code, official
    /// code, or the revision before has a successor already).
    [[nodiscard]] virtual Result<void> addRevision(std::int64_t seq, const NewRevision& revision) = 0;
    [[nodiscard]] virtual Result<std::optional<std::int64_t>> seqOfRev(const Uid& uid, const Rev& rev) = 0;
    /// What happened to the dossier after `seq`, newest first.
    [[nodiscard]] virtual Result<std::vector<RevisionCause>> causesAfter(const Uid& uid,
                                                                         std::int64_t seq) = 0;

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
    [[nodiscard]] virtual Result<Rows> changes(const std::string& unit, const Range& range) = 0;
    /// The present state of each dossier of the unit whose last revision is in the range.
    [[nodiscard]] virtual Result<Rows> presentStates(const std::string& unit, const Range& range) = 0;

    [[nodiscard]] virtual Result<void> nameBlob(const std::string& unit, const BlobName& blob) = 0;
    [[nodiscard]] virtual Result<std::optional<std::int64_t>> blobSize(const std::string& unit,
                                                                       const std::string& sha256) = 0;

protected:
    [[nodiscard]] virtual Result<void> beginWork(const std::string& unit, Intent intent) = 0;
};

} // namespace motcua::portal
