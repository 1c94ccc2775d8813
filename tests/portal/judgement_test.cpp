// SPDX-License-Identifier: GPL-3.0-or-later
// contracts/portal-api.yaml, "Operations", "Exactly once" and "Receipts".
#include "core/base/revision.h"
#include "tests/portal/portal_world.h"

using namespace motcua;
using namespace motcua::test;

TEST_CASE("an operation is applied once, however often it comes")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    const Operation received = counter.received(aUid(1), 1);

    const OpResult first = counter.push(received);
    CHECK(first.result == Outcome::Applied);
    CHECK(counter.lastReceipt.rev == nextRev({}, digestOf(composeLine(received))));
    CHECK(counter.lastReceipt.seq == 1);
    CHECK(counter.lastReceipt.uid == aUid(1));

    world.restart();
    world.clock.advance(std::chrono::hours{24 * 400}); // keys never expire
    const OpResult again = counter.push(received);
    CHECK(again.result == Outcome::Replayed);
    CHECK(again.receipt == first.receipt);
    CHECK(counter.push(received).result == Outcome::Replayed);
    CHECK(world.portal().dossiers().allDossiers()->size() == 1);
}

TEST_CASE("the first bytes seen bind the operation, whatever the result was")
{
    PortalWorld world;
    TestCounter counter(world, 'a');

    SECTION("after applied")
    {
        Operation received = counter.received(aUid(1), 1);
        CHECK(counter.push(received).result == Outcome::Applied);
        received.official = "hoa";
        CHECK(counter.outcome(received) == "mismatch");
        CHECK(counter.lastReceipt.digest == digestOf(composeLine(received))); // of the bytes just judged
        CHECK(counter.dossier(aUid(1))["code"] == counter.code(1));
    }
    SECTION("after rejected")
    {
        Operation received = counter.received(aUid(1), 1);
        received.body["code"] = "H26.131-261121-9001";
        CHECK(counter.outcome(received) == "rejected invalid-fields /body/code");
        received.body["code"] = counter.code(1);
        CHECK(counter.outcome(received) == "mismatch");
    }
    SECTION("after blocked")
    {
        Operation change = counter.changed(aUid(1), Json{{"/note", "x"}}, counter.name(99));
        CHECK(counter.outcome(change) == "blocked");
        change.official = "hoa";
        CHECK(counter.outcome(change) == "mismatch");
    }
    SECTION("after a mismatch the bound bytes are still good")
    {
        const Operation received = counter.received(aUid(1), 1);
        Operation other = received;
        other.official = "hoa";
        CHECK(counter.outcome(received) == "applied");
        CHECK(counter.outcome(other) == "mismatch");
        CHECK(counter.outcome(received) == "replayed");
    }
}

TEST_CASE("the order of the tests is mismatch, replayed, cancelled, rejected, blocked, later, effect")
{
    PortalWorld world;
    TestCounter counter(world, 'a');

    SECTION("mismatch before replayed, cancelled and rejected")
    {
        Operation received = counter.received(aUid(1), 1);
        CHECK(counter.outcome(received) == "applied");
        received.body.erase("code");
        CHECK(counter.outcome(received) == "mismatch");

        Operation second = counter.received(aUid(2), 2);
        CHECK(counter.outcome(counter.cancelled(aUid(2), second.op)) == "applied");
        CHECK(counter.outcome(second) == "cancelled");
        second.official = "hoa";
        CHECK(counter.outcome(second) == "mismatch");
    }
    SECTION("cancelled before rejected")
    {
        Operation broken = counter.received(aUid(1), 1);
        broken.body.erase("code");
        CHECK(counter.outcome(counter.cancelled(aUid(1), broken.op)) == "applied");
        CHECK(counter.outcome(broken) == "cancelled");
    }
    SECTION("rejected before blocked")
    {
        Operation change = counter.changed(aUid(1), Json{{"/code", "x"}}, counter.name(99));
        CHECK(counter.outcome(change) == "rejected invalid-fields /body/set/~1code");
    }
    SECTION("blocked before later, later before the effect")
    {
        world.portal().postpone = [] { return std::optional<std::int64_t>(7); };
        const Operation received = counter.received(aUid(1), 1);
        CHECK(counter.outcome(counter.changed(aUid(1), Json{{"/note", "x"}}, received.op)) == "blocked");
        const OpResult later = counter.push(received);
        CHECK(later.result == Outcome::Later);
        CHECK(later.retryAfterSeconds == 7);
        CHECK(counter.status(received).result == Outcome::Unknown);
        CHECK(world.portal().dossiers().allDossiers()->empty());

        world.portal().postpone = nullptr;
        CHECK(counter.outcome(received) == "applied");
    }
}

