// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queue/decision_view.h"

#include "app/queue/conflict_field_box.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/flow_layout.h"
#include "app/widgets/labels.h"

#include <QKeyEvent>
#include <QLineEdit>

namespace motcua {

DecisionView::DecisionView(const ConflictCase& conflict, DecisionDraft& draft, const FieldLabels& labels,
                           const FieldHelp& help, Role role, QString lastReason, QWidget* parent)
    : QWidget(parent), m_conflict(conflict), m_draft(draft), m_role(role), m_lastReason(std::move(lastReason))
{
    setProperty("role", QStringLiteral("page"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 2 * kGrid, 0);
    column->setSpacing(2 * kGrid);
    addHead(column, labels);
    addFields(column, labels, help);
    addGrounds(column);
    addButtons(column);
    column->addStretch();
    refresh();
}

void DecisionView::addHead(QVBoxLayout* column, const FieldLabels& labels)
{
    column->addWidget(makeLabel(
        QStringLiteral("%1 · %2").arg(displayText(m_conflict.name), toQString(m_conflict.code)), "heading"));
    if (m_conflict.situation != Situation::Usual || m_conflict.isMissing) {
        QFrame* notice = makeFrame("message-warning", 3 * kGrid, kGrid);
        columnOf(notice)->addWidget(makeLabel(whatHappened(m_conflict, labels), "label"));
        column->addWidget(notice);
    }
}

void DecisionView::addFields(QVBoxLayout* column, const FieldLabels& labels, const FieldHelp& help)
{
    for (const ConflictField& field : m_conflict.fields) {
        auto* box = new ConflictFieldBox(m_conflict, field, labels, help);
        const std::size_t index = m_boxes.size();
        m_boxes.push_back(box);
        column->addWidget(box);
        connect(box, &ConflictFieldBox::chosen, this,
                [this](const std::string& pointer, const Decision& decision) {
                    m_draft.choose(pointer, decision);
                    refresh();
                });
        connect(box, &ConflictFieldBox::forgotten, this, [this](const std::string& pointer) {
            m_draft.forget(pointer);
            refresh();
        });
        connect(box, &ConflictFieldBox::goesOn, this, [this, index] { goFrom(index, 1); });
        connect(box, &ConflictFieldBox::goesBack, this, [this, index] { goFrom(index, -1); });
    }
}

QLineEdit* DecisionView::addLine(QVBoxLayout* column, const char* id, const QString& label,
                                 const QString& text)
{
    QLabel* name = makeLineLabel(label, "label");
    auto* line = named(new QLineEdit(text), id, label);
    line->setMaxLength(900); // both together stay within the contract's 2000
    name->setBuddy(line);
    line->installEventFilter(this);
    column->addWidget(name);
    column->addWidget(line);
    return line;
}

void DecisionView::addGrounds(QVBoxLayout* column)
{
    if (asksPaper(m_conflict)) {
        m_paper = addLine(column, "decisionPaper", tr("Căn cứ vào giấy tờ nào"), m_draft.paper);
        m_paper->setPlaceholderText(tr("Ví dụ: thẻ căn cước số …, giấy chứng sinh số …"));
        connect(m_paper, &QLineEdit::textChanged, this, [this](const QString& text) {
            m_draft.paper = text;
            refresh();
        });
    }
    const bool isAsked = asksReason(m_conflict);
    m_reason = addLine(column, "decisionReason",
                       isAsked ? tr("Lý do chọn như vậy") : tr("Lý do (không bắt buộc)"), m_draft.reason);
    if (!m_lastReason.isEmpty()) {
        m_reason->setPlaceholderText(tr("↑ lấy lý do lần trước: %1").arg(m_lastReason));
    }
    connect(m_reason, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_draft.reason = text;
        refresh();
    });
}

void DecisionView::addButtons(QVBoxLayout* column)
{
    m_follows = makeLabel({}, "hint");
    column->addWidget(m_follows);
    auto* row = new FlowLayout(nullptr, 2 * kGrid);
    m_decide = makeButton(tr("&Ghi quyết định"), "primary", "decide", QStringLiteral("Ctrl+Enter"));
    connect(m_decide, &QPushButton::clicked, this, &DecisionView::decideWanted);
    row->addWidget(m_decide);
    // Also of a reception that the portal has as a forgotten one gave it: its corrections are what is asked.
    if (m_conflict.situation == Situation::Closed && m_conflict.kind != "dossier.moved") {
        auto* remark = makeButton(tr("Giữ lại thành ghi &chú"), "", "keepAsRemark");
        connect(remark, &QPushButton::clicked, this, &DecisionView::remarkWanted);
        row->addWidget(remark);
        if (m_conflict.theirStatus == "finished") {
            auto* reopen = makeButton(tr("Lãnh đạo &mở lại và sửa"), "", "reopen");
            reopen->setEnabled(mayDo(m_role, Act::DecideIdentity));
            connect(reopen, &QPushButton::clicked, this, &DecisionView::reopenWanted);
            row->addWidget(reopen);
        }
    }
    if (completeness(m_conflict, m_draft, m_role).missing == Missing::Leader ||
        !mayDo(m_role, Act::DecideIdentity)) {
        auto* ask = makeButton(tr("Nhờ &lãnh đạo"), "", "askLeader");
        connect(ask, &QPushButton::clicked, this, &DecisionView::leaderWanted);
        row->addWidget(ask);
    }
    auto* over = makeButton(tr("Chọn lại &từ đầu"), "link", "startOver");
    connect(over, &QPushButton::clicked, this, &DecisionView::startOver);
    row->addWidget(over);
    column->addLayout(row);
    column->addWidget(makeLabel(
        tr("Phím: 1 của quầy · 2 của cổng · 3 giá trị khác · Enter đi tiếp · Del bỏ chọn · Esc về danh sách"),
        "key"));
}

void DecisionView::goFrom(std::size_t index, int step)
{
    if (step < 0) {
        m_boxes[index == 0 ? 0 : index - 1]->setFocus(Qt::BacktabFocusReason);
        return;
    }
    if (index + 1 < m_boxes.size()) {
        m_boxes[index + 1]->setFocus(Qt::TabFocusReason);
        return;
    }
    if (goToMissing().isEmpty()) {
        m_decide->setFocus(Qt::TabFocusReason);
    }
}

void DecisionView::takeKeyboard()
{
    for (ConflictFieldBox* box : m_boxes) {
        if (m_draft.chosen(box->pointer()) == nullptr) {
            box->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
    if (!m_boxes.empty()) {
        m_boxes.front()->setFocus(Qt::OtherFocusReason);
    }
}

QString DecisionView::goToMissing()
{
    const Completeness state = completeness(m_conflict, m_draft, m_role);
    switch (state.missing) {
    case Missing::Nothing:
        return {};
    case Missing::Choice:
        takeKeyboard();
        return tr("Còn chỗ chưa chọn: bấm 1 giữ của quầy, 2 lấy của cổng.");
    case Missing::Paper:
        m_paper->setFocus();
        return tr("Chưa ghi căn cứ vào giấy tờ nào.");
    case Missing::Reason:
        m_reason->setFocus();
        return tr("Chưa ghi lý do.");
    case Missing::Leader:
        return tr("Chỗ này do lãnh đạo quyết định: đổi sang tài khoản lãnh đạo (Ctrl+L) rồi ghi.");
    }
    return {};
}

void DecisionView::startOver()
{
    m_draft.clear();
    m_reason->clear();
    if (m_paper != nullptr) {
        m_paper->clear();
    }
    refresh();
    takeKeyboard();
}

void DecisionView::refresh()
{
    for (std::size_t i = 0; i < m_boxes.size(); ++i) {
        m_boxes[i]->show(m_draft.chosen(m_boxes[i]->pointer()), offered(m_conflict, m_conflict.fields[i]));
    }
    if (m_follows != nullptr) {
        const bool needsLeader = completeness(m_conflict, m_draft, m_role).missing == Missing::Leader;
        m_follows->setText(needsLeader
                               ? tr("Đã chọn xong; phần này do lãnh đạo ghi. Các lựa chọn được giữ tới "
                                    "khi thoát chương trình.")
                               : whatFollows(m_conflict, m_draft));
    }
}

bool DecisionView::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress) {
        return QWidget::eventFilter(watched, event);
    }
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (isEnter && key->modifiers() == Qt::NoModifier) {
        if (!key->isAutoRepeat() && goToMissing().isEmpty()) {
            m_decide->setFocus(Qt::TabFocusReason);
        }
        return true;
    }
    if (key->key() == Qt::Key_Up && watched == m_reason && m_reason->text().isEmpty()) {
        m_reason->setText(m_lastReason);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace motcua
