// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/message_bar.h"

#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QAccessible>
#include <QHBoxLayout>

namespace motcua {

namespace {

struct ToneLook
{
    const char* role;
    const char* icon;
    QColor Colors::*ink;
};

ToneLook lookOf(Tone tone)
{
    switch (tone) {
    case Tone::Good:
        return {"message-good", "done", &Colors::good};
    case Tone::Warning:
        return {"message-warning", "warning", &Colors::warning};
    case Tone::Bad:
        return {"message-bad", "error", &Colors::bad};
    case Tone::Note:
        break;
    }
    return {"message-note", "help", &Colors::accent};
}

} // namespace

MessageBar::MessageBar(Theme& theme, QWidget* parent)
    : QFrame(parent), m_theme(theme), m_icon(makeLineLabel({})), m_what(makeLabel({}, "label")),
      m_next(makeLabel({}))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(3 * kGrid, 2 * kGrid, 2 * kGrid, 2 * kGrid);
    row->setSpacing(3 * kGrid);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_what);
    words->addWidget(m_next);
    row->addLayout(words, 1);
    auto* close = makeButton(tr("Đóng"), "link", "closeMessage");
    close->setFocusPolicy(Qt::TabFocus);
    row->addWidget(close, 0, Qt::AlignTop);
    connect(close, &QPushButton::clicked, this, &MessageBar::dismiss);
    QFrame::hide();
}

void MessageBar::show(Tone tone, const QString& what, const QString& next)
{
    const ToneLook look = lookOf(tone);
    setStyleProperty(this, "role", look.role);
    const int side = fontMetrics().height();
    m_icon->setPixmap(Theme::icon(QLatin1String(look.icon), m_theme.colors().*look.ink)
                          .pixmap(QSize(side, side), devicePixelRatioF()));
    m_what->setText(displayText(what));
    m_next->setText(displayText(next));
    m_next->setVisible(!next.isEmpty());
    named(this, "messageBar", what + QLatin1Char(' ') + next);
    QFrame::show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void MessageBar::dismiss()
{
    QFrame::hide();
}

} // namespace motcua
