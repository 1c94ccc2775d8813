// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/ledger_survey.h"

#include <QTableWidget>

namespace motcua {

/// The first rows as they would come in, by the map as it stands now.
class PreviewTable : public QTableWidget
{
    Q_OBJECT
public:
    explicit PreviewTable(QWidget* parent = nullptr);
    void show(const LedgerSurvey& survey, const ReadyMap& map);
};

/// The line of a row in lists: its outcome in a word.
[[nodiscard]] QString rowStateWords(RowState state);

} // namespace motcua
