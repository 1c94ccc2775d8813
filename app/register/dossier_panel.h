// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/files/file_desk.h"
#include "app/intake/field_editor.h"
#include "app/papers/paper_desk.h"
#include "app/register/dossier_presenter.h"
#include "app/widgets/message_bar.h"

#include <QWidget>

class QButtonGroup;
class QScrollArea;
class QVBoxLayout;

namespace motcua {

class ActDialog;
class FileActions;
class Theme;

/// The open dossier beside the list: what it is, its next steps as buttons, and one of three views: contents,
/// history, papers.
class DossierPanel : public QWidget
{
    Q_OBJECT
public:
    DossierPanel(Theme& theme, DossierPresenter& presenter, FileDesk& files, PaperDesk& papers,
                 PaperPress& press, FieldHelp help, QWidget* parent = nullptr);

    void printPaper(const std::string& paper);
    void showView(int view);
    /// Asks for another value of a field, as its button does; nothing where the form does not have it.
    void changeField(const std::string& pointer) { askChange(pointer); }

signals:
    void announced(motcua::Tone tone, const QString& what, const QString& next);

private:
    void refresh();
    void fillHead();
    void fillSteps();
    void fillView();
    void fillContents(QVBoxLayout* column);
    void fillComponents(QVBoxLayout* column);
    void addFile(QVBoxLayout* column, const Desk::DossierFile& file);
    void fillHistory(QVBoxLayout* column);
    void fillPapers(QVBoxLayout* column);
    void addRow(QVBoxLayout* column, const ReadSection::Row& row);
    void run(ActDialog& dialog);
    void askMove(Status to);
    void addFees();
    void addBook();
    void askFees();
    void askChange(const std::string& pointer);

    Theme& m_theme;
    DossierPresenter& m_presenter;
    FileDesk& m_files;
    FileActions* m_fileActions;
    PaperDesk& m_papers;
    PaperPress& m_press;
    FieldHelp m_help;
    QVBoxLayout* m_head;
    QVBoxLayout* m_steps;
    QButtonGroup* m_views;
    QWidget* m_viewBar;
    QScrollArea* m_scroll;
    std::string m_uid; ///< of the dossier that is shown
};

} // namespace motcua
