// SPDX-License-Identifier: GPL-3.0-or-later
// What the rules settle by themselves and a person must act on all the same: X7 and X9; and what was
// withdrawn too late.
#include "core/desk/alarms.h"
#include "core/desk/day_status.h"
#include "tests/unit/desk/known_dossier.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace std::chrono_literals;

namespace {

void print(SmallCounter& counter, const std::string& code, const std::string& outcome,
           const std::string& paper = "slip")
{
    PrintEvent event;
    event.paper = paper;
    event.printer = "quay1";
    event.outcome = outcome;
    event.snapshot = "giấy của " + code;
    REQUIRE(counter.desk->recordPrint(code, event));
}

/// A dossier whose number another one has at the portal; its slip is out already.
std::string renumbered(SmallCounter& counter, PortalWords& portal)
{
    const auto received = counter.desk->receive(counter.draft());
    print(counter, received->code, "good");
    counter.clock.advance(5min);
    portal.answerAll("conflict", "number-taken");
    REQUIRE(counter.portal->mergeConflicts() == 1);
    portal.answerAll();
    return counter.desk->dossiers().byUid(received->uid)->row.code;
}

/// A result that this counter gave away after somebody else had.
std::string handedOverTwice(SmallCounter& counter, PortalWords& portal)
{
    const auto received = counter.desk->receive(counter.draft("Trần Thị Bốn"));
    REQUIRE(counter.desk->move(received->code, Status::Finished, ""));
    portal.answerAll();
    REQUIRE(counter.desk->move(received->code, Status::Returned, ""));
    portal.cityChanges(received->uid, {{"/status", "returned"}, {"/returnedAt", "2026-11-21T02:30:00.000Z"}});
    portal.answerAll("conflict", "rev-mismatch");
    REQUIRE(counter.portal->mergeConflicts() == 1);
    return received->code;
}

/// A correction that the portal had applied before its withdrawal came; nobody had heard of it.
void withdrawTooLate(Known& dossier)
{
    dossier.change({{"/applicant/phone", "0987654321"}});
    const std::string op = dossier.portal.loseFirst();
    REQUIRE(dossier.counter.desk->withdrawOperation(op, "ghi nhầm số của người khác"));
    dossier.counter.clock.advance(5min);
    REQUIRE(dossier.portal.answerAll("rejected", "already-applied") == 1);
    REQUIRE(dossier.portal.answerAll() == 1); // and the correction itself is heard of at last
}

Desk deskOf(SmallCounter& counter, Role role)
{
    return {*counter.connection,
            counter.folder->identity(),
            {"hoa", "Lê Thị Hoa", role},
            counter.catalogue,
            counter.clock,
            counter.random};
}

} // namespace

TEST_CASE("a dossier that got another number asks for a new paper until one came out")
{
    SmallCounter counter;
    PortalWords portal(counter);
    const std::string code = renumbered(counter, portal);
    REQUIRE(code == "H26.131-261121-1002");

    const auto alarms = counter.desk->alarms();
    REQUIRE(alarms->size() == 1);
    const Alarm& alarm = alarms->front();
    CHECK(alarm.kind == AlarmKind::Renumbered);
    CHECK(alarm.code == code);
    CHECK(alarm.oldCode == "H26.131-261121-1001");
    CHECK(alarm.name == "Nguyễn Văn Hà");
    CHECK(alarm.paper == "slip");
    CHECK(alarm.since == counter.clock.now());

    print(counter, code, "jammed");
    print(counter, code, "good", "check-sheet");
    REQUIRE(counter.restart()); // no restart forgets it
    CHECK(counter.desk->alarms()->size() == 1);
    print(counter, code, "good");
    CHECK(counter.desk->alarms()->empty());
    CHECK(counter.findings().empty());
}

TEST_CASE("what was printed under the old number is no paper of the dossier any more")
{
    SmallCounter counter;
    PortalWords portal(counter);
    const std::string code = renumbered(counter, portal);

    const auto before = counter.desk->printed(code, "slip");
    CHECK(before->times == 0);
    CHECK_FALSE(before->snapshot); // a reprint would bear a number that is somebody else's
    print(counter, code, "good");
    CHECK(counter.desk->printed(code, "slip")->snapshot == "giấy của " + code);
}

