// SPDX-License-Identifier: GPL-3.0-or-later
// contracts/portal-api.yaml, "One dossier's chain" and "Cancelling".
#include "tests/portal/portal_world.h"

using namespace motcua;
using namespace motcua::test;

namespace {

/// A counter whose dossier the city has changed, so that its next act meets a conflict.
struct Conflicting
{
    PortalWorld world;
    TestCounter counter{world, 'a'};
    Uid uid = aUid(1);
    OpId root;
    Rev baseRev;

    Conflicting()
    {
        const Operation received = counter.received(uid, 1);
        REQUIRE(counter.push(received).result == Outcome::Applied);
        root = received.op;
        baseRev = counter.revOf(uid);
        REQUIRE(world.city().set(uid, {{"/note", "thành phố"}}));
    }
    Operation change(const char* phone)
    {
        return counter.changed(uid, Json{{"/applicant/phone", phone}}, root, baseRev);
    }
    /// The merged operation in the same place, on the portal's present revision.
    Operation merged(const Operation& first, const char* phone)
    {
        Operation again = counter.superseding(first, first.op);
        again.body = Json{{"set", {{"/applicant/phone", phone}}}};
        again.baseRev = counter.revOf(uid);
        return again;
    }
};

} // namespace

TEST_CASE("after a conflict another operation may take the place, and later acts name the place by its first")
{
    Conflicting it;
    const Operation first = it.change("1");
    const Operation next = it.counter.moved(it.uid, "processing", first.op, it.baseRev);
    CHECK(it.counter.outcome(first) == "conflict rev-mismatch");
    CHECK(it.counter.outcome(next) == "blocked");

    const Operation second = it.merged(first, "2");
    CHECK(it.counter.outcome(second) == "applied");

    CHECK(it.counter.dossier(it.uid)["applicant"]["phone"] == "2");
    CHECK(it.counter.outcome(first) == "cancelled"); // its tombstone was laid in the same transaction
    CHECK(it.counter.lastReceipt.rev == std::nullopt);
    CHECK(it.counter.status(first).result == Outcome::Cancelled);
    // `next` was made on the old base: the city's revision stands between.
    CHECK(it.counter.outcome(next) == "conflict rev-mismatch");
    Operation third = it.counter.superseding(next, next.op);
    third.baseRev = it.counter.revOf(it.uid);
    CHECK(it.counter.outcome(third) == "applied");
}

TEST_CASE("at most one operation of a place is ever applied")
{
    Conflicting it;
    const Operation first = it.change("1");
    CHECK(it.counter.outcome(first) == "conflict rev-mismatch");
    const Operation second = it.merged(first, "2");
    const Operation third = it.merged(first, "3");

    CHECK(it.counter.outcome(third) == "applied");
    CHECK(it.counter.outcome(second) == "rejected already-applied"); // any other than the first
    CHECK(it.counter.outcome(first) == "cancelled");
    CHECK(it.counter.dossier(it.uid)["applicant"]["phone"] == "3");
}

TEST_CASE("when the first is applied after all, its successors are rejected")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    const Operation first = counter.received(aUid(1), 1);
    const Operation second = counter.superseding(first, first.op);

    CHECK(counter.outcome(first) == "applied");
    CHECK(counter.outcome(second) == "rejected already-applied");
    CHECK(counter.outcome(first) == "replayed");
}

TEST_CASE("a ghost: the first arrives long after its place was filled")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    const Operation first = counter.received(aUid(1), 1);
    Operation second = counter.superseding(first, first.op);
    second.body["code"] = counter.code(2);

    CHECK(counter.outcome(second) == "applied");
    CHECK(counter.status(first).result == Outcome::Unknown); // never seen, although a tombstone stands
    CHECK(counter.outcome(first) == "cancelled");
    CHECK(counter.outcome(first) == "cancelled");
    CHECK(counter.dossier(aUid(1))["code"] == counter.code(2));
}

