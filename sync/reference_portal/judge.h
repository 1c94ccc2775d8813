// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/protocol/answers.h"
#include "sync/protocol/jws.h"
#include "sync/reference_portal/dossier_store.h"
#include "sync/reference_portal/key_store.h"

#include <functional>

namespace motcua::portal {

/// What one request is judged with.
struct Bench
{
    const Device* device = nullptr;
    const JwsSigner* signer = nullptr;
    std::string epoch;
    Instant now;
    bool givesOfficialCodes = false; ///< with the revision of each `received`
    /// Asked before an effect; seconds when the portal does not want to take the operation now.
    std::function<std::optional<std::int64_t>()> postpone;
};

/// The portal's judgement of operations (contract, "Exactly once" to "Codes"), one at a time, in the order
/// of the tests that the contract fixes. Works inside the transaction that the caller has begun: effect,
/// receipt and operation are committed together or not at all. An error means that nothing may be committed.
class Judge
{
public:
    Judge(DossierStore& store, const Bench& bench) : m_store(store), m_bench(bench) {}

    /// `line.op` is readable; `stored` is what the store knows of it.
    [[nodiscard]] Result<OpResult> judge(const OperationLine& line, std::string_view bytes,
                                         const std::optional<StoredOp>& stored);
    /// The operation just judged bears a name that was told of another dossier before: nothing of its batch
    /// may be committed.
    [[nodiscard]] bool isFork() const { return m_isFork; }
    /// What became of an operation, as far as this unit may know.
    [[nodiscard]] Result<OpResult> status(const OpId& op);

private:
    /// What was found, before it is signed and written.
    struct Verdict
    {
        Outcome outcome = Outcome::Unknown;
        std::optional<ProblemDetails> problem;
        std::optional<Rev> rev;
        std::optional<std::int64_t> seq;
        std::optional<std::string> officialCode;
        std::optional<Json> dossier;
        std::optional<std::int64_t> retryAfterSeconds;
    };

    [[nodiscard]] Result<Verdict> decide(const OperationLine& line);
    [[nodiscard]] Result<bool> hasTombstone(const OpId& op, const std::optional<OpId>& supersedes,
                                            const std::optional<Uid>& uid);
    [[nodiscard]] Result<Problems> chainProblems(const Operation& operation);
    [[nodiscard]] Result<void> checkSupersedes(const Operation& operation, Problems& problems);
    [[nodiscard]] Result<void> checkAfter(const Operation& operation, Problems& problems);
    /// The place of the operation being judged: read once, written once with its result.
    [[nodiscard]] Result<std::optional<Place>> ownPlace(const OpId& name);
    [[nodiscard]] Result<void> noteFirst(const OperationLine& line);
    [[nodiscard]] Result<void> noteSuccessor(const Operation& operation);
    [[nodiscard]] Result<void> nameBlobs(const OperationLine& line, std::string_view bytes);

    /// Where the chain really ends: the last place at or before `after` that was applied.
    struct ChainEnd
    {
        bool isBlocked = false;
        std::optional<OpId> place;
    };
    [[nodiscard]] Result<ChainEnd> resolve(const std::optional<OpId>& after, const Uid& uid);
    [[nodiscard]] Result<std::optional<OpId>> placeBefore(const Place& place);
    [[nodiscard]] Result<bool> isOnBase(const Operation& operation, const std::optional<OpId>& chainEnd);

    [[nodiscard]] Result<Verdict> withdraw(const Operation& operation);
    [[nodiscard]] Result<Verdict> effect(const Operation& operation, const ChainEnd& end);
    [[nodiscard]] Result<Verdict> receive(const Operation& operation,
                                          const std::optional<StoredDossier>& existing);
    [[nodiscard]] Result<Verdict> change(const Operation& operation, const StoredDossier& existing);
    [[nodiscard]] Result<Verdict> apply(const Operation& operation, const Json& dossier,
                                        const StoredDossier* before, std::int64_t seq);

    [[nodiscard]] Verdict refuse(ProblemDetails problem) const;
    [[nodiscard]] Verdict conflict(ProblemType type, const std::optional<StoredDossier>& theirs) const;
    /// Fills in the revision that a receipt reports, signs, writes and answers. `newBytes`: of an operation
    /// never seen before, which they bind from now on.
    [[nodiscard]] Result<OpResult> record(const OperationLine& line, Verdict verdict,
                                          const std::string_view* newBytes);
    [[nodiscard]] Result<void> completeRev(const OperationLine& line, Verdict& verdict);
    [[nodiscard]] std::string signedReceipt(const OpId& op, const std::string& digest,
                                            const std::optional<Uid>& uid, const Verdict& verdict) const;
    [[nodiscard]] Result<OpResult> answerAgain(const OpId& op, const StoredOp& stored, Outcome answered);

    DossierStore& m_store;
    const Bench& m_bench;
    std::string m_digest;         ///< of the line being judged
    std::optional<Place> m_place; ///< see ownPlace()
    bool m_isPlaceChanged = false;
    bool m_isFork = false;
};

/// What is wrong with a code that a counter of this unit gave on this day; nothing when it is right.
[[nodiscard]] std::optional<std::string> codeFault(const std::string& code, const Device& device,
                                                   Instant receivedAt);

/// The reference portal's own official code; a city would take its national number here. It follows from the
/// uid alone: order, day and even the code of a dossier may be others after a restore, when counters send
/// again.
[[nodiscard]] std::string officialCodeOf(const Uid& uid);
/// Whether a code has the form of these, so that nobody may give it by hand.
[[nodiscard]] bool isOwnOfficialCode(std::string_view code);

} // namespace motcua::portal
