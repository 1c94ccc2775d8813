// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/widgets/action_list.h"
#include "core/desk/alarms.h"

#include <QString>

namespace motcua {

/// What happened, in whole sentences.
[[nodiscard]] QString alarmWords(const Alarm& alarm);
/// What to do about it.
[[nodiscard]] QString alarmStep(const Alarm& alarm);
/// One line of the list of what needs a person; its key begins with "alarm:".
[[nodiscard]] ActionLine alarmLine(const Alarm& alarm, Instant now);
[[nodiscard]] QString alarmKey(const Alarm& alarm);

} // namespace motcua
