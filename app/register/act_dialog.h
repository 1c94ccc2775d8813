// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/intake/field_editor.h"

#include <QDialog>

class QLineEdit;
class QVBoxLayout;

namespace motcua {

class MessageBar;
class Theme;

/// A small question before an act: what will happen, a word of explanation, one button that does it once.
class ActDialog : public QDialog
{
    Q_OBJECT
public:
    enum class Word
    {
        Optional,
        Required,
    };
    ActDialog(Theme& theme, const QString& title, const QString& lead, const QString& wordLabel, Word word,
              const QString& action, QWidget* parent);

    /// A control above the explanation, for acts that set a value.
    FieldEditor* addEditor(const Leaf& leaf, const FieldHelp& help);
    [[nodiscard]] QString word() const;
    void showProblem(const QString& text);

signals:
    void confirmed();

private:
    void confirm();

    Word m_rule;
    QVBoxLayout* m_column;
    MessageBar* m_message;
    QLineEdit* m_word;
    int m_editorPlace;
};

} // namespace motcua
