// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/date_text.h"
#include "app/intake/place_suggestions.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"
#include "app/widgets/segmented_choice.h"
#include "app/widgets/suggestion_edit.h"
#include "core/catalogue/catalogue.h"
#include "tests/ui/gui_session.h"

#include <QSignalSpy>
#include <QTest>

#include <catch2/catch.hpp>

namespace motcua {

TEST_CASE("a date is understood however it is typed")
{
    struct Case
    {
        const char* typed;
        const char* text;
        const char* precision;
    };
    const auto c = GENERATE(Case{"1984", "1984", "year"}, Case{"6/1984", "06/1984", "month"},
                            Case{"061984", "06/1984", "month"}, Case{"21/6/2026", "21/06/2026", "day"},
                            Case{"21062026", "21/06/2026", "day"}, Case{" 21.6.2026 ", "21/06/2026", "day"},
                            Case{"21-06-2026", "21/06/2026", "day"});

    const Json date = eventDateFromText(QString::fromUtf8(c.typed));

    CHECK(stringAt(date, "text") == c.text);
    CHECK(stringAt(date, "precision") == c.precision);
}

TEST_CASE("what is no date stays as it was typed, for the rules to name")
{
    CHECK(eventDateFromText({}).is_null());
    CHECK(stringAt(eventDateFromText(QStringLiteral("hôm qua")), "text") == "hôm qua");
    CHECK(stringAt(eventDateFromText(QStringLiteral("123/6/2026")), "text") == "123/6/2026");
}

TEST_CASE("the end of a place is completed, the beginning is kept")
{
    test::OpenRegister office;
    const auto units = office.place->catalogue().loadUnits();
    REQUIRE(units);

    const auto found = placeSuggestions(*units, QStringLiteral("thôn 3, phuc tho"),
                                        dayInVietnam(office.place->clock().now()));

    REQUIRE_FALSE(found.empty());
    CHECK(found.front().text.startsWith(QStringLiteral("thôn 3, xã Phúc Thọ, ")));
    CHECK(placeSuggestions(*units, QStringLiteral("x"), {}).empty());
}

TEST_CASE("a suggestion is taken only when somebody marked it")
{
    test::needGui();
    QWidget window;
    SuggestionEdit edit(&window);
    edit.setSource([](const QString&) {
        return std::vector<Suggestion>{{QStringLiteral("a"), QStringLiteral("Xã An"), {}}};
    });
    window.show();
    edit.setFocus();
    QSignalSpy entered(&edit, &SuggestionEdit::entered);

    QTest::keyClicks(&edit, QStringLiteral("an"));
    QTest::keyClick(&edit, Qt::Key_Return);
    CHECK(edit.text() == QStringLiteral("an"));
    CHECK(entered.count() == 1);

    QTest::keyClicks(&edit, QStringLiteral(" "));
    QTest::keyClick(&edit, Qt::Key_Down);
    QTest::keyClick(&edit, Qt::Key_Return);
    CHECK(edit.text() == QStringLiteral("Xã An"));
    CHECK(entered.count() == 2);
}

TEST_CASE("Esc closes the suggestions and keeps what was typed")
{
    test::needGui();
    QWidget window;
    SuggestionEdit edit(&window);
    edit.setSource([](const QString&) {
        return std::vector<Suggestion>{{QStringLiteral("a"), QStringLiteral("Xã An"), {}}};
    });
    window.show();
    edit.setFocus();

    QTest::keyClicks(&edit, QStringLiteral("an"));
    QTest::keyClick(&edit, Qt::Key_Down);
    QTest::keyClick(&edit, Qt::Key_Escape);
    QTest::keyClick(&edit, Qt::Key_Return);

    CHECK(edit.text() == QStringLiteral("an"));
}

TEST_CASE("a closed question is answered by a figure and left by Enter")
{
    test::needGui();
    SegmentedChoice choice(
        {{QStringLiteral("male"), QStringLiteral("Nam")}, {QStringLiteral("female"), QStringLiteral("Nữ")}});
    choice.show();
    choice.setFocus();
    QSignalSpy changed(&choice, &SegmentedChoice::changed);
    QSignalSpy entered(&choice, &SegmentedChoice::entered);
    CHECK_FALSE(choice.chosen());

    QTest::keyClick(choice.focusProxy(), Qt::Key_2);
    CHECK(choice.chosen() == QStringLiteral("female"));
    QTest::keyClick(choice.focusProxy(), Qt::Key_Left);
    CHECK(choice.chosen() == QStringLiteral("male"));
    QTest::keyClick(choice.focusProxy(), Qt::Key_Return);

    CHECK(changed.count() == 2);
    CHECK(entered.count() == 1);
}

TEST_CASE("text from outside cannot push the window wide or break its lines")
{
    const QString flood = QString(10'000, QLatin1Char('x'));

    const QString shown = displayText(flood + QStringLiteral("\n<b>"));

    CHECK(shown.size() <= 2010);
    CHECK_FALSE(shown.contains(QLatin1Char('\n')));
    CHECK(shown.contains(QChar(0x200B)));
}

TEST_CASE("a lunar date becomes the solar one, with the leap month, and back", "[typing]")
{
    const auto catalogue = Catalogue::load(std::string(MOTCUA_SOURCE_DIR) + "/resources/catalogue");
    REQUIRE(catalogue);
    const LunarCalendar& lunar = catalogue->calendar().lunar();
    const auto solarOf = [&](const char* typed) {
        const auto date = lunarDateFromText(QString::fromUtf8(typed));
        return date ? stringAt(solarEventDate(*date, lunar), "text", "no such day")
                    : std::string("not lunar");
    };

    CHECK(solarOf("10/3 âl 2026") == "26/04/2026");
    CHECK(solarOf("10/3/2026 âm lịch") == "26/04/2026");
    CHECK(solarOf("10 3 2026 al") == "26/04/2026");
    CHECK(solarOf("1/1/2027 ÂL") == "06/02/2027");
    CHECK(solarOf("1/6 âl 2025") == "25/06/2025");
    CHECK(solarOf("1/6 nhuận âl 2025") == "25/07/2025");
    CHECK(solarOf("1/6n/2025 al") == "25/07/2025");
    CHECK(solarOf("1/6 nhuận âl 2026") == "no such day"); // no leap month 6 that year
    CHECK(solarOf("31/3/2026 âl") == "not lunar");
    CHECK(solarOf("10/3/2026") == "not lunar");
    CHECK(solarOf("tháng âl") == "not lunar");

    const auto wordsOf = [&](const char* text) {
        return lunarWords(eventDateFromText(QString::fromUtf8(text)), lunar).toStdString();
    };
    CHECK(wordsOf("26/04/2026") == "10/3 âm lịch");
    CHECK(wordsOf("25/07/2025") == "1/6 nhuận âm lịch");
    CHECK(wordsOf("01/02/2027") == "25/12 âm lịch năm 2026");
    CHECK(wordsOf("04/2026").empty());
    CHECK(wordsOf("hôm qua").empty());
    CHECK(wordsOf("01/05/1967").find("đối chiếu") != std::string::npos);
}

TEST_CASE("a long title is broken between words, and every word stays")
{
    const QFontMetrics metrics{QFont()};
    const QString title = QStringLiteral("Giấy xác nhận tình trạng hôn nhân");
    const int width = metrics.horizontalAdvance(QStringLiteral("Giấy xác nhận tình"));

    const QStringList lines = brokenIntoLines(title, metrics, width).split(QLatin1Char('\n'));

    CHECK(lines.size() >= 2);
    CHECK(lines.join(QLatin1Char(' ')) == title);
    for (const QString& line : lines) {
        CHECK(metrics.horizontalAdvance(line) <= width);
    }
    CHECK(brokenIntoLines(title, metrics, 10'000) == title);
    CHECK(brokenIntoLines(title, metrics, 1).count(QLatin1Char('\n')) == 6); // a word is never broken
}

} // namespace motcua
