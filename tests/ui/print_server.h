// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>

#include <vector>

namespace motcua::test {

/// The real print server of the system, as a process of the test's own with a folder of its own, and a
/// network printer behind it that keeps what it is sent. Queues: "quay1" prints, "dung" is stopped, "tuchoi"
/// accepts nothing. Programs of this process and below it print there while the object lives.
class PrintServer
{
public:
    PrintServer();
    ~PrintServer();
    PrintServer(const PrintServer&) = delete;
    PrintServer& operator=(const PrintServer&) = delete;

    /// What came out of the printer, one entry a job; waits for that many.
    [[nodiscard]] std::vector<QByteArray> printed(std::size_t jobs);
    void stop();

private:
    void write(const QString& file, const QString& text) const;
    [[nodiscard]] QString queue(const QString& name, const QString& state) const;
    void takeJob();

    struct Job
    {
        QByteArray bytes;
        bool complete = false;
    };

    QTemporaryDir m_folder;
    QTcpServer m_printer;
    QProcess m_cupsd;
    std::vector<Job> m_jobs;
};

} // namespace motcua::test
