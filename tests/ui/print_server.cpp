// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/print_server.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTcpSocket>
#include <QTest>

#include <algorithm>
#include <catch2/catch.hpp>
#include <unistd.h>

namespace motcua::test {

namespace {

constexpr int kWaitMs = 10'000;

/// One place for all servers of this process, one after the other: libcups asks for it once a thread.
QString socketFile()
{
    return QDir::temp().filePath(
        QStringLiteral("motcua-test-cups-%1").arg(QCoreApplication::applicationPid()));
}

} // namespace

PrintServer::PrintServer()
{
    const QString program =
        QStandardPaths::findExecutable(QStringLiteral("cupsd"), {QStringLiteral("/usr/sbin")});
    REQUIRE_FALSE(program.isEmpty()); // Debian: cups
    REQUIRE(m_printer.listen(QHostAddress::LocalHost));
    QObject::connect(&m_printer, &QTcpServer::newConnection, &m_printer, [this] { takeJob(); });
    const QString root = m_folder.path();
    for (const char* folder : {"etc", "spool", "spool/tmp", "cache", "run", "log"}) {
        REQUIRE(QDir(root).mkpath(QLatin1String(folder)));
    }
    // Run by root it hands the printing over to the user lp, who must come through.
    const bool asRoot = geteuid() == 0;
    QFile::setPermissions(root, QFile::permissions(root) | QFile::ReadOther | QFile::ExeOther);
    write(QStringLiteral("etc/cups-files.conf"),
          QStringLiteral("ServerRoot %1/etc\nRequestRoot %1/spool\nTempDir %1/spool/tmp\nCacheDir %1/cache\n"
                         "StateDir %1/run\nAccessLog %1/log/access\nErrorLog %1/log/error\n"
                         "PageLog %1/log/page\n%2")
              .arg(root, asRoot ? QStringLiteral("User lp\nGroup lp\n") : QString()));
    write(QStringLiteral("etc/cupsd.conf"),
          QStringLiteral("Listen %1\nBrowsing Off\nWebInterface No\nPreserveJobFiles No\n"
                         "<Location />\nOrder allow,deny\nAllow all\n</Location>\n"
                         "<Policy default>\n<Limit All>\nOrder deny,allow\nAllow all\n</Limit>\n</Policy>\n")
              .arg(socketFile()));
    write(QStringLiteral("etc/printers.conf"),
          queue(QStringLiteral("quay1"), QStringLiteral("State Idle\nAccepting Yes")) +
              queue(QStringLiteral("dung"),
                    QStringLiteral("State Stopped\nReason media-empty-error\nAccepting Yes")) +
              queue(QStringLiteral("tuchoi"), QStringLiteral("State Idle\nAccepting No")));
    m_cupsd.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_cupsd.start(program,
                  {QStringLiteral("-f"), QStringLiteral("-c"), root + QStringLiteral("/etc/cupsd.conf"),
                   QStringLiteral("-s"), root + QStringLiteral("/etc/cups-files.conf")});
    REQUIRE(m_cupsd.waitForStarted());
    REQUIRE(QTest::qWaitFor([&] { return QFile::exists(socketFile()); }, kWaitMs));
    qputenv("CUPS_SERVER", QFile::encodeName(socketFile()));
}

PrintServer::~PrintServer()
{
    stop();
    QFile::remove(socketFile());
    qunsetenv("CUPS_SERVER");
}

void PrintServer::stop()
{
    m_cupsd.terminate();
    if (!m_cupsd.waitForFinished(kWaitMs)) {
        m_cupsd.kill();
        m_cupsd.waitForFinished();
    }
}

void PrintServer::write(const QString& file, const QString& text) const
{
    QFile out(m_folder.filePath(file));
    REQUIRE(out.open(QIODevice::WriteOnly));
    REQUIRE(out.write(text.toUtf8()) > 0);
}

QString PrintServer::queue(const QString& name, const QString& state) const
{
    return QStringLiteral("<Printer %1>\nDeviceURI socket://127.0.0.1:%2\n%3\nShared No\n"
                          "ErrorPolicy abort-job\n</Printer>\n")
        .arg(name)
        .arg(m_printer.serverPort())
        .arg(state);
}

void PrintServer::takeJob()
{
    while (QTcpSocket* socket = m_printer.nextPendingConnection()) {
        const std::size_t number = m_jobs.size();
        m_jobs.emplace_back();
        QObject::connect(socket, &QTcpSocket::readyRead, &m_printer,
                         [this, socket, number] { m_jobs[number].bytes += socket->readAll(); });
        QObject::connect(socket, &QTcpSocket::readChannelFinished, socket, &QTcpSocket::disconnectFromHost);
        QObject::connect(socket, &QTcpSocket::disconnected, &m_printer,
                         [this, number] { m_jobs[number].complete = true; });
    }
}

std::vector<QByteArray> PrintServer::printed(std::size_t jobs)
{
    const auto complete = [this] {
        return static_cast<std::size_t>(
            std::ranges::count_if(m_jobs, [](const Job& job) { return job.complete; }));
    };
    REQUIRE(QTest::qWaitFor([&] { return complete() >= jobs; }, kWaitMs));
    std::vector<QByteArray> all;
    for (const Job& job : m_jobs) {
        all.push_back(job.bytes);
    }
    return all;
}

} // namespace motcua::test
