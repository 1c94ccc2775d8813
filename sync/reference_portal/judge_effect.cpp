// SPDX-License-Identifier: GPL-3.0-or-later
// What an operation does to its dossier once nothing stands against it.
#include "core/base/revision.h"
#include "core/dossier/patch.h"
#include "sync/reference_portal/judge.h"

namespace motcua::portal {

namespace {

constexpr const char* kOfficialHead = "CTP.";

/// Where a problem of the patched dossier came from: the pointer of the patch that set it.
Problems inPatch(Problems problems, const Json& set)
{
    for (Problem& problem : problems) {
        std::string cause;
        for (const auto& item : set.items()) {
            const bool isIt = problem.pointer == item.key() || problem.pointer.starts_with(item.key() + "/");
            cause = isIt ? item.key() : cause;
        }
        problem.pointer = cause.empty() ? "/body/set" : "/body/set/" + pointerToken(cause);
    }
    return problems;
}

} // namespace

std::string officialCodeOf(const Uid& uid)
{
    return kOfficialHead + uid.text();
}

bool isOwnOfficialCode(std::string_view code)
{
    return code.starts_with(kOfficialHead) && isUid(code.substr(std::string_view(kOfficialHead).size()));
}

Result<Judge::Verdict> Judge::withdraw(const Operation& operation)
{
    Place place = TRY(m_store.findPlace(*operation.supersedes))
    .value_or(Place{*operation.supersedes, operation.uid, {}, false, {}, {}});
    if (place.state == PlaceState::Applied) {
        return refuse(problemOf(ProblemType::AlreadyApplied));
    }
    place.state = PlaceState::Cancelled;
    place.settledBy = operation.op;
    TRY(m_store.putPlace(place));
    Verdict verdict;
    verdict.outcome = Outcome::Applied; // rev and seq are null in the receipt
    return verdict;
}

Result<Judge::Verdict> Judge::effect(const Operation& operation, const ChainEnd& end)
{
    const auto place = TRY(ownPlace(operation.place()));
    if (place && place->state == PlaceState::Applied) {
        return refuse(problemOf(ProblemType::AlreadyApplied));
    }
    auto existing = TRY(m_store.findDossier(operation.uid));
    if (operation.kind == OpKind::Received && existing) {
        return conflict(ProblemType::UidTaken, existing);
    }
    if (existing && existing->unit != m_bench.device->unit) {
        existing.reset(); // another unit's: as if it were not there
    }
    if (existing || operation.baseRev) {
        if (!existing || !TRY(isOnBase(operation, end.place))) {
            return conflict(ProblemType::RevMismatch, existing);
        }
    }
    if (operation.kind == OpKind::Received) {
        return receive(operation, existing);
    }
    if (!existing) {
        return refuse(problemOf(ProblemType::NotFound));
    }
    return change(operation, *existing);
}

Result<Judge::Verdict> Judge::receive(const Operation& operation,
                                      const std::optional<StoredDossier>& existing)
{
    if (TRY(m_store.isCodeTaken(stringAt(operation.body, "code")))) {
        return conflict(ProblemType::NumberTaken, existing);
    }
    const std::int64_t seq = TRY(m_store.nextSeq());
    if (!m_bench.givesOfficialCodes) {
        return apply(operation, operation.body, nullptr, seq);
    }
    Json dossier = operation.body;
    dossier["officialCode"] = officialCodeOf(operation.uid);
    return apply(operation, dossier, nullptr, seq);
}

Result<Judge::Verdict> Judge::change(const Operation& operation, const StoredDossier& existing)
{
    if (existing.gone) {
        return refuse(problemOf(ProblemType::DossierGone));
    }
    const Json before = TRY(parseJson(existing.text));
    const bool isPatch = operation.kind == OpKind::Changed;
    const auto after = isPatch ? applyPatch(before, at(operation.body, "set"))
                               : applyMove(before, operation.body, operation.at);
    if (!after && isPatch) {
        return refuse(invalidFields(inPatch(after.error(), at(operation.body, "set"))));
    }
    if (!after) {
        const bool isIllegal = after.error().front().rule == "illegal-move";
        return refuse(isIllegal ? problemOf(ProblemType::IllegalMove, after.error().front().message)
                                : invalidFields(after.error()));
    }
    return apply(operation, *after, &existing, TRY(m_store.nextSeq()));
}

Result<Judge::Verdict> Judge::apply(const Operation& operation, const Json& dossier,
                                    const StoredDossier* before, std::int64_t seq)
{
    NewRevision revision;
    revision.uid = operation.uid;
    revision.unit = m_bench.device->unit;
    revision.previousSeq = before == nullptr ? 0 : before->seq;
    revision.rev = nextRev(before == nullptr ? std::nullopt : std::optional(before->rev), m_digest);
    revision.place = operation.place();
    revision.op = operation.op;
    revision.by = operation.official;
    revision.at = m_bench.now;
    revision.dossier = &dossier;
    TRY(m_store.addRevision(seq, revision));

    m_place = TRY(ownPlace(operation.place()))
    .value_or(Place{operation.place(), operation.uid, operation.after, true, {}, {}});
    m_place->state = PlaceState::Applied;
    m_place->settledBy = operation.op;
    m_isPlaceChanged = true;

    Verdict verdict;
    verdict.outcome = Outcome::Applied;
    verdict.rev = revision.rev;
    verdict.seq = seq;
    if (at(dossier, "officialCode").is_string()) {
        verdict.officialCode = stringAt(dossier, "officialCode");
    }
    return verdict;
}

} // namespace motcua::portal
