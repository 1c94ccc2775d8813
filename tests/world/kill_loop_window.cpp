// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/world/kill_loop_window.h"

#include <QDir>
#include <QDirIterator>
#include <QThread>
#include <algorithm>

namespace motcua {

namespace {

constexpr int kPatience = 60'000;
constexpr int kPollMs = 40;

QStringList waitFor(const QString& title)
{
    return {QStringLiteral("search"), QStringLiteral("--sync"), QStringLiteral("--onlyvisible"),
            QStringLiteral("--name"), title};
}

QStringList type(const QString& text)
{
    return {QStringLiteral("type"),    QStringLiteral("--args"), QStringLiteral("1"),
            QStringLiteral("--delay"), QStringLiteral("4"),      text};
}

QStringList press(const char* keys)
{
    return QStringList(QStringLiteral("key")) + words(keys);
}

} // namespace

KilledWindow::KilledWindow(QString program, QString home, QString password, int slot)
    : m_program(std::move(program)), m_home(std::move(home)), m_password(std::move(password)), m_slot(slot)
{}

KilledWindow::~KilledWindow()
{
    die();
    m_screen.kill();
    m_screen.waitForFinished(kPatience);
}

bool KilledWindow::open()
{
    m_screen.start(QStringLiteral("Xvfb"), words("-displayfd 1 -screen 0 1366x768x24 -nolisten tcp"));
    QByteArray number;
    while (!number.endsWith('\n') && m_screen.waitForReadyRead(kPatience)) {
        number += m_screen.readAllStandardOutput();
    }
    if (!number.endsWith('\n')) {
        return false;
    }
    m_display = QStringLiteral("DISPLAY=:") + QString::fromLatin1(number.trimmed());
    for (const char* folder : {"/window", "/runtime"}) {
        QDir().mkpath(m_home + QLatin1String(folder));
        QFile::setPermissions(m_home + QLatin1String(folder),
                              QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    start();
    const bool isIn = signIn(true, kPatience);
    die();
    return isIn;
}

void KilledWindow::start()
{
    m_window = std::make_unique<QProcess>(); // of the thread that is at work
    m_window->setStandardOutputFile(m_home + QStringLiteral("/window.out"));
    m_window->setStandardErrorFile(m_home + QStringLiteral("/window.err"));
    m_window->start(QStringLiteral("env"),
                    {m_display, QStringLiteral("QT_QPA_PLATFORM=xcb"),
                     QStringLiteral("HOME=%1/window").arg(m_home),
                     QStringLiteral("XDG_RUNTIME_DIR=%1/runtime").arg(m_home), m_program,
                     QStringLiteral("--register"), m_home + QStringLiteral("/register")});
    m_age.start();
}

bool KilledWindow::xdotool(const QStringList& orders, int patience)
{
    const auto left = patience - static_cast<int>(m_age.elapsed());
    if (left <= 0) {
        return false;
    }
    return run(QStringLiteral("env"), QStringList{m_display, QStringLiteral("xdotool")} + orders, {}, left)
               .exit == 0;
}

bool KilledWindow::signIn(bool isFirst, int life)
{
    const auto account = isFirst ? type(QStringLiteral("lan")) + press("Return") : QStringList();
    return xdotool(waitFor(QStringLiteral("Đăng nhập")) + QStringList(QStringLiteral("windowfocus")) +
                       QStringList(QStringLiteral("--sync")) + account + type(m_password) + press("Return"),
                   life) &&
           xdotool(waitFor(QStringLiteral("Tiếp nhận|kinh doanh")), life); // or where the last life stopped
}

bool KilledWindow::takeIn(int life)
{
    // Escape takes the word about it away, and then puts aside what the last death left half done; it stays
    // among the drafts.
    return xdotool(press("Escape Escape ctrl+a") + type(QStringLiteral("1.001570")) + press("Return"),
                   life) &&
           xdotool(waitFor(QStringLiteral("kinh doanh")), life) &&
           xdotool(type(nextName()) + press("ctrl+Return") + type(QStringLiteral("Tam ngung ban hang")) +
                       press("ctrl+Return") + type(QStringLiteral("se bo sung")) +
                       press("ctrl+Return ctrl+Return"),
                   life) &&
           xdotool(waitFor(QStringLiteral("Đã tiếp nhận")), life) && xdotool(press("F2"), life) &&
           xdotool(waitFor(QStringLiteral("Tiếp nhận")), life);
}

void KilledWindow::live(int life)
{
    start();
    bool goesOn = signIn(false, life);
    while (goesOn) {
        goesOn = takeIn(life);
    }
    // A key may have gone astray; what the program does by itself goes on until its end.
    while (m_age.elapsed() < life && m_window->state() != QProcess::NotRunning) {
        m_window->waitForFinished(std::max(1, std::min(kPollMs, life - static_cast<int>(m_age.elapsed()))));
    }
    die();
}

void KilledWindow::die()
{
    if (m_window) {
        m_window->kill();
        m_window->waitForFinished(kPatience);
        m_window.reset();
    }
}

/// A name of letters that nobody had before: one citizen each time.
QString KilledWindow::nextName()
{
    QString word;
    for (int rest = ++m_citizens; rest > 0; rest /= 26) {
        word.prepend(QChar(static_cast<char16_t>(u'A' + rest % 26)));
    }
    return QStringLiteral("TRAN VAN %1%2").arg(QChar(static_cast<char16_t>(u'A' + m_slot))).arg(word);
}

std::vector<std::string> KilledWindow::slips() const
{
    std::vector<std::string> codes;
    QDirIterator files(m_home + QStringLiteral("/window"), {QStringLiteral("slip-*.pdf")}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        codes.push_back(files.fileInfo().completeBaseName().mid(5).toStdString());
    }
    return codes;
}

} // namespace motcua
