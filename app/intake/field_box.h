// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/intake/field_editor.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace motcua {

/// One field as it stands in the form: label above, editor, hint below, and where needed the problem with the
/// source of its rule, and for a soft one a line for the reason.
class FieldBox : public QWidget
{
    Q_OBJECT
public:
    FieldBox(const Leaf& leaf, const FieldHelp& help, QWidget* parent);

    [[nodiscard]] const Leaf& leaf() const { return m_leaf; }
    [[nodiscard]] FieldEditor& editor() { return *m_editor; }

    /// All problems of this field; an empty list takes them away. `reason` is what was given before.
    void showProblems(const Problems& problems, const QString& reason);
    [[nodiscard]] bool asksReason() const;
    void focusReason();
    /// A word beside the label: where the value came from.
    void showMark(const QString& mark);
    /// The value came from the register; until it is edited. Enter passes such a field by.
    void showKnown(const QString& mark);
    [[nodiscard]] bool isKnown() const { return m_isKnown; }
    /// What the register would fill in here, below the field; empty takes it away.
    void showOffer(const QString& offer);

signals:
    void edited();
    void entered();
    void focused();
    void reasonGiven(const QString& reason);
    void offerTaken();
    void personChosen(const QString& key);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makeReason();
    void forgetKnown();

    Leaf m_leaf;
    QLabel* m_label;
    QLabel* m_mark;
    FieldEditor* m_editor;
    QLabel* m_hint;
    QLabel* m_problem;
    bool m_isKnown = false;
    QPushButton* m_offer = nullptr;
    QLineEdit* m_reason = nullptr;
    QLabel* m_reasonLabel = nullptr;
};

} // namespace motcua
