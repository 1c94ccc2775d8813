// SPDX-License-Identifier: GPL-3.0-or-later
// A copied disk gives one code twice. Until one of the two dossiers has another number, nobody acts on either
// of them by that code: it could be the stranger's.
#include "tests/unit/desk/portal_words.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

const std::string kOther = "01234567-89ab-7def-8123-456789abcdef";

/// What the other machine took in under this code comes from the portal.
void otherArrives(SmallCounter& counter, PortalWords& portal, const Received& ours, const std::string& code)
{
    Json dossier = counter.desk->dossiers().byUid(ours.uid)->dossier;
    dossier["code"] = code;
    dossier["applicant"]["name"] = "Phạm Quốc Trực";
    portal.pull(kOther, dossier);
}

std::int64_t entries(SmallCounter& counter)
{
    auto query = counter.connection->prepare("SELECT count(*) FROM journal");
    REQUIRE(query->step());
    return query->integer(0);
}

} // namespace

TEST_CASE("an act by a code that two dossiers bear is refused and writes nothing")
{
    SmallCounter counter;
    PortalWords portal(counter);
    Desk& desk = *counter.desk;
    const Received ours = *desk.receive(counter.draft());
    otherArrives(counter, portal, ours, ours.code);
    const std::int64_t before = entries(counter);

    const auto changed = desk.change(ours.code, {{"/applicant/phone", "0987654321"}}, "dân báo");
    const auto moved = desk.move(ours.code, Status::Processing, "");
    const auto printed = desk.recordPrint(ours.code, {"slip", "pdf", 1, "good", std::string(64, 'a'), ""});

    REQUIRE_FALSE(changed);
    CHECK(changed.error().error.kind == ErrorKind::Refused);
    CHECK_FALSE(moved);
    CHECK_FALSE(printed);
    CHECK(entries(counter) == before);
    CHECK(desk.dossiers().newestByCode(ours.code)->row.uid == kOther); // to look at

    portal.answerAll("conflict", "number-taken");
    REQUIRE(counter.portal->mergeConflicts() == 1);
    REQUIRE(desk.change(ours.code, {{"/applicant/phone", "0987654321"}}, "dân báo"));
    CHECK(desk.dossiers().byUid(kOther)->dossier["applicant"]["phone"] == "0987654321");
    CHECK(desk.dossiers().byUid(ours.uid)->dossier["applicant"]["phone"] == "0912345678");
    CHECK(counter.findings().empty());
}

TEST_CASE("the clash of two codes itself can be decided by the code")
{
    const bool bySight = GENERATE(true, false);
    SmallCounter counter;
    PortalWords portal(counter);
    Desk& desk = *counter.desk;
    const Received ours = *desk.receive(counter.draft());
    for (int i = 0; i < 7; ++i) {
        portal.answerAll("conflict", "number-taken");
        REQUIRE(counter.portal->mergeConflicts());
    }
    const std::string code = desk.dossiers().byUid(ours.uid)->row.code;
    otherArrives(counter, portal, ours, code);
    REQUIRE_FALSE(desk.dossiers().byCode(code));
    const auto cases = *desk.conflicts();
    REQUIRE(cases.size() == 1);

    const Grounds grounds{"Gửi lại lần nữa", {}};
    REQUIRE(desk.resolve(code, {}, grounds, bySight ? &cases.front() : nullptr));

    CHECK(desk.dossiers().byUid(ours.uid)->row.code != code);
    CHECK(desk.dossiers().byCode(code)->row.uid == kOther);
    CHECK(counter.findings().empty());
}

TEST_CASE("a new number passes by those that dossiers from the portal bear, and no clash goes on and on")
{
    SmallCounter counter;
    PortalWords portal(counter);
    Desk& desk = *counter.desk;
    const Received ours = *desk.receive(counter.draft());
    const auto arrives = [&](int number) {
        Json dossier = desk.dossiers().byUid(ours.uid)->dossier;
        dossier["code"] = "H26.131-261121-" + std::to_string(number);
        portal.pull("01234567-89ab-7def-8123-45678900" + std::to_string(number), dossier);
    };
    for (const int number : {1001, 1002, 1003, 1004, 1005, 1006, 1007, 1009}) {
        arrives(number);
    }

    portal.answerAll("conflict", "number-taken");
    REQUIRE(counter.portal->mergeConflicts() == 1);
    CHECK(desk.dossiers().byUid(ours.uid)->row.code == "H26.131-261121-1008");

    const auto together = desk.receiveTogether({counter.draft(), counter.draft()});
    REQUIRE(together);
    CHECK(together->front().code == "H26.131-261121-1010");
    CHECK(together->back().code == "H26.131-261121-1011");
    arrives(1012);
    CHECK(desk.receive(counter.draft())->code == "H26.131-261121-1013");
    CHECK(counter.findings().empty());
}

TEST_CASE("one that was withdrawn before it went up keeps its code and stands in nobody's way")
{
    SmallCounter counter;
    PortalWords portal(counter);
    Desk& desk = *counter.desk;
    const Received ours = *desk.receive(counter.draft());
    otherArrives(counter, portal, ours, ours.code);
    REQUIRE(desk.withdrawOperation(desk.queue().operations(false)->front().op, "tiếp nhận nhầm"));
    CHECK_FALSE(desk.dossiers().byCode(ours.code));

    CHECK(portal.answerAll() == 1);

    CHECK(desk.dossiers().byCode(ours.code)->row.uid == kOther);
    CHECK(counter.findings().empty());
}
