// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ledger/imports_dialog.h"

#include "app/common/error_text.h"
#include "app/ledger/table_look.h"
#include "app/ledger/withdraw_dialog.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"
#include "app/widgets/message_bar.h"
#include "core/import/ledger_import.h"

#include <QLocale>
#include <QTableWidget>

#include <algorithm>

namespace motcua {

namespace {

enum Columns
{
    At,
    Official,
    File,
    Imported,
    Review,
    Standing,
};

QString numberText(std::int64_t number)
{
    return QLocale().toString(static_cast<qlonglong>(number));
}

} // namespace

ImportsDialog::ImportsDialog(Theme& theme, Workplace& place, std::int64_t marked, QWidget* parent)
    : QDialog(parent), m_theme(theme), m_place(place), m_message(new MessageBar(theme)),
      m_list(named(new QTableWidget, "ledgerImports", tr("Các lần nhập sổ cũ"))),
      m_why(makeLabel({}, "hint")), m_withdraw(makeButton(tr("&Gỡ bản nhập này…"), "", "withdrawLedger"))
{
    setWindowTitle(tr("Các lần nhập sổ cũ"));
    resize(980, 420);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(5 * kGrid, 4 * kGrid, 5 * kGrid, 4 * kGrid);
    column->setSpacing(2 * kGrid);
    column->addWidget(makeLabel(tr("Các lần nhập sổ cũ"), "heading"));
    column->addWidget(m_message);
    dressTable(m_list, {tr("Nhập lúc"), tr("Người nhập"), tr("Tệp"), tr("Nhập được"), tr("Cần xem lại"),
                        tr("Tình trạng")});
    column->addWidget(m_list, 1);
    column->addWidget(m_why);
    auto* row = new QHBoxLayout;
    auto* close = makeButton(tr("Đóng"), "", "closeImports", QStringLiteral("Esc"));
    close->setAutoDefault(false);
    m_withdraw->setAutoDefault(false);
    row->addWidget(close);
    row->addStretch();
    row->addWidget(m_withdraw);
    column->addLayout(row);
    m_message->dismiss();
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_withdraw, &QPushButton::clicked, this, &ImportsDialog::ask);
    connect(m_list, &QTableWidget::currentCellChanged, this, &ImportsDialog::showState);
    read(marked);
    m_list->setFocus();
}

void ImportsDialog::read(std::int64_t marked)
{
    auto records = LedgerStore(m_place.connection()).all();
    if (!records) {
        const ErrorText text = explain(records.error());
        m_message->show(Tone::Bad, toQString(text.happened), toQString(text.safe + ' ' + text.next));
        return;
    }
    m_records = std::move(*records);
    fillList(marked);
    showState();
}

void ImportsDialog::fillList(std::int64_t marked)
{
    m_list->setRowCount(0);
    int current = 0;
    for (const LedgerRecord& record : m_records) {
        const int line = m_list->rowCount();
        m_list->insertRow(line);
        current = record.id == marked ? line : current;
        const QString file =
            record.sheet.empty()
                ? displayText(record.name)
                : tr("%1, trang %2").arg(displayText(record.name), displayText(record.sheet));
        const QString standing = record.withdrawn ? tr("Đã gỡ: %1").arg(displayText(*record.withdrawn))
                                 : record.isDone  ? tr("Đang dùng")
                                                  : tr("Nhập dở, nhập tiếp được");
        const QStringList texts{longTime(record.at),
                                displayText(record.official),
                                file,
                                numberText(record.tally.imported()),
                                numberText(record.tally.review),
                                standing};
        for (int i = 0; i < texts.size(); ++i) {
            auto* item = new QTableWidgetItem(texts[i]);
            item->setTextAlignment((i == Imported || i == Review ? Qt::AlignRight : Qt::AlignLeft) |
                                   Qt::AlignVCenter);
            m_list->setItem(line, i, item);
        }
    }
    m_list->resizeColumnsToContents();
    if (!m_records.empty()) {
        m_list->setCurrentCell(current, At);
    }
}

const LedgerRecord* ImportsDialog::current() const
{
    const int line = m_list->currentRow();
    return line < 0 || line >= static_cast<int>(m_records.size())
               ? nullptr
               : &m_records[static_cast<std::size_t>(line)];
}

void ImportsDialog::showState()
{
    const LedgerRecord* record = current();
    const bool may = mayDo(m_place.desk().actor().role, Act::DecideIdentity);
    m_withdraw->setEnabled(may && record != nullptr && !record->withdrawn);
    m_why->setText(record == nullptr ? tr("Chưa nhập sổ cũ nào.")
                   : record->withdrawn
                       ? tr("Bản nhập này đã gỡ: các dòng được giữ để đối chiếu, không hiện ở đâu nữa.")
                   : may ? QString()
                         : tr("Chỉ lãnh đạo hoặc quản trị được gỡ một bản nhập."));
    m_why->setVisible(!m_why->text().isEmpty());
}

void ImportsDialog::ask()
{
    const LedgerRecord* record = current();
    if (record == nullptr || record->withdrawn) {
        return;
    }
    auto* question = new WithdrawDialog(m_theme, *record, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    connect(question, &WithdrawDialog::confirmed, this,
            [this, question, asked = *record](const QString& reason) { withdraw(asked, reason, question); });
    question->open();
}

void ImportsDialog::withdraw(const LedgerRecord& record, const QString& reason, WithdrawDialog* question)
{
    const auto done =
        withdrawLedger({m_place.connection(), m_place.identity(), m_place.desk().actor(), m_place.clock()},
                       record.id, toUtf8(reason));
    if (!done) {
        const ErrorKind kind = done.error().kind;
        const bool isSaid = kind == ErrorKind::Refused || kind == ErrorKind::Invalid;
        question->showProblem(isSaid ? displayText(done.error().detail)
                                     : toQString(explain(done.error()).sentence()));
        return;
    }
    question->accept();
    read(record.id);
    m_message->show(Tone::Good, tr("Đã gỡ %L1 dòng.").arg(static_cast<qlonglong>(record.tally.imported())),
                    tr("Ô gốc và nhật ký được giữ; tệp này nhập lại được."));
    emit withdrawn(record.id);
}

} // namespace motcua
