// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/intake/field_editor.h"
#include "app/queue/conflict_words.h"
#include "app/queue/decision.h"

#include <QWidget>

#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace motcua {

class ConflictFieldBox;
class Theme;

/// One conflict on one screen: its fields side by side, why, and what follows. Writes every choice into the
/// draft at once, so that it may be thrown away at any moment.
class DecisionView : public QWidget
{
    Q_OBJECT
public:
    /// `conflict` and `draft` outlive the view. `lastReason`: offered again by the Up key.
    DecisionView(const ConflictCase& conflict, DecisionDraft& draft, const FieldLabels& labels,
                 const FieldHelp& help, Role role, QString lastReason, QWidget* parent = nullptr);

    void takeKeyboard();
    /// Brings the keyboard to what is missing, and says what that is; empty when nothing is.
    [[nodiscard]] QString goToMissing();
    void startOver();

signals:
    void decideWanted();
    void remarkWanted();
    void reopenWanted();
    void leaderWanted();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void addHead(QVBoxLayout* column, const FieldLabels& labels);
    void addFields(QVBoxLayout* column, const FieldLabels& labels, const FieldHelp& help);
    void addGrounds(QVBoxLayout* column);
    QLineEdit* addLine(QVBoxLayout* column, const char* id, const QString& label, const QString& text);
    void addButtons(QVBoxLayout* column);
    void goFrom(std::size_t index, int step);
    void refresh();

    ConflictCase m_conflict;
    DecisionDraft& m_draft;
    Role m_role;
    QString m_lastReason;
    std::vector<ConflictFieldBox*> m_boxes;
    QLineEdit* m_paper = nullptr;
    QLineEdit* m_reason = nullptr;
    QPushButton* m_decide = nullptr;
    QLabel* m_follows = nullptr;
};

} // namespace motcua
