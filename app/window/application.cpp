// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/application.h"

#include "app/common/error_text.h"
#include "app/shell/first_run_page.h"
#include "app/shell/sign_in_page.h"
#include "app/widgets/background.h"
#include "app/widgets/display_text.h"
#include "app/window/practice.h"

#include <QActionGroup>
#include <QLabel>
#include <QMenu>
#include <QStandardPaths>

#include <system_error>

namespace motcua {

Application::Application(Theme& theme, Options options)
    : m_theme(theme), m_options(std::move(options)), m_window(theme)
{
    connect(&m_window, &MainWindow::lockWanted, this, &Application::showLock);
    m_window.setCloseGuard([this] { return mayLeave(); });
}

Application::~Application()
{
    m_session.reset();
}

void Application::start()
{
    if (m_options.practice) {
        m_practiceFolder = std::make_unique<QTemporaryDir>();
        m_options.folder = std::filesystem::path(toUtf8(m_practiceFolder->path())) / "register";
        m_settings.emplace(std::filesystem::path(toUtf8(m_practiceFolder->path())));
        preparePractice();
        m_window.resize(1366, 768);
        m_window.show();
        return;
    }
    m_settings.emplace(m_options.folder);
    m_theme.setLook(m_settings->look());
    m_theme.setPointSize(m_settings->pointSize());
    if (holdsRegister(m_options.folder)) {
        showSignIn();
    } else {
        showFirstRun();
    }
    m_window.resize(1366, 768);
    m_window.showMaximized();
}

void Application::showSignIn()
{
    if (m_signIn == nullptr) {
        m_signIn = new SignInPage(m_theme, SignInPage::Kind::SignIn);
        connect(m_signIn, &SignInPage::submitted, this, &Application::signIn);
    }
    m_window.showGate(m_signIn);
    m_signIn->prepare(tr("Sổ ở %1").arg(displayText(m_options.folder.string())), m_settings->account());
}

void Application::signIn(const QString& account, const std::shared_ptr<Secret>& password)
{
    m_signIn->clearError();
    m_signIn->setBusy(true, tr("Đang mở sổ…"));
    inBackground<Opened>(
        this,
        [folder = m_options.folder, name = toUtf8(account), password] {
            SignIn who;
            who.account = name;
            who.password = std::move(*password);
            who.lockTimeout = Millis{1500};
            return Workplace::open(folder, std::move(who));
        },
        [this, account](Opened opened) {
            m_signIn->setBusy(false);
            if (!opened) {
                const ErrorText text = explainOpening(opened.error());
                m_signIn->prepare(tr("Sổ ở %1").arg(displayText(m_options.folder.string())), account);
                m_signIn->showError(toQString(text.happened), toQString(text.safe + ' ' + text.next));
                emit stuck(toQString(text.sentence()));
                return;
            }
            m_settings->setAccount(account);
            enter(std::move(*opened));
        });
}

void Application::showFirstRun()
{
    m_firstRun = new FirstRunPage(m_theme, toQString(m_options.folder.string()));
    connect(m_firstRun, &FirstRunPage::submitted, this, &Application::createRegister);
    m_window.showGate(m_firstRun);
    m_firstRun->prepare();
}

void Application::createRegister(const std::shared_ptr<NewRegister>& made,
                                 const std::shared_ptr<Secret>& password)
{
    m_firstRun->clearError();
    m_firstRun->setBusy(true, tr("Đang lập sổ…"));
    inBackground<Opened>(
        this,
        [folder = m_options.folder, made, password] {
            SignIn admin;
            admin.account = made->admin;
            admin.password = std::move(*password);
            return Workplace::create(folder, *made, std::move(admin));
        },
        [this, made](Opened opened) {
            m_firstRun->setBusy(false);
            if (!opened) {
                const ErrorText text = explainOpening(opened.error());
                m_firstRun->showError(toQString(text.happened), toQString(text.safe + ' ' + text.next));
                return;
            }
            m_settings->setAccount(toQString(made->admin));
            enter(std::move(*opened));
        });
}

void Application::preparePractice()
{
    auto* wait =
        new GateCard(m_theme, tr("Luyện tập"), tr("Đang chuẩn bị sổ luyện tập với hồ sơ không có thật…"));
    m_window.showGate(wait);
    inBackground<Opened>(
        this,
        [folder = m_options.folder, options = m_options]() -> Opened {
            auto place = TRY(makePracticeRegister(folder));
            if (!options.portal.isEmpty()) {
                TRY(enrolPracticeRegister(*place, options.portal, options.enrolmentCode));
            }
            return place;
        },
        [this, wait](Opened opened) {
            if (!opened) {
                const ErrorText text = explain(opened.error());
                wait->showError(toQString(text.happened), toQString(text.next));
                emit stuck(toQString(text.sentence()));
                return;
            }
            enter(std::move(*opened));
        });
}

std::filesystem::path Application::paperFolder() const
{
    if (!m_options.tour.isEmpty()) {
        return toUtf8(m_options.tour);
    }
    if (m_practiceFolder) {
        return std::filesystem::path(toUtf8(m_practiceFolder->path())) / "giay-to";
    }
    return std::filesystem::path(
               toUtf8(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation))) /
           "Mot Cua";
}

