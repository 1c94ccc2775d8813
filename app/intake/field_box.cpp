// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/field_box.h"

#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QEvent>
#include <QLineEdit>
#include <QPushButton>

namespace motcua {

namespace {

/// "Quá 60 ngày … (Luật Hộ tịch 60/2014)".
QString problemWords(const Problems& problems)
{
    QStringList lines;
    for (const Problem& problem : problems) {
        QString line = displayText(problem.message);
        if (!problem.source.empty()) {
            line += QStringLiteral(" (%1)").arg(displayText(problem.source));
        }
        lines << line;
    }
    return lines.join(QLatin1Char('\n'));
}

bool isLong(const QString& label)
{
    constexpr int kOneLine = 40; // characters that fit beside the mark in the narrowest column
    return label.size() > kOneLine;
}

const Severity* gravest(const Problems& problems)
{
    const Severity* found = nullptr;
    for (const Problem& problem : problems) {
        if (found == nullptr || problem.severity == Severity::Hard) {
            found = &problem.severity;
        }
    }
    return found;
}

} // namespace

FieldBox::FieldBox(const Leaf& leaf, const FieldHelp& help, QWidget* parent)
    : QWidget(parent), m_leaf(leaf), m_label(isLong(leaf.label) ? makeLabel(leaf.label, "label", this)
                                                                : makeLineLabel(leaf.label, "label", this)),
      m_mark(makeLineLabel({}, "small", this)), m_editor(makeFieldEditor(leaf, help, this)),
      m_hint(makeLabel(leaf.hint, "small", this)), m_problem(makeLabel({}, "problem", this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGrid / 2);
    auto* head = new QHBoxLayout;
    head->setSpacing(2 * kGrid);
    // A long label breaks its lines, the word beside it stays at its first one.
    head->addWidget(m_label, isLong(leaf.label) ? 1 : 0);
    head->addWidget(m_mark, 0, Qt::AlignTop);
    if (!isLong(leaf.label)) {
        head->addStretch();
    }
    column->addLayout(head);
    column->addWidget(m_editor);
    column->addWidget(m_hint);
    column->addWidget(m_problem);
    column->addStretch();
    if (!leaf.required) {
        m_mark->setText(tr("không bắt buộc"));
    }
    m_hint->setVisible(!leaf.hint.isEmpty());
    m_problem->hide();
    m_label->setBuddy(m_editor->input());
    m_editor->setSpokenName(leaf.label, leaf.pointer);
    setFocusProxy(m_editor);

    connect(m_editor, &FieldEditor::edited, this, &FieldBox::forgetKnown);
    connect(m_editor, &FieldEditor::edited, this, &FieldBox::edited);
    connect(m_editor, &FieldEditor::personChosen, this, &FieldBox::personChosen);
    connect(m_editor, &FieldEditor::entered, this, &FieldBox::entered);
    connect(m_editor, &FieldEditor::noted, this, &FieldBox::showMark);
    for (QWidget* inner : m_editor->findChildren<QWidget*>()) {
        inner->installEventFilter(this);
    }
}

void FieldBox::showProblems(const Problems& problems, const QString& reason)
{
    const Severity* severity = gravest(problems);
    m_editor->showSeverity(severity);
    if (severity == nullptr && m_isKnown) {
        setStyleProperty(m_editor->input(), "state", "known");
    }
    m_problem->setText(problemWords(problems));
    m_problem->setVisible(severity != nullptr);
    const bool soft = severity != nullptr && *severity == Severity::Soft;
    setStyleProperty(m_problem, "role", soft ? "soft-problem" : "problem");
    m_editor->input()->setAccessibleDescription(m_problem->text());
    if (soft && m_reason == nullptr) {
        makeReason();
    }
    if (m_reason != nullptr) {
        m_reasonLabel->setVisible(soft);
        m_reason->setVisible(soft);
        if (m_reason->text() != reason) {
            m_reason->setText(reason);
        }
    }
}

bool FieldBox::asksReason() const
{
    return m_reason != nullptr && !m_reason->isHidden();
}

void FieldBox::focusReason()
{
    m_reason->setFocus(Qt::TabFocusReason);
}

void FieldBox::showMark(const QString& mark)
{
    m_mark->setText(mark);
}

void FieldBox::showKnown(const QString& mark)
{
    m_isKnown = true;
    m_mark->setText(mark);
    setStyleProperty(m_mark, "role", "known");
    setStyleProperty(m_editor->input(), "state", "known");
    m_editor->input()->setAccessibleDescription(mark);
}

void FieldBox::forgetKnown()
{
    if (m_isKnown) {
        m_isKnown = false;
        m_mark->setText(m_leaf.required ? QString() : tr("không bắt buộc"));
        setStyleProperty(m_mark, "role", "small");
        setStyleProperty(m_editor->input(), "state", "");
        m_editor->input()->setAccessibleDescription({});
    }
}

void FieldBox::showOffer(const QString& offer)
{
    if (m_offer == nullptr && offer.isEmpty()) {
        return;
    }
    if (m_offer == nullptr) {
        auto* column = qobject_cast<QVBoxLayout*>(layout());
        m_offer = makeButton({}, "offer", "offer");
        m_offer->setFocusPolicy(Qt::ClickFocus);
        column->insertWidget(column->indexOf(m_editor) + 1, m_offer);
        connect(m_offer, &QPushButton::clicked, this, &FieldBox::offerTaken);
    }
    m_offer->setText(offer);
    m_offer->setAccessibleName(offer);
    m_offer->setVisible(!offer.isEmpty());
}

bool FieldBox::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn) {
        emit focused();
    }
    return QWidget::eventFilter(watched, event);
}

void FieldBox::makeReason()
{
    auto* column = qobject_cast<QVBoxLayout*>(layout());
    m_reasonLabel = makeLineLabel(tr("Lý do vẫn nhận"), "label", this);
    m_reason = named(new QLineEdit(this), "reason", tr("Lý do vẫn nhận: %1").arg(m_leaf.label));
    m_reason->setObjectName(QStringLiteral("reason:") + toQString(m_leaf.pointer));
    m_reason->setMaxLength(1000);
    m_reasonLabel->setBuddy(m_reason);
    const int end = column->count() - 1;
    column->insertWidget(end, m_reasonLabel);
    column->insertWidget(end + 1, m_reason);
    setTabOrder(m_editor->input(), m_reason);
    connect(m_reason, &QLineEdit::textEdited, this, &FieldBox::reasonGiven);
    connect(m_reason, &QLineEdit::returnPressed, this, &FieldBox::entered);
}

} // namespace motcua
