// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/day/day_presenter.h"
#include "app/papers/paper_desk.h"
#include "app/widgets/page.h"

#include <QTimer>

class QButtonGroup;
class QStackedWidget;

namespace motcua {

class DayView;
class DiaryView;
class Theme;

/// "Tôi về được chưa?": today's figures with the sheet that is signed, and the diary of the network.
class DayPage : public Page
{
    Q_OBJECT
public:
    DayPage(Theme& theme, Workplace& place, PaperDesk& papers, PaperPress& press, QWidget* parent = nullptr);

    void arrive() override;
    void pressPrint() override;
    [[nodiscard]] bool goBack() override;
    void showDiary();
    /// Something changed at the portal or in the register; read again soon, not once for each news.
    void refreshSoon();

signals:
    void needsYouWanted();

private:
    enum Views
    {
        Today,
        Diary,
    };
    [[nodiscard]] QWidget* makeHead();
    void choose(int view);
    void printSheet();

    Theme& m_theme;
    PaperDesk& m_papers;
    PaperPress& m_press;
    DayPresenter m_presenter;
    QTimer m_soon;
    QButtonGroup* m_chips;
    QStackedWidget* m_stack;
    DayView* m_day;
    DiaryView* m_diary;
};

} // namespace motcua
