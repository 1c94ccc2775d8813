// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/suggestion_source.h"

#include "app/widgets/display_text.h"
#include "core/base/text.h"

namespace motcua {

QString folded(const QString& text)
{
    return toQString(fold(toUtf8(text)));
}

bool startsAnyWord(const QString& foldedName, const QString& foldedText)
{
    return foldedName.startsWith(foldedText) || foldedName.contains(QLatin1Char(' ') + foldedText);
}

SuggestionEdit::Source suggestionsAmong(QStringList texts)
{
    return [texts = std::move(texts)](const QString& typed) {
        std::vector<Suggestion> found;
        const QString wanted = folded(typed);
        for (const QString& text : texts) {
            if (startsAnyWord(folded(text), wanted)) {
                found.push_back({text, text, {}});
            }
        }
        return found;
    };
}

} // namespace motcua
