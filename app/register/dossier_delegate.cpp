// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/register/dossier_delegate.h"

#include "app/register/dossier_table_model.h"
#include "app/register/status_look.h"
#include "app/theme/theme.h"

namespace motcua {

void DossierDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->textElideMode = Qt::ElideRight;
    const Colors& colors = m_theme.colors();
    const auto ink = [&](const char* icon, const QColor& color) {
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->icon = Theme::icon(QLatin1String(icon), color);
        const int side = option->fontMetrics.height() - 2;
        option->decorationSize = QSize(side, side);
        for (const auto role : {QPalette::Text, QPalette::HighlightedText}) {
            option->palette.setColor(role, color);
        }
    };
    if (index.column() == DossierTableModel::StatusColumn) {
        const auto status = statusOfCode(index.data(DossierTableModel::StatusRole).toInt());
        if (status) {
            const StatusLook look = lookOf(*status);
            ink(look.icon, colors.*look.ink);
        }
    } else if (index.column() == DossierTableModel::DueColumn &&
               index.data(DossierTableModel::OverdueRole).toBool()) {
        ink("warning", colors.bad);
    } else if (index.column() == DossierTableModel::NameColumn) {
        option->font.setWeight(QFont::DemiBold);
    }
}

} // namespace motcua
