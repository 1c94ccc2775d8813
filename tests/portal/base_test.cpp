// SPDX-License-Identifier: GPL-3.0-or-later
// contracts/portal-api.yaml: `baseRev`, "Revisions", "Codes", Move and Patch as the portal does them.
#include "core/base/revision.h"
#include "tests/portal/portal_world.h"

using namespace motcua;
using namespace motcua::test;

namespace {

struct Received
{
    PortalWorld world;
    TestCounter counter{world, 'a'};
    TestCounter other{world, 'b'};
    Uid uid = aUid(1);
    OpId root;

    Received()
    {
        const Operation received = counter.received(uid, 1);
        REQUIRE(counter.push(received).result == Outcome::Applied);
        root = received.op;
    }
    Operation note(const std::optional<OpId>& after, const std::optional<Rev>& baseRev)
    {
        return counter.changed(uid, Json{{"/note", "x"}}, after, baseRev);
    }
};

} // namespace

TEST_CASE("acts queued offline follow each other without knowing a revision")
{
    Received it;
    const Operation second = it.note(it.root, {});
    const Operation third = it.counter.moved(it.uid, "processing", second.op);
    const Operation fourth = it.counter.moved(it.uid, "finished", third.op);
    for (const OpResult& result : it.counter.push({second, third, fourth})) {
        CHECK(result.result == Outcome::Applied);
    }
    CHECK(it.counter.dossier(it.uid)["status"] == "finished");
}

TEST_CASE("a revision of somebody else since the base is a conflict")
{
    Received it;
    const Rev base = it.counter.revOf(it.uid);

    SECTION("the city's")
    {
        REQUIRE(it.world.city().set(it.uid, {{"/note", "thành phố"}}));
    }
    SECTION("another counter's")
    {
        const Operation change = it.other.changed(it.uid, Json{{"/note", "quầy 2"}}, {}, base);
        CHECK(it.other.outcome(change) == "applied");
    }
    CHECK(it.counter.outcome(it.note(it.root, base)) == "conflict rev-mismatch");
    CHECK(it.counter.outcome(it.note(it.root, {})) == "conflict rev-mismatch"); // since creation
    CHECK(it.counter.outcome(it.note(it.root, it.counter.revOf(it.uid))) == "applied");
}

TEST_CASE("a revision that only gave the official code does not count")
{
    Received it;
    const Rev base = it.counter.revOf(it.uid);
    REQUIRE(it.world.city().giveOfficialCode(it.uid, "000.00.19.H26-261121-0001"));

    CHECK(it.counter.outcome(it.note(it.root, base)) == "applied");
    CHECK(it.counter.lastReceipt.officialCode == "000.00.19.H26-261121-0001");
    CHECK(it.counter.dossier(it.uid)["officialCode"] == "000.00.19.H26-261121-0001");
}

TEST_CASE("a base that the portal does not know is a conflict")
{
    Received it;
    CHECK(it.counter.outcome(it.note(it.root, Rev(std::string(32, '0')))) == "conflict rev-mismatch");
    const Operation lost = it.counter.changed(aUid(9), Json{{"/note", "x"}}, {}, Rev(std::string(32, '0')));
    CHECK(it.counter.outcome(lost) == "conflict rev-mismatch");
    CHECK(it.counter.lastReceipt.rev == std::nullopt);
}

TEST_CASE("own places count only up to `after`")
{
    Received it;
    const Rev base = it.counter.revOf(it.uid);
    const Operation second = it.note(it.root, {});
    CHECK(it.counter.outcome(second) == "applied");
    // This one does not know of the second.
    CHECK(it.counter.outcome(it.counter.moved(it.uid, "processing", it.root, base)) ==
          "conflict rev-mismatch");
    CHECK(it.counter.outcome(it.counter.moved(it.uid, "processing", second.op, base)) == "applied");
}

TEST_CASE("own acts before the city's are no excuse, own acts after it are")
{
    Received it;
    REQUIRE(it.world.city().set(it.uid, {{"/note", "thành phố"}}));
    const Rev pulled = it.counter.revOf(it.uid);
    const Operation second = it.note(it.root, pulled);
    const Operation third = it.counter.moved(it.uid, "processing", second.op, pulled);
    CHECK(it.counter.outcome(second) == "applied");
    CHECK(it.counter.outcome(third) == "applied");
}

TEST_CASE("an act on a dossier that is not there is rejected")
{
    Received it;
    TestCounter elsewhere(it.world, 'c', "H26.132");
    CHECK(it.counter.outcome(it.counter.changed(aUid(9), Json{{"/note", "x"}})) == "rejected not-found");
    // Another unit's is as if it were not there.
    CHECK(elsewhere.outcome(elsewhere.changed(it.uid, Json{{"/note", "x"}})) == "rejected not-found");
    CHECK(elsewhere.lastReceipt.rev == std::nullopt);
    const OpResult conflict =
        elsewhere.push(elsewhere.changed(it.uid, Json{{"/note", "x"}}, {}, it.counter.revOf(it.uid)));
    CHECK(TestCounter::described(conflict) == "conflict rev-mismatch");
    CHECK_FALSE(conflict.dossier);
}