TEST_CASE("conflict and rejected are judged again when they are sent again")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    const Operation received = counter.received(aUid(1), 1);
    const Operation move = counter.moved(aUid(1), "returned", received.op);
    const Operation steps = counter.moved(aUid(1), "finished", received.op);

    CHECK(counter.outcome(received) == "applied");
    CHECK(counter.outcome(move) == "rejected illegal-move");
    CHECK(counter.outcome(move) == "rejected illegal-move");
    CHECK(counter.outcome(steps) == "applied");
    // Now the dossier could be returned, but a revision that is not before it stands between.
    CHECK(counter.outcome(move) == "conflict rev-mismatch");
    CHECK(counter.status(move).result == Outcome::Conflict);
}

TEST_CASE("blocked and later leave no trace but the binding")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    const Operation received = counter.received(aUid(1), 1);
    const Operation change = counter.changed(aUid(1), Json{{"/note", "x"}}, received.op);

    CHECK(counter.outcome(change) == "blocked");
    CHECK(counter.status(change).result == Outcome::Unknown);
    CHECK(counter.outcome(received) == "applied");
    CHECK(counter.outcome(change) == "applied");
    CHECK(counter.dossier(aUid(1))["note"] == "x");
}

TEST_CASE("an operation of another install is rejected and binds nothing")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    TestCounter other(world, 'b');
    Operation foreign = other.received(aUid(1), 1);

    CHECK(counter.outcome(foreign) == "rejected invalid-fields /op");
    CHECK(other.status(foreign).result == Outcome::Unknown);
    foreign.official = "hoa";
    CHECK(other.outcome(foreign) == "applied");
    CHECK(counter.outcome(foreign) == "rejected invalid-fields /op");
}

TEST_CASE("the receipt of a withdrawal has no revision, whatever became of it")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    TestCounter other(world, 'b');
    const Operation received = counter.received(aUid(1), 1);
    CHECK(counter.outcome(received) == "applied");
    Operation withdrawal = counter.cancelled(aUid(1), received.op);

    CHECK(counter.outcome(withdrawal) == "rejected already-applied");
    CHECK(counter.lastReceipt.rev == std::nullopt);
    CHECK(other.outcome(withdrawal) == "rejected invalid-fields /op"); // of another install
    CHECK(other.lastReceipt.rev == std::nullopt);
    withdrawal.official = "hoa";
    CHECK(counter.outcome(withdrawal) == "mismatch");
    CHECK(counter.lastReceipt.rev == std::nullopt);

    Operation change = received;
    change.official = "hoa";
    CHECK(counter.outcome(change) == "mismatch");
    CHECK(counter.lastReceipt.rev == counter.revOf(aUid(1)));
}

TEST_CASE("operations that break the schema are rejected with the fields")
{
    PortalWorld world;
    TestCounter counter(world, 'a');

    Operation received = counter.received(aUid(1), 1);
    received.body["colour"] = "red"; // unknown members are refused in operations
    received.body["applicant"].erase("name");
    CHECK(counter.outcome(received) == "rejected invalid-fields /body/applicant/name /body/colour");
    CHECK(counter.lastReceipt.rev == std::nullopt);
    CHECK(counter.lastReceipt.seq == std::nullopt);
    CHECK(counter.lastReceipt.problem == ProblemType::InvalidFields);

    Operation upper = counter.received(Uid("0192F0C1-2B3C-7D4E-8F50-123456789ABC"), 2);
    CHECK(counter.outcome(upper) == "rejected invalid-fields /uid");
    CHECK(counter.lastReceipt.uid == std::nullopt); // it could not be read
}

TEST_CASE("lines that are bad but name their operation are rejected, and their neighbours are not held up")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    const std::string good = composeLine(counter.received(aUid(1), 1));
    const std::string repeated =
        composeLine(counter.received(aUid(2), 2)).substr(1).insert(0, R"({"kind":"dossier.moved",)");
    Operation large = counter.received(aUid(3), 3);
    large.body["form"]["x"] = std::string(kOperationBytesMax, 'x');
    const std::string deep = R"({"body":)" + std::string(3000, '[') + std::string(3000, ']') + R"(,"op":")" +
                             counter.name(50).text() + "\"}";
    const std::string carriage = composeLine(counter.received(aUid(4), 4)) + "\r";

    const auto reply =
        counter.pushLines(repeated + "\n" + composeLine(large) + "\n" + deep + "\n" + carriage + "\n" + good);

    REQUIRE(reply);
    std::vector<std::string> outcomes;
    for (const OpResult& result : reply->results) {
        outcomes.push_back(TestCounter::described(result));
        CHECK_FALSE(result.receipt.empty());
    }
    CHECK(outcomes == std::vector<std::string>{"rejected invalid-fields ", "rejected too-large",
                                               "rejected invalid-fields ", "rejected invalid-fields ",
                                               "applied"});
}

