// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/register/act_dialog.h"

#include "app/theme/theme.h"
#include "app/widgets/dialog_frame.h"
#include "app/widgets/labels.h"
#include "app/widgets/message_bar.h"

#include <QLineEdit>

namespace motcua {

namespace {

constexpr int kWidth = 520;

} // namespace

ActDialog::ActDialog(Theme& theme, const QString& title, const QString& lead, const QString& wordLabel,
                     Word word, const QString& action, QWidget* parent)
    : QDialog(parent), m_rule(word), m_column(beginDialog(*this, title, lead, kWidth)),
      m_message(new MessageBar(theme)), m_word(named(new QLineEdit, "word", wordLabel)), m_editorPlace(0)
{
    m_column->addWidget(m_message);
    m_editorPlace = m_column->count();
    QLabel* label =
        makeLineLabel(word == Word::Required ? wordLabel : tr("%1 (không bắt buộc)").arg(wordLabel), "label");
    label->setBuddy(m_word);
    m_word->setMaxLength(2000);
    m_column->addWidget(label);
    m_column->addWidget(m_word);
    auto* act = endDialog(*this, *m_column, action);
    connect(act, &QPushButton::clicked, this, &ActDialog::confirm);
    m_word->setFocus();
}

FieldEditor* ActDialog::addEditor(const Leaf& leaf, const FieldHelp& help)
{
    FieldEditor* editor = makeFieldEditor(leaf, help, this);
    QLabel* label = makeLineLabel(leaf.label, "label");
    label->setBuddy(editor->input());
    editor->setSpokenName(leaf.label, leaf.pointer);
    m_column->insertWidget(m_editorPlace, label);
    m_column->insertWidget(m_editorPlace + 1, editor);
    if (!leaf.hint.isEmpty()) {
        m_column->insertWidget(m_editorPlace + 2, makeLabel(leaf.hint, "small"));
    }
    connect(editor, &FieldEditor::entered, this, [this] { m_word->setFocus(Qt::TabFocusReason); });
    setTabOrder(editor->input(), m_word);
    editor->focusAt(-1);
    return editor;
}

QString ActDialog::word() const
{
    return m_word->text().trimmed();
}

void ActDialog::showProblem(const QString& text)
{
    m_message->show(Tone::Bad, text);
}

void ActDialog::confirm()
{
    if (m_rule == Word::Required && word().isEmpty()) {
        showProblem(tr("Chưa ghi: %1.").arg(m_word->accessibleName()));
        m_word->setFocus();
        return;
    }
    emit confirmed();
}

} // namespace motcua
