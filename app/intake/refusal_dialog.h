// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/intake/intake_presenter.h"

#include <QDialog>

class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace motcua {

class MessageBar;
class Theme;

/// Asks why a dossier is not taken in, and records the refusal once. What the check found is offered as words
/// of the reason. Esc leaves, and the draft keeps the reason as far as it was written.
class RefusalDialog : public QDialog
{
    Q_OBJECT
public:
    RefusalDialog(Theme& theme, IntakePresenter& presenter, QWidget* parent);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void addFindings(QVBoxLayout* column);
    void addButtons(QVBoxLayout* column);
    void append(const QString& finding);
    void confirm();

    IntakePresenter& m_presenter;
    MessageBar* m_message;
    QPlainTextEdit* m_reason;
    QPushButton* m_confirm;
};

} // namespace motcua