TEST_CASE("a batch that cannot be judged is refused whole")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    const Operation received = counter.received(aUid(1), 1);
    const std::string line = composeLine(received);
    const auto problem = [&counter](const std::string& body) {
        const auto reply = counter.pushLines(body);
        return reply ? ProblemType::Busy : reply.error().type;
    };

    CHECK(problem("") == ProblemType::BadRequest);            // empty batch
    CHECK(problem("\n") == ProblemType::BadRequest);          // empty line
    CHECK(problem(line + "\n\n") == ProblemType::BadRequest); // empty line
    CHECK(problem(line + "\n\n" + line) == ProblemType::BadRequest);
    CHECK(problem(line + "\nnot json") == ProblemType::BadRequest); // no readable op
    CHECK(problem(line + "\n{}") == ProblemType::BadRequest);
    CHECK(problem(line + "\n" + line) == ProblemType::BadRequest); // an op twice
    CHECK(problem(std::string(kBatchBytesMax + 1, ' ')) == ProblemType::TooLarge);
    std::string many;
    for (int i = 0; i < 51; ++i) {
        many += composeLine(counter.received(aUid(10 + i), 10 + i)) + "\n";
    }
    CHECK(problem(many) == ProblemType::TooLarge);

    CHECK(world.portal().dossiers().allDossiers()->empty()); // nothing judged
    CHECK(counter.status(received).result == Outcome::Unknown);
    const auto good = counter.pushLines(line); // the last line feed is optional
    REQUIRE(good);
    CHECK(good->results.front().result == Outcome::Applied);
}

TEST_CASE("each operation of a batch is judged by itself, in the order of the lines")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    const Operation received = counter.received(aUid(1), 1);
    const Operation bad = counter.moved(aUid(1), "returned", received.op);
    const Operation good = counter.changed(aUid(1), Json{{"/note", "x"}}, received.op);
    const Operation lonely = counter.changed(aUid(2), Json{{"/note", "x"}}, counter.name(99));

    const auto results = counter.push({received, bad, good, lonely});

    CHECK(TestCounter::described(results[0]) == "applied");
    CHECK(TestCounter::described(results[1]) == "rejected illegal-move");
    CHECK(TestCounter::described(results[2]) == "applied");
    CHECK(TestCounter::described(results[3]) == "blocked");
}

TEST_CASE("the status of an operation is what became of it, for its own unit")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    TestCounter neighbour(world, 'b');
    TestCounter elsewhere(world, 'c', "H26.132");
    const Operation received = counter.received(aUid(1), 1);
    const Operation bad = counter.moved(aUid(1), "returned", received.op);

    CHECK(counter.status(received).result == Outcome::Unknown); // never seen
    const OpResult applied = counter.push(received);
    CHECK(counter.status(received).receipt == applied.receipt);
    CHECK(neighbour.status(received).result == Outcome::Applied);
    CHECK(elsewhere.status(received).result == Outcome::Unknown); // another unit's
    CHECK(counter.outcome(bad) == "rejected illegal-move");
    CHECK(TestCounter::described(counter.status(bad)) == "rejected illegal-move");

    const auto many = world.portal().statuses(counter.device(), {bad.op, counter.name(77), received.op});
    REQUIRE(many);
    REQUIRE(*many);
    const auto& results = (*many)->results;
    REQUIRE(results.size() == 3);
    CHECK(results[0].result == Outcome::Rejected);
    CHECK(results[1].result == Outcome::Unknown);
    CHECK(results[2].result == Outcome::Applied);
}

TEST_CASE("a conflict carries the portal's dossier and revision")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    TestCounter other(world, 'b');
    CHECK(counter.push(counter.received(aUid(1), 1)).result == Outcome::Applied);

    const OpResult result = other.push(other.changed(aUid(1), Json{{"/note", "x"}}));

    CHECK(TestCounter::described(result) == "conflict rev-mismatch");
    CHECK(result.dossier == counter.dossier(aUid(1)));
    CHECK(other.lastReceipt.rev == counter.revOf(aUid(1)));
    CHECK(other.lastReceipt.seq == std::nullopt);
    const OpResult status = other.status(other.changed(aUid(1), Json{{"/note", "x"}}));
    CHECK(status.result == Outcome::Unknown); // that was another operation
}