TEST_CASE("supersedes names the first operation of a place, of the same uid and install")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    TestCounter other(world, 'b');
    const Operation blockedFirst = counter.changed(aUid(1), Json{{"/note", "1"}}, counter.name(90));
    const Operation successor = counter.superseding(blockedFirst, blockedFirst.op);
    CHECK(counter.outcome(blockedFirst) == "blocked");
    CHECK(counter.outcome(successor) == "blocked");

    SECTION("never a successor")
    {
        CHECK(counter.outcome(counter.superseding(blockedFirst, successor.op)) ==
              "rejected invalid-fields /supersedes");
    }
    SECTION("the same uid")
    {
        Operation stranger = counter.received(aUid(2), 2);
        stranger.after = blockedFirst.after;
        CHECK(counter.outcome(counter.superseding(stranger, blockedFirst.op)) ==
              "rejected invalid-fields /supersedes");
    }
    SECTION("the same install")
    {
        CHECK(other.outcome(other.superseding(other.received(aUid(1), 1), blockedFirst.op)) ==
              "rejected invalid-fields /supersedes");
    }
    SECTION("it carries the after of its place")
    {
        Operation elsewhere = counter.superseding(blockedFirst, blockedFirst.op);
        elsewhere.after = counter.name(91);
        CHECK(counter.outcome(elsewhere) == "rejected invalid-fields /after");
    }
    SECTION("a withdrawal is no place")
    {
        const Operation cancel = counter.cancelled(aUid(1), blockedFirst.op);
        CHECK(counter.outcome(cancel) == "applied");
        CHECK(counter.outcome(counter.superseding(counter.received(aUid(1), 1), cancel.op)) ==
              "rejected invalid-fields /supersedes");
        CHECK(counter.outcome(counter.cancelled(aUid(1), cancel.op)) ==
              "rejected invalid-fields /supersedes");
    }
}

TEST_CASE("after names a place of the same dossier and install")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    TestCounter other(world, 'b');
    const Operation received = counter.received(aUid(1), 1);
    const Operation second = counter.received(aUid(2), 2);
    CHECK(counter.outcome(received) == "applied");
    CHECK(counter.outcome(second) == "applied");

    CHECK(counter.outcome(counter.changed(aUid(1), Json{{"/note", "x"}}, second.op)) ==
          "rejected invalid-fields /after");
    CHECK(other.outcome(other.changed(aUid(1), Json{{"/note", "x"}}, received.op)) ==
          "rejected invalid-fields /after");
    const Operation cancel = counter.cancelled(aUid(1), counter.name(80));
    CHECK(counter.outcome(cancel) == "applied");
    CHECK(counter.outcome(counter.changed(aUid(1), Json{{"/note", "x"}}, cancel.op)) ==
          "rejected invalid-fields /after");
}

TEST_CASE(
    "an operation is blocked while what stands before it is neither applied nor cancelled, in any batch")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    const Operation received = counter.received(aUid(1), 1);
    const Operation second = counter.changed(aUid(1), Json{{"/note", "2"}}, received.op);
    const Operation third = counter.moved(aUid(1), "processing", second.op);

    auto results = counter.push({third, second, received});
    CHECK(results[0].result == Outcome::Blocked);
    CHECK(results[1].result == Outcome::Blocked);
    CHECK(results[2].result == Outcome::Applied);
    results = counter.push({third, second});
    CHECK(results[0].result == Outcome::Blocked);
    CHECK(results[1].result == Outcome::Applied);
    CHECK(counter.outcome(third) == "applied");
}

TEST_CASE("a withdrawal lays a tombstone, also for an operation never seen")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    const Operation received = counter.received(aUid(1), 1);
    const Operation cancel = counter.cancelled(aUid(1), received.op);

    CHECK(counter.outcome(cancel) == "applied");
    CHECK(counter.lastReceipt.rev == std::nullopt);
    CHECK(counter.lastReceipt.seq == std::nullopt);
    CHECK(counter.lastReceipt.uid == aUid(1));
    CHECK(counter.outcome(received) == "cancelled"); // whenever it arrives
    CHECK(counter.outcome(cancel) == "replayed");
    CHECK(world.portal().dossiers().allDossiers()->empty());
}

