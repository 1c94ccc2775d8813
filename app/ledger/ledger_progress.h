// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ledger/ledger_jobs.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;

namespace motcua {

/// How far a job beside the window is; between two jobs a line about what is still missing.
class LedgerProgress : public QWidget
{
    Q_OBJECT
public:
    explicit LedgerProgress(QWidget* parent = nullptr);

    /// What the job that begins now and this line tell each other.
    [[nodiscard]] std::shared_ptr<LedgerRun> begin(const QString& what);
    void end();
    /// Asks the job to stop after its batch; nothing runs: nothing happens.
    void stop();
    void say(const QString& text);

private:
    void look();

    std::shared_ptr<LedgerRun> m_run;
    QLabel* m_text;
    QProgressBar* m_bar;
    QTimer m_look;
};

} // namespace motcua