TEST_CASE("of a dossier that was turned away the refusal is printed anew")
{
    SmallCounter counter;
    PortalWords portal(counter);
    REQUIRE(counter.desk->refuse(counter.draft(), "Không thuộc thẩm quyền"));
    portal.answerAll("conflict", "number-taken");
    REQUIRE(counter.portal->mergeConflicts() == 1);

    const auto alarms = counter.desk->alarms();
    REQUIRE(alarms->size() == 1);
    CHECK(alarms->front().paper == "refusal");
}

TEST_CASE("a number that is replaced again names the one before, and is one alarm")
{
    SmallCounter counter;
    PortalWords portal(counter);
    REQUIRE(counter.desk->receive(counter.draft()));
    for (int i = 0; i < 2; ++i) {
        portal.answerAll("conflict", "number-taken");
        REQUIRE(counter.portal->mergeConflicts() == 1);
    }

    const auto alarms = counter.desk->alarms();
    REQUIRE(alarms->size() == 1);
    CHECK(alarms->front().oldCode == "H26.131-261121-1002");
    CHECK(alarms->front().code == "H26.131-261121-1003");
}

TEST_CASE("a correction in the place of a dossier is no alarm")
{
    SmallCounter counter;
    PortalWords portal(counter);
    const std::string code = counter.desk->receive(counter.draft())->code;
    portal.answerAll("rejected", "invalid-fields");
    REQUIRE(counter.desk->change(code, {{"/applicant/phone", "0987654321"}}, ""));

    CHECK(counter.desk->alarms()->empty());
}

TEST_CASE("a result handed over twice is a leader's to look into, and the finding stands in the history")
{
    SmallCounter counter;
    PortalWords portal(counter);
    const std::string code = handedOverTwice(counter, portal);

    const auto alarms = counter.desk->alarms();
    REQUIRE(alarms->size() == 1);
    const Alarm alarm = alarms->front();
    CHECK(alarm.kind == AlarmKind::HandedOverTwice);
    CHECK(alarm.code == code);
    CHECK(alarm.ours.name == "Nguyễn Thị Lan");
    REQUIRE(alarm.theirs);
    CHECK(alarm.theirs->name == "Thành phố");
    CHECK(toRfc3339(alarm.theirs->at) == "2026-11-21T02:30:00.000Z");

    portal.answerAll(); // the remark arrives, and the alarm stays
    CHECK(counter.desk->alarms()->size() == 1);
    Desk official = deskOf(counter, Role::Official);
    CHECK(official.settleAlarm(alarm.op, "Ghi nhầm").error().problems.front().rule == "leader-required");
    Desk leader = deskOf(counter, Role::Leader);
    CHECK(leader.settleAlarm(alarm.op, " ").error().problems.front().rule == "reason-required");
    CHECK(leader.settleAlarm("không có", "Ghi nhầm").error().problems.front().rule == "no-alarm");
    CHECK(counter.desk->alarms()->size() == 1);

    REQUIRE(leader.settleAlarm(alarm.op, "Quầy ghi nhầm hồ sơ; công dân xác nhận nhận ở thành phố"));
    CHECK(counter.desk->alarms()->empty());
    CHECK_FALSE(leader.settleAlarm(alarm.op, "lần nữa"));
    const auto view = counter.desk->dossiers().byCode(code);
    const auto history = counter.desk->dossiers().history(view->row.id);
    CHECK(history->back().kind == "alarm.settled");
    CHECK(history->back().note == "Quầy ghi nhầm hồ sơ; công dân xác nhận nhận ở thành phố");
    CHECK(counter.findings().empty());
}

