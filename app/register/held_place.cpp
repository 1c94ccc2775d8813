// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/register/held_place.h"

#include <QScrollArea>
#include <QScrollBar>

#include <algorithm>

namespace motcua {

HeldPlace::HeldPlace(const QWidget& panel, const QScrollArea& scroll)
    : m_panel(panel), m_scroll(scroll), m_scrolled(scroll.verticalScrollBar()->value()),
      m_before(panel.findChildren<QPushButton*>())
{
    // Of the window, so that it is known under a dialog too.
    auto* held = qobject_cast<QPushButton*>(panel.window()->focusWidget());
    if (held != nullptr && panel.isAncestorOf(held)) {
        m_held = held;
        m_isHeld = true;
        m_name = held->objectName();
        m_spoken = held->accessibleName();
        m_which = held->property(kWhich).toString();
    }
}

void HeldPlace::giveBack(QWidget& instead) const
{
    m_scroll.verticalScrollBar()->setValue(m_scrolled);
    const bool isStillThere = m_held && m_held->isVisibleTo(&m_panel);
    if (!m_isHeld || isStillThere) {
        return;
    }
    const auto buttons = m_panel.findChildren<QPushButton*>(m_name);
    const auto again = std::find_if(buttons.begin(), buttons.end(), [this](const QPushButton* button) {
        return !m_before.contains(button) && button->accessibleName() == m_spoken &&
               button->property(kWhich).toString() == m_which;
    });
    QWidget& next = again == buttons.end() ? instead : **again;
    next.setFocus(Qt::OtherFocusReason);
}

} // namespace motcua
