// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/ledger_store.h"

#include <QDialog>

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace motcua {

class MessageBar;
class Theme;

/// Asks before an import is taken back: how many rows go, what is kept, and why it is done. Does nothing
/// itself.
class WithdrawDialog : public QDialog
{
    Q_OBJECT
public:
    WithdrawDialog(Theme& theme, const LedgerRecord& record, QWidget* parent);

    /// It was not done; it may be tried again.
    void showProblem(const QString& text);

signals:
    void confirmed(const QString& reason); ///< once, until showProblem()

private:
    void addReason(QVBoxLayout* column);
    void addButtons(QVBoxLayout* column, std::int64_t rows);
    void confirm();

    MessageBar* m_message;
    QLineEdit* m_reason;
    QPushButton* m_confirm = nullptr;
};

} // namespace motcua
