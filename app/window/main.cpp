// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/theme/theme.h"
#include "app/window/application.h"
#include "app/window/options.h"
#include "app/window/start_gauge.h"
#include "app/window/tour.h"
#include "app/window/vietnamese.h"
#include "core/papers/paper_output.h"

#include <QApplication>
#include <QLocale>

#include <cstdio>

int main(int argc, char** argv)
{
    motcua::fixOrderInPapers();
    QApplication::setAttribute(Qt::AA_DontShowIconsInMenus);
    QApplication qt(argc, argv);
    QApplication::setApplicationName(QStringLiteral("motcua"));
    QApplication::setApplicationDisplayName(QStringLiteral("Một Cửa"));
    QApplication::setApplicationVersion(QStringLiteral(MOTCUA_VERSION));
    QLocale::setDefault(QLocale(QLocale::Vietnamese, QLocale::Vietnam));
    motcua::VietnameseControls words;
    QApplication::installTranslator(&words);

    motcua::Options options = motcua::readOptions(QApplication::arguments());
    if (!options.wrong.isEmpty()) {
        std::fprintf(stderr, "motcua: %s\n", options.wrong.toUtf8().constData());
        return 2;
    }
    motcua::Theme theme(qt);
    motcua::Application application(theme, std::move(options));
    std::unique_ptr<motcua::Tour> tour;
    if (!application.options().tour.isEmpty()) {
        tour = std::make_unique<motcua::Tour>(application);
    }
    std::unique_ptr<motcua::StartGauge> gauge;
    if (application.options().measureStart) {
        gauge = std::make_unique<motcua::StartGauge>(application);
    }
    application.start();
    return QApplication::exec();
}
