// SPDX-License-Identifier: GPL-3.0-or-later
// A day of the whole window: signing in, going round its places, handing over to somebody else.
#include "app/intake/intake_page.h"
#include "app/intake/paper_files.h"
#include "app/intake/procedure_chooser.h"
#include "app/shell/sign_in_page.h"
#include "app/theme/theme.h"
#include "app/widgets/page.h"
#include "app/window/application.h"
#include "tests/ui/gui_session.h"

#include <QApplication>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
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

TEST_CASE("the strip shows what the service counted, without counting again")
{
    Counter counter;
    SyncNews news;
    news.enrolled = true;
    news.queue.waiting = news.queue.toSend = 4711;

    counter.application->session()->takeNews(news);

    const auto* waiting = counter.window().findChild<QLabel*>(QStringLiteral("stripWaiting"));
    REQUIRE(waiting != nullptr);
    CHECK(waiting->text().remove(QLatin1Char('.')).contains(QStringLiteral("4711")));
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

// The counter's own form while scans are being taken in.
namespace {

struct Scanning : Counter
{
    Scanning()
    {
        const Day today = dayInVietnam(application->session()->place().clock().now());
        const Procedure* copies = application->session()->place().catalogue().find("2.000815", today);
        REQUIRE(copies != nullptr);
        emit intake().findChild<ProcedureChooser*>()->chosen(copies);
        QImage image(900, 1200, QImage::Format_RGB32);
        for (int i = 0; i < 3; ++i) {
            image.fill(QColor(200, 200, 40 * i));
            pages << office.folder.filePath(QStringLiteral("Trang %1.jpg").arg(i + 1));
            REQUIRE(image.save(pages.back(), "jpg"));
        }
        intake().findChild<PaperFiles*>()->attach(pages);
        REQUIRE(intake().filesUnderWay() == 3);
    }
    IntakePage& intake()
    {
        auto* page = qobject_cast<IntakePage*>(window().page(QStringLiteral("intake")));
        REQUIRE(page != nullptr);
        return *page;
    }
    QString said()
    {
        QString all;
        for (const MessageBar* bar : window().findChildren<MessageBar*>()) {
            for (const QLabel* line : bar->isVisible() ? bar->findChildren<QLabel*>() : QList<QLabel*>()) {
                all += line->text() + QLatin1Char('|');
            }
        }
        return all;
    }
    static std::size_t filesIn(const Json& draft)
    {
        const Json& components = at(draft, "components");
        return components.is_array() && !components.empty() ? at(components[0], "files").size() : 0;
    }

    QStringList pages;
};

} // namespace

TEST_CASE("Esc while scans are taken in loses none: it says so, and works when they are in")
{
    Scanning counter;
    QTest::keyClick(&counter.window(), Qt::Key_Escape);

    CHECK(counter.intake().presenter().procedure() != nullptr);
    CHECK(counter.said().contains(QStringLiteral("Còn 3 tệp đang đưa vào sổ.")));
    REQUIRE(QTest::qWaitFor([&] { return counter.intake().filesUnderWay() == 0; }, kWaitMs));
    CHECK(counter.intake().goBack());
    CHECK(counter.intake().presenter().procedure() == nullptr);
    const auto drafts = counter.intake().presenter().drafts();
    REQUIRE(drafts.size() == 1);
    CHECK(Scanning::filesIn(drafts.front().body) == 3);
}

TEST_CASE("the window stays open while scans are taken in, and the way out is Stop")
{
    Scanning counter;
    CHECK_FALSE(counter.window().close());
    CHECK(counter.window().isVisible());
    CHECK(counter.said().contains(QStringLiteral("bấm “Dừng”")));

    counter.intake().findChild<QPushButton*>(QStringLiteral("stopFiles"))->click();

    CHECK(counter.window().close());
}

TEST_CASE("who signs in at the lock waits until the other one's scans are in that one's draft")
{
    Scanning counter;
    counter.handOver(QStringLiteral("hoa"));
    CHECK(counter.window().isAtGate());
    CHECK(counter.application->session()->place().desk().actor().account == "lan");

    REQUIRE(QTest::qWaitFor([&] { return !counter.window().isAtGate(); }, kWaitMs));

    CHECK(counter.application->session()->place().desk().actor().account == "hoa");
    counter.handOver(QStringLiteral("lan"));
    REQUIRE_FALSE(counter.window().isAtGate());
    CHECK(Scanning::filesIn(counter.intake().presenter().draft()) == 3); // resumed where it was left
}

TEST_CASE("a form that is thrown away takes no scan with it into the next one")
{
    Scanning counter;
    counter.intake().findChild<QPushButton*>(QStringLiteral("discardDraft"))->click();
    CHECK(counter.intake().filesUnderWay() == 0);
    CHECK(counter.intake().presenter().drafts().empty());
}

} // namespace motcua
