// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/place_suggestions.h"

#include "app/widgets/display_text.h"

#include <QStringList>

#include <algorithm>

namespace motcua {

namespace {

constexpr std::size_t kOffered = 8;

std::vector<const Commune*> searchTail(const Units& units, const QStringList& parts, qsizetype count)
{
    const QString tail = QStringList(parts.mid(parts.size() - count)).join(QLatin1Char(' ')).trimmed();
    if (tail.size() < 2) {
        return {};
    }
    return units.search(toUtf8(tail), {}, kOffered);
}

} // namespace

std::vector<Suggestion> placeSuggestions(const Units& units, const QString& typed, Day on)
{
    const QStringList parts = typed.split(QLatin1Char(','));
    // The longest end that names a commune: commune and province before the commune alone.
    for (qsizetype count = std::min<qsizetype>(2, parts.size()); count >= 1; --count) {
        const std::vector<const Commune*> found = searchTail(units, parts, count);
        if (found.empty()) {
            continue;
        }
        QString before = QStringList(parts.mid(0, parts.size() - count)).join(QLatin1Char(',')).trimmed();
        if (!before.isEmpty()) {
            before += QStringLiteral(", ");
        }
        std::vector<Suggestion> suggestions;
        for (const Commune* commune : found) {
            const QString place = toQString(units.placeText(*commune, on));
            suggestions.push_back({before + place, before + place, {}});
        }
        return suggestions;
    }
    return {};
}

} // namespace motcua