TEST_CASE("what was withdrawn too late counts, and somebody writes down what was done about it")
{
    Known dossier;
    withdrawTooLate(dossier);
    auto& counter = dossier.counter;
    CHECK(dossier.shown()["applicant"]["phone"] == "0987654321");

    const auto alarms = counter.desk->alarms();
    REQUIRE(alarms->size() == 1);
    const Alarm alarm = alarms->front();
    CHECK(alarm.kind == AlarmKind::WithdrawnTooLate);
    CHECK(alarm.code == dossier.received.code);
    CHECK(alarm.ours.name == "Nguyễn Thị Lan");
    CHECK(alarm.ours.at == counter.clock.now() - 5min);
    CHECK(alarm.since == counter.clock.now());
    CHECK(alarm.reason == "ghi nhầm số của người khác");

    REQUIRE(counter.restart());
    CHECK(counter.desk->alarms()->size() == 1);
    CHECK_FALSE(deskOf(counter, Role::Specialist).settleAlarm(alarm.op, "Đã sửa lại số"));
    CHECK_FALSE(deskOf(counter, Role::Supervisor).settleAlarm(alarm.op, "Đã sửa lại số"));
    CHECK(counter.desk->settleAlarm(alarm.op, " ").error().problems.front().rule == "reason-required");
    CHECK(counter.desk->alarms()->size() == 1);
    REQUIRE(counter.desk->settleAlarm(alarm.op, "Đã sửa lại số cũ"));
    CHECK(counter.desk->alarms()->empty());
    const auto view = counter.desk->dossiers().byUid(dossier.received.uid);
    CHECK(counter.desk->dossiers().history(view->row.id)->back().note == "Đã sửa lại số cũ");
    CHECK(counter.findings().empty());
}

TEST_CASE("a withdrawal that came in time is no alarm, nor one of what the portal never had")
{
    Known dossier;
    auto& desk = *dossier.counter.desk;
    dossier.change({{"/applicant/phone", "0987654321"}});
    const std::string op = dossier.sendable().front().op;
    dossier.portal.answerAll("rejected", "invalid-fields");
    REQUIRE(desk.withdrawOperation(op, "sai"));
    CHECK(desk.alarms()->empty()); // it has not been said yet
    SECTION("it came in time")
    {
        REQUIRE(dossier.portal.answerAll() == 1);
    }
    SECTION("what was applied there is none of what stands here")
    {
        REQUIRE(dossier.portal.answerAll("rejected", "already-applied") == 1);
        REQUIRE(dossier.portal.answerAll("rejected", "already-applied") == 1);
    }
    CHECK(desk.alarms()->empty());
}

TEST_CASE("an older operation of the place that was applied after all is what was withdrawn too late")
{
    Known dossier;
    auto& desk = *dossier.counter.desk;
    dossier.change({{"/applicant/phone", "0987654321"}});
    const std::string first = dossier.sendable().front().op;
    dossier.portal.answerAll("rejected", "invalid-fields");
    dossier.change({{"/applicant/phone", "0900000001"}});
    REQUIRE(desk.withdrawOperation(dossier.sendable().front().op, "nhầm hồ sơ"));
    dossier.portal.answerAll("rejected", "already-applied"); // a request of the first one had come late
    dossier.portal.answerAll("rejected", "already-applied");
    CHECK(desk.alarms()->empty());

    Json theirs = dossier.shown();
    theirs["applicant"]["phone"] = "0987654321";
    dossier.portal.pull(dossier.received.uid, theirs, first);

    REQUIRE(desk.alarms()->size() == 1);
    CHECK(desk.alarms()->front().reason == "nhầm hồ sơ");
    CHECK(dossier.counter.findings().empty());
}

TEST_CASE("nobody goes home with an alarm, and a slip with the old number does not count")
{
    SmallCounter counter;
    PortalWords portal(counter);
    const std::string code = renumbered(counter, portal);
    const auto status = [&] {
        return *dayStatus(*counter.connection, counter.folder->identity(), dayInVietnam(counter.clock.now()),
                          counter.clock, counter.clock.now());
    };

    CHECK(status().verdict() == DayVerdict::NeedsYou);
    CHECK(status().forPerson() == 1);
    CHECK(status().slips == 0);
    print(counter, code, "good");
    CHECK(status().verdict() == DayVerdict::Clear);
    CHECK(status().slips == 1);
}
