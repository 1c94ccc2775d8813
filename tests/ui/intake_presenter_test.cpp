// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/intake_presenter.h"
#include "tests/ui/gui_session.h"

#include <QSignalSpy>
#include <QTest>

#include <catch2/catch.hpp>

namespace motcua {

namespace {

const Procedure& birth(test::OpenRegister& office)
{
    const Procedure* procedure =
        office.place->catalogue().find("1.001193", dayInVietnam(office.place->clock().now()));
    REQUIRE(procedure != nullptr);
    return *procedure;
}

void fillBirth(IntakePresenter& presenter)
{
    const Json day{{"text", "01/11/2026"}, {"precision", "day"}};
    presenter.set("/applicant/name", "LÊ THỊ HOA");
    presenter.set("/applicant/personalId", "001184012345");
    presenter.set("/form/requesterRelation", "mẹ");
    presenter.set("/form/child/name", "NGUYỄN VĂN AN");
    presenter.set("/form/child/birth", day);
    presenter.set("/form/child/gender", "male");
    presenter.set("/form/childBirthPlace", "xã Phúc Thọ, thành phố Hà Nội");
    presenter.set("/form/childHomeTown", "xã Phúc Thọ, thành phố Hà Nội");
    presenter.set("/form/mother/name", "LÊ THỊ HOA");
    presenter.set("/form/mother/birth", Json{{"text", "1984"}, {"precision", "year"}});
    presenter.setComponents(fullChecklist(*presenter.procedure()));
    // Soft problems that remain are answered, as an official would.
    for (const Problem& problem : presenter.check().problems) {
        INFO(problem.pointer << ": " << problem.message);
        REQUIRE(problem.severity == Severity::Soft);
        presenter.setReason(problem.pointer, QStringLiteral("đã đối chiếu"));
    }
}

} // namespace

TEST_CASE("a procedure is found by everyday words without marks")
{
    test::OpenRegister office;
    IntakePresenter presenter(office.place->desk(), office.place->clock(), office.place->random());

    REQUIRE_FALSE(presenter.search(QStringLiteral("khai sinh")).empty());
    CHECK(presenter.search(QStringLiteral("khai sinh")).front()->code == "1.001193");
    CHECK(presenter.search(QStringLiteral("1.001193")).front()->code == "1.001193");
}

TEST_CASE("what is known about a matter is told before anything is typed")
{
    test::OpenRegister office;
    IntakePresenter presenter(office.place->desk(), office.place->clock(), office.place->random());

    const IntakeFacts facts = presenter.describe(birth(office));

    CHECK(facts.due.contains(QStringLiteral("20/11/2026"))); // received at 09:00: the same day
    CHECK_FALSE(facts.fee.isEmpty());
    CHECK_FALSE(facts.papers.isEmpty());
}

TEST_CASE("a draft keeps itself within a second and comes back at the same field")
{
    test::OpenRegister office;
    {
        IntakePresenter presenter(office.place->desk(), office.place->clock(), office.place->random());
        presenter.begin(birth(office));
        presenter.set("/form/child/name", "NGUYỄN VĂN AN");
        presenter.setFocus("/form/child/name", 7);
        CHECK(QTest::qWaitFor([&] { return !presenter.drafts().empty(); }, 1000));
    }
    office.reopen(); // nothing was told to save: as after a power cut

    IntakePresenter again(office.place->desk(), office.place->clock(), office.place->random());
    const auto row = again.interrupted();
    REQUIRE(row);
    REQUIRE(again.resume(*row));
    CHECK(again.focusPointer() == "/form/child/name");
    CHECK(again.focusCursor() == 7);
    CHECK(valueAt(again.draft(), "/form/child/name") == "NGUYỄN VĂN AN");
}

TEST_CASE("a draft that was left with Esc waits, but does not open by itself")
{
    test::OpenRegister office;
    IntakePresenter presenter(office.place->desk(), office.place->clock(), office.place->random());
    presenter.begin(birth(office));
    presenter.set("/applicant/name", "LÊ THỊ HOA");

    presenter.park();

    CHECK(presenter.drafts().size() == 1);
    CHECK_FALSE(presenter.interrupted());
}

TEST_CASE("a dossier is received once, however often the key is pressed")
{
    test::OpenRegister office;
    IntakePresenter presenter(office.place->desk(), office.place->clock(), office.place->random());
    presenter.begin(birth(office));
    fillBirth(presenter);
    QSignalSpy received(&presenter, &IntakePresenter::receivedOnce);

    presenter.receive();
    presenter.receive();

    REQUIRE(received.count() == 1);
    const auto list = office.place->desk().dossiers().list({});
    REQUIRE(list);
    CHECK(list->size() == 1);
    CHECK(list->front().code == presenter.received()->code);
    CHECK(presenter.drafts().empty());
}

TEST_CASE("a refused dossier leaves the draft as it was")
{
    test::OpenRegister office;
    IntakePresenter presenter(office.place->desk(), office.place->clock(), office.place->random());
    presenter.begin(birth(office));
    presenter.set("/applicant/name", "LÊ THỊ HOA");
    const Json before = presenter.draft();
    Problems problems;
    QObject::connect(&presenter, &IntakePresenter::refused, &presenter,
                     [&](const Problems& given) { problems = given; });

    presenter.receive();

    CHECK(problems.size() > 3); // all at once
    CHECK(presenter.draft() == before);
    CHECK_FALSE(presenter.received());
    CHECK(office.place->desk().dossiers().list({})->empty());
}

TEST_CASE("the citizen reads what was typed, with words for choices")
{
    test::OpenRegister office;
    IntakePresenter presenter(office.place->desk(), office.place->clock(), office.place->random());
    presenter.begin(birth(office));
    fillBirth(presenter);

    QStringList shown;
    for (const ReadSection& section : presenter.readout()) {
        for (const ReadSection::Row& row : section.rows) {
            shown << row.label + QStringLiteral("=") + row.value;
        }
    }

    CHECK(shown.contains(QStringLiteral("Giới tính=Nam")));
    CHECK(shown.join(QLatin1Char('|')).contains(QStringLiteral("NGUYỄN VĂN AN")));
}

TEST_CASE("one citizen, another matter: the applicant is there already, and only once")
{
    test::OpenRegister office;
    IntakePresenter presenter(office.place->desk(), office.place->clock(), office.place->random());
    presenter.begin(birth(office));
    fillBirth(presenter);
    presenter.keepApplicant();
    CHECK(presenter.keptApplicant().isEmpty()); // nothing was received yet
    presenter.receive();
    REQUIRE(presenter.received());

    presenter.keepApplicant();
    CHECK(presenter.keptApplicant() == QStringLiteral("LÊ THỊ HOA"));
    presenter.begin(birth(office));
    CHECK(presenter.draft().at("applicant").at("name") == "LÊ THỊ HOA");
    CHECK(presenter.draft().at("applicant").at("personalId") == "001184012345");
    CHECK_FALSE(presenter.draft().at("form").contains("child"));
    CHECK_FALSE(presenter.received());
    presenter.begin(birth(office));
    CHECK_FALSE(presenter.draft().contains("applicant"));
}

TEST_CASE("a pile is a dossier for each row, with its fee, or none of them")
{
    test::OpenRegister office;
    IntakePresenter presenter(office.place->desk(), office.place->clock(), office.place->random());
    CHECK_FALSE(presenter.takesPiles());
    presenter.begin(birth(office));
    CHECK_FALSE(presenter.takesPiles());
    presenter.begin(*office.place->catalogue().find("2.000815", dayInVietnam(office.place->clock().now())));
    REQUIRE(presenter.takesPiles());
    presenter.set("/applicant/name", "TRẦN VĂN BÌNH");
    presenter.set("/form/documentName", "Bằng tốt nghiệp");
    presenter.set("/form/pages", 5);
    presenter.set("/form/copies", 3);
    presenter.setComponents(fullChecklist(*presenter.procedure()));
    std::vector<PileRow> rows = presenter.pile();
    REQUIRE(rows.size() == 1);
    CHECK(rows.front() == PileRow{QStringLiteral("Bằng tốt nghiệp"), 5, 3});
    CHECK_FALSE(presenter.documentSuggestions().isEmpty());

    rows.push_back({QStringLiteral("Học bạ"), 2, 1});
    rows.push_back({QStringLiteral("   "), 1, 1});
    QSignalSpy refusedOnce(&presenter, &IntakePresenter::pileRefused);
    presenter.receivePile(rows);
    CHECK(refusedOnce.count() == 1);
    CHECK_FALSE(presenter.received());
    CHECK(presenter.pile() == rows); // as typed

    rows.pop_back();
    const PileSum sum = presenter.reckon(rows);
    CHECK(sum.problems.isEmpty());
    CHECK(sum.fees == QStringList{QStringLiteral("21.000 đ"), QStringLiteral("4.000 đ")});
    CHECK(sum.total == QStringLiteral("25.000 đ"));
    QSignalSpy receivedOnce(&presenter, &IntakePresenter::receivedOnce);
    presenter.receivePile(rows);
    presenter.receivePile(rows);
    CHECK(receivedOnce.count() == 1);
    REQUIRE(presenter.receivedAll().size() == 2);
    const auto second = office.place->desk().dossiers().byCode(presenter.receivedAll()[1].code);
    REQUIRE(second);
    CHECK(second->dossier.at("form").at("documentName") == "Học bạ");
    CHECK(second->dossier.at("form").at("together") == presenter.receivedAll()[0].code);
    CHECK(presenter.drafts().empty());
}

} // namespace motcua
