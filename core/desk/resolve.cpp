// SPDX-License-Identifier: GPL-3.0-or-later
// Deciding what waits for a person: the result is a new operation in the same place.
#include "core/base/text.h"
#include "core/db/transaction.h"
#include "core/desk/chain.h"
#include "core/desk/desk_support.h"
#include "core/desk/three_way.h"
#include "core/desk/turned_down.h"
#include "core/dossier/patch.h"

#include <algorithm>

namespace motcua {

namespace {

constexpr std::size_t kReasonMax = 2000; ///< characters, portal contract

Refusal problem(std::string pointer, std::string rule, std::string message)
{
    return Refusal(Problems{{std::move(pointer), std::move(rule), std::move(message), Severity::Hard, {}}});
}

/// Each decision answers a question, each question has an answer, and what its class asks for is there.
Answer<void> checkDecisions(const std::vector<ConflictField>& fields,
                            const std::map<std::string, Decision>& decisions, const Grounds& grounds,
                            Role role)
{
    for (const auto& [pointer, decision] : decisions) {
        const bool isAsked = std::any_of(fields.begin(), fields.end(),
                                         [&p = pointer](const ConflictField& f) { return f.pointer == p; });
        if (!isAsked) {
            return tl::unexpected(problem(pointer, "no-conflict", "Trường này không có xung đột."));
        }
    }
    for (const ConflictField& field : fields) {
        if (!decisions.contains(field.pointer)) {
            return tl::unexpected(problem(field.pointer, "undecided", "Chưa quyết định trường này."));
        }
        if (field.needsLeader && !mayDo(role, Act::DecideIdentity)) {
            return tl::unexpected(
                problem(field.pointer, "leader-required", "Trường này do lãnh đạo quyết định."));
        }
        if (field.needsReason && grounds.reason.empty()) {
            return tl::unexpected(
                problem(field.pointer, "reason-required", "Quyết định trường này phải ghi lý do."));
        }
        if (field.needsPaper && grounds.paper.empty()) {
            return tl::unexpected(problem(field.pointer, "paper-required",
                                          "Quyết định trường này phải ghi căn cứ vào giấy tờ nào."));
        }
    }
    return {};
}

/// The reason as it goes into the operation: the document is named in it.
std::string wordsOf(const Grounds& grounds)
{
    if (grounds.paper.empty() || grounds.paper == grounds.reason) {
        return grounds.reason;
    }
    return (grounds.reason.empty() ? "" : grounds.reason + "; ") + "căn cứ: " + grounds.paper;
}

const Json& valueOf(const ConflictField& field, const Decision& decision)
{
    return decision.take == Decision::Take::Ours    ? field.ours
           : decision.take == Decision::Take::Value ? decision.value
                                                    : field.theirs;
}

Json withRemark(const Json& dossier, const std::string& remark)
{
    const std::string before = stringAt(dossier, "note");
    return Json{{"/note", before.empty() ? remark : before + "\n" + remark}};
}

} // namespace

/// The dossier of what the person saw. Where only a code is named, and two bear it, the one with something
/// to decide: the clash itself must be decidable.
Result<DossierView> Desk::inQuestion(const std::string& code, const ConflictCase* shown)
{
    if (shown != nullptr) {
        return m_register.byUid(shown->uid);
    }
    auto query = TRY(m_connection.prepare(R"(
        SELECT DISTINCT d.id FROM dossier d JOIN journal j ON j.dossier = d.id
        JOIN operation o ON o.position = j.position
        WHERE d.code = :code AND o.state = 'conflict' AND o.final = 0 LIMIT 2
    )"));
    query.bind(":code", code);
    std::vector<std::int64_t> asked;
    while (TRY(query.step())) {
        asked.push_back(query.integer(0));
    }
    return asked.size() == 1 ? m_register.byId(asked.front()) : m_register.byCode(code);
}

/// The one that the person saw, as long as it asks the same; where nobody says what was seen, the first.
Answer<OperationRow> Desk::conflictToDecide(std::int64_t dossier, const ConflictCase* shown)
{
    for (const OperationRow& candidate : TRY(m_projector.operations().ofDossier(dossier))) {
        if (candidate.state != OpState::Conflict) {
            continue;
        }
        if (shown == nullptr || isSameQuestion(TRY(conflictCase(candidate.position)), *shown)) {
            return candidate;
        }
    }
    return tl::unexpected(
        shown == nullptr ? problem("", "no-conflict", "Hồ sơ này không có xung đột phải quyết định.")
                         : problem("", "case-changed",
                                   "Hồ sơ này vừa có tin mới nên chưa ghi gì. Hãy xem lại rồi quyết định."));
}

Answer<Acted> Desk::resolve(const std::string& code, const std::map<std::string, Decision>& decisions,
                            const Grounds& wanted, const ConflictCase* shown)
{
    const Grounds grounds{tidyText(wanted.reason, Lines::Keep), tidyText(wanted.paper, Lines::Join)};
    std::optional<NewEntry> behind;
    const auto deciding = [&](const OperationRow& row, const DossierView& view,
                              NewEntry& entry) -> Answer<void> {
        TRY(decide(row, decisions, grounds, entry));
        behind = TRY(saidBehind(row, view, decisions, wordsOf(grounds)));
        return {};
    };
    return inConflict(code, wordsOf(grounds), shown, deciding, &behind);
}

/// A correction of a place that was turned down may have been said once more behind it (setOnceMore()). Where
/// the decision is another one, that would undo it: the decision is the last word, and goes behind as well.
Answer<std::optional<NewEntry>> Desk::saidBehind(const OperationRow& row, const DossierView& view,
                                                 const std::map<std::string, Decision>& decisions,
                                                 const std::string& reason)
{
    Json decided = Json::object();
    Json refused = Json::object();
    for (const ConflictField& field : TRY(conflictCase(row.position)).fields) {
        const Json& value = valueOf(field, decisions.at(field.pointer));
        if (value != field.ours) {
            decided[field.pointer] = value;
            refused[field.pointer] = field.ours;
        }
    }
    const Json again = TRY(decidedOnceMore(m_projector, row, decided, refused));
    if (again.empty()) {
        return std::optional<NewEntry>{};
    }
    TRY(applyPatch(view.dossier, again, kAnswerRules));
    return std::optional(changeEntry(view, again, reason));
}

Answer<Acted> Desk::keepAsRemark(const std::string& code, const std::string& remark,
                                 const ConflictCase* shown)
{
    const std::string words = tidyText(remark, Lines::Keep);
    if (words.empty()) {
        return tl::unexpected(problem("/note", "reason-required", "Ghi chú còn trống."));
    }
    return inConflict(code, words, shown,
                      [&](const OperationRow& row, const DossierView&, NewEntry& entry) -> Answer<void> {
                          const ThreeSides sides = TRY(threeSides(row));
                          const Json set = withRemark(sides.theirs, words);
                          TRY(applyPatch(sides.theirs, set, kAnswerRules));
                          entry.kind = "dossier.changed";
                          entry.body = {{"set", set}, {"reason", "Hồ sơ đã đóng; giữ lại thành ghi chú"}};
                          return {};
                      });
}

Answer<Acted> Desk::reopenAndResolve(const std::string& code,
                                     const std::map<std::string, Decision>& decisions, const Grounds& wanted,
                                     const ConflictCase* shown)
{
    const Grounds grounds{tidyText(wanted.reason, Lines::Keep), tidyText(wanted.paper, Lines::Join)};
    if (!mayDo(m_actor.role, Act::DecideIdentity)) {
        return tl::unexpected(problem("/status", "leader-required", "Mở lại hồ sơ do lãnh đạo quyết định."));
    }
    if (grounds.reason.empty()) {
        return tl::unexpected(problem("/status", "reason-required", "Mở lại hồ sơ phải ghi lý do."));
    }
    std::optional<NewEntry> behind;
    const auto reopen = [&](const OperationRow& row, const DossierView&, NewEntry& entry) -> Answer<void> {
        NewEntry change = entry;
        TRY(decide(row, decisions, grounds, change));
        if (change.kind == "dossier.changed") {
            behind = std::move(change);
        }
        const ThreeSides sides = TRY(threeSides(row));
        entry.kind = "dossier.moved";
        entry.body = {{"to", std::string(statusName(Status::Processing))}, {"note", wordsOf(grounds)}};
        TRY(applyMove(sides.theirs, entry.body, entry.at, kAnswerRules));
        return {};
    };
    return inConflict(code, wordsOf(grounds), shown, reopen, &behind);
}

/// One transaction: whether the person saw what is asked now, the new operation in its place, who decided
/// why, and what goes behind it.
Answer<Acted> Desk::inConflict(const std::string& code, const std::string& reason, const ConflictCase* shown,
                               const Deciding& deciding, std::optional<NewEntry>* behind)
{
    TRY(mustBeAllowed(Act::Decide));
    if (codePoints(reason) > kReasonMax) {
        return tl::unexpected(problem("", "max-length", "Lý do dài quá 2000 ký tự."));
    }
    auto transaction = TRY(Transaction::begin(m_connection)); // first: the engine may write meanwhile
    const DossierView view = TRY(inQuestion(code, shown));
    const OperationRow row = TRY(conflictToDecide(view.row.id, shown));
    NewEntry entry = entryInPlace(view, row);
    TRY(deciding(row, view, entry));
    const Acted acted = TRY(appendDecided(view, row, std::move(entry)));
    if (behind != nullptr && *behind) {
        (*behind)->supersedes = std::nullopt;
        TRY(placeBehind(view, **behind));
        static_cast<void>(TRY(appendOperation(view, **behind)));
    }
    const std::string place = opIdOf(m_identity.install, row.place).text();
    const Json body{{"op", acted.op}, {"reason", reason}, {"place", place}};
    TRY(appendOwn("conflict.decided", body, view.row.id, Uid(view.row.uid)));
    TRY(transaction.commit());
    return acted;
}

/// A new operation that stands where the other one stood.
NewEntry Desk::entryInPlace(const DossierView& view, const OperationRow& row) const
{
    NewEntry entry = operationEntry(row.kind, Uid(view.row.uid), view.row.id, Json::object());
    entry.supersedes = row.place;
    entry.after = row.after;
    if (view.rev) {
        entry.baseRev = Rev(*view.rev);
    }
    return entry;
}

/// In the place of `row`; where a forgotten operation was applied there already, behind the last place, and
/// the journal says that `row` went on so.
Result<Acted> Desk::appendDecided(const DossierView& view, const OperationRow& row, NewEntry entry)
{
    const bool isCarriedOn =
        entry.kind != "dossier.cancelled" && TRY(isPlaceSpent(m_connection, row.position));
    if (isCarriedOn) {
        entry.supersedes = std::nullopt;
        entry.after = TRY(m_projector.operations().lastPlace(view.row.id));
    }
    const Acted acted = TRY(appendOperation(view, entry));
    if (isCarriedOn) {
        TRY(m_journal.append(carriedOn(row, entry)));
        TRY(m_projector.putDerived(row.position));
    }
    return acted;
}

/// Fills the entry with what the decisions make of the operation; one that leaves nothing withdraws its
/// place.
Answer<void> Desk::decide(const OperationRow& row, const std::map<std::string, Decision>& decisions,
                          const Grounds& grounds, NewEntry& entry)
{
    const ThreeSides sides = TRY(threeSides(row));
    const ConflictCase asked = TRY(conflictCase(row.position));
    TRY(checkDecisions(asked.fields, decisions, grounds, m_actor.role));
    if (row.kind == "dossier.received" && asked.problemType == "number-taken") {
        entry.body = sides.body;
        entry.body["code"] = TRY(nextCode(m_projector, m_identity, sides.body, row.dossier));
        entry.baseRev = std::nullopt;
        return {};
    }
    Json set = TRY(chosen(row, sides, asked, decisions));
    const std::string reason = wordsOf(grounds);
    if (set.empty()) {
        entry.kind = "dossier.cancelled";
        entry.after = std::nullopt;
        entry.baseRev = std::nullopt;
        entry.body = {{"reason", reason.empty() ? "Giữ nguyên như ở cổng" : reason}};
        return {};
    }
    if (set.contains("/status")) {
        entry.body = withCarried(sides.body, set);
        entry.body["to"] = set["/status"];
        TRY(applyMove(sides.theirs, entry.body, entry.at, kAnswerRules));
        return {};
    }
    entry.kind = "dossier.changed"; // also of a step that the portal has, and that carried something
    set = withParents(set, sides.theirs);
    const Json decided = TRY(applyPatch(sides.theirs, set, kAnswerRules));
    if (Problems files = TRY(changedFileProblems(decided, sides.theirs)); !files.empty()) {
        return tl::unexpected(Refusal(std::move(files)));
    }
    entry.body = {{"set", std::move(set)}};
    if (!reason.empty()) {
        entry.body["reason"] = reason;
    }
    return {};
}

/// What is still to be set at the portal: what the rules merge, and what was taken from here or written anew.
/// Where it goes behind later acts, because its place is spent, only what the person chose is a later word.
Result<Json> Desk::chosen(const OperationRow& row, const ThreeSides& sides, const ConflictCase& asked,
                          const std::map<std::string, Decision>& decisions)
{
    Json set = Json::object();
    if (sides.kind != "dossier.moved") {
        const auto automatic = asked.situation == Situation::Usual ? Automatic::AsRuled : Automatic::Never;
        set = mergeChange(sides.base, at(sides.body, "set"), sides.theirs, sides.rules, automatic).set;
        if (TRY(isPlaceSpent(m_connection, row.position))) {
            set = TRY(withoutLaterWords(m_projector, row, std::move(set)));
        }
    }
    for (const ConflictField& field : asked.fields) {
        const Json& value = valueOf(field, decisions.at(field.pointer));
        if (value != field.theirs) {
            set[field.pointer] = value;
        }
    }
    return set;
}

} // namespace motcua
