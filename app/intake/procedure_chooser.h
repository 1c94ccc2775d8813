// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/intake/intake_presenter.h"

#include <QWidget>

class QLineEdit;

namespace motcua {

class ActionListModel;
class ActionListView;
class Theme;

/// The first step: which procedure. Typing narrows the list, arrows move in it without leaving the field,
/// Enter begins. Drafts that wait stand above it.
class ProcedureChooser : public QWidget
{
    Q_OBJECT
public:
    ProcedureChooser(Theme& theme, IntakePresenter& presenter, QWidget* parent = nullptr);
    /// Looks at drafts and procedures anew and takes the keyboard.
    void refresh();

signals:
    void chosen(const motcua::Procedure* procedure);
    void draftChosen(std::int64_t id);
    void highlighted(const motcua::Procedure* procedure);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showDrafts();
    void narrow(const QString& text);
    [[nodiscard]] const Procedure* current() const;

    IntakePresenter& m_presenter;
    QWidget* m_draftBox;
    ActionListModel* m_drafts;
    ActionListView* m_draftList;
    QLineEdit* m_text;
    ActionListModel* m_procedures;
    ActionListView* m_list;
    std::vector<const Procedure*> m_found;
};

} // namespace motcua
