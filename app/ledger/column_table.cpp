// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ledger/column_table.h"

#include "app/common/ledger_words.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"
#include "core/base/text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>

#include <algorithm>

namespace motcua {

namespace {

enum Section
{
    Name,
    Field,
    Code,
    Capitals,
    Seen,
    Before,
    After,
    SectionCount
};

QTableWidgetItem* textItem(const QString& text)
{
    auto* item = new QTableWidgetItem(text);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    item->setToolTip(text.toHtmlEscaped());
    return item;
}

} // namespace

ColumnTable::ColumnTable(QWidget* parent) : QTableWidget(parent)
{
    named(this, "ledgerColumns", tr("Các cột của tệp"));
    setColumnCount(SectionCount);
    setHorizontalHeaderLabels({tr("Cột của tệp"), tr("Là gì trong sổ"), tr("Bảng mã"), tr("Viết hoa"),
                               tr("Nhận ra thế nào"), tr("Trước khi chuyển"), tr("Sau khi chuyển")});
    verticalHeader()->hide();
    setShowGrid(false);
    setAlternatingRowColors(true);
    setSelectionMode(QAbstractItemView::NoSelection);
    setWordWrap(false);
    setTabKeyNavigation(false);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    const int letter = fontMetrics().averageCharWidth();
    const int widths[SectionCount] = {22, 25, 29, 9, 32, 24, 24};
    for (int i = 0; i < SectionCount; ++i) {
        setColumnWidth(i, widths[i] * letter);
    }
}

void ColumnTable::show(const LedgerSurvey& survey, const LedgerMap& map)
{
    setRowCount(0);
    m_columns = survey.columns;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const auto rule =
            std::ranges::find_if(map.columns, [i](const ColumnRule& each) { return each.column == i; });
        ColumnRule none;
        none.column = i;
        addLine(i, m_columns[i], rule == map.columns.end() ? none : *rule);
    }
}

void ColumnTable::addLine(std::size_t column, const LedgerColumn& what, const ColumnRule& rule)
{
    const int line = rowCount();
    insertRow(line);
    setRowHeight(line, fontMetrics().height() + 16);
    const QString letters = toQString(columnLetters(column));
    setItem(line, Name, textItem(letters + QStringLiteral("  ") + displayText(what.title)));
    auto* field = named(new QComboBox, "ledgerField", tr("Cột %1 là gì trong sổ").arg(letters));
    field->addItem(tr("Chỉ giữ, không dùng"), QString());
    for (const LedgerField& each : ledgerFields()) {
        field->addItem(toQString(each.label), toQString(each.name));
    }
    field->setCurrentIndex(std::max(0, field->findData(toQString(rule.field))));
    field->setMaxVisibleItems(20);
    auto* code = named(new QComboBox, "ledgerCode", tr("Bảng mã của cột %1").arg(letters));
    for (const LetterCode each : allLetterCodes()) {
        code->addItem(toQString(letterCodeLabel(each)), static_cast<int>(each));
    }
    code->setCurrentIndex(code->findData(static_cast<int>(rule.code.value_or(what.letters.code))));
    auto* capitals = named(new QCheckBox, "ledgerCapitals", tr("Cột %1 đổi thành chữ hoa").arg(letters));
    capitals->setChecked(rule.capitals);
    for (QComboBox* each : {field, code}) {
        each->setFocusPolicy(Qt::StrongFocus); // the wheel scrolls the table, never changes a choice
        each->installEventFilter(this);
        connect(each, &QComboBox::currentIndexChanged, this, [this, line] {
            showAfter(line);
            emit changed();
        });
    }
    connect(capitals, &QCheckBox::toggled, this, [this, line] {
        showAfter(line);
        emit changed();
    });
    setCellWidget(line, Field, field);
    setCellWidget(line, Code, code);
    setCellWidget(line, Capitals, capitals);
    QString seen = toQString(recognitionWords(what.letters));
    seen += what.letters.lostCase ? tr("; chữ hoa bị mất") : QString();
    setItem(line, Seen, textItem(seen));
    setItem(line, Before, textItem(displayText(what.letters.before)));
    setItem(line, After, textItem({}));
    showAfter(line);
}

QComboBox* ColumnTable::box(int line, int section) const
{
    return qobject_cast<QComboBox*>(cellWidget(line, section));
}

void ColumnTable::showAfter(int line)
{
    if (box(line, Code) == nullptr || item(line, After) == nullptr) {
        return;
    }
    const auto code = static_cast<LetterCode>(box(line, Code)->currentData().toInt());
    std::string text = convertLetters(m_columns[static_cast<std::size_t>(line)].letters.before, code).text;
    if (qobject_cast<QCheckBox*>(cellWidget(line, Capitals))->isChecked()) {
        text = upperVietnamese(text);
    }
    item(line, After)->setText(displayText(text));
    item(line, After)->setToolTip(displayText(text).toHtmlEscaped());
}

std::vector<ColumnRule> ColumnTable::rules() const
{
    std::vector<ColumnRule> rules;
    for (int line = 0; line < rowCount(); ++line) {
        ColumnRule rule;
        rule.column = static_cast<std::size_t>(line);
        rule.field = toUtf8(box(line, Field)->currentData().toString());
        rule.code = static_cast<LetterCode>(box(line, Code)->currentData().toInt());
        rule.capitals = qobject_cast<QCheckBox*>(cellWidget(line, Capitals))->isChecked();
        rules.push_back(std::move(rule));
    }
    return rules;
}

bool ColumnTable::asksForEyes() const
{
    for (int line = 0; line < rowCount(); ++line) {
        const Recognition& letters = m_columns[static_cast<std::size_t>(line)].letters;
        const bool isOld = box(line, Code)->currentData().toInt() != static_cast<int>(LetterCode::Unicode);
        if ((isOld && letters.sure != Recognition::Sure::Plain) || letters.sure == Recognition::Sure::No) {
            return true;
        }
    }
    return false;
}

void ColumnTable::setReadOnly(bool readOnly)
{
    for (int line = 0; line < rowCount(); ++line) {
        for (const int section : {Field, Code, Capitals}) {
            cellWidget(line, section)->setEnabled(!readOnly);
        }
    }
}

} // namespace motcua
