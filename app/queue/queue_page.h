// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/widgets/page.h"
#include "core/base/clock.h"
#include "core/desk/desk.h"

#include <vector>

class QButtonGroup;
class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace motcua {

class ActionListModel;
class ActionListView;
class Theme;

/// What waits for the portal: each operation with its state in words, why, who must act, and one button. At
/// the right the diary of attempts of the marked one.
class QueuePage : public Page
{
    Q_OBJECT
public:
    QueuePage(Theme& theme, Desk& desk, const Clock& clock, QWidget* parent = nullptr);

    [[nodiscard]] QWidget* contextPanel() override { return m_side; }
    void arrive() override;
    /// The queue has changed; looks at it again while it is in front.
    void refresh();

signals:
    void tryWanted();
    void stickWanted();       ///< the queue shall go out by USB
    void stickAnswerWanted(); ///< and an answer come in
    void diaryWanted();
    void decisionWanted(const QString& code);

private:
    [[nodiscard]] QHBoxLayout* makeBar();
    void act(const QString& op);
    void showFiles();
    void showDiary(const QString& op);
    [[nodiscard]] const QueuedOperation* operation(const QString& op) const;

    Desk& m_desk;
    const Clock& m_clock;
    std::vector<QueuedOperation> m_operations;
    QLabel* m_lead;
    QLabel* m_filesLine; ///< scans on their way, or nothing
    QButtonGroup* m_which;
    ActionListModel* m_model;
    ActionListView* m_list;
    QWidget* m_side;
    QVBoxLayout* m_diary;
};

} // namespace motcua
