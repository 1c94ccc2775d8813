// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/report_table.h"

#include <QAbstractTableModel>
#include <QRect>

#include <vector>

namespace motcua {

/// A report's table on the screen: its head with spans, its rows, its totals; figures at the right. The same
/// value that becomes XLSX, PDF and CSV.
class ReportModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void show(ReportTable table);
    [[nodiscard]] const ReportTable& table() const { return m_table; }
    /// Where head cells reach over more than one cell: column, row, columns, rows.
    [[nodiscard]] std::vector<QRect> spans() const;
    [[nodiscard]] int headRows() const { return static_cast<int>(m_head.size()); }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    struct PlacedHead
    {
        QRect place;
        QString text;
    };
    void placeHead();
    [[nodiscard]] const ReportRow* rowAt(int row) const; ///< null in the head
    [[nodiscard]] bool isTotals(int row) const;

    ReportTable m_table;
    std::vector<std::vector<HeadCell>> m_head;
    std::vector<PlacedHead> m_placed;
};

} // namespace motcua
