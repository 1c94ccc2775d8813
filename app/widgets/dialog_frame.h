// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QPushButton>
#include <QVBoxLayout>

namespace motcua {

/// What every small dialog that asks something begins with: its title, said again as a heading, and a line of
/// why. The column belongs to the dialog.
QVBoxLayout* beginDialog(QDialog& dialog, const QString& title, const QString& lead, int leastWidth);

/// What it ends with: "Thôi" (Esc) rejects, the action (Enter) is returned to be connected.
[[nodiscard]] QPushButton* endDialog(QDialog& dialog, QVBoxLayout& column, const QString& action);

} // namespace motcua
