// SPDX-License-Identifier: GPL-3.0-or-later
// Several portals before one database, at one moment: the constraints decide, whoever was second reads again.
#include "tests/portal/portal_world.h"
#include "tests/portal/raw_session.h"

#include <atomic>
#include <deque>
#include <functional>
#include <set>
#include <thread>

using namespace motcua;
using namespace motcua::test;

namespace {

/// Portals with a connection and a thread each. Nothing is checked in the threads: Catch is for one.
class Portals
{
public:
    Portals(PortalWorld& world, std::size_t count)
    {
        for (std::size_t i = 0; i < count; ++i) {
            auto opened = world.store.open(world.clock, m_randoms.emplace_back());
            REQUIRE(opened);
            m_portals.push_back(std::make_unique<portal::Portal>(std::move(*opened)));
        }
    }
    /// All at once: each thread begins when all are there.
    void act(const std::function<void(portal::Portal&, std::size_t)>& act)
    {
        std::atomic<std::size_t> ready = 0;
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < m_portals.size(); ++i) {
            threads.emplace_back([&, i] {
                ++ready;
                while (ready < m_portals.size()) {
                    std::this_thread::yield();
                }
                act(*m_portals[i], i);
            });
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
    }
    portal::Portal& operator[](std::size_t i) { return *m_portals[i]; }

private:
    std::deque<SystemRandom> m_randoms;
    std::vector<std::unique_ptr<portal::Portal>> m_portals;
};

std::string bodyOf(const std::vector<Operation>& operations)
{
    std::string body;
    for (const Operation& each : operations) {
        body += composeLine(each) + "\n";
    }
    return body;
}

/// "applied", "conflict uid-taken" …; one word a line of the batch.
std::vector<std::string> outcomesOf(const Result<portal::Reply<Results>>& reply)
{
    if (!reply || !*reply) {
        return {reply ? "problem" : "error: " + reply.error().detail};
    }
    std::vector<std::string> outcomes;
    for (const OpResult& result : (*reply)->results) {
        outcomes.push_back(TestCounter::described(result));
    }
    return outcomes;
}

std::vector<std::string> outcomesOf(portal::Portal& portal, const portal::Device& device,
                                    const std::vector<Operation>& operations)
{
    return outcomesOf(portal.push(device, bodyOf(operations)));
}

} // namespace

TEST_CASE("four portals are given the same operations: one applies each, all prove the same")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    Portals portals(world, 4);
    for (int round = 0; round < 6; ++round) {
        std::vector<Operation> batch;
        for (int i = 1; i <= 5; ++i) {
            batch.push_back(counter.received(aUid(round * 10 + i), round * 10 + i));
        }
        const auto device = counter.device();
        std::vector<Result<portal::Reply<Results>>> replies(4, fail(ErrorKind::Network, "none"));
        portals.act(
            [&](portal::Portal& portal, std::size_t i) { replies[i] = portal.push(device, bodyOf(batch)); });
        for (std::size_t line = 0; line < batch.size(); ++line) {
            int applied = 0;
            for (const auto& reply : replies) {
                REQUIRE(reply);
                REQUIRE(*reply);
                const OpResult& result = (*reply)->results.at(line);
                applied += result.result == Outcome::Applied ? 1 : 0;
                CHECK((result.result == Outcome::Applied || result.result == Outcome::Replayed));
                CHECK(result.receipt == (*replies[0])->results.at(line).receipt);
            }
            CHECK(applied == 1);
        }
    }
    CHECK(world.portal().dossiers().appliedCount("H26.131", counter.install) == 30);
}

TEST_CASE("two units are given one uid at one moment: one has it, the other hears of it")
{
    PortalWorld world;
    TestCounter here(world, 'a');
    TestCounter there(world, 'b', "H26.132");
    Portals portals(world, 2);
    for (int round = 1; round <= 20; ++round) {
        // In opposite order, so that they also stand in each other's way (a deadlock of two transactions).
        const std::vector<Operation> ours{here.received(aUid(round * 2), round * 2),
                                          here.received(aUid(round * 2 + 1), round * 2 + 1)};
        const std::vector<Operation> theirs{there.received(aUid(round * 2 + 1), round * 2),
                                            there.received(aUid(round * 2), round * 2 + 1)};
        const portal::Device devices[2] = {here.device(), there.device()};
        std::vector<std::string> outcomes[2];
        portals.act([&](portal::Portal& portal, std::size_t i) {
            outcomes[i] = outcomesOf(portal, devices[i], i == 0 ? ours : theirs);
        });
        REQUIRE(outcomes[0].size() == 2);
        REQUIRE(outcomes[1].size() == 2);
        for (std::size_t i = 0; i < 2; ++i) {
            const std::string mine = outcomes[0][i];
            const std::string its = outcomes[1][1 - i];
            INFO(mine << ", " << its);
            CHECK((mine == "applied" ? its == "conflict uid-taken"
                                     : mine == "conflict uid-taken" && its == "applied"));
        }
    }
}

