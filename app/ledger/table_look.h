// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QTableWidget;

namespace motcua {

/// The look of this folder's lists: whole lines, one at a time, read only; Tab leaves the list.
void dressTable(QTableWidget* table, const QStringList& titles);

} // namespace motcua
