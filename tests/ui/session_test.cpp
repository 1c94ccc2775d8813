// SPDX-License-Identifier: GPL-3.0-or-later
// A day of the whole window: signing in, going round its places, handing over to somebody else.
#include "app/shell/sign_in_page.h"
#include "app/theme/theme.h"
#include "app/widgets/page.h"
#include "app/window/application.h"
#include "tests/ui/gui_session.h"

#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

#include <catch2/catch.hpp>

namespace motcua {

namespace {

constexpr int kWaitMs = 10'000;
const char* const kPlaces[] = {"intake",    "register", "appointments", "queue",
                               "needs-you", "day",      "reports",      "help"};

/// The program with Lan signed in; Hoa has an account of her own.
struct Counter
{
    Counter()
    {
        REQUIRE(office.place->folder().addKeySlot("hoa", password()));
        REQUIRE(office.place->desk().addAccount({"hoa", "Trần Thị Hoa", Role::Official, false}));
        static_cast<void>(office.receive());
        const std::filesystem::path folder = office.place->registerFolder();
        office.place.reset(); // the program opens it itself
        Options options;
        options.folder = folder;
        application = std::make_unique<Application>(theme, options);
        QSignalSpy entered(application.get(), &Application::entered);
        application->start();
        application->signIn(QStringLiteral("lan"), std::make_shared<Secret>(password()));
        REQUIRE(QTest::qWaitFor([&] { return entered.count() == 1; }, kWaitMs));
    }
    static Secret password() { return Secret(test::OpenRegister::kPassword); }
    MainWindow& window() { return application->window(); }
    void visitAll()
    {
        for (const char* place : kPlaces) {
            REQUIRE(window().go(QLatin1String(place)) != nullptr);
        }
    }
    /// Ctrl+L, and another one signs in at the lock.
    void handOver(const QString& account)
    {
        emit window().lockWanted();
        REQUIRE(window().isAtGate());
        SignInPage* lock = nullptr;
        for (SignInPage* gate : window().findChildren<SignInPage*>()) {
            lock = gate->isVisible() ? gate : lock;
        }
        REQUIRE(lock != nullptr);
        emit lock->submitted(account, std::make_shared<Secret>(password()));
    }

    test::OpenRegister office;
    Theme theme{*qobject_cast<QApplication*>(QCoreApplication::instance())};
    std::unique_ptr<Application> application;
};

} // namespace

TEST_CASE("another official goes on, and nothing touches the pages of the one before")
{
    Counter counter;
    counter.visitAll();
    counter.window().go(QStringLiteral("register"));
    counter.window().search()->setText(QStringLiteral("lê thị hoa"));
    emit counter.window().searchEdited(counter.window().search()->text());

    counter.handOver(QStringLiteral("hoa"));

    REQUIRE_FALSE(counter.window().isAtGate());
    CHECK(counter.application->session()->place().desk().actor().account == "hoa");
    CHECK(counter.window().currentPlace() == QStringLiteral("intake"));
    CHECK(counter.window().search()->text().isEmpty());
    for (const char* place : kPlaces) {
        const bool isHere = QLatin1String(place) == QLatin1String("intake");
        CHECK((counter.window().page(QLatin1String(place)) != nullptr) == isHere);
    }
    // What reaches for the pages by itself: news of the way to the portal.
    counter.application->session()->takeNews({});
    CHECK(counter.window().currentPlace() == QStringLiteral("intake"));
    counter.visitAll();
    counter.application->session()->takeNews({});
}

TEST_CASE("the same official comes back to what lay on the desk")
{
    Counter counter;
    counter.visitAll();
    Page* before = counter.window().go(QStringLiteral("queue"));

    counter.handOver(QStringLiteral("lan"));

    CHECK_FALSE(counter.window().isAtGate());
    CHECK(counter.window().currentPage() == before);
}

} // namespace motcua
