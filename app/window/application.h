// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/workplace.h"
#include "app/shell/main_window.h"
#include "app/theme/theme.h"
#include "app/window/options.h"
#include "app/window/session.h"
#include "app/window/settings.h"

#include <QObject>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace motcua {

class FirstRunPage;
class SignInPage;

/// Wires the program: from the options to a gate, through the gate to a session, and back. The one place
/// where its objects are put together.
class Application : public QObject
{
    Q_OBJECT
public:
    Application(Theme& theme, Options options);
    ~Application() override;

    void start();
    /// Opens the register for `account`, beside the window; entered() when it is open.
    void signIn(const QString& account, const std::shared_ptr<Secret>& password);
    [[nodiscard]] MainWindow& window() { return m_window; }
    [[nodiscard]] Theme& theme() { return m_theme; }
    [[nodiscard]] Session* session() { return m_session.get(); }
    [[nodiscard]] const Options& options() const { return m_options; }

signals:
    void entered();                 ///< somebody is signed in and the window can be used
    void stuck(const QString& why); ///< nobody was signed in, or practice could not be prepared

private:
    using Opened = Result<std::unique_ptr<Workplace>>;

    void showSignIn();
    void showFirstRun();
    void showLock();
    void createRegister(const std::shared_ptr<NewRegister>& made, const std::shared_ptr<Secret>& password);
    void unlock(const QString& account, const std::shared_ptr<Secret>& password);
    void preparePractice();
    void enter(std::unique_ptr<Workplace> place);
    void fillMenu();
    void signOut();
    [[nodiscard]] bool mayLeave();
    [[nodiscard]] std::filesystem::path paperFolder() const;

    Theme& m_theme;
    Options m_options;
    std::unique_ptr<QTemporaryDir> m_practiceFolder;
    std::optional<WindowSettings> m_settings;
    MainWindow m_window;
    SignInPage* m_signIn = nullptr;
    SignInPage* m_lock = nullptr;
    FirstRunPage* m_firstRun = nullptr;
    std::unique_ptr<Session> m_session;
};

} // namespace motcua
