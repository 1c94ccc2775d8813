// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/intake/field_editor.h"
#include "app/queue/conflict_words.h"

#include <QFrame>

#include <optional>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace motcua {

/// One field of a conflict: what was agreed before, what stands here, what stands at the portal, side by
/// side. It takes the keyboard as one control: 1 keeps the counter's, 2 takes the portal's, 3 types a third;
/// Enter chooses what is offered, or goes on from what is chosen; Delete forgets the choice.
class ConflictFieldBox : public QFrame
{
    Q_OBJECT
public:
    ConflictFieldBox(const ConflictCase& conflict, const ConflictField& field, const FieldLabels& labels,
                     const FieldHelp& help, QWidget* parent = nullptr);

    [[nodiscard]] const std::string& pointer() const { return m_pointer; }
    void show(const Decision* chosen, std::optional<Decision::Take> offer);

signals:
    void chosen(const std::string& pointer, const motcua::Decision& decision);
    void forgotten(const std::string& pointer);
    void goesOn();
    void goesBack();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Side
    {
        QFrame* frame = nullptr;
        QLabel* head = nullptr;
        QString word;
    };
    void addBefore(QHBoxLayout* row, const QString& value);
    Side addSide(QHBoxLayout* row, const QString& word, const QString& value, const QString& author);
    void addOwn(const std::optional<Leaf>& leaf, const FieldHelp& help);
    void take(Decision::Take take);
    void takeOwn();
    void mark(const Side& side, bool isChosen, bool isOffered);

    std::string m_pointer;
    Side m_ours;
    Side m_theirs;
    QPushButton* m_own = nullptr;
    FieldEditor* m_editor = nullptr;
    std::optional<Decision::Take> m_chosen;
    std::optional<Decision::Take> m_offer;
};

} // namespace motcua
