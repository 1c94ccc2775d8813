// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/date_text.h"

#include "app/widgets/display_text.h"

#include <QRegularExpression>
#include <QStringList>

namespace motcua {

namespace {

Json eventDate(const QString& text, const char* precision)
{
    return Json{{"text", toUtf8(text)}, {"precision", precision}};
}

QString twoDigits(const QString& part)
{
    return part.rightJustified(2, QLatin1Char('0'));
}

/// The parts of a date typed without anything between: 8 figures a day, 6 a month, 4 a year.
QStringList cutFigures(const QString& figures)
{
    switch (figures.size()) {
    case 8:
        return {figures.left(2), figures.mid(2, 2), figures.mid(4)};
    case 6:
        return {figures.left(2), figures.mid(2)};
    default:
        return {figures};
    }
}

bool fits(const QStringList& parts)
{
    static const QRegularExpression figures(QStringLiteral("^[0-9]+$"));
    for (const QString& part : parts) {
        if (!figures.match(part).hasMatch()) {
            return false;
        }
    }
    for (qsizetype i = 0; i + 1 < parts.size(); ++i) {
        if (parts[i].size() > 2) {
            return false;
        }
    }
    return parts.last().size() == 4 && parts.size() <= 3;
}

} // namespace

Json eventDateFromText(const QString& typed)
{
    const QString text = typed.simplified();
    if (text.isEmpty()) {
        return {};
    }
    static const QRegularExpression between(QStringLiteral("\\s*[/.\\- ]\\s*"));
    QStringList parts = text.split(between, Qt::SkipEmptyParts);
    if (parts.size() == 1) {
        parts = cutFigures(parts.first());
    }
    if (parts.isEmpty() || !fits(parts)) {
        return eventDate(text, "day");
    }
    switch (parts.size()) {
    case 1:
        return eventDate(parts[0], "year");
    case 2:
        return eventDate(twoDigits(parts[0]) + QLatin1Char('/') + parts[1], "month");
    default:
        return eventDate(twoDigits(parts[0]) + QLatin1Char('/') + twoDigits(parts[1]) + QLatin1Char('/') +
                             parts[2],
                         "day");
    }
}

QString textOfEventDate(const Json& date)
{
    return toQString(stringAt(date, "text"));
}

} // namespace motcua
