// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/dialog_frame.h"

#include "app/theme/theme.h"
#include "app/widgets/labels.h"

namespace motcua {

QVBoxLayout* beginDialog(QDialog& dialog, const QString& title, const QString& lead, int leastWidth)
{
    dialog.setWindowTitle(title);
    dialog.setMinimumWidth(leastWidth);
    auto* column = new QVBoxLayout(&dialog);
    column->setContentsMargins(6 * kGrid, 5 * kGrid, 6 * kGrid, 5 * kGrid);
    column->setSpacing(2 * kGrid);
    column->addWidget(makeLabel(title, "heading"));
    if (!lead.isEmpty()) {
        column->addWidget(makeLabel(lead, "hint"));
    }
    return column;
}

QPushButton* endDialog(QDialog& dialog, QVBoxLayout& column, const QString& action)
{
    column.addSpacing(2 * kGrid);
    auto* row = new QHBoxLayout;
    auto* cancel = makeButton(QDialog::tr("Thôi"), "", "cancel", QStringLiteral("Esc"));
    auto* confirm = makeButton(action, "primary", "confirm", QStringLiteral("Enter"));
    confirm->setDefault(true);
    row->addWidget(cancel);
    row->addStretch();
    row->addWidget(confirm);
    column.addLayout(row);
    QObject::connect(cancel, &QPushButton::clicked, &dialog, &QDialog::reject);
    return confirm;
}

} // namespace motcua
