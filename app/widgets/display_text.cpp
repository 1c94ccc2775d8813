// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/display_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace motcua {

namespace {

constexpr qsizetype kShownMax = 2000;
constexpr int kRunMax = 40;
constexpr QChar kBreakHere{0x200B};

QString clockTime(Instant instant)
{
    const auto minutes =
        std::chrono::duration_cast<std::chrono::minutes>(timeOfDayInVietnam(instant)).count();
    return QStringLiteral("%1:%2")
        .arg(minutes / 60, 2, 10, QLatin1Char('0'))
        .arg(minutes % 60, 2, 10, QLatin1Char('0'));
}

} // namespace

QString displayText(const QString& text)
{
    QString shown;
    shown.reserve(std::min(text.size(), kShownMax) + 8);
    int run = 0;
    for (const QChar c : text) {
        if (shown.size() >= kShownMax) {
            shown += QChar(0x2026);
            break;
        }
        const bool space = c.isSpace() || c.category() == QChar::Other_Control;
        run = space ? 0 : run + 1;
        shown += space ? QChar(QLatin1Char(' ')) : c;
        if (run >= kRunMax && !c.isHighSurrogate()) {
            shown += kBreakHere;
            run = 0;
        }
    }
    return shown;
}

QString displayText(std::string_view text)
{
    return displayText(toQString(text));
}

QString shortDay(Instant instant)
{
    return toQString(toDisplayDay(dayInVietnam(instant)));
}

QString shortTime(Instant instant, Instant now)
{
    const QString time = clockTime(instant);
    if (dayInVietnam(instant) == dayInVietnam(now)) {
        return time;
    }
    return time + QLatin1Char(' ') + shortDay(instant).left(5);
}

QString longTime(Instant instant)
{
    return toQString(toDisplayTime(instant));
}

QString spanWords(Millis span)
{
    using namespace std::chrono;
    const auto minutesPassed = duration_cast<minutes>(span).count();
    if (minutesPassed < 1) {
        return QCoreApplication::translate("span", "chưa đầy 1 phút");
    }
    if (minutesPassed < 60) {
        return QCoreApplication::translate("span", "%1 phút").arg(minutesPassed);
    }
    if (minutesPassed < 48 * 60) {
        return QCoreApplication::translate("span", "%1 giờ").arg(minutesPassed / 60);
    }
    return QCoreApplication::translate("span", "%1 ngày").arg(minutesPassed / (24 * 60));
}

QString sizeWords(std::int64_t bytes)
{
    constexpr std::int64_t kKilo = 1024;
    constexpr std::int64_t kMega = 1024 * 1024;
    if (bytes < kKilo) {
        return QCoreApplication::translate("size", "%1 byte").arg(bytes);
    }
    if (bytes < kMega) {
        return QCoreApplication::translate("size", "%1 KB").arg((bytes + kKilo / 2) / kKilo);
    }
    const std::int64_t tenths = (bytes * 10 + kMega / 2) / kMega;
    return QCoreApplication::translate("size", "%1,%2 MB").arg(tenths / 10).arg(tenths % 10);
}

} // namespace motcua
