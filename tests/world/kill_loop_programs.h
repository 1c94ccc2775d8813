// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <QProcess>
#include <QString>
#include <QStringList>
#include <atomic>
#include <memory>
#include <mutex>
#include <string>

namespace motcua {

/// Of the invented official.
#define KILL_LOOP_PASSWORD "mat-khau-cua-lan"

/// What is wrong, from all threads.
class Wrongs
{
public:
    static constexpr int kEnough = 20; ///< more tell nothing new

    void add(const std::string& what);
    [[nodiscard]] int count() const { return m_count; }

private:
    std::mutex m_mutex;
    std::atomic<int> m_count{0};
};

/// How many more programs have to die.
class Fate
{
public:
    explicit Fate(int kills) : m_left(kills) {}
    [[nodiscard]] bool take();
    /// It was done before death came.
    void giveBack() { ++m_left; }
    [[nodiscard]] bool isOver() const { return m_left <= 0; }

private:
    std::atomic<int> m_left;
};

struct Ran
{
    int exit = -1;
    bool killed = false;
    std::string out;
    std::string err;

    [[nodiscard]] Json json() const;
};

/// "sync --once" as a list. Nothing in these tests has a space in it, but what is given in `more`.
[[nodiscard]] QStringList words(const char* text, const QStringList& more = {});

/// Runs a program to its end, or until it is killed after so many milliseconds.
Ran run(const QString& program, const QStringList& arguments, const std::string& input = {},
        int killAfter = -1);

/// The portal's program; killed and started again on the same port.
class PortalProgram
{
public:
    /// `serving`: further options of the server, such as its certificate.
    PortalProgram(QString program, QString data, QStringList serving = {});
    ~PortalProgram() { stop(); }
    PortalProgram(const PortalProgram&) = delete;
    PortalProgram& operator=(const PortalProgram&) = delete;

    [[nodiscard]] bool start();
    void stop();
    [[nodiscard]] Ran admin(const QStringList& command) const;
    [[nodiscard]] QString url() const;

private:
    QString m_program;
    QString m_data;
    QStringList m_serving;
    quint16 m_port = 0;
    std::unique_ptr<QProcess> m_process;
};

} // namespace motcua
