// SPDX-License-Identifier: GPL-3.0-or-later
// Turning a citizen away in the window: the presenter's promises and the dialog's keys.
#include "app/intake/refusal_dialog.h"
#include "app/register/dossier_presenter.h"
#include "app/theme/theme.h"
#include "tests/ui/gui_session.h"

#include <QApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <catch2/catch.hpp>

namespace motcua {

namespace {

/// A birth of which only the applicant's name was typed: an original is missing and much else.
struct Desktop
{
    Desktop() : presenter(office.place->desk(), office.place->clock(), office.place->random())
    {
        const Procedure* birth =
            office.place->catalogue().find("1.001193", dayInVietnam(office.place->clock().now()));
        REQUIRE(birth != nullptr);
        presenter.begin(*birth);
        presenter.set("/applicant/name", "LÊ THỊ HOA");
    }
    [[nodiscard]] std::vector<DossierRow> rows() { return *office.place->desk().dossiers().list({}); }

    test::OpenRegister office;
    Theme theme{*qobject_cast<QApplication*>(QCoreApplication::instance())};
    IntakePresenter presenter;
};

QPlainTextEdit* reasonOf(const RefusalDialog& dialog)
{
    auto* reason = dialog.findChild<QPlainTextEdit*>(QStringLiteral("refusalReason"));
    REQUIRE(reason != nullptr);
    return reason;
}

} // namespace

TEST_CASE("a refusal is recorded once, however often the key is pressed, and the draft is used up")
{
    Desktop desk;
    RefusalDialog dialog(desk.theme, desk.presenter, nullptr);
    QSignalSpy done(&desk.presenter, &IntakePresenter::turnedAway);
    dialog.show();

    QTest::keyClicks(reasonOf(dialog), QStringLiteral("Khong thuoc tham quyen"));
    for (int i = 0; i < 3; ++i) {
        QTest::keyClick(reasonOf(dialog), Qt::Key_Return, Qt::ControlModifier);
    }
    dialog.findChild<QPushButton*>(QStringLiteral("confirmRefusal"))->click();
    desk.presenter.turnAway();

    CHECK(done.count() == 1);
    CHECK(dialog.result() == QDialog::Accepted);
    REQUIRE(desk.rows().size() == 1);
    CHECK(desk.rows().front().status == Status::Refused);
    CHECK(desk.presenter.drafts().empty());
    DossierPresenter register_(desk.office.place->desk(), desk.office.place->clock());
    REQUIRE(register_.open(desk.presenter.received()->code));
    const auto timeline = register_.timeline();
    REQUIRE(timeline.size() == 1);
    CHECK(timeline.front().what == QStringLiteral("Từ chối tiếp nhận"));
    CHECK(timeline.front().details == QStringList{QStringLiteral("Khong thuoc tham quyen")});
}

TEST_CASE("no reason, no refusal; Enter alone makes a line and Esc keeps every word")
{
    Desktop desk;
    const Json before = desk.presenter.draft();
    {
        RefusalDialog dialog(desk.theme, desk.presenter, nullptr);
        dialog.show();
        QTest::keyClick(reasonOf(dialog), Qt::Key_Return, Qt::ControlModifier);
        CHECK(dialog.isVisible());
        QTest::keyClicks(reasonOf(dialog), QStringLiteral("mot"));
        QTest::keyClick(reasonOf(dialog), Qt::Key_Return);
        QTest::keyClicks(reasonOf(dialog), QStringLiteral("hai"));
        QTest::keyClick(reasonOf(dialog), Qt::Key_Escape);
        CHECK(dialog.result() == QDialog::Rejected);
    }
    CHECK(desk.rows().empty());
    CHECK(desk.presenter.draft() == before);
    desk.presenter.park();

    IntakePresenter later(desk.office.place->desk(), desk.office.place->clock(), desk.office.place->random());
    REQUIRE(later.drafts().size() == 1);
    REQUIRE(later.resume(later.drafts().front()));

    CHECK(later.refusalReason() == QStringLiteral("mot\nhai"));
    CHECK(RefusalDialog(desk.theme, later, nullptr)
              .findChild<QPlainTextEdit*>(QStringLiteral("refusalReason"))
              ->toPlainText() == QStringLiteral("mot\nhai"));
}

TEST_CASE("what the check found is offered as words of the reason, open fields are not")
{
    Desktop desk;
    const QStringList findings = desk.presenter.refusalFindings();
    REQUIRE_FALSE(findings.isEmpty());
    CHECK(findings.join(QLatin1Char('|')).contains(QStringLiteral("Còn thiếu giấy tờ")));
    CHECK_FALSE(findings.join(QLatin1Char('|')).contains(QStringLiteral("Chưa khai:")));
    RefusalDialog dialog(desk.theme, desk.presenter, nullptr);
    auto* take = dialog.findChild<QPushButton*>(QStringLiteral("takeFinding"));
    REQUIRE(take != nullptr);

    take->click();
    take->click(); // not twice

    CHECK(reasonOf(dialog)->toPlainText() == findings.front());
}

TEST_CASE("a refusal that the desk turns down is said and changes nothing")
{
    Desktop desk;
    desk.presenter.set("/applicant/name", Json());
    desk.presenter.setRefusalReason(QStringLiteral("Không thuộc thẩm quyền"));
    Problems problems;
    QObject::connect(&desk.presenter, &IntakePresenter::refused, &desk.presenter,
                     [&](const Problems& given) { problems = given; });

    desk.presenter.turnAway();

    CHECK_FALSE(problems.empty());
    CHECK_FALSE(desk.presenter.received());
    CHECK(desk.rows().empty());
    CHECK(desk.presenter.drafts().size() == 1);
}

} // namespace motcua