TEST_CASE("two counters change one dossier at one moment: one is applied, the other is a conflict")
{
    PortalWorld world;
    TestCounter one(world, 'a');
    TestCounter two(world, 'b');
    Portals portals(world, 2);
    CHECK(one.push(one.received(aUid(1), 1)).result == Outcome::Applied);
    for (int round = 0; round < 20; ++round) {
        const Rev base = one.revOf(aUid(1));
        const Operation first =
            one.changed(aUid(1), Json{{"/note", "một " + std::to_string(round)}}, {}, base);
        const Operation second =
            two.changed(aUid(1), Json{{"/note", "hai " + std::to_string(round)}}, {}, base);
        const portal::Device devices[2] = {one.device(), two.device()};
        std::vector<std::string> outcomes[2];
        portals.act([&](portal::Portal& portal, std::size_t i) {
            outcomes[i] = outcomesOf(portal, devices[i], {i == 0 ? first : second});
        });
        const std::multiset<std::string> both{outcomes[0].at(0), outcomes[1].at(0)};
        CHECK(both == std::multiset<std::string>{"applied", "conflict rev-mismatch"});
    }
}

TEST_CASE("one enrolment code at many portals is good for one counter")
{
    PortalWorld world;
    Portals portals(world, 6);
    const auto code = world.portal().keys().newEnrolmentCode("H26.131");
    REQUIRE(code);
    std::vector<std::string> answers(6);
    portals.act([&](portal::Portal& portal, std::size_t i) {
        const auto reply =
            portal.enrol({*code, std::string(32, static_cast<char>('a' + i)), "Quầy", {}, "test 1.0"});
        answers[i] = !reply   ? reply.error().detail
                     : *reply ? "enrolled"
                              : std::string(problemName(reply->error().type));
    });
    CHECK(std::count(answers.begin(), answers.end(), "enrolled") == 1);
    CHECK(std::count(answers.begin(), answers.end(), "code-used") == 5);
}

