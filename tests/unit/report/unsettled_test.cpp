// SPDX-License-Identifier: GPL-3.0-or-later
// What waits three days and more goes into a report to the city, with nobody's name.
#include "core/report/unsettled.h"
#include "tests/unit/desk/portal_words.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace std::chrono_literals;

namespace {

std::vector<UnsettledRow> rowsOf(SmallCounter& counter)
{
    const Day today = dayInVietnam(counter.clock.now());
    const auto rows =
        unsettledRows(*counter.connection, Day{std::chrono::sys_days{today} - std::chrono::days{30}}, today,
                      counter.clock.now());
    REQUIRE(rows);
    return *rows;
}

} // namespace

TEST_CASE("what is three days old and not confirmed is in the report, until it is")
{
    SmallCounter counter;
    PortalWords portal(counter);
    REQUIRE(counter.desk->receive(counter.draft("Lê Thị Mai")));
    portal.answerAll("rejected", "invalid-fields");
    counter.clock.advance(1h);
    const std::string waiting = counter.desk->receive(counter.draft("Trần Văn Ba"))->code;
    counter.clock.advance(72h - 1h - 1min);
    CHECK(rowsOf(counter).empty());

    counter.clock.advance(2min);
    REQUIRE(rowsOf(counter).size() == 1);
    CHECK(rowsOf(counter).front().state == "needs-you");
    counter.clock.advance(24h);
    REQUIRE(rowsOf(counter).size() == 2);
    CHECK(rowsOf(counter)[1].code == waiting);

    portal.answerAll();
    CHECK(rowsOf(counter).size() == 1);
}

TEST_CASE("the table names codes, days and what is in the way, and no citizen")
{
    const Instant now = *parseRfc3339("2026-11-21T01:00:00.000Z");
    const Day day = dayInVietnam(now);
    const std::vector<UnsettledRow> rows{
        {"H26.131-261116-1001", "1.001193", "dossier.received", "needs-you", now - 5 * 24h},
        {"H26.131-261117-1002", "1.001193", "dossier.moved", "backoff", now - 4 * 24h}};
    ReportUnit unit;
    unit.reporting = "UBND xã Phúc Thọ";

    const ReportTable table = unsettledTable(rows, ReportPeriod{{}, day, day}, unit, now);

    REQUIRE(checkShape(table));
    REQUIRE(table.rows.size() == 2);
    CHECK(shownText(table.rows[0][1]) == "H26.131-261116-1001");
    CHECK(shownText(table.rows[0][5]) == "5");
    CHECK(shownText(table.rows[0][6]) == "Cần người xử lý: cổng không nhận");
    CHECK(shownText(table.rows[1][6]) == "Chờ gửi");
    CHECK(table.notes.empty());
    CHECK_FALSE(unsettledTable({}, ReportPeriod{{}, day, day}, unit, now).notes.empty());
}
