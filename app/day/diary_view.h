// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/outbox/network_diary.h"

#include <QWidget>

class QLabel;

namespace motcua {

class ActionListModel;
class ActionListView;
class ReachStrip;
class Theme;

/// The diary of the network: days by hours, and each outage in words.
class DiaryView : public QWidget
{
    Q_OBJECT
public:
    explicit DiaryView(Theme& theme, QWidget* parent = nullptr);

    void show(const NetworkDiary& diary);
    void takeKeyboard();

private:
    [[nodiscard]] QWidget* makeLegend() const;
    void markOutage(const QString& key);

    Theme& m_theme;
    NetworkDiary m_diary;
    QLabel* m_lead;
    ReachStrip* m_strip;
    ActionListModel* m_model;
    ActionListView* m_list;
    QLabel* m_whole; ///< the marked outage in full: a line of the list may be cut
};

} // namespace motcua
