// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/desk/portal_words.h"

#include <catch2/catch.hpp>

using namespace motcua;

TEST_CASE("acts on one dossier go up in one batch, each behind the one before")
{
    SmallCounter counter;
    PortalWords portal(counter);
    const std::string code = counter.desk->receive(counter.draft())->code;
    REQUIRE(counter.desk->move(code, Status::Processing, ""));
    REQUIRE(counter.desk->change(code, {{"/applicant/phone", "0987654321"}}, ""));

    CHECK(portal.answerAll() == 3);

    const auto summary = counter.desk->queue().summary();
    CHECK(summary->waiting == 0);
    CHECK(summary->lastConfirmed);
    CHECK(counter.desk->dossiers().byCode(code)->rev);
    CHECK(counter.findings().empty());
}

TEST_CASE("what the portal turned down holds its own dossier only, and a correction takes its place")
{
    SmallCounter counter;
    PortalWords portal(counter);
    const std::string bad = counter.desk->receive(counter.draft())->code;
    portal.answerAll("rejected", "invalid-fields");
    REQUIRE(counter.desk->move(bad, Status::Processing, ""));
    const std::string good = counter.desk->receive(counter.draft("Lê Thị Mai"))->code;

    CHECK(portal.answerAll() == 1);

    CHECK(counter.desk->queue().summary()->needsYou == 1);
    CHECK(counter.desk->queue().summary()->blocked == 1);
    REQUIRE(counter.desk->conflicts()->size() == 1);
    CHECK(counter.desk->conflicts()->front().fields.empty());

    REQUIRE(counter.desk->change(bad, {{"/applicant/phone", "0987654321"}}, ""));
    CHECK(portal.answerAll() == 2);
    CHECK(counter.desk->queue().summary()->waiting == 0);
    CHECK(counter.findings().empty());
}

TEST_CASE("different fields merge by themselves, the same field waits for a person")
{
    SmallCounter counter;
    PortalWords portal(counter);
    const auto received = counter.desk->receive(counter.draft());
    portal.answerAll();
    REQUIRE(counter.desk->change(received->code, {{"/applicant/phone", "0987654321"}}, ""));
    portal.cityChanges(received->uid, {{"/note", "Thành phố ghi"}});
    portal.answerAll("conflict", "rev-mismatch");

    REQUIRE(counter.portal->mergeConflicts() == 1);
    CHECK(counter.desk->queue().summary()->conflicts == 0);
    portal.answerAll();
    const auto view = counter.desk->dossiers().byCode(received->code);
    CHECK(view->dossier["applicant"]["phone"] == "0987654321");
    CHECK(view->dossier["note"] == "Thành phố ghi");

    REQUIRE(counter.desk->change(received->code, {{"/applicant/phone", "0900000001"}}, ""));
    portal.cityChanges(received->uid, {{"/applicant/phone", "0900000002"}});
    portal.answerAll("conflict", "rev-mismatch");
    REQUIRE(counter.portal->mergeConflicts() == 0);
    const auto cases = counter.desk->conflicts();
    REQUIRE(cases->size() == 1);
    REQUIRE(cases->front().fields.size() == 1);
    CHECK(cases->front().fields.front().base == "0987654321");
    CHECK(cases->front().fields.front().ours == "0900000001");
    CHECK(cases->front().fields.front().theirs == "0900000002");

    CHECK_FALSE(counter.desk->resolve(received->code, {}, ""));
    REQUIRE(counter.desk->resolve(received->code,
                                  {{"/applicant/phone", {Decision::Take::Value, "0900000003"}}}, ""));
    portal.answerAll();
    CHECK(counter.desk->dossiers().byCode(received->code)->dossier["applicant"]["phone"] == "0900000003");
    CHECK(counter.desk->queue().summary()->waiting == 0);
    CHECK(counter.findings().empty());
}

TEST_CASE("a number that the portal knows already is replaced, and both dossiers stay")
{
    SmallCounter counter;
    PortalWords portal(counter);
    const auto received = counter.desk->receive(counter.draft());
    portal.answerAll("conflict", "number-taken");

    REQUIRE(counter.portal->mergeConflicts() == 1);
    CHECK(portal.answerAll() == 1);

    const auto view = counter.desk->dossiers().byUid(received->uid);
    CHECK(view->row.code == "H26.131-261121-1002");
    CHECK(counter.desk->receive(counter.draft())->code == "H26.131-261121-1003");
    CHECK(counter.findings().empty());
}

