// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/widgets/suggestion_edit.h"

#include <QStringList>

namespace motcua {

/// The search key of a text: without case and marks.
[[nodiscard]] QString folded(const QString& text);
/// Of two search keys: whether some word of the name, or the name itself, begins as the text does.
[[nodiscard]] bool startsAnyWord(const QString& foldedName, const QString& foldedText);
/// Offers those of these texts in which some word begins as what is typed.
[[nodiscard]] SuggestionEdit::Source suggestionsAmong(QStringList texts);

} // namespace motcua
