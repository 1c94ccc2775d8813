// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queue/refusal_view.h"

#include "app/queue/queue_words.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QLineEdit>

namespace motcua {

RefusalView::RefusalView(const ConflictCase& conflict, const FieldLabels& labels,
                         const QString& withdrawReason, QWidget* parent)
    : QWidget(parent)
{
    setProperty("role", QStringLiteral("page"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 2 * kGrid, 0);
    column->setSpacing(2 * kGrid);
    column->addWidget(makeLabel(
        QStringLiteral("%1 · %2").arg(displayText(conflict.name), toQString(conflict.code)), "heading"));
    column->addWidget(makeLabel(
        tr("%1 của %2, %3")
            .arg(operationWords(conflict.kind), displayText(conflict.ours.name), longTime(conflict.ours.at)),
        "hint"));
    QFrame* notice = makeFrame("message-warning", 3 * kGrid, kGrid);
    columnOf(notice)->addWidget(makeLabel(whatHappened(conflict, labels), "label"));
    columnOf(notice)->addWidget(
        makeLabel(tr("Ở quầy không mất gì. Chỉ hồ sơ này chờ; hồ sơ khác vẫn gửi bình thường."), "hint"));
    column->addWidget(notice);
    const NextStep next = nextStepOf(conflict);
    if (next == NextStep::Correct) {
        addCorrections(column, labels, conflict);
    }
    if (next == NextStep::TryAgain) {
        auto* again = makeButton(tr("&Gửi lại lần nữa"), "primary", "sendAgain");
        connect(again, &QPushButton::clicked, this, &RefusalView::againWanted);
        column->addWidget(again, 0, Qt::AlignLeft);
        m_first = again;
    }
    if (next == NextStep::Report) {
        auto* copy = makeButton(tr("&Sao chép chẩn đoán để gửi quản trị"), "primary", "copyDiagnostics");
        connect(copy, &QPushButton::clicked, this, &RefusalView::diagnosticsWanted);
        column->addWidget(copy, 0, Qt::AlignLeft);
        m_first = copy;
    }
    addWithdrawal(column, withdrawReason, next == NextStep::Withdraw);
    addLinks(column, next);
    column->addStretch();
}

/// What one may do beside it.
void RefusalView::addLinks(QVBoxLayout* column, NextStep next)
{
    auto* row = new QHBoxLayout;
    auto* open = makeButton(tr("&Mở hồ sơ"), "link", "openRefused");
    connect(open, &QPushButton::clicked, this, &RefusalView::dossierWanted);
    row->addWidget(open);
    if (next != NextStep::Report) {
        auto* copy = makeButton(tr("Sao chép &chẩn đoán"), "link", "copyDiagnostics");
        connect(copy, &QPushButton::clicked, this, &RefusalView::diagnosticsWanted);
        row->addWidget(copy);
    }
    row->addStretch();
    column->addLayout(row);
}

void RefusalView::addCorrections(QVBoxLayout* column, const FieldLabels& labels, const ConflictCase& conflict)
{
    bool isFirst = true;
    for (const RefusedField& field : conflict.refused) {
        auto* correct = makeButton(tr("Sửa “%1”").arg(labels.shortLabel(field.pointer)),
                                   isFirst ? "primary" : "", "correctField");
        connect(correct, &QPushButton::clicked, this,
                [this, pointer = field.pointer] { emit correctionWanted(pointer); });
        column->addWidget(correct, 0, Qt::AlignLeft);
        m_first = isFirst ? correct : m_first;
        isFirst = false;
    }
    column->addWidget(makeLabel(tr("Sửa xong, máy tự gửi lại thay cho lần bị từ chối."), "hint"));
}

void RefusalView::addWithdrawal(QVBoxLayout* column, const QString& reason, bool isFirst)
{
    QLabel* label = makeLineLabel(tr("Hoặc rút việc này; ghi lý do"), "label");
    if (isFirst) {
        label->setText(tr("Rút việc này; ghi lý do"));
    }
    m_reason = named(new QLineEdit(reason), "withdrawReason", tr("Lý do rút"));
    m_reason->setMaxLength(2000);
    label->setBuddy(m_reason);
    auto* row = new QHBoxLayout;
    auto* withdraw = makeButton(tr("&Rút"), isFirst ? "primary" : "", "withdraw");
    row->addWidget(m_reason, 1);
    row->addWidget(withdraw);
    column->addWidget(label);
    column->addLayout(row);
    const auto ask = [this] { emit withdrawalWanted(m_reason->text().trimmed()); };
    connect(withdraw, &QPushButton::clicked, this, ask);
    connect(m_reason, &QLineEdit::returnPressed, this, ask);
    connect(m_reason, &QLineEdit::textChanged, this, &RefusalView::reasonTyped);
    m_first = m_first == nullptr ? m_reason : m_first;
}

void RefusalView::takeKeyboard()
{
    m_first->setFocus(Qt::OtherFocusReason);
}

} // namespace motcua