TEST_CASE("a portal that always answers conflict is answered five times, then a person is asked")
{
    SmallCounter counter;
    PortalWords portal(counter);
    const auto received = counter.desk->receive(counter.draft());
    portal.answerAll();
    REQUIRE(counter.desk->change(received->code, {{"/applicant/phone", "0987654321"}}, ""));
    const auto bounce = [&](int times) {
        int merged = 0;
        for (int i = 0; i < times; ++i) {
            portal.cityChanges(received->uid, {{"/note", "lần " + std::to_string(i)}});
            portal.answerAll("conflict", "rev-mismatch");
            merged += *counter.portal->mergeConflicts();
        }
        return merged;
    };

    CHECK(bounce(8) == 5);
    CHECK(counter.desk->queue().summary()->conflicts == 1);
    const auto cases = counter.desk->conflicts();
    REQUIRE(cases->size() == 1);
    CHECK(cases->front().isRepeated);
    CHECK(cases->front().fields.empty());
    CHECK(counter.portal->sendable(50, 1 << 20)->empty()); // nothing goes by itself any more

    REQUIRE(counter.desk->resolve(received->code, {}, "Gửi lại lần nữa"));
    CHECK(bounce(8) == 5); // a person gave the rules new turns
    REQUIRE(counter.desk->resolve(received->code, {}, "Gửi lại lần nữa"));
    CHECK(portal.answerAll() == 1);
    CHECK(counter.desk->dossiers().byCode(received->code)->dossier["applicant"]["phone"] == "0987654321");
    CHECK(counter.desk->queue().summary()->waiting == 0);

    // What the portal took ends the count: later conflicts are merged again.
    REQUIRE(counter.desk->change(received->code, {{"/applicant/phone", "0987654322"}}, ""));
    CHECK(bounce(2) == 2);
    CHECK(counter.findings().empty());
}

TEST_CASE(
    "a conflict over a dossier that the portal lost says so, and a person sends it again once it is back")
{
    SmallCounter counter;
    PortalWords portal(counter);
    const auto received = counter.desk->receive(counter.draft());
    portal.answerAll();
    REQUIRE(counter.desk->change(received->code, {{"/applicant/phone", "0987654321"}}, ""));
    portal.hasLostAll = true;
    portal.answerAll("conflict", "rev-mismatch");

    REQUIRE(counter.desk->conflicts()->size() == 1);
    CHECK(counter.desk->conflicts()->front().isMissing);
    CHECK(counter.desk->conflicts()->front().fields.empty());

    REQUIRE(counter.desk->resolve(received->code, {}, "Thành phố đã đưa lên lại"));
    portal.hasLostAll = false;
    portal.answerAll("conflict", "rev-mismatch");
    CHECK_FALSE(counter.desk->conflicts()->front().isMissing);
    REQUIRE(counter.desk->resolve(received->code, {}, "Gửi lại lần nữa"));
    CHECK(portal.answerAll() == 1);
    CHECK(counter.desk->queue().summary()->waiting == 0);
    CHECK(counter.findings().empty());
}

TEST_CASE("a number that is taken again and again is given anew by a person")
{
    SmallCounter counter;
    PortalWords portal(counter);
    const auto received = counter.desk->receive(counter.draft());
    for (int i = 0; i < 7; ++i) {
        portal.answerAll("conflict", "number-taken");
        REQUIRE(counter.portal->mergeConflicts());
    }
    CHECK(counter.desk->dossiers().byUid(received->uid)->row.code == "H26.131-261121-1006");
    REQUIRE(counter.desk->conflicts()->size() == 1);
    CHECK(counter.desk->conflicts()->front().isRepeated);

    REQUIRE(counter.desk->resolve("H26.131-261121-1006", {}, "Gửi lại lần nữa"));
    CHECK(portal.answerAll() == 1);
    CHECK(counter.desk->dossiers().byUid(received->uid)->row.code == "H26.131-261121-1007");
    CHECK(counter.desk->queue().summary()->waiting == 0);
    CHECK(counter.findings().empty());
}

TEST_CASE("a withdrawn operation leaves the queue when the portal has confirmed it")
{
    SmallCounter counter;
    PortalWords portal(counter);
    const auto received = counter.desk->receive(counter.draft());
    portal.answerAll();
    const auto changed = counter.desk->change(received->code, {{"/applicant/phone", "0987654321"}}, "");
    REQUIRE(changed);

    CHECK_FALSE(counter.desk->withdrawOperation(changed->op, ""));
    REQUIRE(counter.desk->withdrawOperation(changed->op, "Sửa nhầm hồ sơ"));
    CHECK_FALSE(counter.desk->withdrawOperation(changed->op, "lần nữa"));
    CHECK(portal.answerAll() == 1);

    CHECK(counter.desk->queue().summary()->waiting == 0);
    CHECK(counter.desk->dossiers().byCode(received->code)->dossier["applicant"]["phone"] == "0912345678");
    CHECK(counter.findings().empty());
}

TEST_CASE("a dossier filed online arrives, and one taken away by the city stays readable")
{
    SmallCounter counter;
    PortalWords portal(counter);
    const auto received = counter.desk->receive(counter.draft());
    portal.answerAll();
    Json online = counter.desk->dossiers().byCode(received->code)->dossier;
    online["code"] = "H26.131-261121-000001";
    online["channel"] = "online";
    online["applicant"]["name"] = "Phạm Quốc Trực";

    portal.pull("01234567-89ab-7def-8123-456789abcdef", online);

    CHECK(counter.desk->dossiers().find("truc pham")->rows.size() == 1);
    CHECK(counter.desk->dossiers().byCode("H26.131-261121-000001")->dossier["channel"] == "online");
    CHECK(counter.findings().empty());
}

