// SPDX-License-Identifier: GPL-3.0-or-later
// X12: a clock that is wrong marks what is written meanwhile; nothing is refused, nothing of it is sent.
#include "core/desk/clock_doubt.h"
#include "core/journal/journal.h"
#include "tests/unit/desk/portal_words.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace std::chrono_literals;

namespace {

std::vector<HistoryEntry> historyOf(SmallCounter& counter, const std::string& code)
{
    const auto view = counter.desk->dossiers().byCode(code);
    REQUIRE(view);
    return *counter.desk->dossiers().history(view->row.id);
}

} // namespace

TEST_CASE("a clock that went back marks the first entry behind it, and the entry is taken all the same")
{
    SmallCounter counter;
    REQUIRE(counter.desk->receive(counter.draft()));
    counter.clock.setWall(counter.clock.now() - 3h);

    const auto received = counter.desk->receive(counter.draft("Lê Thị Mai"));
    REQUIRE(received);
    const auto history = historyOf(counter, received->code);
    CHECK(history.front().clockDoubt == "went-back");
    CHECK(history.front().clockOffset == 3h);

    const auto line = Journal(*counter.connection, counter.folder->identity().install, 1)
                          .line((*counter.portal->sendable(2, 1 << 20))[1].position);
    CHECK(line->find("went-back") == std::string::npos); // the contract has no word for it
    const auto next = counter.desk->receive(counter.draft("Trần Văn Ba"));
    CHECK(historyOf(counter, next->code).front().clockDoubt.empty()); // nothing speaks against it
    CHECK(counter.findings().empty());
}

TEST_CASE("a correction of seconds doubts nothing")
{
    SmallCounter counter;
    REQUIRE(counter.desk->receive(counter.draft()));
    counter.clock.setWall(counter.clock.now() - 90s);

    const auto received = counter.desk->receive(counter.draft("Lê Thị Mai"));
    CHECK(historyOf(counter, received->code).front().clockDoubt.empty());
}

TEST_CASE("while the portal's clock is far away every act is marked, until an answer says it is near")
{
    SmallCounter counter;
    CHECK(*counter.portal->noteClock(9min) == std::nullopt);
    CHECK(*counter.portal->noteClock(-2h) == std::optional<Millis>(-2h));
    const std::string code = counter.desk->receive(counter.draft())->code;
    REQUIRE(counter.desk->move(code, Status::Processing, ""));

    for (const HistoryEntry& entry : historyOf(counter, code)) {
        INFO(entry.kind);
        CHECK(entry.clockDoubt == "portal-differs");
        CHECK(entry.clockOffset == -2h);
    }
    CHECK(*counter.portal->noteClock(0ms) == std::nullopt);
    REQUIRE(counter.desk->move(code, Status::Finished, ""));
    CHECK(historyOf(counter, code).back().clockDoubt.empty());
    CHECK(counter.findings().empty());
}

TEST_CASE("what the portal confirmed before it is said to have happened has a wrong time")
{
    SmallCounter counter;
    PortalWords portal(counter);
    const Instant now = counter.clock.now();
    counter.clock.setWall(now + 24h * 400); // nobody noticed
    const std::string code = counter.desk->receive(counter.draft())->code;
    counter.clock.setWall(now + 1min);
    portal.answerAll();

    const auto history = historyOf(counter, code);
    CHECK(history.front().clockDoubt == "ahead-of-portal");
    CHECK(*history.front().clockOffset < -24h * 399);
}

TEST_CASE("a refusal keeps its reason beside the doubt")
{
    SmallCounter counter;
    REQUIRE(counter.portal->noteClock(1h));
    const auto refused = counter.desk->refuse(counter.draft(), "Không thuộc thẩm quyền");
    REQUIRE(refused);

    const auto history = historyOf(counter, refused->code);
    CHECK(history.front().note == "Không thuộc thẩm quyền");
    CHECK(history.front().clockDoubt == "portal-differs");
}
