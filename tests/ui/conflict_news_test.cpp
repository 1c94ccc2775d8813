// SPDX-License-Identifier: GPL-3.0-or-later
// News of the portal between the look at a conflict and the key that decides it.
#include "app/widgets/display_text.h"
#include "tests/ui/conflict_office.h"

#include <QSignalSpy>

namespace motcua {

using test::allText;
using test::Office;

namespace {

const QString kUndecided = QStringLiteral("Còn 1 chỗ chưa chọn");

/// The engine stores a page of changes; the page at the screen has not heard of it.
void cityChangesAgain(Office& office, const std::string& code, const Json& set)
{
    office.portal.cityChanges(office.counter.desk->dossiers().byCode(code)->row.uid, set);
}

std::size_t operations(Office& office)
{
    return office.counter.desk->queue().operations(true)->size();
}

/// The newest thing that the page said.
Tone toneOf(const QSignalSpy& said)
{
    return said.back().at(0).value<Tone>();
}

} // namespace

TEST_CASE("who decides on a value that the portal has changed since records nothing and sees the new one")
{
    const int key = GENERATE(static_cast<int>(Qt::Key_1), static_cast<int>(Qt::Key_2));
    Office office;
    office.conflict("Trần Văn Ba", "/form/matter", "c", "d");
    const std::string code = office.conflict("Lê Thị Mai", "/form/matter", "của quầy", "thành phố A");
    office.open();
    office.page->showCase(toQString(code));
    const std::size_t before = operations(office);
    QSignalSpy said(office.page.get(), &NeedsYouPage::announced);

    office.press(key);
    cityChangesAgain(office, code, {{"/form/matter", "thành phố B"}});
    office.press(Qt::Key_Return, Qt::ControlModifier);

    CHECK(office.left() == 2);
    CHECK(operations(office) == before);
    REQUIRE_FALSE(said.empty());
    CHECK(toneOf(said) == Tone::Warning);
    CHECK(said.back().at(1).toString().contains(QStringLiteral("vừa có tin mới nên chưa ghi gì")));
    CHECK(allText(*office.page).contains(QStringLiteral("thành phố B")));
    CHECK_FALSE(allText(*office.page).contains(QStringLiteral("thành phố A")));
    CHECK(allText(*office.page).contains(kUndecided));

    office.press(Qt::Key_Return, Qt::ControlModifier); // the key bounces: nothing is chosen yet
    CHECK(office.left() == 2);
    office.press(key);
    office.press(Qt::Key_Return, Qt::ControlModifier);
    CHECK(office.left() == 1);
    office.portal.answerAll();
    CHECK(office.counter.desk->dossiers().byCode(code)->dossier["form"]["matter"] ==
          (key == Qt::Key_1 ? "của quầy" : "thành phố B"));
}

TEST_CASE("news of one field take the choice in it, and leave the other choices and the reason")
{
    Office office;
    const std::string code =
        office.conflict("Lê Thị Mai", {{"/form/matter", "của quầy"}, {"/applicant/phone", "0900000001"}},
                        {{"/form/matter", "thành phố A"}, {"/applicant/phone", "0900000002"}});
    office.open();
    REQUIRE(office.counter.desk->conflicts()->front().fields.size() == 2);
    office.press(Qt::Key_1);
    office.press(Qt::Key_Down);
    office.press(Qt::Key_1);
    office.find<QLineEdit>("decisionReason")->setText(QStringLiteral("theo đơn"));

    cityChangesAgain(office, code, {{"/form/matter", "thành phố B"}});
    QSignalSpy said(office.page.get(), &NeedsYouPage::announced);
    office.page->refresh();

    REQUIRE(said.size() == 1);
    CHECK(toneOf(said) == Tone::Warning);
    CHECK(said.back().at(1).toString() ==
          QStringLiteral("Hồ sơ %1 vừa có tin mới; 1 chỗ đã chọn phải chọn lại.").arg(toQString(code)));
    CHECK(allText(*office.page).contains(QStringLiteral("thành phố B")));
    CHECK(allText(*office.page).contains(kUndecided)); // one of the two
    CHECK(office.find<QLineEdit>("decisionReason")->text() == QStringLiteral("theo đơn"));
    office.page->pressContinue();
    CHECK(office.left() == 1);
    office.press(Qt::Key_2); // the keyboard stands in the field that is open again
    office.press(Qt::Key_Return, Qt::ControlModifier);
    CHECK(office.left() == 0);
    office.portal.answerAll();
    const Json dossier = office.counter.desk->dossiers().byCode(code)->dossier;
    CHECK(dossier["form"]["matter"] == "thành phố B");
    CHECK(dossier["applicant"]["phone"] == "0900000001");
}

TEST_CASE("a choice that was left for another conflict does not hold for what the portal brought meanwhile")
{
    Office office;
    const std::string first = office.conflict("Lê Thị Mai", "/form/matter", "của quầy", "thành phố A");
    const std::string second = office.conflict("Trần Văn Ba", "/form/matter", "c", "d");
    office.open();
    office.press(Qt::Key_1);
    office.find<QLineEdit>("decisionReason")->setText(QStringLiteral("theo đơn"));
    office.page->showCase(toQString(second));
    office.press(Qt::Key_2);

    cityChangesAgain(office, first, {{"/form/matter", "thành phố B"}});
    office.page->refresh();

    CHECK_FALSE(allText(*office.page).contains(kUndecided)); // what is open stays as it was
    QSignalSpy said(office.page.get(), &NeedsYouPage::announced);
    office.page->showCase(toQString(first));
    REQUIRE(said.size() == 1);
    CHECK(said.back().at(1).toString().contains(QStringLiteral("1 chỗ đã chọn phải chọn lại")));
    CHECK(allText(*office.page).contains(kUndecided));
    CHECK(office.find<QLineEdit>("decisionReason")->text() == QStringLiteral("theo đơn"));
    office.page->showCase(toQString(second));
    office.press(Qt::Key_Return, Qt::ControlModifier);
    CHECK(office.left() == 1);
}

TEST_CASE("what was corrected in a reception that the city has and closed meanwhile is kept as a remark by "
          "one press")
{
    Office office;
    const auto received = office.counter.desk->receive(office.counter.draft("Đỗ Thị Sáu"));
    Json theirs = office.counter.desk->dossiers().byUid(received->uid)->dossier;
    office.portal.answerAll("rejected", "invalid-fields");
    REQUIRE(office.counter.desk->change(received->code, {{"/applicant/phone", "0987654321"}}, ""));
    office.portal.answerAll("rejected", "already-applied"); // a restored register had forgotten it
    theirs["status"] = "finished";
    office.portal.pull(received->uid, theirs);
    REQUIRE(office.counter.portal->mergeConflicts() == 0);
    office.open();

    CHECK(office.find<QPushButton>("reopen") != nullptr);
    auto* remark = office.find<QPushButton>("keepAsRemark");
    REQUIRE(remark != nullptr);
    test::keepPicture(*office.page, "MOTCUA_CONFLICT_PICTURES", QStringLiteral("conflict-closed"));
    remark->click();

    CHECK(office.left() == 0);
    const Json shown = office.counter.desk->dossiers().byUid(received->uid)->dossier;
    CHECK_THAT(stringAt(shown, "note"), Catch::Contains("0987654321"));
    CHECK(shown["applicant"]["phone"] == theirs["applicant"]["phone"]);
}

TEST_CASE("what is no question any more when it is decided leaves the screen, and nothing is recorded")
{
    Office office;
    const std::string code = office.conflict("Lê Thị Mai", "/form/matter", "của quầy", "thành phố A");
    office.open();
    office.press(Qt::Key_2);

    cityChangesAgain(office, code, {{"/form/matter", "của quầy"}});
    REQUIRE(office.counter.portal->mergeConflicts() == 1);
    const std::size_t before = operations(office);
    QSignalSpy said(office.page.get(), &NeedsYouPage::announced);
    office.press(Qt::Key_Return, Qt::ControlModifier);

    CHECK(operations(office) == before);
    REQUIRE_FALSE(said.empty());
    CHECK(toneOf(said) == Tone::Warning);
    CHECK(allText(*office.page).contains(QStringLiteral("Không có gì cần bạn")));
}

} // namespace motcua
