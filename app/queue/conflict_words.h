// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/intake/form_parts.h"
#include "app/widgets/action_list.h"
#include "core/desk/desk.h"

#include <QString>

#include <optional>
#include <vector>

namespace motcua {

/// The fields of one dossier by their labels, as its form names them.
class FieldLabels
{
public:
    /// Of a dossier that is not there any more only what every dossier has is known.
    FieldLabels(Desk& desk, const std::string& code);

    /// "Người yêu cầu · Số điện thoại"; a field that no form names keeps its pointer.
    [[nodiscard]] QString label(const std::string& pointer) const;
    /// "Số điện thoại": where the line is short.
    [[nodiscard]] QString shortLabel(const std::string& pointer) const;
    /// How a value of its own is typed; nothing where a list or a step cannot be typed by hand.
    [[nodiscard]] std::optional<Leaf> leaf(const std::string& pointer) const;
    /// A value whole, as a person reads it; never empty: says so when there is none.
    [[nodiscard]] QString value(const std::string& pointer, const Json& value) const;

private:
    struct Known
    {
        Leaf leaf;
        QString part;
    };
    [[nodiscard]] const Known* find(const std::string& pointer) const;

    std::vector<Known> m_known;
};

/// What somebody can do about one thing that needs a person.
enum class NextStep
{
    Decide,   ///< choose between the sides
    Correct,  ///< a field of the dossier, which then goes again
    TryAgain, ///< send it once more: the rules did so as often as they may
    Withdraw, ///< take the operation back
    Report,   ///< hand the particulars to whoever looks after the machine
};

[[nodiscard]] NextStep nextStepOf(const ConflictCase& conflict);

/// Who has to act: the official, a leader, or whoever looks after the machine.
[[nodiscard]] QString whoActs(const ConflictCase& conflict);
/// What happened, in whole sentences.
[[nodiscard]] QString whatHappened(const ConflictCase& conflict, const FieldLabels& labels);
/// One line of the list. `workingDays`: how many working days it has waited.
[[nodiscard]] ActionLine needsYouLine(const ConflictCase& conflict, const FieldLabels& labels, Instant now,
                                      int workingDays);

/// For whoever looks after the machine; nothing of a citizen in it.
[[nodiscard]] QString diagnostics(const ConflictCase& conflict, const QString& install);

/// How many working days have begun since.
[[nodiscard]] int workingDaysSince(Instant since, Instant now, const Calendar& calendar);

} // namespace motcua
