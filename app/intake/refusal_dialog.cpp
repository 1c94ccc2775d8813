// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/refusal_dialog.h"

#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"
#include "app/widgets/message_bar.h"

#include <QKeyEvent>
#include <QPlainTextEdit>

namespace motcua {

namespace {

constexpr int kWidth = 640;
constexpr int kReasonLines = 6;
constexpr int kFindingsMax = 4;

bool isContinue(const QKeyEvent& key)
{
    return (key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter) &&
           key.modifiers().testFlag(Qt::ControlModifier);
}

} // namespace

RefusalDialog::RefusalDialog(Theme& theme, IntakePresenter& presenter, QWidget* parent)
    : QDialog(parent), m_presenter(presenter), m_message(new MessageBar(theme)),
      m_reason(named(new QPlainTextEdit, "refusalReason", tr("Lý do từ chối"))),
      m_confirm(makeButton(tr("&Ghi từ chối"), "primary", "confirmRefusal", QStringLiteral("Ctrl+Enter")))
{
    setWindowTitle(tr("Từ chối tiếp nhận"));
    setFixedWidth(kWidth);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6 * kGrid, 5 * kGrid, 6 * kGrid, 5 * kGrid);
    column->setSpacing(2 * kGrid);
    column->addWidget(makeLabel(
        tr("Từ chối hồ sơ của %1").arg(displayText(stringAt(at(presenter.draft(), "applicant"), "name"))),
        "heading"));
    column->addWidget(makeLabel(displayText(presenter.procedure()->name)));
    column->addWidget(makeLabel(tr("Việc từ chối được ghi vào sổ với một mã, báo lên cổng và không rút lại "
                                   "được. Nếu chỉ thiếu giấy tờ, hãy hướng dẫn bổ sung trước."),
                                "hint"));
    column->addWidget(m_message);
    QLabel* label = makeLineLabel(tr("&Lý do, như sẽ in trên phiếu"), "label");
    label->setBuddy(m_reason);
    m_reason->setTabChangesFocus(true);
    m_reason->setFixedHeight(fontMetrics().lineSpacing() * kReasonLines + 5 * kGrid);
    m_reason->setPlainText(presenter.refusalReason());
    m_reason->moveCursor(QTextCursor::End);
    m_reason->installEventFilter(this);
    column->addWidget(label);
    column->addWidget(m_reason);
    addFindings(column);
    column->addSpacing(2 * kGrid);
    column->addStretch(1); // labels that wrap would share what is left over
    addButtons(column);
    connect(m_reason, &QPlainTextEdit::textChanged, this,
            [this] { m_presenter.setRefusalReason(m_reason->toPlainText()); });
    connect(&presenter, &IntakePresenter::turnedAway, this, &QDialog::accept);
    connect(&presenter, &IntakePresenter::refused, this, &QDialog::reject); // the form shows what is wrong
    connect(&presenter, &IntakePresenter::failed, this, [this](const ErrorText& error) {
        m_message->show(Tone::Bad, toQString(error.happened), toQString(error.safe + ' ' + error.next));
        m_confirm->setEnabled(true);
    });
    m_reason->setFocus();
}

void RefusalDialog::addFindings(QVBoxLayout* column)
{
    const QStringList findings = m_presenter.refusalFindings();
    if (findings.isEmpty()) {
        return;
    }
    column->addWidget(makeLabel(tr("Lấy từ kết quả kiểm tra:"), "small"));
    for (const QString& finding : findings.mid(0, kFindingsMax)) {
        auto* row = new QHBoxLayout;
        row->setSpacing(2 * kGrid);
        auto* take = makeButton(tr("Thêm"), "link", "takeFinding");
        take->setAccessibleName(tr("Thêm vào lý do: %1").arg(finding));
        row->addWidget(take, 0, Qt::AlignTop);
        row->addWidget(makeLabel(finding, "hint"), 1);
        column->addLayout(row);
        connect(take, &QPushButton::clicked, this, [this, finding] { append(finding); });
    }
}

void RefusalDialog::addButtons(QVBoxLayout* column)
{
    auto* row = new QHBoxLayout;
    auto* cancel = makeButton(tr("&Thôi, quay lại"), "", "cancelRefusal", QStringLiteral("Esc"));
    row->addWidget(cancel);
    row->addStretch();
    row->addWidget(m_confirm);
    column->addLayout(row);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_confirm, &QPushButton::clicked, this, &RefusalDialog::confirm);
}

void RefusalDialog::append(const QString& finding)
{
    const QString before = m_reason->toPlainText().trimmed();
    if (!before.contains(finding)) {
        m_reason->setPlainText(before.isEmpty() ? finding : before + QLatin1Char('\n') + finding);
    }
    m_reason->moveCursor(QTextCursor::End);
    m_reason->setFocus();
}

void RefusalDialog::confirm()
{
    if (m_reason->toPlainText().trimmed().isEmpty()) {
        m_message->show(Tone::Warning, tr("Chưa ghi lý do."),
                        tr("Phiếu từ chối phải nói rõ vì sao hồ sơ không được tiếp nhận."));
        m_reason->setFocus();
        return;
    }
    if (!m_confirm->isEnabled()) {
        return;
    }
    m_confirm->setEnabled(false);
    m_presenter.turnAway();
}

/// A text of several lines would take Ctrl+Enter for itself.
bool RefusalDialog::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_reason && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (isContinue(*key)) {
            if (!key->isAutoRepeat()) {
                confirm();
            }
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void RefusalDialog::keyPressEvent(QKeyEvent* event)
{
    if (isContinue(*event)) {
        confirm();
        return;
    }
    QDialog::keyPressEvent(event);
}

} // namespace motcua