TEST_CASE("revisions follow from the one before and the digest")
{
    Received it;
    const Rev before = it.counter.revOf(it.uid);
    const Operation change = it.note(it.root, before);
    CHECK(it.counter.outcome(change) == "applied");
    CHECK(it.counter.revOf(it.uid) == nextRev(before, digestOf(composeLine(change))));
    CHECK(it.counter.lastReceipt.rev == it.counter.revOf(it.uid));
}

TEST_CASE("a dossier that exists, a code that is taken")
{
    Received it;
    const OpResult again = it.other.push(it.other.received(it.uid, 5));
    CHECK(TestCounter::described(again) == "conflict uid-taken");
    CHECK(it.other.lastReceipt.rev == it.counter.revOf(it.uid));

    Operation clash = it.counter.received(aUid(2), 1);
    const OpResult taken = it.counter.push(clash);
    CHECK(TestCounter::described(taken) == "conflict number-taken");
    CHECK(it.counter.lastReceipt.rev == std::nullopt);
    CHECK_FALSE(taken.dossier);

    // The way out: a new received, same uid, new code, in the same place.
    Operation renumbered = it.counter.superseding(clash, clash.op);
    renumbered.body["code"] = it.counter.code(2);
    CHECK(it.counter.outcome(renumbered) == "applied");
    CHECK(it.counter.outcome(clash) == "cancelled");

    TestCounter elsewhere(it.world, 'c', "H26.132");
    const OpResult theirs = elsewhere.push(elsewhere.received(it.uid, 1));
    CHECK(TestCounter::described(theirs) == "conflict uid-taken");
    CHECK_FALSE(theirs.dossier);
    CHECK(elsewhere.lastReceipt.rev == std::nullopt);
}

TEST_CASE("a counter gives codes of its unit, its slot and the day of receipt at UTC+7")
{
    PortalWorld world;
    TestCounter counter(world, 'a', "H26.131", 3);
    const Instant receivedAt = *parseRfc3339("2026-11-21T01:02:03.000Z");
    const Instant afterMidnight = *parseRfc3339("2026-11-20T17:00:00.000Z"); // 00:00 on the 21st there
    const auto isGood = [&counter](const std::string& code, Instant at) {
        return !portal::codeFault(code, counter.device(), at).has_value();
    };
    for (const char* number : {"3001", "3999", "31000", "39999", "3900"}) {
        CHECK(isGood("H26.131-261121-" + std::string(number), receivedAt));
        CHECK(isGood("H26.131-261121-" + std::string(number), afterMidnight));
    }
    for (const char* number : {"3000", "2001", "30001", "30999", "300001", "310000", "0001", "000001"}) {
        CHECK_FALSE(isGood("H26.131-261121-" + std::string(number), receivedAt));
    }
    CHECK_FALSE(isGood("H26.132-261121-3001", receivedAt));
    CHECK_FALSE(isGood("H26.131-261120-3001", receivedAt));
    CHECK_FALSE(isGood("H26.131-261121-3001", afterMidnight - Millis{1}));

    Operation wrongDay = counter.received(aUid(1), 1);
    wrongDay.body["receivedAt"] = "2026-11-21T17:00:00.000Z";
    CHECK(counter.outcome(wrongDay) == "rejected invalid-fields /body/code");
}

TEST_CASE("the official code is given at most once, with the receipt or later")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    REQUIRE(world.portal().keys().setSetting("official-codes", "with-receipt"));
    CHECK(counter.outcome(counter.received(aUid(1), 1)) == "applied");
    REQUIRE(counter.lastReceipt.officialCode);
    CHECK(counter.dossier(aUid(1))["officialCode"] == *counter.lastReceipt.officialCode);
    CHECK_FALSE(world.city().giveOfficialCode(aUid(1), "G2"));

    REQUIRE(world.portal().keys().setSetting("official-codes", "none"));
    CHECK(counter.outcome(counter.received(aUid(2), 2)) == "applied");
    CHECK_FALSE(counter.lastReceipt.officialCode);
    CHECK_FALSE(world.city().giveOfficialCode(
        aUid(2), *counter.dossier(aUid(1))["officialCode"].get_ptr<std::string*>()));
    CHECK(world.city().giveOfficialCode(aUid(2), "G2"));
    CHECK(counter.dossier(aUid(2))["officialCode"] == "G2");
}

