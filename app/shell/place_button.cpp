// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/place_button.h"

#include "app/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace motcua {

PlaceButton::PlaceButton(Theme& theme, const QString& icon, const QString& word, const QString& key,
                         QWidget* parent)
    : QAbstractButton(parent), m_theme(theme), m_icon(icon), m_word(word), m_key(key)
{
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    setToolTip(QStringLiteral("%1 (%2)").arg(word, key));
    setAccessibleName(word);
}

void PlaceButton::setCount(qint64 count, bool urgent)
{
    m_count = count;
    m_urgent = urgent;
    setAccessibleDescription(count > 0 ? QString::number(count) : QString());
    updateGeometry();
    update();
}

QSize PlaceButton::sizeHint() const
{
    const QFontMetrics metrics(font());
    QFont chosen = font();
    chosen.setWeight(QFont::DemiBold); // the widest that the word gets
    const QFontMetrics small(smallFont());
    int wide = 4 * kGrid + metrics.height() + 2 * kGrid + QFontMetrics(chosen).horizontalAdvance(m_word) +
               2 * kGrid + small.horizontalAdvance(m_key) + 3 * kGrid;
    if (m_count > 0) {
        wide += pillWidth(small) + kGrid;
    }
    return {std::max(wide, metrics.horizontalAdvance(m_word) + metrics.height() + 22 * kGrid),
            metrics.height() + 6 * kGrid};
}

QFont PlaceButton::smallFont() const
{
    QFont small = font();
    small.setPointSize(std::max(8, small.pointSize() - 2));
    return small;
}

QString PlaceButton::countText() const
{
    return m_count > 999 ? QStringLiteral("999+") : QString::number(m_count);
}

int PlaceButton::pillWidth(const QFontMetrics& metrics) const
{
    return std::max(metrics.horizontalAdvance(countText()) + 2 * kGrid, metrics.height());
}

void PlaceButton::paintEvent(QPaintEvent*)
{
    const Colors& colors = m_theme.colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (isChecked()) {
        painter.fillRect(rect(), colors.accentSoft);
        painter.fillRect(QRect(0, 0, kGrid, height()), colors.accent);
    } else if (underMouse()) {
        painter.fillRect(rect(), colors.raised);
    }
    const QColor ink = isChecked() ? colors.accent : colors.text;
    const int side = fontMetrics().height();
    const QRect icon(4 * kGrid, (height() - side) / 2, side, side);
    Theme::icon(m_icon, ink).paint(&painter, icon);
    QFont words = font();
    words.setWeight(isChecked() ? QFont::DemiBold : QFont::Normal);
    painter.setFont(words);
    painter.setPen(ink);
    painter.drawText(QRect(icon.right() + 2 * kGrid, 0, width(), height()), Qt::AlignVCenter, m_word);

    painter.setFont(smallFont());
    painter.setPen(colors.mutedText);
    painter.drawText(rect().adjusted(0, 0, -3 * kGrid, 0), Qt::AlignVCenter | Qt::AlignRight, m_key);
    if (m_count > 0) {
        paintCount(painter);
    }
    if (hasFocus()) {
        painter.setPen(QPen(colors.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(2, 2, -2, -2));
    }
}

void PlaceButton::paintCount(QPainter& painter)
{
    const Colors& colors = m_theme.colors();
    const QFontMetrics metrics(painter.font());
    const int high = metrics.height();
    const int wide = pillWidth(metrics);
    const int right = width() - 4 * kGrid - metrics.horizontalAdvance(m_key) - kGrid;
    const QRect pill(right - wide, (height() - high) / 2, wide, high);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_urgent ? colors.bad : colors.accent);
    painter.drawRoundedRect(pill, high / 2.0, high / 2.0);
    painter.setPen(m_urgent ? colors.surface : colors.onAccent);
    painter.drawText(pill, Qt::AlignCenter, countText());
}

} // namespace motcua
