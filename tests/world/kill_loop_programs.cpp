// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/world/kill_loop_programs.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <cstdio>

namespace motcua {

namespace {
constexpr int kPatience = 120'000;
}

void Wrongs::add(const std::string& what)
{
    const std::lock_guard lock(m_mutex);
    std::printf("WRONG: %s\n", what.substr(0, 1'000).c_str());
    std::fflush(stdout);
    ++m_count;
}

bool Fate::take()
{
    if (m_left.fetch_sub(1) > 0) {
        return true;
    }
    ++m_left;
    return false;
}

Json Ran::json() const
{
    return parseJson(out.substr(0, out.find_last_not_of('\n') + 1)).value_or(Json());
}

QStringList words(const char* text, const QStringList& more)
{
    return QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts) + more;
}

Ran run(const QString& program, const QStringList& arguments, const std::string& input, int killAfter)
{
    QProcess process;
    process.start(program, arguments);
    process.write(input.data(), static_cast<qint64>(input.size()));
    process.closeWriteChannel();
    Ran ran;
    if (killAfter >= 0 && !process.waitForFinished(killAfter)) {
        process.kill();
        ran.killed = true;
    }
    process.waitForFinished(kPatience);
    ran.exit = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    ran.out = process.readAllStandardOutput().toStdString();
    ran.err = process.readAllStandardError().toStdString();
    return ran;
}

PortalProgram::PortalProgram(QString program, QString data, QStringList serving)
    : m_program(std::move(program)), m_data(std::move(data)), m_serving(std::move(serving))
{
    QTcpServer free;
    free.listen(QHostAddress::LocalHost);
    m_port = free.serverPort();
}

bool PortalProgram::start()
{
    m_process = std::make_unique<QProcess>();
    m_process->start(m_program, words("--allow-faults --listen") +
                                    QStringList{QStringLiteral("127.0.0.1:%1").arg(m_port),
                                                QStringLiteral("--data"), m_data} +
                                    m_serving);
    QByteArray said;
    QElapsedTimer timer;
    timer.start();
    while (!said.contains("listening on") && timer.elapsed() < kPatience &&
           m_process->state() != QProcess::NotRunning) {
        m_process->waitForReadyRead(200);
        said += m_process->readAllStandardOutput();
    }
    return said.contains("listening on");
}

QString PortalProgram::url() const
{
    const bool isSafe = m_serving.contains(QStringLiteral("--tls-cert"));
    return QStringLiteral("%1://127.0.0.1:%2")
        .arg(isSafe ? QStringLiteral("https") : QStringLiteral("http"))
        .arg(m_port);
}

void PortalProgram::stop()
{
    if (m_process) {
        m_process->kill();
        m_process->waitForFinished(kPatience);
        m_process.reset();
    }
}

Ran PortalProgram::admin(const QStringList& command) const
{
    return run(m_program, words("admin --data", {m_data}) + command);
}

} // namespace motcua