TEST_CASE("a restored portal gives each dossier the official code that it had, whatever comes first")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    const bool isGivenByHand = GENERATE(false, true);
    REQUIRE(world.portal().keys().setSetting("official-codes", isGivenByHand ? "none" : "with-receipt"));
    const Operation first = counter.received(aUid(1), 1);
    const Operation second = counter.received(aUid(2), 2);
    const auto officialCode = [&](const Operation& operation) {
        CHECK(counter.outcome(operation) == "applied");
        if (isGivenByHand) {
            CHECK(world.city().giveOfficialCode(operation.uid, ""));
        }
        return counter.dossier(operation.uid)["officialCode"];
    };
    const Json firstCode = officialCode(first);
    const Json secondCode = officialCode(second);
    CHECK(firstCode.is_string());
    CHECK(firstCode != secondCode);

    world.loseDossiers();
    world.clock.advance(std::chrono::hours{30});
    CHECK(officialCode(second) == secondCode);
    CHECK(officialCode(first) == firstCode);
}

TEST_CASE("a dossier whose number another one took after a restore is given the official code that it had")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    REQUIRE(world.portal().keys().setSetting("official-codes", "with-receipt"));
    const Operation first = counter.received(aUid(1), 1);
    const Operation second = counter.received(aUid(2), 1);
    CHECK(counter.outcome(first) == "applied");
    const Json code = counter.dossier(aUid(1))["officialCode"];
    CHECK(counter.outcome(second) == "conflict number-taken");

    world.loseDossiers();
    CHECK(counter.outcome(second) == "applied"); // it was still under way
    CHECK(counter.dossier(aUid(2))["officialCode"] != code);
    CHECK(counter.outcome(first) == "conflict number-taken");
    Operation again = counter.superseding(first, first.op);
    again.body["code"] = counter.code(2);
    CHECK(counter.outcome(again) == "applied");
    CHECK(counter.dossier(aUid(1))["officialCode"] == code);
}

TEST_CASE("nobody gives by hand the official code that is kept for another dossier")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    CHECK(counter.outcome(counter.received(aUid(1), 1)) == "applied");
    CHECK_FALSE(world.city().giveOfficialCode(aUid(1), portal::officialCodeOf(aUid(2))));
    CHECK(world.city().giveOfficialCode(aUid(1), portal::officialCodeOf(aUid(1))));

    REQUIRE(world.portal().keys().setSetting("official-codes", "with-receipt"));
    CHECK(counter.outcome(counter.received(aUid(2), 2)) == "applied");
}

TEST_CASE("patches and moves that do not fit are rejected with their fields")
{
    Received it;
    const auto patch = [&it](const char* set) {
        return it.counter.outcome(it.counter.changed(it.uid, Json::parse(set), it.root));
    };
    CHECK(patch(R"({"/applicant/name":""})") == "rejected invalid-fields /body/set/~1applicant~1name");
    CHECK(patch(R"({"/applicant":{"name":""}})") == "rejected invalid-fields /body/set/~1applicant");
    CHECK(patch(R"({"/form/none/x":1})") == "rejected invalid-fields /body/set/~1form~1none~1x");
    CHECK(patch(R"({"/colour":1})") == "rejected invalid-fields /body/set/~1colour");
    CHECK(patch(R"({"/form":{},"/form/x":1})") == "rejected invalid-fields /body/set/~1form~1x");
    for (const char* to : {"registered", "received", "refused", "returned"}) {
        CHECK(it.counter.outcome(it.counter.moved(it.uid, to, it.root)) == "rejected illegal-move");
    }
    CHECK(it.counter.lastReceipt.rev == it.counter.revOf(it.uid)); // the dossier's revision, unchanged
}

TEST_CASE("moves stamp finishedAt and returnedAt with the operation's own time")
{
    Received it;
    const Operation finish = it.counter.moved(it.uid, "finished", it.root);
    const Operation give = it.counter.moved(it.uid, "returned", finish.op);
    CHECK(it.counter.outcome(finish) == "applied");
    CHECK(it.counter.outcome(give) == "applied");
    CHECK(it.counter.dossier(it.uid)["finishedAt"] == "2026-11-21T02:00:00.000Z");
    CHECK(it.counter.dossier(it.uid)["returnedAt"] == "2026-11-21T02:00:00.000Z");
}

TEST_CASE("a dossier that the city took away takes no more acts")
{
    Received it;
    REQUIRE(it.world.city().takeAway(it.uid));
    CHECK(it.counter.outcome(it.note(it.root, {})) == "conflict rev-mismatch");
    CHECK(it.counter.outcome(it.note(it.root, it.counter.revOf(it.uid))) == "rejected dossier-gone");
    const auto reply = it.world.portal().dossier(it.counter.device(), it.uid.text());
    REQUIRE(reply);
    REQUIRE_FALSE(*reply);
    CHECK(reply->error().type == ProblemType::DossierGone);
}
