// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/world/kill_loop_programs.h"

#include <QElapsedTimer>
#include <string>
#include <vector>

namespace motcua {

/// The real window of a counter on a screen in memory, worked by keys and killed with SIGKILL. Its register
/// is home/register, its papers come out below home/window. One thread.
class KilledWindow
{
public:
    KilledWindow(QString program, QString home, QString password, int slot);
    ~KilledWindow();
    KilledWindow(const KilledWindow&) = delete;
    KilledWindow& operator=(const KilledWindow&) = delete;

    /// Opens the screen and signs in once in peace, so that the window knows its account. False: it cannot.
    [[nodiscard]] bool open();
    /// One life of the program: somebody signs in and takes in one citizen after the other, until it is
    /// killed `life` milliseconds after its start, wherever it is then.
    void live(int life);
    /// The codes on the slips that came out: promises to citizens.
    [[nodiscard]] std::vector<std::string> slips() const;

private:
    void start();
    void die();
    /// Keys or waiting for a title, within the time that is left. False: it is over.
    bool xdotool(const QStringList& orders, int patience);
    bool signIn(bool isFirst, int life);
    bool takeIn(int life);
    [[nodiscard]] QString nextName();

    QString m_program;
    QString m_home;
    QString m_password;
    int m_slot;
    int m_citizens = 0;
    QString m_display;
    QProcess m_screen;
    std::unique_ptr<QProcess> m_window;
    QElapsedTimer m_age;
};

} // namespace motcua
