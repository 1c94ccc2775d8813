// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/workplace.h"
#include "core/import/ledger_store.h"

#include <QDialog>

class QLabel;
class QTableWidget;

namespace motcua {

/// Rows of old ledgers that a search found: a list, and below it the row that is marked, cell by cell as it
/// was read and as it was converted, with where it came from.
class FoundRowsDialog : public QDialog
{
    Q_OBJECT
public:
    FoundRowsDialog(Workplace& place, std::vector<LedgerHit> hits, const QString& text,
                    QWidget* parent = nullptr);

private:
    void fillList();
    void showRow(int line);

    Workplace& m_place;
    std::vector<LedgerHit> m_hits;
    QTableWidget* m_list;
    QTableWidget* m_cells;
    QLabel* m_from;
    QLabel* m_why;
};

} // namespace motcua