TEST_CASE("what is applied cannot be withdrawn")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    const Operation received = counter.received(aUid(1), 1);
    CHECK(counter.outcome(received) == "applied");

    CHECK(counter.outcome(counter.cancelled(aUid(1), received.op)) == "rejected already-applied");
    CHECK(counter.lastReceipt.rev == std::nullopt); // null for dossier.cancelled
    CHECK(counter.outcome(received) == "replayed");

    // Also when a successor of the place was the one applied.
    Conflicting it;
    const Operation first = it.change("1");
    CHECK(it.counter.outcome(first) == "conflict rev-mismatch");
    CHECK(it.counter.outcome(it.merged(first, "2")) == "applied");
    CHECK(it.counter.outcome(it.counter.cancelled(it.uid, first.op)) == "rejected already-applied");
}

TEST_CASE("a withdrawal needs the same uid and install")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    TestCounter other(world, 'b');
    const Operation change = counter.changed(aUid(1), Json{{"/note", "1"}}, counter.name(90));
    CHECK(counter.outcome(change) == "blocked");

    CHECK(counter.outcome(counter.cancelled(aUid(2), change.op)) == "rejected invalid-fields /supersedes");
    CHECK(other.outcome(other.cancelled(aUid(1), change.op)) == "rejected invalid-fields /supersedes");
    CHECK(counter.outcome(change) == "blocked");
}

TEST_CASE("what supersedes a cancelled place is cancelled with it")
{
    Conflicting it;
    const Operation first = it.change("1");
    CHECK(it.counter.outcome(first) == "conflict rev-mismatch");
    CHECK(it.counter.outcome(it.counter.cancelled(it.uid, first.op)) == "applied");

    CHECK(it.counter.status(first).result == Outcome::Cancelled);
    CHECK(it.counter.outcome(it.merged(first, "2")) == "cancelled");
    CHECK(it.counter.outcome(first) == "cancelled");
    CHECK(it.counter.outcome(it.counter.cancelled(it.uid, first.op)) == "cancelled");
    CHECK_FALSE(it.counter.dossier(it.uid)["applicant"]["phone"] == "2");
}

TEST_CASE("in place of a cancelled one the portal looks at the place before it")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    const Operation received = counter.received(aUid(1), 1);
    const Operation second = counter.changed(aUid(1), Json{{"/note", "2"}}, received.op);
    const Operation third = counter.moved(aUid(1), "processing", second.op);

    SECTION("of one that was seen")
    {
        CHECK(counter.outcome(second) == "blocked");
        CHECK(counter.outcome(counter.cancelled(aUid(1), second.op)) == "applied");
        CHECK(counter.outcome(third) == "blocked"); // the place before it is not applied yet
        CHECK(counter.outcome(received) == "applied");
        CHECK(counter.outcome(third) == "applied");
    }
    SECTION("of one never seen: the last older place of this install that the portal knows")
    {
        CHECK(counter.outcome(received) == "applied");
        CHECK(counter.outcome(counter.cancelled(aUid(1), second.op)) == "applied");
        CHECK(counter.outcome(third) == "applied");
    }
    SECTION("of several in a row, down to the beginning")
    {
        const Operation fourth = counter.changed(aUid(1), Json{{"/note", "4"}}, third.op);
        CHECK(counter.outcome(counter.cancelled(aUid(1), third.op)) == "applied");
        CHECK(counter.outcome(counter.cancelled(aUid(1), second.op)) == "applied");
        CHECK(counter.outcome(fourth) == "rejected not-found"); // nothing before it, and no dossier
        CHECK(counter.outcome(received) == "applied");
        CHECK(counter.outcome(fourth) == "applied");
    }
    SECTION("older is meant over the epochs of the install")
    {
        CHECK(counter.outcome(received) == "applied");
        counter.epoch = 2;
        counter.seq = 0;
        const Operation lost = counter.changed(aUid(1), Json{{"/note", "5"}}, received.op);
        const Operation last = counter.changed(aUid(1), Json{{"/note", "6"}}, lost.op);
        CHECK(counter.outcome(counter.cancelled(aUid(1), lost.op)) == "applied");
        CHECK(counter.outcome(last) == "applied");
    }
}
