// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/judge.h"

#include "sync/protocol/receipt.h"

namespace motcua::portal {

namespace {

Problems oneProblem(const char* pointer, const char* rule, const char* message)
{
    return {Problem{.pointer = pointer, .rule = rule, .message = message, .source = {}}};
}

std::string installOf(const OpId& op)
{
    return op.text().substr(0, 32);
}

} // namespace

Result<OpResult> Judge::judge(const OperationLine& line, std::string_view bytes,
                              const std::optional<StoredOp>& stored)
{
    m_digest = line.digest;
    m_place.reset();
    m_isPlaceChanged = false;
    m_isFork = false;
    if (installOf(*line.op) != m_bench.device->install) { // binds nothing
        Verdict verdict = refuse(invalidFields(oneProblem("/op", "install", "Việc này của một quầy khác.")));
        TRY(completeRev(line, verdict));
        OpResult result{
            *line.op, verdict.outcome, signedReceipt(*line.op, line.digest, line.uid, verdict), {}, {}, {}};
        result.problem = verdict.problem;
        return result;
    }
    if (stored && stored->digest != line.digest) {
        Verdict verdict;
        verdict.outcome = Outcome::Mismatch;
        TRY(completeRev(line, verdict));
        return OpResult{
            *line.op, Outcome::Mismatch, signedReceipt(*line.op, line.digest, line.uid, verdict), {}, {}, {}};
    }
    if (!stored) {
        TRY(noteFirst(line));
        TRY(nameBlobs(line, bytes));
        return record(line, TRY(decide(line)), &bytes);
    }
    if (stored->result == Outcome::Applied) {
        return answerAgain(*line.op, *stored, Outcome::Replayed);
    }
    return record(line, TRY(decide(line)), nullptr);
}

// The order of the tests is the contract's: cancelled, rejected (schema), blocked, later, then the effect.
Result<Judge::Verdict> Judge::decide(const OperationLine& line)
{
    if (TRY(hasTombstone(*line.op, line.supersedes, line.uid))) {
        Verdict verdict;
        verdict.outcome = Outcome::Cancelled;
        return verdict;
    }
    if (line.isTooLarge) {
        return refuse(problemOf(ProblemType::TooLarge, "Mỗi việc nhiều nhất 256 KiB."));
    }
    if (!line.operation) {
        return refuse(invalidFields(line.operation.error()));
    }
    const Operation& operation = *line.operation;
    const Problems problems = TRY(chainProblems(operation));
    if (!problems.empty()) {
        return refuse(invalidFields(problems));
    }
    if (operation.kind == OpKind::Cancelled) {
        return withdraw(operation);
    }
    TRY(noteSuccessor(operation));
    const ChainEnd end = TRY(resolve(operation.after, operation.uid));
    Verdict verdict;
    if (end.isBlocked) {
        verdict.outcome = Outcome::Blocked;
        return verdict;
    }
    if (const auto seconds = m_bench.postpone ? m_bench.postpone() : std::nullopt) {
        verdict.outcome = Outcome::Later;
        verdict.retryAfterSeconds = seconds;
        return verdict;
    }
    return effect(operation, end);
}

/// A tombstone stands on the first operation of a place that was withdrawn or filled by another; and one
/// that supersedes a withdrawn place is cancelled with it.
Result<bool> Judge::hasTombstone(const OpId& op, const std::optional<OpId>& supersedes,
                                 const std::optional<Uid>& uid)
{
    const auto own = TRY(ownPlace(op));
    if (own && own->state != PlaceState::Open && own->settledBy != op) {
        return true;
    }
    if (!supersedes || !uid || installOf(*supersedes) != installOf(op)) {
        return false;
    }
    const auto place = TRY(m_store.findPlace(*supersedes));
    return place && place->state == PlaceState::Cancelled && place->uid == *uid;
}

Judge::Verdict Judge::refuse(ProblemDetails problem) const
{
    Verdict verdict;
    verdict.outcome = Outcome::Rejected;
    verdict.problem = std::move(problem);
    return verdict;
}

Judge::Verdict Judge::conflict(ProblemType type, const std::optional<StoredDossier>& theirs) const
{
    Verdict verdict;
    verdict.outcome = Outcome::Conflict;
    verdict.problem = problemOf(type);
    if (theirs && theirs->unit == m_bench.device->unit && type != ProblemType::NumberTaken) {
        verdict.rev = theirs->rev;
        verdict.officialCode = theirs->officialCode;
        if (auto json = parseJson(theirs->text)) {
            verdict.dossier = std::move(*json);
        }
    }
    return verdict;
}

/// "The dossier's revision afterwards": for what was refused it is the present one, if there is one; "null
/// for dossier.cancelled", whatever became of it.
Result<void> Judge::completeRev(const OperationLine& line, Verdict& verdict)
{
    if (!line.uid || (verdict.outcome != Outcome::Rejected && verdict.outcome != Outcome::Mismatch)) {
        return {};
    }
    const auto dossier = TRY(m_store.findDossier(*line.uid));
    if (dossier && dossier->unit == m_bench.device->unit) {
        verdict.rev = line.isCancelling ? std::nullopt : std::optional(dossier->rev);
        verdict.officialCode = dossier->officialCode;
    }
    return {};
}

std::string Judge::signedReceipt(const OpId& op, const std::string& digest, const std::optional<Uid>& uid,
                                 const Verdict& verdict) const
{
    Receipt receipt;
    receipt.op = op;
    receipt.digest = digest;
    receipt.result = verdict.outcome;
    if (verdict.problem) {
        receipt.problem = verdict.problem->type;
    }
    receipt.uid = uid;
    receipt.rev = verdict.rev;
    receipt.seq = verdict.seq;
    receipt.officialCode = verdict.officialCode;
    receipt.at = m_bench.now;
    receipt.epoch = m_bench.epoch;
    return m_bench.signer->sign(dumpJson(toJson(receipt)));
}

Result<OpResult> Judge::record(const OperationLine& line, Verdict verdict, const std::string_view* newBytes)
{
    TRY(completeRev(line, verdict));
    OpResult result{*line.op, verdict.outcome, {}, std::move(verdict.dossier), verdict.retryAfterSeconds, {}};
    StoredResult stored;
    if (provenOutcome(verdict.outcome)) {
        result.receipt = signedReceipt(*line.op, line.digest, line.uid, verdict);
        result.problem = verdict.problem;
        stored = {verdict.outcome, {},           verdict.rev, verdict.seq, verdict.officialCode,
                  result.receipt,  m_bench.epoch};
        if (verdict.problem) {
            stored.problem = verdict.problem->type;
        }
    }
    if (m_isPlaceChanged) {
        TRY(m_store.putPlace(*m_place));
    }
    if (newBytes != nullptr) {
        TRY(m_store.bindOp(m_bench.device->unit, line, *newBytes, stored));
    } else {
        TRY(m_store.setResult(*line.op, stored));
    }
    return result;
}

/// The answer given before; with a new receipt when the portal's epoch has changed since.
Result<OpResult> Judge::answerAgain(const OpId& op, const StoredOp& stored, Outcome answered)
{
    OpResult result{op, answered, stored.receipt, {}, {}, {}};
    if (stored.problem) {
        result.problem = problemOf(*stored.problem);
    }
    if (stored.result == Outcome::Conflict && stored.rev && stored.uid) {
        if (const auto text = TRY(m_store.dossierAt(*stored.uid, *stored.rev))) {
            result.dossier = TRY(parseJson(*text));
        }
    }
    if (stored.receiptEpoch == m_bench.epoch) {
        return result;
    }
    Verdict verdict;
    verdict.outcome = *stored.result;
    verdict.problem = result.problem;
    verdict.rev = stored.rev;
    verdict.seq = stored.portalSeq;
    verdict.officialCode = stored.officialCode;
    result.receipt = signedReceipt(op, stored.digest, stored.uid, verdict);
    TRY(m_store.setResult(op, {stored.result, stored.problem, stored.rev, stored.portalSeq,
                               stored.officialCode, result.receipt, m_bench.epoch}));
    return result;
}

Result<OpResult> Judge::status(const OpId& op)
{
    m_place.reset();
    m_isPlaceChanged = false;
    auto stored = TRY(m_store.findOp(op));
    if (!stored || !stored->result || stored->unit != m_bench.device->unit) {
        return OpResult{op, Outcome::Unknown, {}, {}, {}, {}};
    }
    const bool isCancelled =
        stored->result != Outcome::Applied && TRY(hasTombstone(op, stored->supersedes, stored->uid));
    if (isCancelled && stored->result != Outcome::Cancelled) {
        // The place was settled after this one was judged; say so from now on.
        *stored = {.unit = stored->unit,
                   .digest = stored->digest,
                   .chain = {},
                   .uid = stored->uid,
                   .supersedes = {},
                   .isCancelling = stored->isCancelling,
                   .result = Outcome::Cancelled,
                   .problem = {},
                   .rev = {},
                   .portalSeq = {},
                   .officialCode = {},
                   .receipt = {},
                   .receiptEpoch = {}};
    }
    return answerAgain(op, *stored, *stored->result);
}

} // namespace motcua::portal
