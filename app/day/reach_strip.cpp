// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/day/reach_strip.h"

#include "app/common/day_words.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"

#include <QPainter>

#include <algorithm>

namespace motcua {

namespace {

// Office hours with an hour around; more where something was seen earlier or later.
constexpr int kFirstHour = 6;
constexpr int kLastHour = 18;
constexpr int kHourStep = 2;
constexpr int kHourMs = 60 * 60 * 1'000;
constexpr Millis kDay{24 * 60 * 60 * 1'000};

std::chrono::sys_days dayNumber(Instant instant)
{
    return std::chrono::sys_days{dayInVietnam(instant)};
}

} // namespace

ReachStrip::ReachStrip(Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setObjectName(QStringLiteral("reachStrip"));
    setAccessibleName(tr("Mạng theo ngày và giờ"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] { updateGeometry(); });
}

void ReachStrip::show(const NetworkDiary& diary)
{
    m_diary = diary;
    m_days = static_cast<int>((dayNumber(diary.until) - dayNumber(diary.from)).count()) + 1;
    m_away.assign(static_cast<std::size_t>(m_days), Millis{0});
    m_firstHour = kFirstHour;
    m_lastHour = kLastHour;
    for (const ReachSpan& span : diary.spans) {
        if (!span.reach) {
            continue;
        }
        makeRoomFor(span);
        if (*span.reach == Reach::Online) {
            continue;
        }
        for (Instant at = span.from; at < span.until;) {
            const auto day = dayNumber(at);
            const Instant next = std::min(span.until, instantInVietnam(Day{day}, kDay));
            m_away[static_cast<std::size_t>((dayNumber(diary.until) - day).count())] += next - at;
            at = next;
        }
    }
    setAccessibleDescription(tr("%1 ngày, %2 lần mất đường tới cổng; danh sách ở bên cạnh.")
                                 .arg(m_days)
                                 .arg(diary.outages.size()));
    updateGeometry();
    update();
}

void ReachStrip::makeRoomFor(const ReachSpan& span)
{
    const bool overNight = dayNumber(span.from) != dayNumber(span.until - Millis{1});
    const auto from = overNight ? 0 : timeOfDayInVietnam(span.from).count() / kHourMs;
    const auto until = overNight ? 24 : timeOfDayInVietnam(span.until - Millis{1}).count() / kHourMs + 1;
    m_firstHour = std::min(m_firstHour, static_cast<int>(from) / kHourStep * kHourStep);
    m_lastHour = std::max(m_lastHour, (static_cast<int>(until) + 1) / kHourStep * kHourStep);
}

void ReachStrip::mark(std::optional<Instant> from, std::optional<Instant> until)
{
    m_markFrom = from;
    m_markUntil = until;
    update();
}

int ReachStrip::labelWidth() const
{
    return fontMetrics().horizontalAdvance(QStringLiteral("CN 88/88")) + 3 * kGrid;
}

int ReachStrip::rowHeight() const
{
    return std::max(3 * kGrid + 2, fontMetrics().height() - 2);
}

int ReachStrip::headHeight() const
{
    return fontMetrics().height() + kGrid;
}

QSize ReachStrip::sizeHint() const
{
    return {640, headHeight() + m_days * rowHeight() + 1};
}

QRect ReachStrip::row(int index) const
{
    const int left = labelWidth();
    const int right = fontMetrics().horizontalAdvance(tr("88 giờ 88 phút")) + 2 * kGrid;
    return {left, headHeight() + index * rowHeight(), width() - left - right, rowHeight()};
}

int ReachStrip::xOf(const QRect& row, Millis timeOfDay) const
{
    const Millis first{std::int64_t{m_firstHour} * kHourMs};
    const Millis last{std::int64_t{m_lastHour} * kHourMs};
    const Millis shown = std::clamp(timeOfDay, first, last) - first;
    return row.left() + static_cast<int>(row.width() * shown.count() / (last - first).count());
}

std::vector<QRect> ReachStrip::cells(Instant from, Instant until) const
{
    std::vector<QRect> rects;
    from = std::max(from, m_diary.from);
    until = std::min(until, m_diary.until);
    for (Instant at = from; at < until;) {
        const auto day = dayNumber(at);
        const Instant next = std::min(until, instantInVietnam(Day{day}, kDay));
        const QRect line = row(static_cast<int>((dayNumber(m_diary.until) - day).count()));
        const int left = xOf(line, timeOfDayInVietnam(at));
        const Millis end = next - instantInVietnam(Day{day}, Millis{0});
        // What happened is seen, however short it was.
        rects.emplace_back(left, line.top(), std::max(2, xOf(line, end) - left), line.height());
        at = next;
    }
    return rects;
}

QRect ReachStrip::cellOf(Instant from, Instant until) const
{
    const auto rects = cells(from, until);
    return rects.empty() ? QRect() : rects.front();
}

void ReachStrip::paintState(QPainter& painter, const QRect& rect, Reach reach, const Theme& theme)
{
    const Colors& colors = theme.colors();
    const QRect full = rect.adjusted(0, 1, 0, -1);
    const QRect low(full.left(), full.bottom() - full.height() / 3, full.width(), full.height() / 3 + 1);
    switch (reach) {
    case Reach::Online:
        painter.fillRect(low, colors.good);
        break;
    case Reach::Busy:
        painter.fillRect(full.adjusted(0, full.height() / 3, 0, 0), colors.warning);
        break;
    case Reach::Held:
        painter.fillRect(full, colors.warningSoft);
        painter.fillRect(full, QBrush(colors.warning, Qt::VerPattern));
        break;
    case Reach::NotPortal:
        painter.fillRect(full, colors.badSoft);
        painter.fillRect(full, QBrush(colors.bad, Qt::BDiagPattern));
        break;
    case Reach::Offline:
        painter.fillRect(full, colors.bad);
        break;
    }
}

void ReachStrip::paintHours(QPainter& painter) const
{
    const QRect line = row(0);
    painter.setPen(m_theme.colors().mutedText);
    for (int hour = m_firstHour; hour <= m_lastHour; hour += kHourStep) {
        const int x = xOf(line, std::chrono::hours{hour});
        painter.drawText(QRect(x - 20, 0, 40, headHeight()), Qt::AlignCenter, QString::number(hour));
    }
}

void ReachStrip::paintRow(QPainter& painter, int index) const
{
    const Colors& colors = m_theme.colors();
    const QRect line = row(index);
    const auto day = dayNumber(m_diary.until) - std::chrono::days{index};
    const bool isFree = std::chrono::weekday{day} == std::chrono::Saturday ||
                        std::chrono::weekday{day} == std::chrono::Sunday;
    painter.fillRect(line.adjusted(0, 1, 0, -1), isFree ? colors.raised : colors.surface);
    painter.setPen(isFree ? colors.mutedText : colors.text);
    painter.drawText(QRect(0, line.top(), line.left() - 2 * kGrid, line.height()),
                     Qt::AlignRight | Qt::AlignVCenter, toQString(shortDayName(Day{day})));
    const Millis away = m_away[static_cast<std::size_t>(index)];
    if (away >= Millis{60'000}) {
        painter.setPen(colors.text);
        painter.drawText(QRect(line.right() + 2 * kGrid, line.top(), width() - line.right(), line.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, toQString(spanText(away)));
    }
}

void ReachStrip::paintEvent(QPaintEvent*)
{
    if (m_days == 0) {
        return;
    }
    QPainter painter(this);
    paintHours(painter);
    for (int index = 0; index < m_days; ++index) {
        paintRow(painter, index);
    }
    painter.setPen(m_theme.colors().border);
    for (int hour = m_firstHour; hour <= m_lastHour; hour += kHourStep) {
        const int x = xOf(row(0), std::chrono::hours{hour});
        painter.drawLine(x, headHeight(), x, row(m_days - 1).bottom());
    }
    for (const ReachSpan& span : m_diary.spans) {
        for (const QRect& cell : span.reach ? cells(span.from, span.until) : std::vector<QRect>()) {
            paintState(painter, cell, *span.reach, m_theme);
        }
    }
    if (m_markFrom) {
        painter.setPen(QPen(m_theme.colors().accent, 2));
        painter.setBrush(Qt::NoBrush);
        for (const QRect& cell : cells(*m_markFrom, m_markUntil.value_or(m_diary.until))) {
            painter.drawRect(cell.adjusted(-2, 0, 2, 0));
        }
    }
}

} // namespace motcua
