// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/queue/courier_jobs.h"

#include <QDialog>
#include <QTimer>

#include <atomic>
#include <memory>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace motcua {

class MessageBar;
class Theme;
struct ErrorText;

/// Weeks without a network: choose the stick's folder, see what will be done, do it once, and read in words
/// what became of it. The work runs beside the window and can be stopped; Esc stops first and leaves then.
class CourierDialog : public QDialog
{
    Q_OBJECT
public:
    enum class Way
    {
        Send,
        Receive,
    };
    /// `folder`: to begin with; empty: the first stick that is plugged in.
    CourierDialog(Theme& theme, CourierJobs jobs, Way way, const QString& folder, QWidget* parent);

    ~CourierDialog() override;
    [[nodiscard]] QString folder() const;
    void reject() override;

signals:
    /// Reading has ended, however it ended: what was read before it did is in the register.
    void answered();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    /// What the work tells while it runs.
    struct Progress
    {
        std::atomic<bool> isStopped{false};
        std::atomic<int> percent{0};
        std::atomic<bool> isProving{false};
    };

    void addFolder(QVBoxLayout* column);
    void addButtons(QVBoxLayout* column);
    void choose();
    void count();
    void look();
    void findStick();
    void measure();
    void begin();
    void send();
    void receive();
    void showProgress();
    void finish(bool isDone, const QString& what, const QString& next);
    void fail(const ErrorText& text);

    CourierJobs m_jobs;
    Way m_way;
    MessageBar* m_message;
    QLineEdit* m_folder;
    QString m_plan;
    QLabel* m_ahead;
    QLabel* m_stage;
    QProgressBar* m_bar;
    QPushButton* m_begin;
    QPushButton* m_leave;
    QString m_room; ///< free on the stick, in words
    QTimer m_look;
    QTimer m_measureSoon;
    std::shared_ptr<std::atomic<bool>> m_counting = std::make_shared<std::atomic<bool>>(true);
    std::shared_ptr<Progress> m_progress; ///< while something runs
};

} // namespace motcua
