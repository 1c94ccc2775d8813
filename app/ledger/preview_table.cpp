// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ledger/preview_table.h"

#include "app/common/ledger_words.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QCoreApplication>
#include <QHeaderView>

namespace motcua {

namespace {

constexpr int kRows = 25;

/// A member of an entry as people read it.
QString entryText(const LedgerRow& row, std::string_view field)
{
    const std::size_t dot = field.find('.');
    const Json& holder = dot == std::string_view::npos ? row.entry : at(row.entry, field.substr(0, dot));
    const std::string_view member = dot == std::string_view::npos ? field : field.substr(dot + 1);
    const Json& value =
        at(holder, member == "personalId" && !holder.contains("personalId") ? "oldId" : member);
    if (value.is_object()) {
        const std::string text = stringAt(value, "text", stringAt(value, "written"));
        return displayText(value.contains("approximate") ? "khoảng " + text : text);
    }
    if (value == "male" || value == "female") {
        return value == "male" ? QStringLiteral("Nam") : QStringLiteral("Nữ");
    }
    return value.is_string() ? displayText(value.get<std::string>()) : QString();
}

} // namespace

QString rowStateWords(RowState state)
{
    switch (state) {
    case RowState::Good:
        return QCoreApplication::translate("motcua::PreviewTable", "Đọc được");
    case RowState::Review:
        return QCoreApplication::translate("motcua::PreviewTable", "Cần xem lại");
    case RowState::Skipped:
        break;
    }
    return QCoreApplication::translate("motcua::PreviewTable", "Không nhập");
}

PreviewTable::PreviewTable(QWidget* parent) : QTableWidget(parent)
{
    named(this, "ledgerPreview", tr("Các dòng đầu, như sẽ nhập"));
    verticalHeader()->hide();
    setShowGrid(false);
    setAlternatingRowColors(true);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setWordWrap(false);
    setTabKeyNavigation(false);
    horizontalHeader()->setHighlightSections(false);
}

void PreviewTable::show(const LedgerSurvey& survey, const ReadyMap& map)
{
    std::vector<const LedgerField*> fields;
    QStringList titles{tr("Dòng"), tr("Kết quả")};
    for (const ColumnRule& rule : map.map.columns) {
        if (const LedgerField* field = ledgerField(rule.field)) {
            fields.push_back(field);
            titles << toQString(field->label);
        }
    }
    titles << tr("Vì sao");
    setRowCount(0);
    setColumnCount(static_cast<int>(titles.size()));
    setHorizontalHeaderLabels(titles);
    for (const TableRow& read : survey.beginning) {
        if (read.number <= map.map.header || rowCount() >= kRows) {
            continue;
        }
        const LedgerRow row = readLedgerRow(read, map, {});
        const int line = rowCount();
        insertRow(line);
        setItem(line, 0, new QTableWidgetItem(QString::number(row.number)));
        setItem(line, 1, new QTableWidgetItem(rowStateWords(row.state)));
        for (std::size_t i = 0; i < fields.size(); ++i) {
            setItem(line, static_cast<int>(i) + 2, new QTableWidgetItem(entryText(row, fields[i]->name)));
        }
        const QString why = displayText(ledgerProblems(row)).replace(QLatin1Char('\n'), QLatin1String("; "));
        setItem(line, columnCount() - 1, new QTableWidgetItem(why));
    }
    resizeColumnsToContents();
    for (int i = 0; i < columnCount(); ++i) {
        setColumnWidth(i, std::min(columnWidth(i) + 12, fontMetrics().averageCharWidth() * 34));
    }
    horizontalHeader()->setStretchLastSection(true);
}

} // namespace motcua
