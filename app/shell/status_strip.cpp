// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/status_strip.h"

#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QHBoxLayout>

#include <algorithm>

namespace motcua {

namespace {

struct NetworkLook
{
    const char* icon;
    QColor Colors::*ink;
    QString words;
    QString advice{}; ///< behind "since when"
};

NetworkLook lookOf(NetworkState state)
{
    switch (state) {
    case NetworkState::Online:
        return {"network-on", &Colors::good, StatusStrip::tr("Có mạng")};
    case NetworkState::Offline:
        return {"network-off", &Colors::bad, StatusStrip::tr("Mất mạng")};
    case NetworkState::PortalDown:
        return {"network-off", &Colors::bad, StatusStrip::tr("Không tới được cổng")};
    case NetworkState::NotPortal:
        return {"warning", &Colors::warning, StatusStrip::tr("Có mạng nhưng bị chặn trước cổng")};
    case NetworkState::Busy:
        return {"clock", &Colors::warning, StatusStrip::tr("Cổng đang bận")};
    case NetworkState::Held:
        return {"error", &Colors::bad, StatusStrip::tr("Cổng không nhận máy này"),
                StatusStrip::tr(", gọi người quản trị")};
    case NetworkState::Trying:
        return {"clock", &Colors::mutedText, StatusStrip::tr("Đang nối với cổng")};
    case NetworkState::NotBound:
        break;
    }
    return {"pause", &Colors::mutedText, StatusStrip::tr("Chưa nối với cổng dịch vụ công")};
}

} // namespace

StatusStrip::StatusStrip(Theme& theme, QWidget* parent) : QFrame(parent), m_theme(theme)
{
    setProperty("role", QStringLiteral("bar"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(4 * kGrid, kGrid, 4 * kGrid, kGrid);
    row->setSpacing(2 * kGrid);
    m_network = addCell("stripNetwork");
    m_waiting = addCell("stripWaiting");
    m_confirmed = addCell("stripConfirmed");
    row->addStretch();
    m_needsYou = addCell("stripNeedsYou");
    named(this, "statusStrip", tr("Tình trạng mạng và hàng đợi"));
    connect(&m_theme, &Theme::changed, this, [this] { show(StripState(m_state), m_now); });
}

StatusStrip::Cell StatusStrip::addCell(const char* id)
{
    Cell cell{makeLineLabel({}), makeLineLabel({})};
    cell.text->setObjectName(QLatin1String(id));
    auto* row = qobject_cast<QHBoxLayout*>(layout());
    row->addWidget(cell.icon);
    row->addWidget(cell.text);
    row->addSpacing(6 * kGrid);
    return cell;
}

void StatusStrip::fill(const Cell& cell, const char* icon, const QColor& ink, const QString& text)
{
    const int side = fontMetrics().height();
    const QSize size(side, side);
    cell.icon->setPixmap(Theme::icon(QLatin1String(icon), ink).pixmap(size, devicePixelRatioF()));
    cell.text->setText(text);
    cell.text->setAccessibleName(text);
    QPalette palette = cell.text->palette();
    palette.setColor(QPalette::WindowText, ink);
    cell.text->setPalette(palette);
    cell.icon->setVisible(!text.isEmpty());
    cell.text->setVisible(!text.isEmpty());
}

void StatusStrip::show(const StripState& state, Instant now)
{
    m_state = state;
    m_now = now;
    showNetwork(state, now);
    showQueue(state, now);
}

void StatusStrip::showNetwork(const StripState& state, Instant now)
{
    const NetworkLook look = lookOf(state.network);
    const bool dated = state.since && state.network != NetworkState::NotBound;
    fill(m_network, look.icon, m_theme.colors().*look.ink,
         (dated ? tr("%1 từ %2").arg(look.words, shortTime(*state.since, now)) : look.words) + look.advice);
}

void StatusStrip::showQueue(const StripState& state, Instant now)
{
    const Colors& colors = m_theme.colors();
    if (state.waiting == 0) {
        fill(m_waiting, "done", colors.good, tr("Không còn gì chờ gửi"));
    } else {
        QString text = tr("%1 chờ gửi").arg(state.waiting);
        if (state.oldest) {
            text += tr(", lâu nhất %1").arg(spanWords(now - *state.oldest));
        }
        fill(m_waiting, "queue", colors.warning, text);
    }
    fill(m_confirmed, "check", colors.mutedText,
         state.lastConfirmed // the portal's clock may run ahead of ours
             ? tr("Xác nhận gần nhất %1").arg(shortTime(std::min(*state.lastConfirmed, now), now))
             : tr("Chưa có xác nhận nào"));
    fill(m_needsYou, "needs-you", colors.bad,
         state.needsYou > 0 ? tr("%1 việc cần bạn (F7)").arg(state.needsYou) : QString());
}

} // namespace motcua
