// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <QObject>

#include <memory>

namespace motcua {

class Application;

/// Measures how long an official waits for the window: signs in the real way, with MOTCUA_USER and
/// MOTCUA_PASSWORD_FILE instead of a person's typing, prints one JSON line and ends the program.
///
/// Figures count from the start of the process, in milliseconds: `gate_ms` the sign-in page is painted,
/// `intake_ms` the page that sign-in leads to is painted and takes keys, `start_ms` the register's newest
/// rows are painted and the search field takes keys. `rss_mb` is what the process holds in memory then.
class StartGauge : public QObject
{
    Q_OBJECT
public:
    explicit StartGauge(Application& application);
    ~StartGauge() override;

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void awaitPaint(QObject* surface, void (StartGauge::*then)());
    void atGate();
    void atIntake();
    void atList();
    void giveUp(const QString& why);

    Application& m_application;
    QObject* m_surface = nullptr;
    void (StartGauge::*m_then)() = nullptr;
    qint64 m_gate = 0;
    qint64 m_intake = 0;
};

} // namespace motcua
