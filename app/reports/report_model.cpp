// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/reports/report_model.h"

#include "app/widgets/display_text.h"

#include <QApplication>
#include <QFont>

#include <algorithm>

namespace motcua {

void ReportModel::show(ReportTable table)
{
    beginResetModel();
    m_table = std::move(table);
    m_head = headOf(m_table);
    placeHead();
    endResetModel();
}

void ReportModel::placeHead()
{
    m_placed.clear();
    const auto columns = m_table.columns.size();
    std::vector<std::vector<bool>> taken(m_head.size(), std::vector<bool>(columns, false));
    for (std::size_t row = 0; row < m_head.size(); ++row) {
        std::size_t column = 0;
        for (const HeadCell& cell : m_head[row]) {
            while (column < columns && taken[row][column]) {
                ++column;
            }
            const QRect place(static_cast<int>(column), static_cast<int>(row), cell.span, cell.rows);
            // A formula may break behind each sign.
            m_placed.push_back(
                {place, displayText(cell.text).replace(QLatin1Char('+'), QStringLiteral("+\u200B"))});
            for (int down = 0; down < cell.rows && row + static_cast<std::size_t>(down) < m_head.size();
                 ++down) {
                for (int right = 0; right < cell.span && column + static_cast<std::size_t>(right) < columns;
                     ++right) {
                    taken[row + static_cast<std::size_t>(down)][column + static_cast<std::size_t>(right)] =
                        true;
                }
            }
        }
    }
}

std::vector<QRect> ReportModel::spans() const
{
    std::vector<QRect> spans;
    for (const PlacedHead& head : m_placed) {
        if (head.place.width() > 1 || head.place.height() > 1) {
            spans.push_back(head.place);
        }
    }
    return spans;
}

int ReportModel::rowCount(const QModelIndex& parent) const
{
    if (parent.isValid()) {
        return 0;
    }
    return headRows() + static_cast<int>(m_table.rows.size()) + (m_table.totals ? 1 : 0);
}

int ReportModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_table.columns.size());
}

bool ReportModel::isTotals(int row) const
{
    return m_table.totals && row == rowCount() - 1;
}

const ReportRow* ReportModel::rowAt(int row) const
{
    if (row < headRows()) {
        return nullptr;
    }
    return isTotals(row) ? &*m_table.totals : &m_table.rows[static_cast<std::size_t>(row - headRows())];
}

QVariant ReportModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const ReportRow* row = rowAt(index.row());
    if (role == Qt::FontRole && (row == nullptr || isTotals(index.row()))) {
        QFont font = QApplication::font();
        font.setPointSize(font.pointSize() - (row == nullptr ? 1 : 0));
        font.setWeight(QFont::DemiBold);
        return font;
    }
    if (row == nullptr) {
        const auto head = std::find_if(m_placed.begin(), m_placed.end(), [&](const PlacedHead& placed) {
            return placed.place.topLeft() == QPoint(index.column(), index.row());
        });
        if (role == Qt::TextAlignmentRole) {
            return QVariant(Qt::AlignCenter);
        }
        return (role == Qt::DisplayRole || role == Qt::ToolTipRole) && head != m_placed.end()
                   ? QVariant(head->text)
                   : QVariant();
    }
    const auto column = static_cast<std::size_t>(index.column());
    if (role == Qt::DisplayRole && column < row->size()) {
        return displayText(shownText((*row)[column]));
    }
    if (role == Qt::TextAlignmentRole) {
        const ColumnKind kind = m_table.columns[column].kind;
        const Qt::Alignment across = kind == ColumnKind::Figure   ? Qt::AlignRight
                                     : kind == ColumnKind::Number ? Qt::AlignHCenter
                                                                  : Qt::AlignLeft;
        return QVariant(across | Qt::AlignVCenter);
    }
    return {};
}

} // namespace motcua
