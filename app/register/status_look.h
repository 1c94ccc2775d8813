// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/colors.h"
#include "core/dossier/status.h"

#include <QString>

namespace motcua {

/// How a state is shown: always the word, with an icon and an ink that only help.
struct StatusLook
{
    const char* icon;
    QColor Colors::*ink;
};
[[nodiscard]] StatusLook lookOf(Status status);
[[nodiscard]] QString statusWords(Status status);
/// In a word or two, for the table's narrow column.
[[nodiscard]] QString statusShort(Status status);
/// The button that leads to a state: "Bắt đầu xử lý".
[[nodiscard]] QString moveWords(Status to);
/// True for steps that need a word of explanation in the history.
[[nodiscard]] bool wantsNote(Status to);

} // namespace motcua