void Application::enter(std::unique_ptr<Workplace> place)
{
    m_session = std::make_unique<Session>(m_theme, m_window, *m_settings, std::move(place), paperFolder());
    fillMenu();
    m_session->start();
    emit entered();
}

void Application::fillMenu()
{
    QMenu* menu = m_window.officialMenu();
    menu->clear();
    menu->addAction(tr("Khóa màn hình   Ctrl+L"), this, &Application::showLock);
    if (!m_options.practice) {
        menu->addAction(tr("Đăng xuất"), this, &Application::signOut);
    }
    menu->addSeparator();
    auto* looks = new QActionGroup(menu);
    const std::pair<Look, QString> allLooks[] = {{Look::Light, tr("Nền sáng")},
                                                 {Look::Dark, tr("Nền tối")},
                                                 {Look::HighContrast, tr("Tương phản cao")}};
    for (const auto& [look, words] : allLooks) {
        QAction* action = menu->addAction(words, this, [this, look = look] {
            m_theme.setLook(look);
            m_settings->setLook(look);
        });
        action->setCheckable(true);
        action->setChecked(look == m_theme.look());
        looks->addAction(action);
    }
    menu->addSeparator();
    auto* sizes = new QActionGroup(menu);
    const std::pair<int, QString> allSizes[] = {
        {11, tr("Cỡ chữ thường")}, {13, tr("Cỡ chữ lớn")}, {16, tr("Cỡ chữ rất lớn")}};
    for (const auto& [points, words] : allSizes) {
        QAction* action = menu->addAction(words, this, [this, points = points] {
            m_theme.setPointSize(points);
            m_settings->setPointSize(points);
        });
        action->setCheckable(true);
        action->setChecked(points == m_theme.pointSize());
        sizes->addAction(action);
    }
}

void Application::showLock()
{
    if (!m_session) {
        return;
    }
    m_session->keepEverything();
    if (m_lock == nullptr) {
        m_lock = new SignInPage(m_theme, SignInPage::Kind::Locked);
        connect(m_lock, &SignInPage::submitted, this, &Application::unlock);
    }
    m_window.showGate(m_lock);
    m_lock->prepare(tr("Tờ khai đang làm dở được giữ nguyên. Người khác cũng có thể đăng nhập ở đây."),
                    toQString(m_session->place().desk().actor().account));
}

void Application::unlock(const QString& account, const std::shared_ptr<Secret>& password)
{
    m_lock->clearError();
    const std::string before = m_session->place().desk().actor().account;
    if (before != toUtf8(account) && m_session->filesUnderWay() > 0) {
        m_lock->setBusy(true, tr("Đang đưa nốt tệp vào sổ…")); // into the draft of who leaves
        connect(
            m_session.get(), &Session::filesSettled, m_lock,
            [this, account, password] {
                m_lock->setBusy(false);
                unlock(account, password);
            },
            Qt::SingleShotConnection);
        return;
    }
    // Two officials change places here; deriving the key takes a moment, and nothing else may run meanwhile.
    m_session->keepEverything();
    const auto switched = m_session->place().switchTo(toUtf8(account), *password);
    if (!switched) {
        const ErrorText text = explainOpening(switched.error());
        m_lock->showError(toQString(text.happened), toQString(text.next));
        m_lock->prepareAgain();
        return;
    }
    m_settings->setAccount(account);
    if (before == toUtf8(account)) {
        m_window.showWork();
        return;
    }
    m_session->showOfficial(); // the other one's own drafts, under the other one's name
}

/// What is half typed is on the disk; scans that are still being taken in would be lost.
bool Application::mayLeave()
{
    if (!m_session) {
        return true;
    }
    m_session->keepEverything();
    const int left = m_session->filesUnderWay();
    if (left == 0) {
        return true;
    }
    if (m_window.isAtGate()) {
        m_lock->showError(tr("Còn %1 tệp đang đưa vào sổ.").arg(left), tr("Đợi một chút rồi đóng lại."));
    } else {
        m_session->showFilesUnderWay();
    }
    return false;
}

void Application::signOut()
{
    if (!mayLeave()) {
        return;
    }
    m_session.reset();
    showSignIn();
}

} // namespace motcua
