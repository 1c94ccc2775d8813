// SPDX-License-Identifier: GPL-3.0-or-later
// contracts/portal-api.yaml: enrolment, hello, "Epochs", tokens and revocation.
#include "tests/portal/portal_world.h"

#include <limits>

using namespace motcua;
using namespace motcua::test;
using std::chrono::hours;

namespace {

std::string newCode(PortalWorld& world, const char* unit = "H26.131")
{
    const auto code = world.portal().keys().newEnrolmentCode(unit);
    REQUIRE(code);
    return *code;
}

portal::Reply<Enrolment> enrol(PortalWorld& world, const std::string& code, char letter,
                               std::optional<std::int64_t> slot = {})
{
    const auto reply = world.portal().enrol({code, std::string(32, letter), "Quầy", slot, "test 1.0"});
    REQUIRE(reply);
    return *reply;
}

ProblemType problemOfEnrolling(PortalWorld& world, const std::string& code, char letter,
                               std::optional<std::int64_t> slot = {})
{
    const auto reply = enrol(world, code, letter, slot);
    return reply ? ProblemType::Busy : reply.error().type;
}

portal::Reply<Hello> hello(PortalWorld& world, TestCounter& counter, std::int64_t lastSeq,
                           const std::string& chainHead = std::string(64, '0'))
{
    const auto reply = world.portal().hello(
        counter.device(), {counter.install, counter.epoch, lastSeq, chainHead, {}, {}, "test 1.0"});
    REQUIRE(reply);
    return *reply;
}

} // namespace

TEST_CASE("an enrolment code is good for one counter, and answers the same again within 24 hours")
{
    PortalWorld world;
    const std::string code = newCode(world);
    const auto first = enrol(world, code, 'a');
    REQUIRE(first);
    CHECK(first->unit == "H26.131");
    CHECK(first->unitName == "UBND xã Phúc Thọ");
    CHECK(first->portalEpoch == world.epoch());
    CHECK(first->keys.size() == 1);

    world.restart();
    world.clock.advance(hours{24} - Millis{1});
    const auto again = enrol(world, code, 'a', 9); // the wish of a repetition does not count
    REQUIRE(again);
    CHECK(dumpJson(toJson(*again)) == dumpJson(toJson(*first)));
    CHECK(problemOfEnrolling(world, code, 'b') == ProblemType::CodeUsed);
    world.clock.advance(Millis{1});
    CHECK(problemOfEnrolling(world, code, 'a') == ProblemType::CodeUsed);
}

TEST_CASE("codes that are none, old, or typed otherwise")
{
    PortalWorld world;
    CHECK(problemOfEnrolling(world, "0000-0000-0000", 'a') == ProblemType::UnknownCode);
    std::string code = newCode(world);
    CHECK(code.size() == 14);
    std::transform(code.begin(), code.end(), code.begin(),
                   [](char c) { return static_cast<char>(std::tolower(c)); });
    code.erase(std::remove(code.begin(), code.end(), '-'), code.end());
    CHECK(enrol(world, code, 'a'));
    const std::string old = newCode(world);
    world.clock.advance(hours{24 * 7});
    CHECK(problemOfEnrolling(world, old, 'b') == ProblemType::ExpiredCode);
    CHECK_FALSE(world.portal().keys().newEnrolmentCode("H26.999"));
}

TEST_CASE("a slot belongs to one counter of a unit")
{
    PortalWorld world;
    const auto first = enrol(world, newCode(world), 'a', 3);
    REQUIRE(first);
    CHECK(first->slot == 3);
    const std::string code = newCode(world);
    CHECK(problemOfEnrolling(world, code, 'b', 3) == ProblemType::SlotUsed);
    const auto other = enrol(world, code, 'b', 4); // the refusal did not use the code up
    REQUIRE(other);
    CHECK(other->slot == 4);
    CHECK(enrol(world, newCode(world, "H26.132"), 'c', 3)); // another unit's slots are its own

    for (char letter = '0'; letter <= '7'; ++letter) {
        REQUIRE(enrol(world, newCode(world), letter)); // the portal chooses
    }
    CHECK(problemOfEnrolling(world, newCode(world), 'd') == ProblemType::SlotUsed);
    const auto again = enrol(world, newCode(world), 'a');
    REQUIRE(again);
    CHECK(again->slot == 3); // its own
    CHECK(again->token != first->token);
}

