// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace motcua {

/// Asks how a paper came out. A jam is an ordinary answer: it is recorded and the paper goes out again.
class OutcomeBar : public QFrame
{
    Q_OBJECT
public:
    explicit OutcomeBar(QWidget* parent = nullptr);
    void ask(const QString& question);
    void focusGood();

signals:
    void answered(const QString& outcome); ///< "good", "jammed", "spoiled"

private:
    void answer(const char* outcome);

    QLabel* m_question;
    QPushButton* m_good;
    bool m_open = false;
};

} // namespace motcua
