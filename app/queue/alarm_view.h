// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/alarms.h"
#include "core/identity/role.h"

#include <QWidget>

class QLineEdit;
class QVBoxLayout;

namespace motcua {

/// What the rules settled and somebody must act on: what happened, what to do, and the one thing that does
/// it.
class AlarmView : public QWidget
{
    Q_OBJECT
public:
    AlarmView(const Alarm& alarm, Role role, const QString& finding, QWidget* parent = nullptr);
    void takeKeyboard();

signals:
    void paperWanted();
    void findingTyped(const QString& finding);
    void findingGiven(const QString& finding);
    void dossierWanted();

private:
    void addPaper(QVBoxLayout* column, const Alarm& alarm);
    void addFinding(QVBoxLayout* column, const Alarm& alarm, Role role, const QString& finding);

    QWidget* m_first = nullptr; ///< what takes the keyboard
};

} // namespace motcua
