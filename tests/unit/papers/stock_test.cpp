// SPDX-License-Identifier: GPL-3.0-or-later
// Values at their places on printed stock: never cut, never beside the paper, moved as the printer needs it.
#include "core/papers/paper_output.h"
#include "core/papers/paper_sample.h"
#include "core/papers/paper_shelf.h"
#include "core/papers/paper_templates.h"
#include "core/papers/test_sheet.h"
#include "paper_samples.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace motcua::test;

namespace {

constexpr Day kToday{std::chrono::year{2026} / 11 / 21};

PaperKind kindOf(const char* name)
{
    const auto shelf = PaperShelf::load();
    REQUIRE(shelf);
    const PaperKind* kind = shelf->find(name, kToday);
    REQUIRE(kind != nullptr);
    return *kind;
}

LaidOutPaper stock(const char* name = "birth-certificate-stock")
{
    const auto data = samplePaper(kindOf(name), SampleLength::Ordinary);
    REQUIRE(data);
    const auto paper = layOut(*data, PaperTemplates());
    REQUIRE(paper);
    return *paper;
}

/// The darkest column and row of a page's picture, in millimetres: where the first thing printed begins.
double firstInk(const QImage& page, bool acrossX)
{
    const int outer = acrossX ? page.width() : page.height();
    const int inner = acrossX ? page.height() : page.width();
    for (int i = 0; i < outer; ++i) {
        for (int j = 0; j < inner; ++j) {
            if (page.pixelColor(acrossX ? i : j, acrossX ? j : i).lightness() < 60) {
                return i * 25.4 / 200;
            }
        }
    }
    return -1;
}

Result<LaidOutPaper> placed(const std::string& text,
                            const char* size = "width=\"60\" height=\"6\" size=\"13\"")
{
    return LaidOutPaper::create("x", {"<stock title=\"Phôi\"><place field=\"Họ tên\" x=\"40\" y=\"50\" " +
                                      std::string(size) + ">" + text + "</place></stock>"});
}

} // namespace

TEST_CASE("only the values go onto the stock; what stands there already is for the preview")
{
    const std::string text = textOf(*toPdf(stock(), fromMillis(0)));

    CHECK(contains(text, "ĐẶNG NGUYỄN BẢO AN"));
    CHECK(contains(text, "Bệnh viện Đa khoa Phúc Thọ"));
    CHECK_FALSE(contains(text, "GIẤY KHAI SINH"));
    CHECK_FALSE(contains(text, "Quê quán"));
    CHECK(stock().isOnStock());
    CHECK(stock("marriage-certificate-stock").pageLayout().orientation() == QPageLayout::Landscape);
    CHECK(stock("marriage-certificate-stock").pageCount() == 2); // two originals
    CHECK_FALSE(stock().itemCount(0) == 0);
}

TEST_CASE("a value that does not fit is set smaller, and refused before it would be cut")
{
    CHECK(placed("Nguyễn Thị Ưởng"));
    CHECK(placed("Nguyễn Phúc Bảo Hoàng Thiên Hương Giang Thùy"));

    const auto tooLong =
        placed(std::string(40, 'A') + ' ' + std::string(40, 'B') + ' ' + std::string(90, 'C'));
    REQUIRE_FALSE(tooLong);
    CHECK(tooLong.error().kind == ErrorKind::Invalid);
    CHECK(contains(tooLong.error().detail, "“Họ tên” dài quá ô"));
    CHECK_FALSE(placed(std::string(80, 'W'))); // one word, which would have to be broken
    CHECK(placed(""));
}

TEST_CASE("a paper whose longest values do not fit is an error that says which field")
{
    const PaperKind kind = kindOf("birth-certificate-stock");
    auto data = samplePaper(kind, SampleLength::Longest);
    REQUIRE(data);
    REQUIRE(layOut(*data, PaperTemplates()));

    data->more["field"]["childHomeTown"] = std::string(700, 'x') + " y";
    const auto paper = layOut(*data, PaperTemplates());
    REQUIRE_FALSE(paper);
    CHECK(contains(paper.error().detail, "“Quê quán”"));
}

TEST_CASE("a printer's shift and stretch move what is printed, and nothing else")
{
    const LaidOutPaper paper = *LaidOutPaper::create(
        "x", {"<stock><stroke x=\"50\" y=\"100\" width=\"40\" height=\"0\" thickness=\"2\"/></stock>"});
    const LaidOutPaper moved = paper.calibrated({3, -2, 100, 100});
    const LaidOutPaper wider = paper.calibrated({0, 0, 102, 100});

    CHECK(firstInk(paper.renderPage(0, 200), true) == Approx(50).margin(0.3));
    CHECK(firstInk(moved.renderPage(0, 200), true) == Approx(53).margin(0.3));
    CHECK(firstInk(moved.renderPage(0, 200), false) == Approx(98).margin(0.5));
    CHECK(firstInk(wider.renderPage(0, 200), true) == Approx(51).margin(0.3));
    CHECK(toPdf(paper, fromMillis(0)).value() != toPdf(moved, fromMillis(0)).value());
    const LaidOutPaper plain = *LaidOutPaper::create("x", {"<paper><p>a</p></paper>"});
    CHECK(toPdf(plain.calibrated({5, 5, 100, 100}), fromMillis(0)).value() ==
          toPdf(plain, fromMillis(0)).value());
}

TEST_CASE("two crosses on the test sheet tell what a printer does")
{
    CHECK(testSheet(false));
    CHECK(testSheet(true)->pageLayout().orientation() == QPageLayout::Landscape);
    // A printer that shifts by 2 mm and 1 mm and prints one percent too large.
    const auto found =
        calibrationFor(false, {20 * 1.01 + 2, 20 * 1.01 + 1}, {190 * 1.01 + 2, 277 * 1.01 + 1});
    REQUIRE(found);
    CHECK(found->across == Approx(100 / 1.01));
    // What it then puts at p arrives at p.
    const double arrives = (50 * found->across / 100 + found->right) * 1.01 + 2;
    CHECK(arrives == Approx(50));
    CHECK(calibrationFor(false, {20, 20}, {190, 277}).value() == Calibration{});
    CHECK_FALSE(calibrationFor(false, {20, 20}, {120, 277}));
    CHECK_FALSE(calibrationFor(false, {80, 20}, {250, 277}));
    CHECK_FALSE(calibrationFor(false, {190, 277}, {20, 20}));
}

TEST_CASE("a stock layout is read strictly")
{
    for (const char* bad : {
             "<stock><p>a</p></stock>",
             "<stock>text</stock>",
             "<stock><place x=\"1\" y=\"1\" width=\"5\" height=\"5\">a</place></stock>",
             "<stock><place field=\"a\" x=\"1\" y=\"1\">a</place></stock>",
             "<stock><place field=\"a\" x=\"-1\" y=\"1\" width=\"5\" height=\"5\">a</place></stock>",
             "<stock><place field=\"a\" x=\"1\" y=\"1\" width=\"5\" height=\"5\"><b>a</b></place></stock>",
             "<stock><stroke x=\"1\" colour=\"red\"/></stock>",
             "<!DOCTYPE a [<!ENTITY b \"c\">]><stock/>",
             "<stock><place",
         }) {
        INFO(bad);
        CHECK_FALSE(LaidOutPaper::create("x", {bad}));
    }
}
