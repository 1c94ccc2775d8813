// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/start_gauge.h"

#include "app/common/password_file.h"
#include "app/widgets/display_text.h"
#include "app/widgets/page.h"
#include "app/window/application.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QLineEdit>
#include <QTableView>
#include <QTimer>

#include <cstdio>
#include <unistd.h>

namespace motcua {

namespace {

/// A word of a file under /proc by its place; empty where there is no such file.
QByteArray systemWord(const char* file, int place)
{
    QFile stat(QLatin1String("/proc/") + QLatin1String(file));
    if (!stat.open(QIODevice::ReadOnly)) {
        return {};
    }
    QByteArray text = stat.readAll();
    // The program's name stands in brackets and may hold spaces.
    text.remove(0, text.lastIndexOf(')') + 1);
    return text.simplified().split(' ').value(place);
}

/// Since the kernel started this process; its clock for that counts hundredths of a second.
qint64 millisSinceStart()
{
    constexpr int kStartTime = 19; // field 22 of proc(5), counted after the name
    const qint64 started = systemWord("self/stat", kStartTime).toLongLong() * 1000 / sysconf(_SC_CLK_TCK);
    return static_cast<qint64>(systemWord("uptime", 0).toDouble() * 1000) - started;
}

qint64 residentMegabytes()
{
    return systemWord("self/statm", 1).toLongLong() * sysconf(_SC_PAGESIZE) / (1024 * 1024);
}

} // namespace

StartGauge::StartGauge(Application& application) : m_application(application)
{
    connect(&application, &Application::entered, this,
            [this] { awaitPaint(m_application.window().currentPage(), &StartGauge::atIntake); });
    connect(&application, &Application::stuck, this, &StartGauge::giveUp);
    // The gate stands once start() has returned; without a register in the folder another gate comes.
    QTimer::singleShot(0, this, [this] {
        auto* account = m_application.window().findChild<QLineEdit*>(QStringLiteral("account"));
        if (account == nullptr) {
            giveUp(tr("không có sổ để mở"));
            return;
        }
        awaitPaint(account, &StartGauge::atGate);
    });
}

StartGauge::~StartGauge() = default;

void StartGauge::awaitPaint(QObject* surface, void (StartGauge::*then)())
{
    m_surface = surface;
    m_then = then;
    surface->installEventFilter(this);
    qobject_cast<QWidget*>(surface)->update();
}

bool StartGauge::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_surface && event->type() == QEvent::Paint) {
        watched->removeEventFilter(this);
        m_surface = nullptr;
        // After this paint, and after what was waiting before it: then a key would be answered at once.
        QTimer::singleShot(0, this, m_then);
    }
    return QObject::eventFilter(watched, event);
}

void StartGauge::atGate()
{
    m_gate = millisSinceStart();
    auto password = readPasswordFile(qEnvironmentVariable("MOTCUA_PASSWORD_FILE").toStdString());
    if (!password) {
        giveUp(displayText(password.error().detail));
        return;
    }
    m_application.signIn(qEnvironmentVariable("MOTCUA_USER"), std::make_shared<Secret>(std::move(*password)));
}

void StartGauge::atIntake()
{
    m_intake = millisSinceStart();
    QWidget* page = m_application.window().go(QStringLiteral("register"));
    awaitPaint(page->findChild<QTableView*>()->viewport(), &StartGauge::atList);
}

void StartGauge::atList()
{
    const qint64 list = millisSinceStart();
    const auto* table = m_application.window().currentPage()->findChild<QTableView*>();
    std::printf("{\"gate_ms\":%lld,\"intake_ms\":%lld,\"rows\":%d,\"rss_mb\":%lld,\"start_ms\":%lld}\n",
                static_cast<long long>(m_gate), static_cast<long long>(m_intake), table->model()->rowCount(),
                static_cast<long long>(residentMegabytes()), static_cast<long long>(list));
    std::fflush(stdout);
    QApplication::exit(m_application.window().search()->isEnabled() ? 0 : 1);
}

void StartGauge::giveUp(const QString& why)
{
    std::fprintf(stderr, "motcua: %s\n", why.toUtf8().constData());
    QApplication::exit(1);
}

} // namespace motcua
