// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/ledger_import.h"

#include "tests/support/fault_vfs.h"
#include "tests/unit/import/table_samples.h"

#include <catch2/catch.hpp>

namespace motcua {

namespace {

std::string ledgerCsv(int rows)
{
    std::string text = "Số,Họ tên,Ngày sinh\n";
    for (int i = 1; i <= rows; ++i) {
        text += std::to_string(i) + ",Nguyễn Văn " + std::to_string(i) + ",21/06/1984\n";
    }
    return text;
}

struct Ready
{
    LedgerSurvey survey;
    ReadyMap map;
};

Ready readyFor(const std::string& path, int year = 2005)
{
    const auto file = inspectTable(path);
    REQUIRE(file);
    const auto survey = surveyLedger(*file, {});
    REQUIRE(survey);
    LedgerMap map = suggestedMap(*survey);
    map.year = year;
    const auto ready = readyMap(map, *survey);
    REQUIRE(ready);
    return {*survey, *ready};
}

LedgerImport::Desk deskOf(SmallCounter& counter)
{
    return {*counter.connection, counter.folder->identity(), counter.desk->actor(), counter.clock};
}

Result<LedgerTally> takeIn(SmallCounter& counter, const Ready& ready)
{
    auto import = TRY(LedgerImport::begin(deskOf(counter), ready.survey, ready.map, {}));
    while (TRY(import.step())) {
    }
    return import.tally();
}

std::int64_t waiting(SmallCounter& counter)
{
    auto query = counter.connection->prepare("SELECT count(*) FROM operation");
    REQUIRE(query);
    REQUIRE(query->step());
    return query->integer(0);
}

} // namespace

TEST_CASE("a ledger comes in once, is found, and nothing of it waits for the portal", "[import]")
{
    SmallCounter counter;
    const SampleFiles files;
    const Ready ready = readyFor(files.write("so.csv", ledgerCsv(1200) + "\n"));

    const auto tally = takeIn(counter, ready);
    REQUIRE(tally);
    CHECK(tally->imported() == 1200);
    CHECK(tally->blank == 1);
    CHECK(tally->review == 0);
    CHECK(waiting(counter) == 0);
    CHECK(counter.findings().empty());

    LedgerStore store(*counter.connection);
    const auto hits = store.search("van nguyen 777", 10);
    REQUIRE(hits);
    REQUIRE(hits->size() == 1);
    CHECK(hits->front().row.name == "Nguyễn Văn 777");
    CHECK(hits->front().row.number == 778);
    CHECK(hits->front().file == "so.csv");
    CHECK(store.search("1200/2005", 10)->size() == 1);

    const auto again = takeIn(counter, ready);
    REQUIRE_FALSE(again);
    CHECK(again.error().kind == ErrorKind::Duplicate);
    CHECK(store.find(1)->tally.imported() == 1200);
}

TEST_CASE("an import that was killed goes on where it stopped", "[import]")
{
    SmallCounter counter;
    const SampleFiles files;
    const Ready ready = readyFor(files.write("so.csv", ledgerCsv(1700)));
    {
        auto import = LedgerImport::begin(deskOf(counter), ready.survey, ready.map, {});
        REQUIRE(import);
        REQUIRE(import->step());
        REQUIRE(import->step());
    }
    REQUIRE(counter.restart());

    auto other = ready;
    other.map.map.volume = "2";
    CHECK(takeIn(counter, other).error().kind == ErrorKind::Refused);

    auto import = LedgerImport::begin(deskOf(counter), ready.survey, ready.map, {});
    REQUIRE(import);
    CHECK(import->isResumed());
    CHECK(import->tally().imported() == 1000);
    while (*import->step()) {
    }
    CHECK(import->tally().imported() == 1700);
    CHECK(LedgerStore(*counter.connection).rows(1, 0, 5000)->size() == 1700);
    CHECK(counter.findings().empty());
}

TEST_CASE("whatever write fails, a batch is in whole or not at all, and the import goes on",
          "[import][fault]")
{
    FaultDisk& disk = FaultDisk::the();
    const SampleFiles files;
    const Ready ready = readyFor(files.write("so.csv", ledgerCsv(600)));
    int failures = 0;
    for (std::int64_t at = 1; at < 4000; at += 23) {
        SmallCounter counter(1, 1, disk.name());
        disk.failAt(at, FaultDisk::Manner::FromNow);
        const auto first = takeIn(counter, ready);
        const bool failed = disk.hasFailed();
        disk.heal();
        if (!failed) {
            REQUIRE(first);
            break;
        }
        ++failures;
        if (!first) {
            CHECK(first.error().kind == ErrorKind::Storage);
        }
        REQUIRE(counter.restart(disk.name()));
        const auto standing = LedgerStore(*counter.connection).standing(ready.survey.file.sha256, "");
        REQUIRE(standing);
        if (!*standing || !(*standing)->isDone) {
            REQUIRE(takeIn(counter, ready));
        }
        CHECK(LedgerStore(*counter.connection).rows(1, 0, 5000)->size() == 600);
        CHECK(counter.findings().empty());
    }
    CHECK(failures > 3);
}

TEST_CASE("a number that stands already is flagged, in the file and in earlier ones", "[import]")
{
    SmallCounter counter;
    const SampleFiles files;
    REQUIRE(takeIn(counter, readyFor(files.write("one.csv", ledgerCsv(10)))));
    const Ready second =
        readyFor(files.write("two.csv", "Số,Họ tên\n7,Trần Thị Bình\n11,Lê Văn Cường\n11,Lê Văn Dũng\n"));

    LedgerStore store(*counter.connection);
    const auto checked = checkLedger(second.survey, second.map, &store, {}, {});
    REQUIRE(checked);
    CHECK(checked->review == 2);
    const auto tally = takeIn(counter, second);
    REQUIRE(tally);
    CHECK(tally->imported() == 3);
    CHECK(tally->review == 2);
    const auto odd = store.odd(2, 0, 10);
    REQUIRE(odd->size() == 2);
    CHECK(odd->front().row.problems.front().rule == "number-again");
    CHECK(odd->front().row.problems.front().was.find("one.csv") != std::string::npos);
}

TEST_CASE("an import that was read wrongly is taken back, kept, and comes in again", "[import]")
{
    SmallCounter counter;
    const SampleFiles files;
    const Ready ready = readyFor(files.write("so.csv", ledgerCsv(20)));
    REQUIRE(takeIn(counter, ready));

    CHECK(withdrawLedger(deskOf(counter), 1, "  ").error().kind == ErrorKind::Invalid);
    CHECK(withdrawLedger(deskOf(counter), 9, "nhầm").error().kind == ErrorKind::NotFound);
    REQUIRE(withdrawLedger(deskOf(counter), 1, "nhầm cột"));
    CHECK(withdrawLedger(deskOf(counter), 1, "nhầm cột").error().kind == ErrorKind::Refused);
    LedgerStore store(*counter.connection);
    CHECK(store.search("nguyen", 10)->empty());
    CHECK(store.rows(1, 0, 100)->size() == 20);

    const auto again = takeIn(counter, readyFor(files.name("so.csv"), 2006));
    REQUIRE(again);
    CHECK(again->review == 0); // the numbers of what was taken back are free
    CHECK(store.search("nguyen", 100)->size() == 20);
    CHECK(counter.findings().empty());
}

TEST_CASE("who only supervises brings no ledger in", "[import]")
{
    SmallCounter counter;
    const SampleFiles files;
    const Ready ready = readyFor(files.write("so.csv", ledgerCsv(3)));
    LedgerImport::Desk desk = deskOf(counter);
    desk.actor.role = Role::Supervisor;

    CHECK(LedgerImport::begin(desk, ready.survey, ready.map, {}).error().kind == ErrorKind::Refused);
    CHECK(LedgerStore(*counter.connection).all()->empty());
}

TEST_CASE("rows cannot be changed, and one that was is found", "[import]")
{
    SmallCounter counter;
    const SampleFiles files;
    REQUIRE(takeIn(counter, readyFor(files.write("so.csv", ledgerCsv(30)))));

    CHECK_FALSE(counter.connection->execute("UPDATE ledger_row SET name = 'X' WHERE id = 3"));
    CHECK_FALSE(counter.connection->execute("DELETE FROM ledger_row"));
    REQUIRE(counter.connection->execute(
        "DROP TRIGGER ledger_row_update; UPDATE ledger_row SET name = 'X' WHERE id = 3"));
    const auto findings = counter.findings();
    REQUIRE(findings.size() == 1);
    CHECK(findings.front().kind == "ledger");
}

TEST_CASE("columns that nobody named and nobody recognises stop the import, not the look", "[import]")
{
    const SampleFiles files;
    const auto file =
        inspectTable(files.write("so.csv", "So,Ten\n1,M\xFCller\n2,Gr\xF6\xDF\n3,Stra\xDF\x65n\n"));
    REQUIRE(file);
    const auto survey = surveyLedger(*file, {});
    REQUIRE(survey);
    LedgerMap map = suggestedMap(*survey);
    map.columns[1].code = std::nullopt;

    const auto ready = readyMap(map, *survey);
    REQUIRE_FALSE(ready);
    CHECK(ready.error().front().rule == "encoding-unsure");
    map.columns[1].code = LetterCode::Vni;
    CHECK(readyMap(map, *survey));
}

} // namespace motcua
