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

} // namespace motcua
