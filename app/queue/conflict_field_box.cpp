// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queue/conflict_field_box.h"

#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QKeyEvent>
#include <QMouseEvent>

namespace motcua {

namespace {

QString needWords(const ConflictField& field)
{
    QStringList needs;
    if (field.needsLeader) {
        needs << ConflictFieldBox::tr("lãnh đạo quyết định");
    }
    if (field.needsPaper) {
        needs << ConflictFieldBox::tr("ghi căn cứ giấy tờ");
    }
    if (field.needsReason) {
        needs << ConflictFieldBox::tr("ghi lý do");
    }
    return needs.join(QStringLiteral(" · "));
}

QString authorWords(const std::optional<Author>& author)
{
    if (!author) {
        return ConflictFieldBox::tr("không rõ ai sửa");
    }
    const QString name = author->name.empty() ? ConflictFieldBox::tr("Cổng") : displayText(author->name);
    return QStringLiteral("%1, %2").arg(name, longTime(author->at));
}

} // namespace

ConflictFieldBox::ConflictFieldBox(const ConflictCase& conflict, const ConflictField& field,
                                   const FieldLabels& labels, const FieldHelp& help, QWidget* parent)
    : QFrame(parent), m_pointer(field.pointer)
{
    setProperty("role", QStringLiteral("conflict"));
    setFocusPolicy(Qt::StrongFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(3 * kGrid, 2 * kGrid, 3 * kGrid, 2 * kGrid);
    column->setSpacing(2 * kGrid);
    const QString label = labels.label(field.pointer);
    named(this, "conflictField", label);
    auto* head = new QHBoxLayout;
    head->addWidget(makeLabel(label, "label"), 1);
    if (const QString needs = needWords(field); !needs.isEmpty()) {
        head->addWidget(makeLineLabel(needs, "soft-problem"));
    }
    column->addLayout(head);
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * kGrid);
    addBefore(row, labels.value(field.pointer, field.base));
    m_ours = addSide(row, tr("1  Giữ của quầy"), labels.value(field.pointer, field.ours),
                     authorWords(conflict.ours));
    m_theirs = addSide(row, tr("2  Lấy của cổng"), labels.value(field.pointer, field.theirs),
                       field.theirs == field.base ? tr("như trước đó") : authorWords(field.theirsBy));
    column->addLayout(row);
    setAccessibleDescription(tr("Trước đó: %1. Ở quầy: %2. Ở cổng: %3.")
                                 .arg(labels.value(field.pointer, field.base),
                                      labels.value(field.pointer, field.ours),
                                      labels.value(field.pointer, field.theirs)));
    addOwn(labels.leaf(field.pointer), help);
}

void ConflictFieldBox::addBefore(QHBoxLayout* row, const QString& value)
{
    auto* words = new QVBoxLayout;
    words->setContentsMargins(0, 2 * kGrid, 0, 0);
    words->setSpacing(kGrid);
    words->addWidget(makeLineLabel(tr("Trước đó hai bên có"), "small"));
    words->addWidget(makeLabel(value, "hint"));
    words->addStretch();
    row->addLayout(words, 2);
}

ConflictFieldBox::Side ConflictFieldBox::addSide(QHBoxLayout* row, const QString& word, const QString& value,
                                                 const QString& author)
{
    Side side;
    side.word = word;
    side.frame = makeFrame("side", 2 * kGrid, kGrid);
    side.frame->setCursor(Qt::PointingHandCursor);
    side.frame->installEventFilter(this);
    side.head = makeLineLabel(word, "small");
    QVBoxLayout* column = columnOf(side.frame);
    column->addWidget(side.head);
    column->addWidget(makeLabel(value, "value"));
    column->addStretch();
    column->addWidget(makeLabel(author, "small"));
    row->addWidget(side.frame, 3);
    return side;
}

void ConflictFieldBox::addOwn(const std::optional<Leaf>& leaf, const FieldHelp& help)
{
    if (!leaf) {
        return; // lists and steps are chosen, not typed
    }
    auto* row = new QHBoxLayout;
    m_own = makeButton(tr("3  Giá trị khác"), "link", "ownValue");
    m_own->setFocusPolicy(Qt::ClickFocus);
    row->addWidget(m_own, 0, Qt::AlignTop);
    m_editor = makeFieldEditor(*leaf, help, this);
    m_editor->setSpokenName(tr("Giá trị khác: %1").arg(leaf->label), leaf->pointer);
    m_editor->hide();
    row->addWidget(m_editor, 1);
    columnOf(this)->addLayout(row);
    connect(m_own, &QPushButton::clicked, this, [this] {
        m_editor->show();
        m_editor->focusAt(-1);
    });
    connect(m_editor, &FieldEditor::edited, this, &ConflictFieldBox::takeOwn);
    connect(m_editor, &FieldEditor::entered, this, [this] {
        takeOwn();
        emit goesOn();
    });
}

void ConflictFieldBox::show(const Decision* chosen, std::optional<Decision::Take> offer)
{
    m_chosen = chosen == nullptr ? std::nullopt : std::optional(chosen->take);
    m_offer = offer;
    mark(m_ours, m_chosen == Decision::Take::Ours, !m_chosen && offer == Decision::Take::Ours);
    mark(m_theirs, m_chosen == Decision::Take::Theirs, !m_chosen && offer == Decision::Take::Theirs);
    if (m_editor == nullptr) {
        return;
    }
    const bool isOwn = m_chosen == Decision::Take::Value;
    m_editor->setVisible(isOwn || m_editor->isAncestorOf(focusWidget()));
    if (isOwn && m_editor->value() != chosen->value) {
        m_editor->setValue(chosen->value);
    }
    m_own->setText(isOwn ? tr("✓ 3  Giá trị khác") : tr("3  Giá trị khác"));
}

void ConflictFieldBox::mark(const Side& side, bool isChosen, bool isOffered)
{
    setStyleProperty(side.frame, "role", isChosen ? "side-chosen" : "side");
    side.head->setText(isChosen    ? QStringLiteral("✓ ") + side.word
                       : isOffered ? tr("%1   (sửa sau, gợi ý)").arg(side.word)
                                   : side.word);
}

void ConflictFieldBox::take(Decision::Take take)
{
    emit chosen(m_pointer, Decision{take, {}});
}

void ConflictFieldBox::takeOwn()
{
    emit chosen(m_pointer, Decision{Decision::Take::Value, m_editor->value()});
}

void ConflictFieldBox::keyPressEvent(QKeyEvent* event)
{
    if (event->isAutoRepeat() || (event->modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier) {
        QFrame::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_1:
        take(Decision::Take::Ours);
        return;
    case Qt::Key_2:
        take(Decision::Take::Theirs);
        return;
    case Qt::Key_3:
        if (m_own != nullptr) {
            m_own->click();
        }
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        // The first Enter makes an offer a choice, the next one goes on: a key that bounces decides nothing.
        if (!m_chosen && m_offer) {
            take(*m_offer);
        } else if (m_chosen) {
            emit goesOn();
        }
        return;
    case Qt::Key_Down:
        emit goesOn();
        return;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        emit forgotten(m_pointer);
        return;
    case Qt::Key_Up:
        emit goesBack();
        return;
    default:
        QFrame::keyPressEvent(event);
    }
}

bool ConflictFieldBox::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::MouseButtonRelease) {
        take(watched == m_ours.frame ? Decision::Take::Ours : Decision::Take::Theirs);
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace motcua
