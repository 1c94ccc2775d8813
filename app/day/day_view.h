// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/day_status.h"

#include <QWidget>

class QFrame;
class QLabel;
class QPushButton;

namespace motcua {

class ActionListModel;
class ActionListView;
class FigureCard;
class Theme;

/// The answer in one sentence, the figures behind it, and what is left to do, line by line.
class DayView : public QWidget
{
    Q_OBJECT
public:
    explicit DayView(Theme& theme, QWidget* parent = nullptr);

    void show(const DayStatus& status);
    void takeKeyboard();

signals:
    void dossierWanted(const QString& code);
    void needsYouWanted();

private:
    [[nodiscard]] QFrame* makeVerdict();
    void makeCards();
    void showVerdict(const DayStatus& status);
    void showDossiers(const DayStatus& status);
    void showPapers(const DayStatus& status);
    void showQueue(const DayStatus& status);
    void showSafety(const DayStatus& status);
    void showDifferences(const DayStatus& status);

    Theme& m_theme;
    QLabel* m_icon;
    QLabel* m_headline;
    QLabel* m_advice;
    QPushButton* m_needsYou;
    FigureCard* m_dossiers;
    FigureCard* m_papers;
    FigureCard* m_queue;
    FigureCard* m_safety;
    QLabel* m_gapsTitle;
    ActionListModel* m_gaps;
    ActionListView* m_gapList;
};

} // namespace motcua
