// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/tour.h"

#include "app/shell/first_run_page.h"
#include "app/shell/main_window.h"
#include "app/shell/sign_in_page.h"
#include "app/widgets/display_text.h"
#include "app/window/application.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QKeyEvent>
#include <QPixmap>
#include <QPushButton>

#include <cstdio>

namespace motcua {

namespace {

bool focusIsOn(const char* name)
{
    const QWidget* focus = QApplication::focusWidget();
    return focus != nullptr && focus->objectName() == QLatin1String(name);
}

bool isDialogOpen()
{
    return QApplication::activeModalWidget() != nullptr;
}

} // namespace

Tour::Tour(Application& application) : m_application(application), m_folder(application.options().tour)
{
    QDir().mkpath(m_folder);
    connect(&application, &Application::entered, this, &Tour::begin);
    connect(&application, &Application::stuck, this, &Tour::giveUp);
    connect(&m_player, &KeyPlayer::stuck, this, &Tour::giveUp);
    connect(&m_player, &KeyPlayer::finished, this, &Tour::end);
}

void Tour::begin()
{
    m_application.window().activateWindow();
    // Three weeks ago: within the 60 days of the duty.
    const Instant born = m_application.session()->place().clock().now() - std::chrono::hours{24 * 21};
    m_birth = shortDay(born).remove(QLatin1Char('/'));
    intake();
    lookAround();
    reports();
    gates();
    m_player.start();
}

void Tour::intake()
{
    m_player.waitFor(tr("ô chọn thủ tục"), [] { return focusIsOn("procedureText"); })
        .type(QStringLiteral("khai sinh"))
        .pause(300)
        .then([this] { picture(QStringLiteral("chon-thu-tuc")); })
        .press(Qt::Key_Return)
        .waitFor(tr("tờ khai"), [] { return focusIsOn("field:/applicant/name"); });
    fill({QStringLiteral("LÊ THỊ HOA"),
          QStringLiteral("001184012345"),
          QStringLiteral("12051984"),
          {},
          QStringLiteral("Thôn 3, phuc tho\n"),
          QStringLiteral("0912345678"),
          {},
          {},
          QStringLiteral("mẹ")});
    // Too early on purpose: all problems at once, each beside its field, nothing typed is lost.
    m_player.press(Qt::Key_Return, Qt::ControlModifier)
        .pause(200)
        .then([this] { picture(QStringLiteral("loi-canh-truong")); })
        .waitFor(tr("tên trẻ"), [] { return focusIsOn("field:/form/child/name"); });
    fill({QStringLiteral("NGUYỄN VĂN AN"),
          m_birth,
          QStringLiteral("1"),
          {},
          {},
          QStringLiteral("Bệnh viện Đa khoa, phuc tho\n"),
          QStringLiteral("phuc tho\n"),
          {},
          {},
          {},
          QStringLiteral("LÊ THỊ HOA"),
          QStringLiteral("001184012345"),
          QStringLiteral("1984"),
          {},
          QStringLiteral("kinh"),
          {},
          QStringLiteral("NGUYỄN VĂN BÌNH"),
          QStringLiteral("001081054321"),
          QStringLiteral("1981"),
          {},
          QStringLiteral("kinh"),
          {},
          QStringLiteral("2"),
          {}});
    m_player.then([this] { picture(QStringLiteral("to-khai")); });
    receiveIt();
}

void Tour::receiveIt()
{
    // The papers that a birth like this one asks for: two handed in, the identity card shown.
    fill({QStringLiteral("1"), QStringLiteral("1"), {}, QStringLiteral("1"), {}});
    m_player.then([this] { picture(QStringLiteral("giay-to")); })
        .press(Qt::Key_Return, Qt::ControlModifier)
        .waitFor(tr("trang đọc lại"), [] { return focusIsOn("receive"); })
        .pause(200)
        .then([this] { picture(QStringLiteral("doc-lai")); })
        .press(Qt::Key_P, Qt::ControlModifier)
        .waitFor(tr("phiếu kiểm tra"), isDialogOpen)
        .pause(300)
        .then([this] { picture(QStringLiteral("phieu-kiem-tra")); })
        .press(Qt::Key_P, Qt::ControlModifier)
        .waitFor(tr("tệp phiếu kiểm tra"),
                 [this] { return hasFile(QStringLiteral("check-sheet*.pdf")) && !isDialogOpen(); })
        .press(Qt::Key_Return, Qt::ControlModifier)
        .press(Qt::Key_Return, Qt::ControlModifier) // a second press does nothing
        .waitFor(tr("giấy tiếp nhận"), [this] { return hasFile(QStringLiteral("slip-*.pdf")); })
        .pause(400)
        .then([this] {
            picture(QStringLiteral("da-tiep-nhan"));
            rename(QStringLiteral("slip-*.pdf"), QStringLiteral("slip.pdf"));
        });
}

void Tour::lookAround()
{
    m_player.press(Qt::Key_K, Qt::ControlModifier)
        .type(QStringLiteral("nguyen hoa le"))
        .pause(400)
        .press(Qt::Key_A, Qt::ControlModifier)
        .type(QStringLiteral("le hoa"))
        .pause(400)
        .press(Qt::Key_Return)
        .pause(400)
        .then([this] { picture(QStringLiteral("so-ho-so-tim")); })
        .then([this] { pressButton("move:processing"); })
        .waitFor(tr("hỏi trước khi chuyển bước"), isDialogOpen)
        .type(QStringLiteral("Đủ giấy tờ, chuyển cán bộ hộ tịch."))
        .then([this] { picture(QStringLiteral("chuyen-buoc")); })
        .press(Qt::Key_Return)
        .waitFor(tr("chuyển bước xong"), [] { return !isDialogOpen(); })
        .then([this] { pressButton("view:history"); })
        .pause(200)
        .then([this] { picture(QStringLiteral("lich-su")); })
        .press(Qt::Key_F4)
        .pause(400)
        .then([this] { picture(QStringLiteral("hen-tra")); })
        .press(Qt::Key_F3)
        .press(Qt::Key_Escape)
        .pause(400)
        .then([this] { picture(QStringLiteral("so-ho-so")); })
        .press(Qt::Key_F6)
        .pause(600)
        .then([this] { picture(QStringLiteral("hang-doi")); })
        .press(Qt::Key_F7)
        .pause(300)
        .then([this] { picture(QStringLiteral("can-ban")); })
        .press(Qt::Key_F5)
        .pause(600)
        .then([this] { picture(QStringLiteral("cuoi-ngay")); })
        .then([this] { pressButton("dayDiary"); })
        .pause(600)
        .then([this] { picture(QStringLiteral("nhat-ky-mang")); })
        .press(Qt::Key_F1)
        .pause(300)
        .then([this] { picture(QStringLiteral("tro-giup")); });
}

void Tour::reports()
{
    const auto exportTo = [this](const char* button, const QString& ending) {
        m_player.then([this, button] { pressButton(button); })
            .waitFor(tr("tệp báo cáo %1").arg(ending),
                     [this, ending] { return hasFile(QStringLiteral("ii06a-*.") + ending); })
            .pause(200)
            .then([this, ending] {
                rename(QStringLiteral("ii06a-*.") + ending, QStringLiteral("report.") + ending);
            });
    };
    m_player.press(Qt::Key_F8).waitFor(tr("báo cáo"), [this] {
        const auto* box = m_application.window().findChild<QPushButton*>(QStringLiteral("exportXlsx"));
        return box != nullptr && box->isEnabled();
    });
    m_player.pause(300).then([this] { picture(QStringLiteral("bao-cao")); });
    exportTo("exportXlsx", QStringLiteral("xlsx"));
    exportTo("exportPdf", QStringLiteral("pdf"));
    exportTo("exportCsv", QStringLiteral("csv"));
    m_player.press(Qt::Key_F2).pause(300).then([this] { picture(QStringLiteral("nguoi-tiep-theo")); });
    m_player.press(Qt::Key_F3).pause(300);
    const auto inLook = [this](Look look, const QString& name) {
        m_player.then([this, look] { m_application.theme().setLook(look); }).pause(200).then([this, name] {
            picture(name);
        });
    };
    m_pointSize = m_application.theme().pointSize();
    inLook(Look::Dark, QStringLiteral("nen-toi"));
    inLook(Look::HighContrast, QStringLiteral("tuong-phan-cao"));
    m_player.then([this] {
        m_application.theme().setLook(Look::Light);
        m_application.theme().setPointSize(16);
    });
    m_player.pause(200).then([this] { picture(QStringLiteral("chu-rat-lon")); });
}

/// What stands in front of the work: locked while somebody is away, signing in, and the first start of all.
void Tour::gates()
{
    MainWindow& window = m_application.window();
    m_player.then([this] { m_application.theme().setPointSize(m_pointSize); })
        .then([&window] { emit window.lockWanted(); })
        .pause(300)
        .then([this] { picture(QStringLiteral("khoa-may")); })
        .then([this, &window] {
            auto* page = new SignInPage(m_application.theme(), SignInPage::Kind::SignIn);
            window.showGate(page);
            page->prepare(tr("Sổ tập, chỉ có dữ liệu bịa ra"), QStringLiteral("lan"));
        })
        .pause(300)
        .then([this] { picture(QStringLiteral("dang-nhap")); })
        .then([this, &window] {
            auto* page = new FirstRunPage(m_application.theme(), QStringLiteral("so-mot-cua"));
            window.showGate(page);
            page->prepare();
        })
        .pause(300)
        .then([this] { picture(QStringLiteral("lan-dau")); });
}

void Tour::fill(const QStringList& values)
{
    // Each text into its field and on with Enter; "\n" in it takes the first suggestion.
    for (QString value : values) {
        const bool suggested = value.endsWith(QLatin1Char('\n'));
        m_player.type(value.remove(QLatin1Char('\n')));
        if (suggested) {
            m_player.press(Qt::Key_Down);
        }
        m_player.press(Qt::Key_Return);
    }
}

void Tour::pressButton(const char* name)
{
    auto* button = m_application.window().findChild<QPushButton*>(QLatin1String(name));
    if (button == nullptr || !button->isEnabled()) {
        giveUp(QLatin1String(name));
        return;
    }
    button->setFocus();
    QApplication::postEvent(
        button, new QKeyEvent(QEvent::KeyPress, Qt::Key_Space, Qt::NoModifier, QStringLiteral(" ")));
    QApplication::postEvent(
        button, new QKeyEvent(QEvent::KeyRelease, Qt::Key_Space, Qt::NoModifier, QStringLiteral(" ")));
}

void Tour::picture(const QString& name)
{
    ++m_pictures;
    const QString file =
        QStringLiteral("%1/%2-%3.png").arg(m_folder).arg(m_pictures, 2, 10, QLatin1Char('0')).arg(name);
    const QWidget* shown = isDialogOpen() ? QApplication::activeModalWidget() : &m_application.window();
    QPixmap pixmap = const_cast<QWidget*>(shown)->grab();
    if (!pixmap.save(file)) {
        giveUp(file);
    }
}

bool Tour::hasFile(const QString& pattern) const
{
    return !QDir(m_folder).entryList({pattern}, QDir::Files).isEmpty();
}

void Tour::rename(const QString& pattern, const QString& name)
{
    const QStringList files = QDir(m_folder).entryList({pattern}, QDir::Files, QDir::Time);
    if (!files.isEmpty() && files.first() != name) {
        QFile::remove(m_folder + QLatin1Char('/') + name);
        QFile::rename(m_folder + QLatin1Char('/') + files.first(), m_folder + QLatin1Char('/') + name);
    }
}

void Tour::giveUp(const QString& what)
{
    std::fprintf(stderr, "motcua: the tour stopped, waiting for: %s\n", what.toUtf8().constData());
    m_application.window().grab().save(m_folder + QStringLiteral("/stopped-here.png"));
    QApplication::exit(1);
}

void Tour::end()
{
    std::printf("The tour is done: %d pictures in %s\n", m_pictures, m_folder.toUtf8().constData());
    QApplication::exit(0);
}

} // namespace motcua
