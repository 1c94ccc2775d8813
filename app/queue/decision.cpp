// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queue/decision.h"

#include <QCoreApplication>

#include <algorithm>

namespace motcua {

namespace {

QString say(const char* words)
{
    return QCoreApplication::translate("decision", words);
}

bool anyField(const ConflictCase& conflict, bool ConflictField::*asks)
{
    return std::any_of(conflict.fields.begin(), conflict.fields.end(),
                       [asks](const ConflictField& field) { return field.*asks; });
}

/// Whether what was chosen for this place of the one case holds in the other.
bool isStillAsked(const std::string& pointer, const ConflictCase& before, const ConflictCase& now)
{
    const auto isOld = [&](const ConflictField& field) {
        return field.pointer == pointer &&
               std::any_of(now.fields.begin(), now.fields.end(),
                           [&](const ConflictField& other) { return isSameQuestion(field, other); });
    };
    return isSameCause(before, now) && std::any_of(before.fields.begin(), before.fields.end(), isOld);
}

} // namespace

std::size_t DecisionDraft::putTo(const ConflictCase& conflict)
{
    const std::size_t dropped = std::erase_if(m_chosen, [&](const auto& choice) {
        return !m_shown || !isStillAsked(choice.first, *m_shown, conflict);
    });
    m_shown = conflict;
    return dropped;
}

const Decision* DecisionDraft::chosen(const std::string& pointer) const
{
    const auto found = m_chosen.find(pointer);
    return found == m_chosen.end() ? nullptr : &found->second;
}

bool asksReason(const ConflictCase& conflict)
{
    return anyField(conflict, &ConflictField::needsReason);
}

bool asksPaper(const ConflictCase& conflict)
{
    return anyField(conflict, &ConflictField::needsPaper);
}

Completeness completeness(const ConflictCase& conflict, const DecisionDraft& draft, Role role)
{
    for (const ConflictField& field : conflict.fields) {
        if (draft.chosen(field.pointer) == nullptr) {
            return {Missing::Choice, field.pointer};
        }
    }
    if (anyField(conflict, &ConflictField::needsLeader) && !mayDo(role, Act::DecideIdentity)) {
        return {Missing::Leader, {}};
    }
    if (asksPaper(conflict) && draft.paper.trimmed().isEmpty()) {
        return {Missing::Paper, {}};
    }
    if (asksReason(conflict) && draft.reason.trimmed().isEmpty()) {
        return {Missing::Reason, {}};
    }
    return {};
}

std::optional<Decision::Take> offered(const ConflictCase& conflict, const ConflictField& field)
{
    if (!field.offersLater || !field.theirsBy || conflict.situation != Situation::Usual) {
        return std::nullopt;
    }
    return conflict.ours.at > field.theirsBy->at ? Decision::Take::Ours : Decision::Take::Theirs;
}

QString whatFollows(const ConflictCase& conflict, const DecisionDraft& draft)
{
    const auto undecided =
        std::count_if(conflict.fields.begin(), conflict.fields.end(),
                      [&](const ConflictField& field) { return draft.chosen(field.pointer) == nullptr; });
    if (undecided > 0) {
        return say(QT_TRANSLATE_NOOP("decision", "Còn %1 chỗ chưa chọn. Chưa có gì được gửi."))
            .arg(undecided);
    }
    const bool allTheirs =
        std::all_of(conflict.fields.begin(), conflict.fields.end(), [&](const ConflictField& field) {
            return draft.chosen(field.pointer)->take == Decision::Take::Theirs;
        });
    return allTheirs
               ? say(QT_TRANSLATE_NOOP("decision", "Ghi xong, những chỗ này giữ như ở cổng; giá trị của quầy "
                                                   "còn trong lịch sử."))
               : say(QT_TRANSLATE_NOOP("decision",
                                       "Ghi xong, máy tự gửi giá trị đã chọn lên cổng thay cho lần "
                                       "gửi trước; giá trị không chọn còn trong lịch sử."));
}

} // namespace motcua
