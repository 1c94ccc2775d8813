// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/intake/field_editor.h"
#include "app/intake/intake_presenter.h"
#include "app/widgets/message_bar.h"

#include <QWidget>

class QButtonGroup;
class QHBoxLayout;
class QLabel;

class QPushButton;

namespace motcua {

class FileDesk;
class FormView;
class PapersView;

/// The second step: the form with its papers, the steps above it and the way on below it.
class FormStage : public QWidget
{
    Q_OBJECT
public:
    FormStage(IntakePresenter& presenter, FileDesk& files, FieldHelp help, QWidget* parent = nullptr);

    /// Builds the form of the presenter's draft with what is typed in it, and goes to where it was left.
    void open();
    void showProblems(const Problems& problems);
    void focusField(const std::string& pointer);
    /// What the register offers for a field, or for the person that it belongs to.
    void fillIn(const std::string& pointer);
    /// Files that are still being taken in.
    [[nodiscard]] int filesUnderWay() const;
    void stopFiles();

signals:
    void announced(motcua::Tone tone, const QString& what, const QString& next);
    void continued();
    void left();
    void discarded();
    void refusalWanted();
    void pileWanted();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] QWidget* makeBar();
    void connectForm();
    void buildSteps();
    void showStep(int index);
    void fitSteps();
    /// Fields and papers as the answers so far ask for them.
    void showCase();
    void showDraft();
    void showRemaining();
    void forgetSolved(const std::string& pointer);
    void guessGender(const std::string& pointer, const Json& value);

    IntakePresenter& m_presenter;
    FileDesk& m_files;
    FieldHelp m_help;
    QLabel* m_title;
    QHBoxLayout* m_steps;
    QButtonGroup* m_stepGroup;
    FormView* m_form;
    PapersView* m_papers = nullptr;
    QPushButton* m_pile = nullptr;
    Problems m_problems;
};

} // namespace motcua
