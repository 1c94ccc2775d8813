// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers on papers: by year and series, without a gap, whatever becomes of the sheets.
#include "tests/support/small_counter.h"

#include <catch2/catch.hpp>
#include <random>

using namespace motcua;

namespace {

const std::string kSeries = "TLKS-BS";

struct NumberStory
{
    SmallCounter counter;

    std::string receive()
    {
        const auto received = counter.desk->receive(counter.draft());
        REQUIRE(received);
        return received->code;
    }

    Answer<NumberedPaper> number(const std::string& code, const std::string& paper = "birth-copy")
    {
        return counter.desk->numberPaper(code, paper, kSeries,
                                         [](const PaperNumber& given) -> Result<std::string> {
                                             return "giấy số " + std::to_string(given.number);
                                         });
    }

    void print(const std::string& code, const NumberedPaper& paper, const std::string& outcome)
    {
        PrintEvent event;
        event.paper = "birth-copy";
        event.printer = "HP";
        event.outcome = outcome;
        event.number = paper.number;
        event.snapshot = paper.snapshot;
        REQUIRE(counter.desk->recordPrint(code, event));
    }
};

} // namespace

TEST_CASE("papers are numbered one after the other, and what goes under a number is kept with it")
{
    NumberStory story;
    const std::string first = story.receive();
    const std::string second = story.receive();

    const auto one = story.number(first);
    const auto two = story.number(second);

    REQUIRE(one);
    REQUIRE(two);
    CHECK(one->number.number == 1);
    CHECK(one->number.year == 2026);
    CHECK(two->number.number == 2);
    CHECK(story.counter.desk->printed(first, "birth-copy")->numbered->snapshot == "giấy số 1");
    CHECK_FALSE(story.counter.desk->printed(first, "death-copy")->numbered);
    CHECK(story.counter.findings().empty());
}

TEST_CASE("a number that was given is not given again: after a crash, a second press, a jam")
{
    NumberStory story;
    const std::string code = story.receive();
    const auto given = story.number(code);
    REQUIRE(given);

    CHECK(story.number(code)->number.number == 1); // the window was gone before anything came out
    story.print(code, *given, "jammed");
    CHECK(story.number(code)->number.number == 1);
    story.print(code, *given, "good");

    CHECK(story.number(code)->number.number == 1); // a reprint bears the number of what it repeats
    CHECK(story.number(story.receive())->number.number == 2);
}

TEST_CASE("a spoiled sheet uses its number up, and that is on record")
{
    NumberStory story;
    const std::string code = story.receive();
    const auto spoiled = story.number(code);
    REQUIRE(spoiled);
    story.print(code, *spoiled, "spoiled");

    const auto next = story.number(code);

    REQUIRE(next);
    CHECK(next->number.number == 2);
    const auto series = story.counter.desk->paperSeries();
    REQUIRE(series);
    REQUIRE(series->size() == 1);
    CHECK(series->front().last == 2);
    CHECK(series->front().given == 2);
    CHECK(series->front().spoiled == 1);
    CHECK(story.counter.findings().empty());
}

TEST_CASE("a paper that cannot be made takes no number")
{
    NumberStory story;
    const std::string code = story.receive();

    const auto failed = story.counter.desk->numberPaper(
        code, "birth-copy", kSeries, [](const PaperNumber&) -> Result<std::string> {
            return fail(ErrorKind::Invalid, "thiếu: Họ, chữ đệm, tên");
        });

    REQUIRE_FALSE(failed);
    CHECK(failed.error().error.detail == "thiếu: Họ, chữ đệm, tên");
    CHECK(story.counter.desk->paperSeries()->empty());
    CHECK(story.number(code)->number.number == 1);
    CHECK(story.counter.findings().empty());
}

TEST_CASE("what was numbered by hand before is carried on from, by a leader and with a reason")
{
    NumberStory story;
    REQUIRE(story.counter.desk->setLastPaperNumber(2026, kSeries, 37, "chuyển từ sổ giấy"));

    CHECK(story.number(story.receive())->number.number == 38);
    CHECK_FALSE(story.counter.desk->setLastPaperNumber(2026, kSeries, 12, "nhầm"));
    CHECK_FALSE(story.counter.desk->setLastPaperNumber(2026, kSeries, 40, ""));
    CHECK_FALSE(story.counter.desk->setLastPaperNumber(2026, "", 40, "a"));
    REQUIRE(story.counter.desk->setLastPaperNumber(2026, kSeries, 50, "cấp tay khi mất điện"));
    CHECK(story.number(story.receive())->number.number == 51);
    CHECK(story.counter.findings().empty());
}

TEST_CASE("whatever becomes of sheets, numbers stay without a gap")
{
    NumberStory story;
    std::mt19937 random(20261122); // NOLINT: the same story every time
    std::vector<std::string> codes;
    for (int i = 0; i < 6; ++i) {
        codes.push_back(story.receive());
    }
    std::int64_t highest = 0;
    const std::array<const char*, 4> outcomes{"good", "jammed", "spoiled", "unknown"};
    for (int i = 0; i < 120; ++i) {
        const std::string& code = codes[random() % codes.size()];
        const auto paper = story.number(code);
        REQUIRE(paper);
        CHECK(paper->number.number <= highest + 1);
        highest = std::max(highest, paper->number.number);
        if (random() % 4 != 0) {
            story.print(code, *paper, outcomes[random() % outcomes.size()]);
        }
    }
    const auto series = story.counter.desk->paperSeries();
    REQUIRE(series);
    CHECK(series->front().last == series->front().given);
    CHECK(series->front().last == highest);
    CHECK(story.counter.findings().empty());
}
