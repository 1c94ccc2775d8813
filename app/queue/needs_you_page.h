// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/intake/field_editor.h"
#include "app/queue/conflict_words.h"
#include "app/queue/decision.h"
#include "app/widgets/page.h"
#include "core/base/clock.h"
#include "core/desk/desk.h"

#include <map>
#include <vector>

class QLabel;
class QScrollArea;

namespace motcua {

class ActionListModel;
class ActionListView;
class AlarmView;
class DecisionView;
class DuplicateView;
class RefusalView;
class Theme;

/// What only a person can settle, oldest first: at the left each thing in a line, at the right the one screen
/// that settles it. After each the next one stands there with the keyboard in it.
class NeedsYouPage : public Page
{
    Q_OBJECT
public:
    NeedsYouPage(Theme& theme, Desk& desk, const Clock& clock, FieldHelp help, QWidget* parent = nullptr);

    [[nodiscard]] QWidget* contextPanel() override { return nullptr; }
    void arrive() override;
    void pressContinue() override;
    [[nodiscard]] bool goBack() override;
    /// Reads the list again; what is open stays open.
    void refresh();
    void showCase(const QString& code);

signals:
    /// To the field of the dossier, in the form that corrects it.
    void correctionWanted(const QString& code, const std::string& pointer);
    /// A paper must come out anew.
    void paperWanted(const QString& code, const std::string& paper);

private:
    void read();
    void readUnder(const QString& kept);
    void addAlarms(std::vector<ActionLine>& lines);
    void addHints(std::vector<ActionLine>& lines);
    [[nodiscard]] bool isUnchanged();
    void closeDetail();
    void openOther(const QString& key);
    void showAlarm(const Alarm& alarm);
    void settle(const std::string& op, const QString& finding);
    void showHint(const PossibleDuplicate& pair);
    void judge(const PossibleDuplicate& pair, Duplicate verdict);
    void showLead();
    void open(const QString& op);
    void showDecision();
    void showRefusal();
    void takeKeyboard();
    void goOn(const QString& done);
    void decide();
    void keepAsRemark();
    void reopen();
    void sendAgain();
    void withdraw(const QString& reason);
    void copyText(const QString& text, const QString& said);
    void say(const Refusal& refusal);
    void showAnew(const QString& why);
    [[nodiscard]] DecisionDraft& draft();
    [[nodiscard]] int workingDays(const ConflictCase& conflict) const;

    Theme& m_theme;
    Desk& m_desk;
    const Clock& m_clock;
    FieldHelp m_help;
    std::vector<ConflictCase> m_cases;
    const ConflictCase* m_open = nullptr;
    QString m_openKey;                      ///< of what stands at the right
    std::vector<PossibleDuplicate> m_hints; ///< of the last days
    std::vector<Alarm> m_alarms;
    std::map<std::string, DecisionDraft> m_drafts; ///< by operation; kept until it is settled
    std::map<std::string, QString> m_withdrawReasons;
    std::map<std::string, QString> m_findings; ///< by alarm
    QString m_lastReason;
    QLabel* m_lead;
    QLabel* m_late;
    ActionListModel* m_model;
    ActionListView* m_list;
    QScrollArea* m_detail;
    DecisionView* m_decision = nullptr;
    RefusalView* m_refusal = nullptr;
    AlarmView* m_alarm = nullptr;
    DuplicateView* m_duplicate = nullptr;
};

} // namespace motcua
