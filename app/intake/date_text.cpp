// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/date_text.h"

#include "app/widgets/display_text.h"
#include "core/base/text.h"
#include "core/dossier/rules.h"

#include <QRegularExpression>
#include <QStringList>

#include <vector>

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

std::optional<LunarDate> lunarDateFromText(const QString& typed)
{
    // Without marks: "10/6 nhuận âl 2025" is "10/6 nhuan al 2025".
    const QString text = toQString(fold(toUtf8(typed)));
    static const QRegularExpression lunar(QStringLiteral("\\bal\\b|\\bam( lich)?\\b"));
    static const QRegularExpression leap(QStringLiteral("nhuan|\\d\\s*n\\b"));
    static const QRegularExpression number(QStringLiteral("\\d+"));
    if (!lunar.match(text).hasMatch()) {
        return std::nullopt;
    }
    std::vector<int> numbers;
    for (auto it = number.globalMatch(text); it.hasNext();) {
        numbers.push_back(it.next().captured().left(5).toInt());
    }
    if (numbers.size() != 3 || numbers[0] < 1 || numbers[0] > 30 || numbers[1] < 1 || numbers[1] > 12) {
        return std::nullopt;
    }
    LunarDate date;
    date.day = static_cast<unsigned>(numbers[0]);
    date.month = static_cast<unsigned>(numbers[1]);
    date.year = numbers[2];
    date.leap = leap.match(text).hasMatch();
    return date;
}

Json solarEventDate(const LunarDate& lunar, const LunarCalendar& calendar)
{
    const auto day = calendar.toSolar(lunar);
    return day ? eventDate(toQString(toDisplayDay(*day)), "day") : Json();
}

QString lunarWords(const Json& eventDate, const LunarCalendar& calendar)
{
    const auto span = spanOf(eventDate);
    if (!span || span->first != span->last) {
        return {};
    }
    const Day day{span->first};
    const auto lunar = calendar.toLunar(day);
    if (!lunar) {
        return {};
    }
    QString words = QStringLiteral("%1/%2").arg(lunar->day).arg(lunar->month);
    words += lunar->leap ? QStringLiteral(" nhuận âm lịch") : QStringLiteral(" âm lịch");
    if (lunar->year != static_cast<int>(day.year())) {
        words += QStringLiteral(" năm %1").arg(lunar->year);
    }
    return LunarCalendar::isUnsure(day) ? words + QStringLiteral(" (lịch cũ có thể lệch, đối chiếu)") : words;
}

QString textOfEventDate(const Json& date)
{
    return toQString(stringAt(date, "text"));
}

} // namespace motcua