TEST_CASE("hello says what is stored of this epoch and what is held over all epochs")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    CHECK(hello(world, counter, 0)->lastSeq == 0);
    CHECK(hello(world, counter, 0)->held == 0);

    const Operation received = counter.received(aUid(1), 1);
    const Operation bad = counter.moved(aUid(1), "returned", received.op);
    counter.seq = 9;
    const Operation blocked = counter.changed(aUid(1), Json{{"/note", "x"}}, counter.name(70));
    CHECK(counter.push({received, bad, blocked}).size() == 3);
    CHECK(hello(world, counter, 10, blocked.chain)->lastSeq == 10); // applied or not; gaps are normal
    CHECK(hello(world, counter, 10, blocked.chain)->held == 1);

    counter.epoch = 2;
    counter.seq = 0;
    CHECK(counter.outcome(counter.cancelled(aUid(1), counter.name(50))) == "applied");
    const auto answer = hello(world, counter, 1, TestCounter::toHex64(1));
    REQUIRE(answer);
    CHECK(answer->lastSeq == 1);
    CHECK(answer->held == 2);
    CHECK(answer->now == world.clock.now());
}

TEST_CASE("a counter that claims to be far ahead hears that nothing is stored there")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    CHECK(counter.outcome(counter.received(aUid(1), 1)) == "applied");
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    for (const std::int64_t seq : {std::int64_t{1'000'000'000'000'000'000}, kMost}) {
        const auto answer = hello(world, counter, seq, std::string(64, '1')); // no fork with nothing
        REQUIRE(answer);
        CHECK(answer->lastSeq == 1);
        CHECK(answer->held == 1);
    }
    counter.epoch = kMost;
    const auto answer = hello(world, counter, kMost);
    REQUIRE(answer);
    CHECK(answer->lastSeq == 0);
}

TEST_CASE("hello of another install than the token's is refused")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    TestCounter other(world, 'b');
    const auto reply =
        world.portal().hello(counter.device(), {other.install, 1, 0, std::string(64, '0'), {}, {}, "t"});
    REQUIRE(reply);
    REQUIRE_FALSE(*reply);
    CHECK(reply->error().type == ProblemType::BadRequest);
}

TEST_CASE("another chain at the same place of the journal is a fork, and nothing is judged")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    const Operation received = counter.received(aUid(1), 1);
    CHECK(counter.outcome(received) == "applied");

    SECTION("in hello")
    {
        CHECK(hello(world, counter, 1, received.chain));
        const auto fork = hello(world, counter, 1, std::string(64, '1'));
        REQUIRE_FALSE(fork);
        CHECK(fork.error().type == ProblemType::ChainFork);
        CHECK(hello(world, counter, 2, std::string(64, '1'))); // nothing is stored there
    }
    SECTION("in a line")
    {
        Operation other = received;
        other.chain = std::string(64, '1');
        const Operation innocent = counter.received(aUid(2), 2);
        const auto reply = counter.pushLines(composeLine(innocent) + "\n" + composeLine(other));
        REQUIRE_FALSE(reply);
        CHECK(reply.error().type == ProblemType::ChainFork);
        CHECK(counter.status(innocent).result == Outcome::Unknown);
    }
    SECTION("under a name that was withdrawn as another dossier's")
    {
        CHECK(counter.outcome(counter.cancelled(aUid(2), counter.name(50))) == "applied");
        Operation other = counter.received(aUid(3), 3);
        other.op = counter.name(50);
        const Operation innocent = counter.received(aUid(4), 4);
        const auto reply = counter.pushLines(composeLine(innocent) + "\n" + composeLine(other));
        REQUIRE_FALSE(reply);
        CHECK(reply.error().type == ProblemType::ChainFork);
        CHECK(counter.status(innocent).result == Outcome::Unknown);
    }
    SECTION("other bytes with the same chain are a mismatch")
    {
        Operation other = received;
        other.official = "hoa";
        CHECK(counter.outcome(other) == "mismatch");
    }
}

TEST_CASE("after a restore the epoch changes, and what was applied is proven anew")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    const Operation received = counter.received(aUid(1), 1);
    const Operation bad = counter.moved(aUid(1), "returned", received.op);
    const OpResult before = counter.push(received);
    const Receipt old = counter.lastReceipt;
    CHECK(counter.outcome(bad) == "rejected illegal-move");
    const std::string epoch = world.epoch();

    REQUIRE(world.portal().keys().newEpoch());
    world.clock.advance(hours{1});

    CHECK(world.epoch() != epoch);
    CHECK(hello(world, counter, 0)->portalEpoch == world.epoch());
    const OpResult after = counter.push(received); // checks the receipt against the new epoch
    CHECK(after.result == Outcome::Replayed);
    CHECK(after.receipt != before.receipt);
    CHECK(counter.lastReceipt.rev == old.rev);
    CHECK(counter.lastReceipt.seq == old.seq);
    CHECK(counter.status(bad).result == Outcome::Rejected);
    CHECK(counter.push(received).receipt == after.receipt);
}

