// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/options.h"

#include "app/common/places.h"
#include "app/widgets/display_text.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>
#include <cstdlib>

namespace motcua {

namespace {

QString text(const char* words)
{
    return QCoreApplication::translate("options", words);
}

} // namespace

Options readOptions(const QStringList& arguments)
{
    const QCommandLineOption folder(QStringLiteral("register"), text("Thư mục sổ."), QStringLiteral("DIR"));
    const QCommandLineOption practice(QStringLiteral("practice"),
                                      text("Sổ luyện tập dùng một lần, với hồ sơ không có thật."));
    const QCommandLineOption portal(QStringLiteral("portal"), text("Cổng để sổ luyện tập nối tới."),
                                    QStringLiteral("URL"));
    const QCommandLineOption code(QStringLiteral("enrolment-code"), text("Mã ghi danh với cổng."),
                                  QStringLiteral("CODE"));
    const QCommandLineOption tour(
        QStringLiteral("tour"),
        text("Tự chạy một ngày ở quầy trên sổ luyện tập, để lại giấy tờ và ảnh trong DIR."),
        QStringLiteral("DIR"));
    const QCommandLineOption measure(
        QStringLiteral("measure-start"),
        text("Tự đăng nhập bằng MOTCUA_USER và MOTCUA_PASSWORD_FILE, in thời gian mở cửa sổ, rồi thôi."));
    QCommandLineParser parser;
    parser.addOptions({folder, practice, portal, code, tour, measure});
    const QCommandLineOption help(QStringList{QStringLiteral("h"), QStringLiteral("help")},
                                  text("In hướng dẫn này."));
    parser.addOption(help);

    Options options;
    if (!parser.parse(arguments)) {
        options.wrong = parser.errorText();
        return options;
    }
    if (parser.isSet(help)) {
        std::fputs(parser.helpText().toUtf8().constData(), stdout);
        std::exit(0);
    }
    options.tour = parser.value(tour);
    options.practice = parser.isSet(practice) || !options.tour.isEmpty();
    options.measureStart = parser.isSet(measure);
    options.portal = parser.value(portal);
    options.enrolmentCode = parser.value(code);
    options.folder =
        parser.isSet(folder) ? std::filesystem::path(toUtf8(parser.value(folder))) : registerPlace();
    if (!parser.positionalArguments().isEmpty()) {
        options.wrong = text("Không hiểu “%1”.").arg(parser.positionalArguments().first());
    } else if (options.practice && parser.isSet(folder)) {
        options.wrong =
            text("Sổ luyện tập luôn là sổ mới: không dùng --register cùng --practice hay --tour.");
    } else if (options.practice && options.measureStart) {
        options.wrong = text("--measure-start mở sổ ở --register, không dùng cùng --practice hay --tour.");
    } else if (!options.portal.isEmpty() && !options.practice) {
        // A real register is bound to its portal by the administrator, once (motcuactl enrol).
        options.wrong =
            text("--portal chỉ dùng với --practice hay --tour; sổ thật ghi danh bằng motcuactl enrol.");
    } else if (options.portal.isEmpty() != options.enrolmentCode.isEmpty()) {
        options.wrong = text("--portal và --enrolment-code phải đi cùng nhau.");
    }
    return options;
}

} // namespace motcua
