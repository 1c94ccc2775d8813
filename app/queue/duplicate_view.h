// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/desk.h"

#include <QWidget>

class QPushButton;

namespace motcua {

/// Two dossiers that may be one matter: to look at both, and to say which it is.
class DuplicateView : public QWidget
{
    Q_OBJECT
public:
    explicit DuplicateView(const PossibleDuplicate& pair, QWidget* parent = nullptr);
    void takeKeyboard();

signals:
    void dossierWanted(const QString& code);
    void judged(Duplicate verdict);

private:
    QPushButton* m_see = nullptr; ///< the first of the two
};

} // namespace motcua