TEST_CASE("operations sent again into a restored portal give the same revisions")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    const Operation received = counter.received(aUid(1), 1);
    const Operation second = counter.changed(aUid(1), Json{{"/note", "x"}}, received.op);
    CHECK(counter.push({received, second}).back().result == Outcome::Applied);
    const Rev rev = counter.revOf(aUid(1));
    const std::string token = counter.enrolment.token;

    // The restore brings back an empty store; enrolments and keys stand beside it and are not touched.
    world.loseDossiers();
    REQUIRE(world.portal().keys().newEpoch());

    CHECK(hello(world, counter, 0)->held == 0); // fewer than the counter has receipts for
    CHECK(counter.status(received).result == Outcome::Unknown);
    CHECK(counter.push({received, second}).back().result == Outcome::Applied);
    CHECK(counter.revOf(aUid(1)) == rev);
}

TEST_CASE("a revoked device is told so in hello")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    REQUIRE(world.portal().keys().revoke(counter.install));
    CHECK(counter.device().revoked);
    const auto answer = hello(world, counter, 0);
    REQUIRE(answer);
    CHECK(answer->revoked);
    CHECK_FALSE(world.portal().keys().revoke(std::string(32, 'f')));
}

TEST_CASE("enrolling again after a revocation makes no token good that was given out before")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    const std::string revoked = counter.enrolment.token;
    REQUIRE(world.portal().keys().rotateToken(counter.install));
    const std::string next = counter.device().nextToken.value_or("");
    REQUIRE_FALSE(next.empty());
    REQUIRE(world.portal().keys().revoke(counter.install));

    const auto again = enrol(world, newCode(world), 'a');

    REQUIRE(again);
    CHECK(again->token != next);
    CHECK_FALSE(world.portal().authenticate(revoked)->has_value());
    CHECK_FALSE(world.portal().authenticate(next)->has_value());
    CHECK(world.portal().authenticate(again->token)->has_value());
}

TEST_CASE("a new token comes with hello, and the old one works until the new one was first used")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    CHECK_FALSE(hello(world, counter, 0)->token);
    REQUIRE(world.portal().keys().rotateToken(counter.install));
    const auto token = hello(world, counter, 0)->token;
    REQUIRE(token);
    CHECK(hello(world, counter, 0)->token == token); // the answer may have been lost

    const std::string old = counter.enrolment.token;
    CHECK(world.portal().authenticate(old)->has_value());
    CHECK(world.portal().authenticate(*token)->has_value());
    CHECK_FALSE(world.portal().authenticate(old)->has_value());
    CHECK(world.portal().authenticate(*token)->has_value());
    CHECK_FALSE(world.portal().authenticate("")->has_value());
    CHECK_FALSE(world.portal().authenticate("x")->has_value());
}

TEST_CASE("retired keys stay listed and still prove what they signed")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    const Operation received = counter.received(aUid(1), 1);
    CHECK(counter.outcome(received) == "applied");
    world.clock.advance(hours{1});
    REQUIRE(world.portal().keys().rotateKey());

    const auto keys = hello(world, counter, 0)->keys;
    CHECK(keys.size() == 2);
    CHECK(keys[0].notAfter.has_value() != keys[1].notAfter.has_value());
    CHECK(counter.outcome(received) == "replayed");                    // by the old key
    CHECK(counter.outcome(counter.received(aUid(2), 2)) == "applied"); // by the new one
}

TEST_CASE("what an old key signed by a clock that was ahead is good for ever; the new key signs at once")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    const Operation received = counter.received(aUid(1), 1);
    CHECK(counter.outcome(received) == "applied");
    world.clock.setWall(world.clock.now() - std::chrono::seconds{1}); // the administrator's is behind

    REQUIRE(world.portal().keys().rotateKey());

    CHECK(counter.outcome(received) == "replayed"); // the receipt of then, and it verifies
    const OpResult second = counter.push(counter.received(aUid(2), 2));
    const auto signature = verifyJws(second.receipt, *world.portal().keys().keys());
    REQUIRE(signature);
    CHECK_FALSE(signature->key.notAfter);
}

TEST_CASE("the lowest version accepted is said in hello")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    REQUIRE(world.portal().keys().setSetting("min-app", "1.1"));
    REQUIRE(world.portal().keys().setSetting("spread", "900"));
    CHECK(hello(world, counter, 0)->minApp == "1.1");
    CHECK(hello(world, counter, 0)->spreadSeconds == 900);
    CHECK_FALSE(*world.portal().acceptsApp("test 1.0"));
    CHECK(*world.portal().acceptsApp("test 1.1.0"));
}
