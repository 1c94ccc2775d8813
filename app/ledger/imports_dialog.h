// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/workplace.h"
#include "core/import/ledger_store.h"

#include <QDialog>

#include <vector>

class QLabel;
class QPushButton;
class QTableWidget;

namespace motcua {

class MessageBar;
class Theme;
class WithdrawDialog;

/// The old ledgers that came in, newest first. Who may decide what a book says takes one back here.
class ImportsDialog : public QDialog
{
    Q_OBJECT
public:
    /// `marked`: the import whose line is marked first; 0: the newest.
    ImportsDialog(Theme& theme, Workplace& place, std::int64_t marked, QWidget* parent = nullptr);

signals:
    void withdrawn(std::int64_t ledger);

private:
    void read(std::int64_t marked);
    void fillList(std::int64_t marked);
    [[nodiscard]] const LedgerRecord* current() const;
    void showState();
    void ask();
    void withdraw(const LedgerRecord& record, const QString& reason, WithdrawDialog* question);

    Theme& m_theme;
    Workplace& m_place;
    std::vector<LedgerRecord> m_records;
    MessageBar* m_message;
    QTableWidget* m_list;
    QLabel* m_why;
    QPushButton* m_withdraw;
};

} // namespace motcua
