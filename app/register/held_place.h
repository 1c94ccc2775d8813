// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointer>
#include <QPushButton>
#include <QString>

class QScrollArea;

namespace motcua {

/// Where somebody is in a panel that is about to be filled anew with the same things: how far it is scrolled,
/// and which of its buttons has the keyboard.
class HeldPlace
{
public:
    /// Tells buttons of one name apart.
    static constexpr const char* kWhich = "which";

    HeldPlace(const QWidget& panel, const QScrollArea& scroll);
    /// After the panel was filled. `instead` gets the keyboard where the button is gone.
    void giveBack(QWidget& instead) const;

private:
    const QWidget& m_panel;
    const QScrollArea& m_scroll;
    int m_scrolled;
    QList<QPushButton*> m_before; ///< only to know the new ones from them: some are gone by then
    QPointer<QPushButton> m_held;
    bool m_isHeld = false;
    QString m_name;
    QString m_spoken;
    QString m_which;
};

} // namespace motcua
