// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/desk.h"

#include <QString>

#include <map>
#include <optional>
#include <string>

namespace motcua {

/// What somebody has chosen so far for one conflict. A value of its own, apart from the screen: leaving the
/// conflict and coming back finds every choice, text and reason again, as long as the same is asked.
class DecisionDraft
{
public:
    /// The conflict as it is shown from now on. A choice in a field that asks something else than before is
    /// dropped, all of them where the cause is another one; reason and paper stay. How many were dropped.
    std::size_t putTo(const ConflictCase& conflict);
    void choose(const std::string& pointer, Decision decision) { m_chosen[pointer] = std::move(decision); }
    void forget(const std::string& pointer) { m_chosen.erase(pointer); }
    void clear() { m_chosen.clear(); }
    [[nodiscard]] const Decision* chosen(const std::string& pointer) const;
    [[nodiscard]] const std::map<std::string, Decision>& decisions() const { return m_chosen; }

    QString reason;
    QString paper;

private:
    std::map<std::string, Decision> m_chosen;
    std::optional<ConflictCase> m_shown; ///< what the choices answer
};

/// What is still missing before a conflict can be decided.
enum class Missing
{
    Nothing,
    Choice,
    Reason,
    Paper,
    Leader,
};
struct Completeness
{
    Missing missing = Missing::Nothing;
    std::string pointer; ///< of the field that has no choice yet
};
[[nodiscard]] Completeness completeness(const ConflictCase& conflict, const DecisionDraft& draft, Role role);

[[nodiscard]] bool asksReason(const ConflictCase& conflict);
[[nodiscard]] bool asksPaper(const ConflictCase& conflict);

/// The side that a rule offers: the later value, where the rule says so. Nobody is bound to it.
[[nodiscard]] std::optional<Decision::Take> offered(const ConflictCase& conflict, const ConflictField& field);

/// What the program will do after the decision, in a sentence.
[[nodiscard]] QString whatFollows(const ConflictCase& conflict, const DecisionDraft& draft);

} // namespace motcua
