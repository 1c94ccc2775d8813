// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ledger/found_rows_dialog.h"

#include "app/common/ledger_words.h"
#include "app/ledger/preview_table.h"
#include "app/ledger/table_look.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QTableWidget>

#include <algorithm>

namespace motcua {

namespace {

QString numberText(const LedgerRow& row)
{
    const QString number = displayText(row.entryNumber);
    return row.year ? QStringLiteral("%1/%2").arg(number).arg(*row.year) : number;
}

QString jsonText(const Json& cell)
{
    return displayText(cell.is_string() ? cell.get<std::string>() : stringAt(cell, "v"));
}

/// What the map said each column is; empty where it said nothing.
std::map<std::size_t, QString> labelsOf(const LedgerRecord& record)
{
    std::map<std::size_t, QString> labels;
    const auto json = parseJson(record.map);
    const auto map = json ? parseLedgerMap(*json) : tl::unexpected(Problems{});
    if (map) {
        for (const ColumnRule& rule : map->columns) {
            if (const LedgerField* field = ledgerField(rule.field)) {
                labels[rule.column] = toQString(field->label);
            }
        }
    }
    return labels;
}

} // namespace

FoundRowsDialog::FoundRowsDialog(Workplace& place, std::vector<LedgerHit> hits, const QString& text,
                                 QWidget* parent)
    : QDialog(parent), m_place(place), m_hits(std::move(hits)),
      m_list(named(new QTableWidget, "ledgerHits", tr("Dòng sổ cũ tìm thấy"))),
      m_cells(named(new QTableWidget, "ledgerCells", tr("Các ô của dòng"))), m_from(makeLabel({}, "hint")),
      m_why(makeLabel({}))
{
    setWindowTitle(tr("Nhập từ sổ cũ"));
    resize(980, 640);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(5 * kGrid, 4 * kGrid, 5 * kGrid, 4 * kGrid);
    column->setSpacing(2 * kGrid);
    column->addWidget(makeLabel(tr("Nhập từ sổ cũ: %1").arg(displayText(text)), "heading"));
    dressTable(m_list, {tr("Sổ"), tr("Số"), tr("Họ tên"), tr("Tình trạng"), tr("Từ tệp")});
    dressTable(m_cells, {tr("Cột"), tr("Là gì"), tr("Như trong tệp"), tr("Đã chuyển")});
    column->addWidget(m_list, 1);
    column->addWidget(m_from);
    column->addWidget(m_why);
    column->addWidget(m_cells, 1);
    auto* close = makeButton(tr("Đóng"), "", "closeLedgerHits", QStringLiteral("Esc"));
    column->addWidget(close, 0, Qt::AlignLeft);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_list, &QTableWidget::currentCellChanged, this, [this](int line) { showRow(line); });
    fillList();
    m_list->setFocus();
}

void FoundRowsDialog::fillList()
{
    for (const LedgerHit& hit : m_hits) {
        const int line = m_list->rowCount();
        m_list->insertRow(line);
        const auto label = ledgerBookLabel(hit.row.book);
        const QStringList texts{toQString(label.value_or("")), numberText(hit.row), displayText(hit.row.name),
                                rowStateWords(hit.row.state),
                                tr("%1, dòng %2").arg(displayText(hit.file)).arg(hit.row.number)};
        for (int i = 0; i < texts.size(); ++i) {
            m_list->setItem(line, i, new QTableWidgetItem(texts[i]));
        }
    }
    m_list->resizeColumnsToContents();
    if (!m_hits.empty()) {
        m_list->setCurrentCell(0, 0);
    }
}

void FoundRowsDialog::showRow(int line)
{
    m_cells->setRowCount(0);
    if (line < 0 || line >= static_cast<int>(m_hits.size())) {
        return;
    }
    LedgerStore store(m_place.connection());
    const auto hit = store.row(m_hits[static_cast<std::size_t>(line)].id);
    const auto record = hit ? store.find(hit->ledger) : fail(ErrorKind::NotFound, "");
    if (!hit || !record) {
        m_from->setText(tr("Không đọc được dòng này."));
        return;
    }
    m_from->setText(tr("Nhập ngày %1 bởi %2. Tệp %3, SHA-256 %4…")
                        .arg(toQString(toDisplayTime(record->at)), displayText(record->official),
                             displayText(record->name), toQString(record->sha256.substr(0, 16))));
    m_why->setText(displayText(ledgerProblems(hit->row)));
    m_why->setVisible(!hit->row.problems.empty());
    const auto labels = labelsOf(*record);
    for (std::size_t i = 0; i < hit->row.cells.size(); ++i) {
        const int at = m_cells->rowCount();
        m_cells->insertRow(at);
        const auto label = labels.find(i);
        m_cells->setItem(at, 0, new QTableWidgetItem(toQString(columnLetters(i))));
        m_cells->setItem(at, 1, new QTableWidgetItem(label == labels.end() ? QString() : label->second));
        m_cells->setItem(at, 2, new QTableWidgetItem(jsonText(hit->row.cells[i])));
        const Json& text = i < hit->row.texts.size() ? hit->row.texts[i] : Json();
        m_cells->setItem(at, 3, new QTableWidgetItem(text.is_null() ? tr("như trong tệp") : jsonText(text)));
    }
    m_cells->resizeColumnsToContents();
    static_cast<void>(
        m_place.desk().recordView("ledger.viewed", {{"ledger", hit->ledger}, {"row", hit->row.number}}));
}

} // namespace motcua
