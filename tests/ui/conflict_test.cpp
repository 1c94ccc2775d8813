// SPDX-License-Identifier: GPL-3.0-or-later
// Deciding conflicts in the window, by keys alone.
#include "app/queue/duplicate_view.h"
#include "app/widgets/display_text.h"
#include "tests/ui/conflict_office.h"

#include <QClipboard>
#include <QPointer>
#include <QSignalSpy>

namespace motcua {

using test::allText;
using test::Office;

namespace {

constexpr const char* kPictures = "MOTCUA_CONFLICT_PICTURES";

} // namespace

TEST_CASE("thirty conflicts are worked through without the mouse, two keys each")
{
    Office office;
    for (int i = 0; i < 30; ++i) {
        office.conflict("Người thứ " + std::to_string(i), "/form/matter", "quầy " + std::to_string(i),
                        "cổng " + std::to_string(i));
    }
    office.open();
    REQUIRE(office.left() == 30);

    for (int i = 0; i < 30; ++i) {
        office.press(i % 2 == 0 ? Qt::Key_1 : Qt::Key_2);
        office.press(Qt::Key_Return, Qt::ControlModifier);
        REQUIRE(office.left() == static_cast<std::size_t>(29 - i));
    }

    CHECK(office.keys == 60);
    office.portal.answerAll();
    CHECK(office.counter.desk->queue().summary()->waiting == 0);
    CHECK(office.counter.findings().empty());
}

TEST_CASE("what is offered is chosen by a key, never by itself, and a key that bounces decides nothing")
{
    Office office;
    const std::string code = office.conflict("Lê Thị Mai", "/applicant/phone", "0900000001", "0900000002");
    office.conflict("Trần Văn Ba", "/applicant/phone", "0900000003", "0900000004");
    office.open();

    office.press(Qt::Key_Return, Qt::ControlModifier);
    CHECK(office.left() == 2);    // offered, but nobody chose
    office.press(Qt::Key_Return); // takes the offer: the portal's, written later
    CHECK(office.left() == 2);
    office.press(Qt::Key_Return); // on to the button
    office.press(Qt::Key_Return);
    office.press(Qt::Key_Return); // bounces: the next one's offer, not its decision

    CHECK(office.left() == 1);
    office.portal.answerAll();
    CHECK(office.counter.desk->dossiers().byCode(code)->dossier["applicant"]["phone"] == "0900000002");
    office.press(Qt::Key_Delete);
    office.press(Qt::Key_Return, Qt::ControlModifier);
    CHECK(office.left() == 1); // taken back before it was decided
}

TEST_CASE("a reason and a paper are asked where the rule says, once for all fields, and the last one comes "
          "by a key")
{
    Office office;
    office.conflict("Lê Thị Mai", "/applicant/name", "Lê Thị Mại", "Lê Thị Mài");
    const std::string second =
        office.conflict("Trần Văn Ba", "/applicant/name", "Trần Văn Bá", "Trần Văn Bà");
    office.open();

    office.press(Qt::Key_1);
    office.press(Qt::Key_Return);
    CHECK(QApplication::focusWidget() == office.find<QLineEdit>("decisionPaper"));
    office.type(QStringLiteral("the can cuoc"));
    office.press(Qt::Key_Return);
    CHECK(QApplication::focusWidget() == office.find<QLineEdit>("decisionReason"));
    office.press(Qt::Key_Return, Qt::ControlModifier);
    CHECK(office.left() == 2);
    office.type(QStringLiteral("dung the"));
    office.press(Qt::Key_Return);
    office.press(Qt::Key_Return);
    CHECK(office.left() == 1);

    office.press(Qt::Key_2);
    office.press(Qt::Key_Return);
    office.type(QStringLiteral("giay khai sinh"));
    office.press(Qt::Key_Return);
    office.press(Qt::Key_Up);
    CHECK(office.find<QLineEdit>("decisionReason")->text() == QStringLiteral("dung the"));
    office.press(Qt::Key_Return, Qt::ControlModifier);
    CHECK(office.left() == 0);
    const auto history =
        office.counter.desk->dossiers().history(office.counter.desk->dossiers().byCode(second)->row.id);
    CHECK(history->back().note.find("căn cứ: giay khai sinh") != std::string::npos);
}

TEST_CASE("leaving a conflict keeps every choice and word of it, and it can all be begun anew")
{
    Office office;
    office.conflict("Lê Thị Mai", "/form/matter", "a", "b");
    office.conflict("Trần Văn Ba", "/form/matter", "c", "d");
    office.open();

    office.press(Qt::Key_3);
    office.type(QStringLiteral("khac han"));
    REQUIRE(office.page->goBack()); // Esc: to the list
    office.press(Qt::Key_Down);
    office.press(Qt::Key_Up);
    office.press(Qt::Key_Return);
    office.press(Qt::Key_Return, Qt::ControlModifier);

    CHECK(office.left() == 1);
    const auto rows = office.counter.desk->dossiers().find("mai")->rows;
    CHECK(office.counter.desk->dossiers().byCode(rows.front().code)->dossier["form"]["matter"] == "khac han");

    office.press(Qt::Key_1);
    office.find<QPushButton>("startOver")->click();
    office.press(Qt::Key_Return, Qt::ControlModifier);
    CHECK(office.left() == 1);
}

TEST_CASE("long, empty and markup-like values are shown as what they are")
{
    Office office;
    const std::string longText(1500, 'x');
    office.conflict("Lê Thị Mai", "/form/matter", "<b onclick=x>đậm</b>", longText);
    office.conflict("Trần Văn Ba", "/form/note", "", "&lt;i&gt;");
    office.open();

    QString shown = allText(*office.page);
    CHECK(shown.contains(QStringLiteral("<b onclick=x>đậm</b>")));
    CHECK(shown.count(QLatin1Char('x')) > 1500);
    CHECK(shown.contains(QStringLiteral("Nội dung yêu cầu giải quyết")));
    CHECK(shown.contains(QStringLiteral("Thành phố")));
    CHECK(shown.contains(QStringLiteral("Nguyễn Thị Lan")));
    office.page->showCase(toQString(office.counter.desk->conflicts()->back().code));
    shown = allText(*office.page);
    CHECK(shown.contains(QStringLiteral("(không có)")));
    CHECK(shown.contains(QStringLiteral("(để trống)")));
    CHECK(shown.contains(QStringLiteral("&lt;i&gt;")));
}

TEST_CASE(
    "what the portal turned down names its field, its next step and who acts; withdrawing asks why once")
{
    Office office;
    office.refused("Lê Thị Mai");
    office.counter.clock.advance(std::chrono::hours{24 * 5});
    office.open();
    CHECK(office.find<QLabel>("needsYouLate")->isVisible());

    office.find<QPushButton>("copyDiagnostics")->click();
    const QString copied = QApplication::clipboard()->text();
    CHECK(copied.contains(QStringLiteral("invalid-fields")));
    CHECK_FALSE(copied.contains(QStringLiteral("Mai")));
    CHECK_FALSE(copied.contains(QStringLiteral("0912345678")));

    office.find<QPushButton>("withdraw")->click();
    CHECK(office.left() == 1); // no reason yet
    office.find<QLineEdit>("withdrawReason")->setText(QStringLiteral("nhập nhầm"));
    office.find<QPushButton>("withdraw")->click();
    CHECK(office.left() == 0);
    CHECK(office.portal.answerAll() == 1);
    CHECK(office.counter.desk->queue().summary()->waiting == 0);
}

TEST_CASE("the field that was refused is one press away")
{
    Office office;
    ConflictCase conflict;
    conflict.code = office.counter.desk->receive(office.counter.draft())->code;
    conflict.kind = "dossier.changed";
    conflict.problemType = "invalid-fields";
    conflict.refused = {{"/applicant/phone", "quá dài"}};
    const FieldLabels labels(*office.counter.desk, conflict.code);

    CHECK(nextStepOf(conflict) == NextStep::Correct);
    CHECK(whatHappened(conflict, labels) == QStringLiteral("Cổng không nhận “Số điện thoại”: quá dài"));
    conflict.isMismatch = true;
    CHECK(nextStepOf(conflict) == NextStep::Report);
    CHECK(whoActs(conflict) == QStringLiteral("Quản trị"));
}

TEST_CASE("news come while somebody types: what is open stays, with the keyboard and half a word in it")
{
    Office office;
    office.conflict("Lê Thị Mai", "/applicant/name", "Lê Thị Mai Anh", "Lê Thị Mai Ánh");
    office.open();
    auto* reason = office.find<QLineEdit>("decisionReason");
    REQUIRE(reason != nullptr);
    reason->setFocus();
    office.type(QStringLiteral("theo can cuoc"));
    const QPointer<QLineEdit> held = reason;

    office.conflict("Trần Văn Ba", "/applicant/phone", "0900000003", "0900000004");
    office.page->refresh();

    CHECK(allText(*office.page).contains(QStringLiteral("Còn 2 việc")));
    REQUIRE_FALSE(held.isNull());
    CHECK(QApplication::focusWidget() == held);
    CHECK(held->text() == QStringLiteral("theo can cuoc"));
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    CHECK_FALSE(held.isNull()); // nor is it about to go
}

TEST_CASE("a double press on one pair does not judge the next one unread")
{
    PossibleDuplicate pair;
    pair.code = "H26.131-261120-1001";
    pair.otherCode = "H26.131-261120-2001";
    pair.name = "Lê Thị Mai";
    DuplicateView view(pair);
    view.show();
    QSignalSpy judged(&view, &DuplicateView::judged);
    auto* different = view.findChild<QPushButton*>(QStringLiteral("notSame"));
    REQUIRE(different != nullptr);

    view.takeKeyboard();
    different->click();

    CHECK(judged.isEmpty());
    CHECK(view.focusWidget()->objectName() == QStringLiteral("seeDuplicate"));
    REQUIRE(QTest::qWaitFor([&] { return different->isEnabled(); }, 10'000));
    different->click();
    CHECK(judged.count() == 1);
}

TEST_CASE("a new number asks for a new slip by one key, and the line goes when it came out")
{
    Office office;
    const auto received = office.counter.desk->receive(office.counter.draft("Lê Thị Mai"));
    office.portal.answerAll("conflict", "number-taken");
    REQUIRE(office.counter.portal->mergeConflicts() == 1);
    office.portal.answerAll();
    office.open();
    QSignalSpy wanted(office.page.get(), &NeedsYouPage::paperWanted);

    const QString shown = allText(*office.page);
    CHECK(shown.contains(QStringLiteral("H26.131-261121-1001 đã có ở cổng")));
    CHECK(shown.contains(QStringLiteral("H26.131-261121-1002")));
    office.press(Qt::Key_Return);
    REQUIRE(wanted.count() == 1);
    CHECK(wanted.front().at(0).toString() == QStringLiteral("H26.131-261121-1002"));

    PrintEvent slip;
    slip.paper = "slip";
    slip.outcome = "good";
    REQUIRE(office.counter.desk->recordPrint("H26.131-261121-1002", slip));
    office.page->refresh();
    CHECK(allText(*office.page).contains(QStringLiteral("Không có gì cần bạn")));
}

TEST_CASE("a result handed over twice is told with both sides, and a leader writes down what was found")
{
    Office office;
    const auto received = office.counter.desk->receive(office.counter.draft("Trần Văn Ba"));
    REQUIRE(office.counter.desk->move(received->code, Status::Finished, ""));
    office.portal.answerAll();
    REQUIRE(office.counter.desk->move(received->code, Status::Returned, ""));
    office.portal.cityChanges(received->uid, {{"/status", "returned"}});
    office.portal.answerAll("conflict", "rev-mismatch");
    REQUIRE(office.counter.portal->mergeConflicts() == 1);
    office.open();

    CHECK(allText(*office.page).contains(QStringLiteral("ghi là đã trả hai lần: Thành phố")));
    auto* finding = office.find<QLineEdit>("alarmFinding");
    REQUIRE(finding != nullptr);
    CHECK(finding->hasFocus());
    office.press(Qt::Key_Return); // nothing written: nothing is settled
    CHECK(office.counter.desk->alarms()->size() == 1);
    office.type(QStringLiteral("Quay ghi nham"));
    office.press(Qt::Key_Return);
    CHECK(office.counter.desk->alarms()->empty());
    CHECK(allText(*office.page).contains(QStringLiteral("Không có gì cần bạn")));
}

TEST_CASE(
    "a withdrawal that came too late is told with its reason, and goes when somebody wrote what was done")
{
    Office office;
    REQUIRE(office.counter.desk->receive(office.counter.draft("Phạm Thị Năm")));
    REQUIRE(office.counter.desk->withdrawOperation(office.portal.loseFirst(), "Công dân đổi ý"));
    REQUIRE(office.portal.answerAll("rejected", "already-applied") == 1);
    REQUIRE(office.portal.answerAll() == 1);
    office.open();

    CHECK(allText(*office.page).contains(QStringLiteral("Lý do rút: Công dân đổi ý")));
    test::keepPicture(*office.page, kPictures, QStringLiteral("withdrawn-too-late"));
    auto* finding = office.find<QLineEdit>("alarmFinding");
    REQUIRE(finding != nullptr);
    CHECK(finding->hasFocus());
    office.type(QStringLiteral("Da bao cong dan"));
    office.press(Qt::Key_Return);
    CHECK(office.counter.desk->alarms()->empty());
    CHECK(allText(*office.page).contains(QStringLiteral("Không có gì cần bạn")));
}

TEST_CASE("what the rules merged in vain is sent again by one key")
{
    Office office;
    REQUIRE(office.counter.desk->receive(office.counter.draft("Lê Thị Mai")));
    for (int i = 0; i < 6; ++i) {
        office.portal.answerAll("conflict", "number-taken");
        REQUIRE(office.counter.portal->mergeConflicts());
    }
    REQUIRE(office.left() == 1);
    office.open();

    CHECK(allText(*office.page).contains(QStringLiteral("Cổng báo trùng số nhiều lần liền")));
    office.press(Qt::Key_Return);
    CHECK(office.left() == 0);
    CHECK(office.portal.answerAll() == 1);
}

TEST_CASE("what the portal lost is told as lost, with and without a question, and goes again by one key")
{
    Office office;
    const auto lost = [&](const std::string& name, const std::function<void(const std::string&)>& act) {
        const auto received = office.counter.desk->receive(office.counter.draft(name));
        REQUIRE(received);
        office.portal.answerAll();
        act(received->code);
        office.portal.hasLostAll = true;
        office.portal.answerAll("conflict", "rev-mismatch");
        office.portal.hasLostAll = false;
    };
    auto& desk = *office.counter.desk;
    lost("Lê Thị Mai", [&](const auto& code) { REQUIRE(desk.change(code, {{"/note", "Gọi trước"}}, "")); });
    lost("Trần Văn Ba", [&](const auto& code) { REQUIRE(desk.move(code, Status::Processing, "")); });
    office.open();

    const QString lostWords = QStringLiteral("Cổng không còn hồ sơ này");
    CHECK(allText(*office.page).contains(lostWords));
    test::keepPicture(*office.page, kPictures, QStringLiteral("lost"));
    office.press(Qt::Key_Return); // one key
    CHECK(office.left() == 1);
    CHECK(allText(*office.page).contains(lostWords));
    test::keepPicture(*office.page, kPictures, QStringLiteral("lost-move"));
}

TEST_CASE("a step with another appointment than the city's asks for both, and the days are told as on paper")
{
    Office office;
    auto& desk = *office.counter.desk;
    const auto received = desk.receive(office.counter.draft("Lê Thị Mai"));
    REQUIRE(received);
    REQUIRE(desk.move(received->code, Status::Processing, ""));
    REQUIRE(desk.move(received->code, Status::Supplementing, "thiếu giấy"));
    while (office.portal.answerAll() > 0) {
    }
    const auto inDays = [&](int days) {
        return toRfc3339(office.counter.clock.now() + std::chrono::hours{24 * days});
    };
    REQUIRE(desk.move(received->code, Status::Processing, "", *parseRfc3339(inDays(10))));
    office.portal.cityChanges(received->uid, {{"/dueAt", inDays(20)}});
    office.portal.answerAll("conflict", "rev-mismatch");
    REQUIRE(office.counter.portal->mergeConflicts() == 0);
    office.open();

    const QString said = allText(*office.page);
    CHECK(said.contains(QStringLiteral("Ngày hẹn trả")));
    CHECK(said.contains(QStringLiteral("01/12/2026")));
    CHECK(said.contains(QStringLiteral("11/12/2026")));
    test::keepPicture(*office.page, kPictures, QStringLiteral("appointment"));
    office.press(Qt::Key_1);
    office.press(Qt::Key_Down);
    office.press(Qt::Key_2);
    office.find<QLineEdit>("decisionReason")->setText(QStringLiteral("theo giấy hẹn"));
    office.page->pressContinue();
    CHECK(office.left() == 0);
    office.portal.answerAll();
    const Json dossier = desk.dossiers().byUid(received->uid)->dossier;
    CHECK(dossier["status"] == "processing");
    CHECK(dossier["dueAt"] == inDays(20));
}

} // namespace motcua
