// SPDX-License-Identifier: GPL-3.0-or-later
// "May I go home?", the diary of the network, and the fees that the day is balanced by.
#include "app/day/day_page.h"
#include "app/day/day_view.h"
#include "app/day/diary_view.h"
#include "app/day/reach_strip.h"
#include "app/register/dossier_presenter.h"
#include "app/theme/theme.h"
#include "app/widgets/action_list.h"
#include "app/widgets/display_text.h"
#include "core/desk/desk_support.h"
#include "core/desk/portal_desk.h"
#include "tests/support/sample_files.h"
#include "tests/ui/gui_session.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <catch2/catch.hpp>

namespace motcua {

namespace {

using namespace std::chrono_literals;

constexpr int kWaitMs = 10'000;
/// A folder in this variable gets pictures of the pages, to be looked at.
constexpr const char* kPictures = "MOTCUA_DAY_PICTURES";

Instant at(int day, Millis timeOfDay)
{
    const Day date{std::chrono::year{2026} / 11 / day};
    return instantInVietnam(date, timeOfDay);
}

QString words(const QWidget& widget, const char* name)
{
    const auto* label = widget.findChild<QLabel*>(QLatin1String(name));
    REQUIRE(label != nullptr);
    return label->text();
}

struct Evening
{
    Theme theme{*qobject_cast<QApplication*>(QCoreApplication::instance())};
    test::OpenRegister office;
    PaperDesk papers{*office.place};
    PaperPress press{toUtf8(office.folder.path())};
    DayPage page{theme, *office.place, papers, press};
};

/// Friday the 20th: away from 09:12 to 11:40, stopped before the portal at 14:00 until now, 15:00.
NetworkDiary aBadDay()
{
    NetworkDiary diary;
    diary.from = at(18, 0h);
    diary.until = at(20, 15h);
    diary.spans = {{at(19, 8h), at(19, 17h), Reach::Online},
                   {at(19, 17h), at(20, 7h), std::nullopt},
                   {at(20, 7h), at(20, 9h + 12min), Reach::Online},
                   {at(20, 9h + 12min), at(20, 11h + 40min), Reach::Offline},
                   {at(20, 11h + 40min), at(20, 14h), Reach::Online},
                   {at(20, 14h), at(20, 15h), Reach::NotPortal}};
    Outage portalPage;
    portalPage.since = at(20, 14h);
    portalPage.reach = Reach::NotPortal;
    portalPage.detail = "200 not the portal's answer";
    portalPage.waitingMost = 3;
    Outage away;
    away.since = at(20, 9h + 12min);
    away.until = at(20, 11h + 40min);
    away.detail = "timeout";
    away.waitingMost = 7;
    away.lost = 2;
    diary.outages = {portalPage, away};
    diary.flickers = 4;
    return diary;
}

} // namespace

TEST_CASE("the page answers in one sentence and lists what is left, with the dossier a key away")
{
    Evening evening;
    const std::string code = evening.office.receive();
    QSignalSpy wanted(&evening.page, &Page::dossierWanted);
    evening.page.resize(1170, 640);
    evening.page.show();

    evening.page.arrive();

    CHECK(words(evening.page, "dayVerdict").startsWith(QStringLiteral("Chưa xong")));
    CHECK(words(evening.page, "dayTakenIn") == QStringLiteral("1"));
    CHECK(words(evening.page, "daySlips") == QStringLiteral("0"));
    auto* list = evening.page.findChild<ActionListView*>(QStringLiteral("dayGaps"));
    REQUIRE(list != nullptr);
    QAbstractItemModelTester tester(list->model());
    REQUIRE(list->model()->rowCount() == 1);
    CHECK(evening.page.focusWidget() == list);
    QTest::keyClick(list, Qt::Key_Return);
    REQUIRE(wanted.count() == 1);
    CHECK(wanted.front().front().toString() == toQString(code));

    PrintEvent slip;
    slip.paper = "slip";
    slip.printer = "quay1";
    slip.outcome = "good";
    REQUIRE(evening.office.place->desk().recordPrint(code, slip));
    evening.page.arrive();
    CHECK(words(evening.page, "dayVerdict").startsWith(QStringLiteral("Về được")));
    CHECK_FALSE(list->isVisible());
}

TEST_CASE("a scan that can never go by itself stands among what is left, in words")
{
    Evening evening;
    Workplace& place = *evening.office.place;
    FolderShelf shelf = place.folder().shelf();
    FileStore files(place.connection(), shelf, place.folder().dataKey(), place.systemClock());
    const std::string bytes = samplePdf(2'000);
    MemorySource source(bytes);
    const auto scan = files.add(source, FileKind::Pdf);
    REQUIRE(scan);
    const std::string code = evening.office.receive();
    Json components = place.desk().dossiers().byCode(code)->dossier["components"];
    components[0]["files"] = Json::array({{{"name", "trang.pdf"},
                                           {"sha256", toHex(scan->sha256)},
                                           {"size", scan->size},
                                           {"type", "application/pdf"}}});
    REQUIRE(place.desk().change(code, {{"/components", components}}, "Bổ sung bản quét"));
    PortalDesk engine(place.connection(), place.identity(), fieldOf(place.catalogue()), place.systemClock(),
                      {});
    REQUIRE(engine.fileSent(scan->id, 0, "damaged"));
    evening.page.resize(1170, 700);
    evening.page.show();

    evening.page.arrive();

    CHECK(words(evening.page, "dayVerdict").startsWith(QStringLiteral("Chưa xong")));
    auto* list = evening.page.findChild<ActionListView*>(QStringLiteral("dayGaps"));
    REQUIRE(list->model()->rowCount() == 2); // no slip came out, either
    QStringList said;
    for (int row = 0; row < 2; ++row) {
        said << list->model()->index(row, 0).data(ActionListModel::LineRole).value<ActionLine>().state;
    }
    CHECK(said.join(QLatin1Char('|')).contains(QStringLiteral("bản quét không gửi được")));
    test::keepPicture(evening.page, kPictures, QStringLiteral("stuck-scan"));
}

TEST_CASE("what needs a person comes first, with its button")
{
    Evening evening;
    DayView view(evening.theme);
    QSignalSpy wanted(&view, &DayView::needsYouWanted);
    DayStatus status;
    status.queue.conflicts = 1;
    status.queue.waiting = 1;
    view.show(status);
    view.QWidget::show();

    view.takeKeyboard();

    auto* button = view.findChild<QPushButton*>(QStringLiteral("openNeedsYou"));
    CHECK(view.focusWidget() == button);
    QTest::keyClick(button, Qt::Key_Space);
    CHECK(wanted.count() == 1);
    CHECK(words(view, "dayVerdict") == QStringLiteral("Chưa về được: còn 1 việc cần bạn."));
    status.queue = {};
    view.show(status);
    CHECK_FALSE(button->isVisible());
}

TEST_CASE("the day sheet comes out as a file, and the journal says with which code")
{
    Evening evening;
    static_cast<void>(evening.office.receive());
    const auto status = dayStatus(evening.office.place->connection(), evening.office.place->identity(),
                                  dayInVietnam(evening.office.place->clock().now()),
                                  evening.office.place->clock(), evening.office.place->clock().now());
    REQUIRE(status);
    auto job = evening.papers.daySheet(*status);
    REQUIRE(job);

    CHECK(job->paper.pageCount() == 1);
    std::optional<PressEnd> end;
    evening.press.press(job->paper, job->stem, {}, job->madeAt,
                        [&](const Result<PressEnd>& given) { end = *given; });
    REQUIRE(QTest::qWaitFor([&] { return end.has_value(); }, kWaitMs));
    CHECK(end->file.contains(QStringLiteral("day-sheet-H26.131-1-2026-11-20")));
    REQUIRE(job->record(*end, "file"));

    const auto after = dayStatus(evening.office.place->connection(), evening.office.place->identity(),
                                 status->day, evening.office.place->clock(), status->at);
    CHECK(after->head.position.seq() == status->head.position.seq() + 1);
}

TEST_CASE("figures that could not be read again are not printed to be signed")
{
    Evening evening;
    evening.page.show();
    evening.page.arrive();
    QSignalSpy announced(&evening.page, &Page::announced);
    REQUIRE(evening.office.place->connection().execute("ALTER TABLE setting RENAME TO setting_away"));

    // Were a sheet to come up all the same, it would wait here for a person.
    bool cameUp = false;
    QTimer::singleShot(0, &evening.page, [&cameUp] {
        if (QWidget* dialog = QApplication::activeModalWidget()) {
            cameUp = true;
            dialog->close();
        }
    });
    evening.page.pressPrint();

    CHECK_FALSE(cameUp);
    CHECK(announced.count() == 1);
    REQUIRE(evening.office.place->connection().execute("ALTER TABLE setting_away RENAME TO setting"));
}

TEST_CASE("the strip paints each minute where it belongs, and frames the marked outage")
{
    Evening evening;
    ReachStrip strip(evening.theme);
    strip.resize(700, 200);
    strip.show(aBadDay());
    const QRect away = strip.cellOf(at(20, 10h), at(20, 11h));
    const QRect before = strip.cellOf(at(20, 8h), at(20, 9h));
    const QRect night = strip.cellOf(at(20, 6h), at(20, 7h));
    REQUIRE_FALSE(away.isEmpty());
    CHECK(before.right() <= away.left());
    CHECK(strip.cellOf(at(19, 10h), at(19, 11h)).top() > away.top()); // the newest day stands at the top

    const QImage image = strip.grab().toImage();

    CHECK(image.pixelColor(away.center()) == evening.theme.colors().bad);
    CHECK(image.pixelColor(before.center().x(), before.bottom() - 2) == evening.theme.colors().good);
    CHECK(image.pixelColor(before.center().x(), before.top() + 2) != evening.theme.colors().good);
    CHECK(image.pixelColor(night.center()) == evening.theme.colors().surface);
    strip.mark(at(20, 9h + 12min), at(20, 11h + 40min));
    CHECK(strip.grab().toImage() != image);
    CHECK(strip.accessibleDescription().contains(QStringLiteral("2 lần")));
}

TEST_CASE("each outage is told in words, the newest first, and marking one frames it")
{
    Evening evening;
    DiaryView view(evening.theme);
    view.resize(1170, 600);
    view.QWidget::show();

    view.show(aBadDay());
    view.takeKeyboard();

    auto* list = view.findChild<ActionListView*>(QStringLiteral("outages"));
    REQUIRE(list != nullptr);
    REQUIRE(list->model()->rowCount() == 2);
    CHECK(view.focusWidget() == list);
    const auto line = [&](int row) {
        return list->model()->index(row, 0).data(ActionListModel::LineRole).value<ActionLine>();
    };
    CHECK(line(0).title == QStringLiteral("T6 20/11 14:00 đến giờ, 1 giờ"));
    CHECK(line(0).state == QStringLiteral("Bị chặn trước cổng"));
    CHECK(line(0).text ==
          QStringLiteral("Nhiều nhất 3 việc phải chờ. Do trang đăng nhập mạng hoặc máy khác trả "
                         "lời thay."));
    CHECK(line(1).title == QStringLiteral("T6 20/11 09:12 – 11:40, 2 giờ 28 phút"));
    CHECK(line(1).state == QStringLiteral("Mất mạng"));
    CHECK(line(1).text ==
          QStringLiteral("Nhiều nhất 7 việc phải chờ. Do không có trả lời. 2 lượt gửi không có trả lời."));
    CHECK(line(1).action.isEmpty()); // nothing to press: it is over
}

TEST_CASE("the diary page reads what the engine wrote, beside the window")
{
    Evening evening;
    {
        PortalDesk engine(evening.office.place->connection(), evening.office.place->identity(),
                          fieldOf(evening.office.place->catalogue()), evening.office.place->systemClock(),
                          {});
        const Instant now = evening.office.place->systemClock().now();
        REQUIRE(engine.noteSighting({now - 3h, "run", Reach::Online, 0, {}}));
        REQUIRE(engine.noteSighting({now - 2h, "run", Reach::Offline, 2, "timeout"}));
        REQUIRE(engine.noteSighting({now - 1h, "run", Reach::Online, 2, {}}));
    }
    evening.page.show();

    evening.page.showDiary();

    auto* list = evening.page.findChild<ActionListView*>(QStringLiteral("outages"));
    CHECK(QTest::qWaitFor([&] { return list->model()->rowCount() == 1; }, kWaitMs));
    CHECK(evening.page.goBack()); // Esc: back to today, and no further
    CHECK_FALSE(evening.page.goBack());
}

TEST_CASE("a fee is marked as paid with its receipt's number, once, and the history says so in words")
{
    test::OpenRegister office;
    const std::string code = office.receive();
    const Json fees = Json::array({{{"code", "le-phi"}, {"amount", 21'000}}});
    REQUIRE(office.place->desk().change(code, {{"/fees", fees}}, "theo biểu"));
    DossierPresenter presenter(office.place->desk(), office.place->clock());
    REQUIRE(presenter.open(code));
    REQUIRE(presenter.openFees().unpaid == 21'000);
    QSignalSpy changed(&presenter, &DossierPresenter::changed);

    presenter.collectFees(QStringLiteral(" 0000123 "));
    CHECK_FALSE(presenter.openFees().any());
    presenter.collectFees(QStringLiteral("0000999")); // a second press finds nothing to write

    CHECK(changed.count() == 1);
    CHECK(presenter.view()->dossier["fees"][0]["receiptNo"] == "0000123");
    const auto timeline = presenter.timeline();
    CHECK(
        timeline.front().details.join(QLatin1Char('|')).contains(QStringLiteral("đã thu, biên lai 0000123")));
}

} // namespace motcua
