// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/files/file_desk.h"
#include "app/intake/field_editor.h"
#include "app/intake/intake_presenter.h"
#include "app/papers/paper_desk.h"
#include "app/widgets/page.h"

class QStackedWidget;

namespace motcua {

class CheckStage;
class DoneStage;
class FactsPanel;
class FormStage;
class ProcedureChooser;
class Theme;

/// Taking a dossier in, as one flow: procedure, form, check, code. Leads from step to step; what the steps
/// mean is the presenter's.
class IntakePage : public Page
{
    Q_OBJECT
public:
    IntakePage(Theme& theme, Workplace& place, PaperDesk& papers, PaperPress& press, FieldHelp help,
               QWidget* parent = nullptr);
    ~IntakePage() override;

    [[nodiscard]] QWidget* contextPanel() override;
    void arrive() override;
    void pressContinue() override;
    void pressPrint() override;
    void pressFillIn() override;
    [[nodiscard]] bool goBack() override;
    /// F2: the next citizen; what is half filled is kept.
    void startNew();
    void saveNow() { m_presenter.saveNow(); }
    /// Files that are still being taken in: whoever leaves now loses them.
    [[nodiscard]] int filesUnderWay() const;
    /// Says so, and how to go on. False: there are none.
    [[nodiscard]] bool waitsForFiles();
    [[nodiscard]] IntakePresenter& presenter() { return m_presenter; }

signals:
    void slipOut();
    void filesSettled(); ///< none is under way any more

private:
    void connectStages();
    void connectPresenter();
    void resumeInterrupted();
    void startForSame();
    void askPile();
    void begin(const Procedure* procedure);
    void openDraft(std::int64_t id);
    void check();
    void printCheckSheet();
    void showFacts();
    void askRefusal();
    void showReceived();
    void showTurnedAway();
    void showStage(QWidget* stage);
    void announceError(const ErrorText& error);

    Theme& m_theme;
    PaperDesk& m_papers;
    PaperPress& m_press;
    IntakePresenter m_presenter;
    FileDesk m_files;
    FieldHelp m_help;
    bool m_visited = false;
    FactsPanel* m_facts;
    QStackedWidget* m_stack;
    ProcedureChooser* m_chooser;
    FormStage* m_form = nullptr;
    CheckStage* m_check = nullptr;
    DoneStage* m_done = nullptr;
};

} // namespace motcua
