// SPDX-License-Identifier: GPL-3.0-or-later
// A dossier that is open while somebody else works on it: what they wrote is shown, and never overwritten.
#include "app/register/dossier_panel.h"
#include "app/register/dossier_presenter.h"
#include "app/register/register_page.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "core/desk/desk_support.h"
#include "core/desk/portal_desk.h"
#include "tests/ui/gui_session.h"
#include "tests/unit/desk/portal_words.h"

#include <QApplication>
#include <QDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <catch2/catch.hpp>

namespace motcua {

namespace {

constexpr int kWaitMs = 10'000;

/// A dossier that owes 21,000 đồng, known to the portal and open here.
struct Owed
{
    Owed()
    {
        test::needGui();
        const auto received = counter.desk->receive(counter.draft());
        REQUIRE(received);
        uid = received->uid;
        const Json fees = Json::array({{{"code", "le-phi"}, {"amount", 21'000}}});
        REQUIRE(counter.desk->change(received->code, {{"/fees", fees}}, "theo biểu"));
        while (portal.answerAll() > 0) {
        }
        REQUIRE(presenter.open(received->code));
    }
    /// Another counter takes the money.
    void paidElsewhere()
    {
        Json fees = at(standing(), "fees");
        fees[0]["paidAt"] = "2026-11-21T09:00:00+07:00";
        fees[0]["receiptNo"] = "0000123";
        portal.cityChanges(uid, {{"/fees", fees}});
    }
    [[nodiscard]] Json standing() { return counter.desk->dossiers().byUid(uid)->dossier; }
    [[nodiscard]] std::int64_t waiting() { return counter.desk->queue().summary()->waiting; }

    SmallCounter counter;
    PortalWords portal{counter};
    DossierPresenter presenter{*counter.desk, counter.clock};
    QSignalSpy changed{&presenter, &DossierPresenter::changed};
    QSignalSpy problems{&presenter, &DossierPresenter::problems};
    std::string uid;
};

/// The register's page with a dossier of another counter open in the panel beside it.
struct Window
{
    Window()
    {
        other = office.place->desk().dossiers().byCode(office.receive())->dossier;
        other["code"] = kCode;
        tell({});
        auto* row = new QHBoxLayout(&host);
        row->addWidget(&page, 2);
        row->addWidget(page.contextPanel(), 1);
        page.contextPanel()->show();
        host.resize(1100, 420);
        host.show();
        QApplication::setActiveWindow(&host);
        page.arrive();
        page.showDossier(QLatin1String(kCode));
    }
    /// A page with this dossier as it stands at the portal now.
    void tell(const Json& set)
    {
        for (auto member = set.begin(); member != set.end(); ++member) {
            other[Json::json_pointer(member.key())] = member.value();
        }
        PortalDesk engine(office.place->connection(), office.place->identity(),
                          fieldOf(office.place->catalogue()), office.place->systemClock(),
                          fieldRulesOf(office.place->catalogue()));
        PulledChange change;
        change.seq = ++seq;
        change.uid = "01890000-0000-7000-8000-000000000001";
        change.rev = std::string(31, '0') + std::to_string(seq);
        change.by = "Quầy 2";
        change.dossier = other;
        REQUIRE(engine.storePage("e1", {change}, "c" + std::to_string(seq)));
    }
    [[nodiscard]] QString text()
    {
        QStringList texts;
        for (const auto* label : page.panel().findChildren<QLabel*>()) {
            texts << (label->isVisible() ? label->text() : QString());
        }
        return texts.join(QLatin1Char('|'));
    }
    [[nodiscard]] QScrollBar& scroll()
    {
        return *page.panel().findChild<QScrollArea*>()->verticalScrollBar();
    }

    static constexpr const char* kCode = "H26.131-261121-000007";
    static constexpr const char* kNew = "0987654321";

    Theme theme{*qobject_cast<QApplication*>(QCoreApplication::instance())};
    test::OpenRegister office;
    PaperDesk papers{*office.place};
    PaperPress press{toUtf8(office.folder.path())};
    QWidget host;
    RegisterPage page{theme, *office.place, papers, press, {}, RegisterPage::Kind::Register};
    Json other;
    int seq = 0;
};

} // namespace

TEST_CASE("a fee that was paid at another counter meanwhile keeps its receipt's number")
{
    Owed owed;
    owed.paidElsewhere();

    owed.presenter.collectFees(QStringLiteral("0000999"));

    REQUIRE(owed.problems.count() == 1);
    CHECK(owed.problems.front().front().value<Problems>().front().rule == "changed-meanwhile");
    CHECK(owed.changed.isEmpty());
    CHECK(owed.waiting() == 0);
    CHECK(owed.standing()["fees"][0]["receiptNo"] == "0000123");
    CHECK(owed.presenter.view()->dossier["fees"][0]["receiptNo"] == "0000123"); // and is seen
    CHECK_FALSE(owed.presenter.openFees().any());
}

TEST_CASE("a question is about what stood there when it was asked, whatever the panel shows since")
{
    Owed owed;
    const DossierPresenter::OpenFees asked = owed.presenter.openFees();
    const Json phone = owed.standing()["applicant"]["phone"];
    owed.paidElsewhere();
    owed.portal.cityChanges(owed.uid, {{"/applicant/phone", "0911111111"}});
    REQUIRE(owed.presenter.refresh());

    owed.presenter.collectFees(QStringLiteral("0000999"), asked);
    owed.presenter.change("/applicant/phone", "0987654321", QStringLiteral("gõ nhầm"), phone);

    CHECK(owed.problems.count() == 2);
    CHECK(owed.waiting() == 0);
    CHECK(owed.standing()["applicant"]["phone"] == "0911111111");
    CHECK(owed.standing()["fees"][0]["receiptNo"] == "0000123");
    owed.presenter.change("/applicant/phone", "0987654321", QStringLiteral("gõ nhầm")); // of what is seen now
    CHECK(owed.changed.count() == 1);
    CHECK(owed.standing()["applicant"]["phone"] == "0987654321");
}

TEST_CASE("an open dossier is read again where it stands otherwise, and only there")
{
    Owed owed;
    QSignalSpy shown(&owed.presenter, &DossierPresenter::shown);

    CHECK_FALSE(owed.presenter.refresh());
    CHECK(shown.isEmpty());
    owed.paidElsewhere();
    CHECK(owed.presenter.refresh());
    CHECK_FALSE(owed.presenter.refresh());
    CHECK(shown.count() == 1);
    owed.presenter.close();
    CHECK_FALSE(owed.presenter.refresh());
}

TEST_CASE("news of the open dossier are shown in the panel and in its row")
{
    Window window;
    REQUIRE(window.text().contains(QStringLiteral("0912345678")));

    window.tell({{"/applicant/phone", Window::kNew}, {"/applicant/name", "LÊ THỊ HOA HỒNG"}});
    window.page.refresh();

    CHECK(QTest::qWaitFor([&] { return window.text().contains(QLatin1String(Window::kNew)); }, kWaitMs));
    CHECK_FALSE(window.text().contains(QStringLiteral("0912345678")));
    const auto* table = window.page.findChild<QTableView*>(QStringLiteral("dossierTable"));
    const int row = table->currentIndex().row();
    CHECK(table->model()->index(row, DossierTableModel::NameColumn).data().toString() ==
          QStringLiteral("LÊ THỊ HOA HỒNG"));
}

TEST_CASE("news leave the panel where somebody reads in it, with the keyboard on the same button")
{
    Window window;
    const auto buttons = window.page.panel().findChildren<QPushButton*>(QStringLiteral("editField"));
    REQUIRE(buttons.size() > 3);
    const QPointer<QPushButton> held = buttons.last();
    held->setFocus();
    const QString spoken = held->accessibleName();
    REQUIRE(QTest::qWaitFor([&] { return window.scroll().maximum() > 20; }, kWaitMs));
    window.scroll().setValue(20);

    window.page.refresh(); // nothing new
    CHECK(QApplication::focusWidget() == held.data());
    window.tell({{"/applicant/phone", Window::kNew}});
    window.page.refresh();

    REQUIRE(QTest::qWaitFor([&] { return window.text().contains(QLatin1String(Window::kNew)); }, kWaitMs));
    CHECK(held.isNull()); // the panel was filled anew
    const auto* focus = window.host.focusWidget();
    REQUIRE(focus != nullptr);
    CHECK(focus->objectName() == QStringLiteral("editField"));
    CHECK(focus->accessibleName() == spoken);
    CHECK(window.scroll().value() == 20);
}

TEST_CASE("while a question is answered the panel stays as it is; the news are shown after it")
{
    Window window;
    QDialog question(&window.host);
    question.setModal(true);
    question.show();
    REQUIRE(QApplication::activeModalWidget() == &question);

    window.tell({{"/applicant/phone", Window::kNew}});
    window.page.refresh();
    CHECK(window.text().contains(QStringLiteral("0912345678")));

    question.accept();
    CHECK(QTest::qWaitFor([&] { return window.text().contains(QLatin1String(Window::kNew)); }, kWaitMs));
}

TEST_CASE("a page that comes to the front shows its open dossier as it is now")
{
    Window window;
    window.page.hide();
    window.tell({{"/applicant/phone", Window::kNew}});

    window.page.show();
    window.page.arrive();

    CHECK(QTest::qWaitFor([&] { return window.text().contains(QLatin1String(Window::kNew)); }, kWaitMs));
}

} // namespace motcua