TEST_CASE("ten counters at ten portals have ten slots, and there is no eleventh")
{
    PortalWorld world;
    Portals portals(world, 11);
    std::vector<std::string> codes;
    for (int i = 0; i < 11; ++i) {
        codes.push_back(*world.portal().keys().newEnrolmentCode("H26.131"));
    }
    std::vector<std::int64_t> slots(11, -1);
    portals.act([&](portal::Portal& portal, std::size_t i) {
        const auto reply =
            portal.enrol({codes[i], std::string(31, '0') + "0123456789a"[i], "Quầy", {}, "test 1.0"});
        slots[i] = reply && *reply ? (*reply)->slot : -1;
    });
    std::sort(slots.begin(), slots.end());
    CHECK(slots == std::vector<std::int64_t>{-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
}

TEST_CASE("portals that start at one moment in an empty database make one of everything")
{
    const TestStore store;
    SystemClock clock;
    std::deque<SystemRandom> randoms(5);
    std::vector<std::thread> threads;
    std::vector<std::string> epochs(5);
    RawSession raw(store.database());
    raw.run("DROP SCHEMA IF EXISTS motcua_dossiers CASCADE");
    raw.run("DROP SCHEMA IF EXISTS motcua_keys CASCADE");
    for (std::size_t i = 0; i < 5; ++i) {
        threads.emplace_back([&, i] {
            auto opened = portal::Portal::connect(store.database(), clock, randoms[i]);
            epochs[i] = opened ? opened->keys().epoch().value_or("no epoch") : opened.error().detail;
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    for (const std::string& epoch : epochs) {
        CHECK(epoch == epochs[0]);
        CHECK(epoch.size() == 16);
    }
    CHECK(raw.run("SELECT count(*) FROM motcua_keys.signing_key") == "1");
}

TEST_CASE("somebody writes between our look and our write: the constraint holds, and we look again")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    REQUIRE(counter.push(counter.received(aUid(1), 1)).result == Outcome::Applied);
    RawSession raw(world.store.database());
    Portals portals(world, 1);
    const auto device = counter.device();
    const Operation operation = counter.received(aUid(2), 2);
    std::string wanted;
    raw.run("BEGIN");

    SECTION("the code")
    {
        raw.run("INSERT INTO dossier (unit, uid, code, seq) VALUES ('H26.131', 'raw', '" + counter.code(2) +
                "', 1000)");
        wanted = "conflict number-taken";
    }
    SECTION("the uid, in another unit")
    {
        raw.run("INSERT INTO dossier_unit (uid, unit) VALUES ('" + aUid(2).text() + "', 'H26.132')");
        raw.run("INSERT INTO dossier (unit, uid, code, seq) VALUES ('H26.132', '" + aUid(2).text() +
                "', 'H26.132-261121-1001', 1)");
        raw.run(
            "INSERT INTO revision (unit, seq, uid, previous_seq, rev, changed_by, only_official_code, gone, "
            "changed_at, dossier) VALUES ('H26.132', 1, '" +
            aUid(2).text() + "', 0, repeat('a', 32), '\"raw\"', false, false, 0, '{}')");
        wanted = "conflict uid-taken";
    }
    SECTION("the operation, with other bytes")
    {
        raw.run("INSERT INTO op (unit, install, epoch, seq, digest, chain, is_cancelling, bytes) VALUES "
                "('H26.131', '" +
                counter.install + "', 1, 2, repeat('0', 64), '" + operation.chain + "', false, 'x')");
        wanted = "mismatch";
    }
    SECTION("the number in the unit's order")
    {
        raw.run(
            "INSERT INTO revision (unit, seq, uid, previous_seq, rev, changed_by, only_official_code, gone, "
            "changed_at, dossier) VALUES ('H26.131', 2, 'raw', 0, repeat('b', 32), '\"raw\"', false, false, "
            "0, "
            "'{}')");
        raw.run("UPDATE unit_order SET last_seq = 2 WHERE unit = 'H26.131'");
        wanted = "applied"; // with the next one
    }
    std::vector<std::string> outcomes;
    std::thread pushing([&] { outcomes = outcomesOf(portals[0], device, {operation}); });
    raw.awaitSomebodyWaiting();
    raw.run("COMMIT");
    pushing.join();
    CHECK(outcomes == std::vector<std::string>{wanted});
}

TEST_CASE("what was rolled back after we waited for it has never been")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    RawSession raw(world.store.database());
    Portals portals(world, 1);
    raw.run("BEGIN");
    raw.run("INSERT INTO dossier (unit, uid, code, seq) VALUES ('H26.131', 'raw', '" + counter.code(1) +
            "', 1000)");
    std::vector<std::string> outcomes;
    const auto device = counter.device();
    const Operation operation = counter.received(aUid(1), 1);
    std::thread pushing([&] { outcomes = outcomesOf(portals[0], device, {operation}); });
    raw.awaitSomebodyWaiting();
    raw.run("ROLLBACK");
    pushing.join();
    CHECK(outcomes == std::vector<std::string>{"applied"});
}

TEST_CASE("an official code that somebody else has just given is not given twice")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    REQUIRE(counter.push(counter.received(aUid(1), 1)).result == Outcome::Applied);
    RawSession raw(world.store.database());
    raw.run("BEGIN");
    raw.run("INSERT INTO official_code (code, unit, uid) VALUES ('G-1', 'H26.132', 'raw')");
    Result<Rev> given = fail(ErrorKind::Network, "none");
    std::thread giving([&] { given = world.city().giveOfficialCode(aUid(1), "G-1"); });
    raw.awaitSomebodyWaiting();
    raw.run("COMMIT");
    giving.join();
    REQUIRE_FALSE(given);
    CHECK(given.error().kind == ErrorKind::Duplicate);
    CHECK_FALSE((*world.portal().dossiers().findDossier(aUid(1)))->officialCode);
    CHECK(world.city().giveOfficialCode(aUid(1), "G-2"));
}

TEST_CASE("one piece of a file at two portals is taken once")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    REQUIRE(counter.push(counter.received(aUid(1), 1)).result == Outcome::Applied);
    const std::string bytes(12345, 'x');
    const std::string sha256 = toHex(motcua::sha256(bytes));
    RawSession(world.store.database())
        .run("INSERT INTO blob (unit, sha256, size) VALUES ('H26.131', '" + sha256 + "', 12345)");
    Portals portals(world, 4);
    for (const std::size_t offset : {std::size_t{0}, std::size_t{6000}}) {
        std::vector<std::string> taken(4);
        portals.act([&](portal::Portal& portal, std::size_t i) {
            const auto piece = std::string_view(bytes).substr(offset, offset == 0 ? 6000 : 6345);
            const auto result =
                portal.blobs().append("H26.131", sha256, static_cast<std::int64_t>(offset), piece, 12345);
            using Taken = portal::BlobStore::Taken;
            taken[i] = !result                         ? result.error().detail
                       : *result == Taken::WrongOffset ? "wrong-offset"
                       : *result == Taken::Discarded   ? "discarded"
                                                       : "taken";
        });
        CHECK(std::count(taken.begin(), taken.end(), "taken") == 1);
        CHECK(std::count(taken.begin(), taken.end(), "wrong-offset") == 3);
    }
    CHECK(world.portal().blobs().read("H26.131", sha256, 0, 12345) == bytes);
}
