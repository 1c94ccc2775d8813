// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/ledger_survey.h"

#include <QTableWidget>

class QComboBox;

namespace motcua {

/// One line a column of the file: what it means, how its letters are written, and a cell of it before and
/// after.
class ColumnTable : public QTableWidget
{
    Q_OBJECT
public:
    explicit ColumnTable(QWidget* parent = nullptr);

    void show(const LedgerSurvey& survey, const LedgerMap& map);
    /// What stands here now.
    [[nodiscard]] std::vector<ColumnRule> rules() const;
    /// Columns whose letters are of an older code, or were not recognised: somebody must have looked at them.
    [[nodiscard]] bool asksForEyes() const;
    void setReadOnly(bool readOnly);

signals:
    void changed();

private:
    void addLine(std::size_t column, const LedgerColumn& what, const ColumnRule& rule);
    [[nodiscard]] QComboBox* box(int line, int section) const;
    void showAfter(int line);

    std::vector<LedgerColumn> m_columns;
};

} // namespace motcua