TEST_CASE("an answer that was lost leaves the operation unknown, and sending it again brings the receipt")
{
    SmallCounter counter;
    PortalWords portal(counter);
    REQUIRE(counter.desk->receive(counter.draft()));
    const auto batch = counter.portal->sendable(50, 1 << 20);
    const auto attempt = counter.portal->beginAttempt(*batch, "first run");
    REQUIRE(attempt);

    REQUIRE(counter.restart());
    REQUIRE(counter.portal->recoverAttempts("second run"));

    CHECK(counter.desk->queue().operations(false)->front().state == OpState::Unknown);
    CHECK(counter.portal->unknown(10)->size() == 1);
    CHECK(portal.answerAll() == 1);
    CHECK(counter.desk->queue().operations(true)->front().state == OpState::Acknowledged);
    CHECK(counter.findings().empty());
}

TEST_CASE("a receipt that outruns the one before it waits for it")
{
    SmallCounter counter;
    PortalWords portal(counter);
    const std::string code = counter.desk->receive(counter.draft())->code;
    REQUIRE(counter.desk->move(code, Status::Processing, ""));
    REQUIRE(counter.desk->change(code, {{"/applicant/phone", "0987654321"}}, ""));
    const auto batch = *counter.portal->sendable(50, 1 << 20);
    REQUIRE(batch.size() == 3);
    std::vector<StoredResult> results;
    for (const Outgoing& out : batch) {
        results.push_back({out.position, portal.answer(out, "applied", {}), std::nullopt, {}});
    }

    // The first one's receipt was lost on the way; those behind it were not, and came in another order.
    const std::vector<StoredResult> others{results[2], results[1]};
    REQUIRE(counter.portal->endAttempt(*counter.portal->beginAttempt(batch, "test"), RequestEnd::Answered,
                                       200, {}, {}, batch, others));
    CHECK(counter.desk->queue().summary()->waiting == 3);
    CHECK_FALSE(counter.desk->dossiers().byCode(code)->rev);
    CHECK(counter.findings().empty());

    const std::vector<StoredResult> all{results[2], results[0], results[1]};
    REQUIRE(counter.portal->endAttempt(0, RequestEnd::Answered, 200, {}, {}, {}, all));
    CHECK(counter.desk->queue().summary()->waiting == 0);
    const auto view = counter.desk->dossiers().byCode(code);
    CHECK(view->dossier["status"] == "processing");
    CHECK(view->dossier["applicant"]["phone"] == "0987654321");
    CHECK(counter.findings().empty());
}

TEST_CASE(
    "what the portal put off waits, also in the eyes of a verification, but never longer than a pause may be")
{
    using std::chrono::hours;
    SmallCounter counter;
    const std::string code = counter.desk->receive(counter.draft())->code;
    counter.clock.advance(hours{24 * 3}); // the computer's clock runs ahead
    const auto batch = *counter.portal->sendable(50, 1 << 20);
    const StoredResult later{batch.front().position, {}, counter.clock.now() + hours{1}, "later"};
    REQUIRE(counter.portal->endAttempt(*counter.portal->beginAttempt(batch, "test"), RequestEnd::Answered,
                                       200, {}, {}, batch, {later}));

    CHECK(counter.portal->sendable(50, 1 << 20)->empty());
    CHECK(*counter.portal->nextDue() == std::optional(counter.clock.now() + hours{1}));
    CHECK(counter.findings().empty());

    counter.clock.setWall(counter.clock.now() - hours{24 * 3}); // somebody puts it right
    CHECK(counter.portal->sendable(50, 1 << 20)->size() == 1);
}

TEST_CASE("what is due but waits for what came before it wakes nobody")
{
    using std::chrono::hours;
    SmallCounter counter;
    const std::string code = counter.desk->receive(counter.draft())->code;
    REQUIRE(counter.desk->change(code, {{"/applicant/phone", "0987654321"}}, "dân báo"));
    const auto batch = *counter.portal->sendable(50, 1 << 20);
    REQUIRE(batch.size() == 2);
    const Instant now = counter.clock.now();
    REQUIRE(counter.portal->endAttempt(*counter.portal->beginAttempt(batch, "test"), RequestEnd::Answered,
                                       200, {}, {}, batch,
                                       {{batch[0].position, {}, now + hours{3}, "later"},
                                        {batch[1].position, {}, now + hours{1}, "later"}}));
    CHECK(*counter.portal->nextDue() == std::optional(now + hours{1}));

    counter.clock.advance(hours{2});

    CHECK(counter.portal->sendable(50, 1 << 20)->empty());
    CHECK(*counter.portal->nextDue() == std::optional(now + hours{3}));
}
