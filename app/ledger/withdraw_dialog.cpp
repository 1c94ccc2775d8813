// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ledger/withdraw_dialog.h"

#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"
#include "app/widgets/message_bar.h"

#include <QLineEdit>

namespace motcua {

namespace {

constexpr int kReasonMax = 2000; ///< as withdrawLedger() takes it

} // namespace

WithdrawDialog::WithdrawDialog(Theme& theme, const LedgerRecord& record, QWidget* parent)
    : QDialog(parent), m_message(new MessageBar(theme)),
      m_reason(named(new QLineEdit, "withdrawReason", tr("Lý do gỡ")))
{
    setWindowTitle(tr("Gỡ bản nhập"));
    setMinimumWidth(600);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6 * kGrid, 5 * kGrid, 6 * kGrid, 5 * kGrid);
    column->setSpacing(2 * kGrid);
    column->addWidget(makeLabel(tr("Gỡ bản nhập này?"), "heading"));
    const QString sheet = record.sheet.empty() ? QString() : tr(", trang %1").arg(displayText(record.sheet));
    column->addWidget(makeLabel(
        tr("Tệp %1%2, nhập lúc %3 bởi %4.")
            .arg(displayText(record.name), sheet, longTime(record.at), displayText(record.official)),
        "hint"));
    column->addWidget(m_message);
    const auto rows = static_cast<qlonglong>(record.tally.imported());
    column->addWidget(makeLineLabel(tr("Sẽ gỡ %L1 dòng").arg(rows), "label"));
    column->addWidget(
        makeLabel(tr("Từ nay không tìm thấy những dòng này nữa, và số của chúng không còn bị báo là "
                     "trùng. Gỡ rồi thì không lấy lại được, chỉ có thể nhập lại tệp.")));
    column->addWidget(makeLineLabel(tr("Được giữ"), "label"));
    column->addWidget(
        makeLabel(tr("Ô gốc của từng dòng, nhật ký và lý do gỡ vẫn nằm trong dữ liệu của máy này. Hồ "
                     "sơ và sổ đang làm không đổi. Tệp này nhập lại được.")));
    addReason(column);
    addButtons(column, rows);
    m_message->dismiss();
    m_reason->setFocus();
}

void WithdrawDialog::addReason(QVBoxLayout* column)
{
    QLabel* label = makeLineLabel(tr("&Lý do gỡ"), "label");
    label->setBuddy(m_reason);
    m_reason->setMaxLength(kReasonMax);
    m_reason->setPlaceholderText(tr("ví dụ: nhập nhầm cột họ tên cha"));
    column->addSpacing(kGrid);
    column->addWidget(label);
    column->addWidget(m_reason);
}

void WithdrawDialog::addButtons(QVBoxLayout* column, std::int64_t rows)
{
    auto* row = new QHBoxLayout;
    auto* cancel = makeButton(tr("Thôi"), "", "cancelWithdraw", QStringLiteral("Esc"));
    cancel->setAutoDefault(false);
    m_confirm = makeButton(tr("&Gỡ %L1 dòng").arg(static_cast<qlonglong>(rows)), "primary", "confirmWithdraw",
                           QStringLiteral("Enter"));
    m_confirm->setDefault(true);
    row->addWidget(cancel);
    row->addStretch();
    row->addWidget(m_confirm);
    column->addSpacing(2 * kGrid);
    column->addStretch(1);
    column->addLayout(row);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_confirm, &QPushButton::clicked, this, &WithdrawDialog::confirm);
}

void WithdrawDialog::showProblem(const QString& text)
{
    m_message->show(Tone::Bad, text, tr("Chưa gỡ dòng nào."));
    m_confirm->setEnabled(true);
    m_reason->setFocus();
}

void WithdrawDialog::confirm()
{
    const QString reason = m_reason->text().trimmed();
    if (reason.isEmpty()) {
        showProblem(tr("Chưa ghi lý do gỡ."));
        return;
    }
    m_confirm->setEnabled(false);
    emit confirmed(reason);
}

} // namespace motcua
