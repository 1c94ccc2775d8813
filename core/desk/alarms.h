// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/identity/role.h"
#include "core/journal/journal.h"
#include "core/outbox/queue.h"

#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// What was settled without a person, and somebody must act on or look into all the same.
enum class AlarmKind
{
    Renumbered,       ///< the portal knew the number already: the citizen's paper bears an old one (X7)
    HandedOverTwice,  ///< two officials say that they gave the result to a citizen (X9)
    WithdrawnTooLate, ///< the portal had applied an operation before its withdrawal came
};
[[nodiscard]] std::string_view alarmKindName(AlarmKind kind);

/// Over when its paper came out anew, or when somebody wrote down what was found (findingAct()).
struct Alarm
{
    AlarmKind kind = AlarmKind::Renumbered;
    std::string op; ///< the operation that the rules made, or the withdrawal; the alarm's name
    std::string uid;
    std::string code;
    std::string name; ///< the applicant's
    Instant since;
    std::string oldCode; ///< Renumbered
    std::string paper;   ///< Renumbered: what must be printed anew, "slip" or "refusal"
    Author ours{};       ///< HandedOverTwice: who says so here; WithdrawnTooLate: who withdrew; and when
    std::optional<Author> theirs{}; ///< HandedOverTwice: who said so first at the portal
    std::string reason;             ///< WithdrawnTooLate: of the withdrawal
};
/// The act that writing down what was found is: of a result given away twice, a leader's. About a new number
/// nobody writes anything.
[[nodiscard]] Act findingAct(AlarmKind kind);

/// In the order of their operations. Computed from the journal; reads only dossiers whose operations were
/// replaced.
[[nodiscard]] Result<std::vector<Alarm>> openAlarms(Connection& connection, const std::string& install);

/// When a dossier last got another number, and which it had before.
struct Renumbering
{
    Position position;
    Instant at;
    std::string oldCode;
};
/// Nothing for a dossier that still has its first number.
[[nodiscard]] Result<std::optional<Renumbering>> lastRenumbering(Connection& connection,
                                                                 std::int64_t dossier);

} // namespace motcua
