// SPDX-License-Identifier: GPL-3.0-or-later
// What belongs to PostgreSQL alone: its schema, its going and coming, its backups.
#include "sync/reference_portal/pg_connection.h"
#include "tests/portal/portal_world.h"
#include "tests/portal/raw_session.h"

using namespace motcua;
using namespace motcua::test;

namespace {

Hello greeted(PortalWorld& world, TestCounter& counter)
{
    const auto reply = world.portal().hello(
        counter.device(), {counter.install, 1, 0, std::string(64, '0'), {}, {}, "test 1.0"});
    REQUIRE(reply);
    REQUIRE(*reply);
    return **reply;
}

} // namespace

TEST_CASE("a schema of a newer portal is left alone")
{
    const TestStore store;
    SystemClock clock;
    SystemRandom random;
    REQUIRE(store.open(clock, random));
    const char* schema = GENERATE("motcua_dossiers", "motcua_keys");
    RawSession raw(store.database());
    raw.run(std::string("INSERT INTO ") + schema + ".schema_version (version) VALUES (99)");
    const auto opened = store.open(clock, random);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().kind == ErrorKind::Newer);
    CHECK(opened.error().detail.find("99") != std::string::npos);
    raw.run(std::string("DELETE FROM ") + schema + ".schema_version WHERE version = 99");
}

TEST_CASE("a role that may not make tables is enough once they are there")
{
    PortalWorld world;
    RawSession raw(world.store.database());
    const std::string name = raw.run("SELECT current_database()");
    raw.run("DROP ROLE IF EXISTS clerk");
    raw.run("CREATE ROLE clerk LOGIN");
    raw.run("GRANT USAGE ON SCHEMA motcua_dossiers, motcua_keys TO clerk");
    raw.run(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA motcua_dossiers, motcua_keys TO clerk");
    std::string url = world.store.database();
    url.replace(url.find("user=motcua"), 11, "user=clerk");
    TestCounter counter(world, 'a');
    {
        SystemClock clock;
        SystemRandom random;
        auto portal = portal::Portal::connect(url, clock, random);
        REQUIRE(portal);
        const auto reply = portal->push(counter.device(), composeLine(counter.received(aUid(1), 1)));
        REQUIRE(reply);
        REQUIRE(*reply);
        CHECK((*reply)->results.front().result == Outcome::Applied);
    }
    raw.run("DROP OWNED BY clerk");
    raw.run("DROP ROLE clerk");
}

TEST_CASE("what cannot be reached is said, and nothing was done")
{
    SystemClock clock;
    SystemRandom random;
    const auto opened = portal::Portal::connect("postgresql:///x?host=/nowhere", clock, random);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().kind == ErrorKind::Locked);
}

TEST_CASE("a commit is on the disk even where the database is set to be quick")
{
    const TestStore store;
    RawSession raw(store.database());
    raw.run("ALTER DATABASE " + raw.run("SELECT current_database()") + " SET synchronous_commit = off");
    const auto connection = portal::PgConnection::open(store.database());
    REQUIRE(connection);
    const auto setting = (*connection)->run("SHOW synchronous_commit");
    REQUIRE(setting);
    CHECK(setting->text(0, 0) == "on");
    raw.run("ALTER DATABASE " + raw.run("SELECT current_database()") + " RESET synchronous_commit");
}

TEST_CASE("texts with a zero byte come back as they went")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    const std::string strange("a\0b \xE1\xBA\xA1", 7);
    Operation received = counter.received(aUid(1), 1);
    received.official = strange;
    received.body["note"] = strange;
    CHECK(counter.push(received).result == Outcome::Applied);
    CHECK(counter.dossier(aUid(1))["note"] == strange);
    const auto page = world.portal().changes(counter.device(), {});
    REQUIRE(page);
    REQUIRE(*page);
    CHECK(at(at(*parseJson((*page)->json), "changes")[0], "by") == strange);

    const auto code = world.portal().keys().newEnrolmentCode("H26.131");
    const auto enrolled =
        world.portal().enrol({*code, std::string(32, 'e'), strange, {}, std::string("app\0 1.0", 8)});
    REQUIRE(enrolled);
    REQUIRE(*enrolled);
    const auto device = world.portal().authenticate((*enrolled)->token);
    REQUIRE(device);
    CHECK((*device)->name == strange);
    CHECK((*device)->app == std::string("app\0 1.0", 8));
}

TEST_CASE(
    "the database ends in the middle and comes again: what was acknowledged is there, the rest can be sent")
{
    PostgresServer server(PostgresServer::Durability::None);
    const std::string url = server.newDatabase();
    SystemClock clock;
    SystemRandom random;
    auto portal = portal::Portal::connect(url, clock, random);
    REQUIRE(portal);
    REQUIRE(portal->keys().addUnit({"H26.131", "UBND xã Phúc Thọ"}));
    const auto code = portal->keys().newEnrolmentCode("H26.131");
    const auto enrolled = portal->enrol({*code, std::string(32, 'a'), "Quầy", {}, "test 1.0"});
    REQUIRE(enrolled);
    REQUIRE(*enrolled);
    const auto device = portal->authenticate((*enrolled)->token);
    REQUIRE(device);
    REQUIRE(*device);
    const Instant at = clock.now();
    const auto push = [&](int number) {
        Operation operation;
        operation.op = makeOpId({std::string(32, 'a'), 1, number});
        operation.uid = aUid(number);
        operation.at = at;
        operation.official = "lan";
        operation.chain = TestCounter::toHex64(number);
        operation.body = aDossier();
        operation.body["code"] =
            "H26.131-261121-" + std::to_string((*enrolled)->slot) + std::to_string(1000 + number).substr(1);
        return portal->push(**device, composeLine(operation));
    };
    const auto first = push(1);
    REQUIRE(first);
    CHECK(TestCounter::described((**first).results.front()) == "applied");

    server.kill();
    const auto without = push(2);
    REQUIRE_FALSE(without);
    INFO(without.error().detail);
    CHECK(without.error().kind == ErrorKind::Locked); // busy: nothing was done
    CHECK(push(2).error().kind == ErrorKind::Locked);
    CHECK(portal->authenticate((*enrolled)->token).error().kind == ErrorKind::Locked);

    server.start();
    const auto again = push(1);
    REQUIRE(again);
    CHECK((**again).results.front().result == Outcome::Replayed);
    const auto after = push(2);
    REQUIRE(after);
    CHECK((**after).results.front().result == Outcome::Applied);
}

TEST_CASE("a connection that is lost in the middle of a batch leaves nothing of it")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    SystemRandom random;
    auto portal = world.store.open(world.clock, random);
    REQUIRE(portal);
    RawSession raw(world.store.database());
    {
        auto work = portal->dossiers().begin("H26.131");
        REQUIRE(work);
        raw.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND "
            "state = 'idle in transaction'");
        CHECK(portal->dossiers().findOp(makeOpId({counter.install, 1, 1})).error().kind == ErrorKind::Locked);
        CHECK(portal->dossiers().findOp(makeOpId({counter.install, 1, 1})).error().kind == ErrorKind::Locked);
    }
    const auto reply = portal->push(counter.device(), composeLine(counter.received(aUid(1), 1)));
    REQUIRE(reply);
    REQUIRE(*reply);
    CHECK((*reply)->results.front().result == Outcome::Applied);
}

TEST_CASE("a commit whose answer is lost leaves open whether it happened")
{
    PortalWorld world;
    SystemRandom random;
    auto portal = world.store.open(world.clock, random);
    REQUIRE(portal);
    auto work = portal->dossiers().begin("H26.131");
    REQUIRE(work);
    RawSession raw(world.store.database());
    raw.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND "
            "state = 'idle in transaction'");
    const auto done = work->commit();
    REQUIRE_FALSE(done);
    CHECK(done.error().kind == ErrorKind::Storage);
}

TEST_CASE("a portal that stopped in the middle of its work holds the others up for seconds, not for ever")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    RawSession raw(world.store.database());
    raw.run("INSERT INTO unit_order (unit, last_seq) VALUES ('H26.131', 0)");
    raw.run("BEGIN");
    raw.run("SELECT * FROM unit_order WHERE unit = 'H26.131' FOR UPDATE");
    PostgresServer::execute(world.store.database(), "ALTER ROLE motcua SET lock_timeout = '100ms'");
    SystemRandom random;
    auto impatient = world.store.open(world.clock, random);
    PostgresServer::execute(world.store.database(), "ALTER ROLE motcua RESET lock_timeout");
    REQUIRE(impatient);
    const std::string body = composeLine(counter.received(aUid(1), 1));
    const auto reply = impatient->push(counter.device(), body);
    REQUIRE_FALSE(reply);
    CHECK(reply.error().kind == ErrorKind::Locked);
    raw.run("ROLLBACK");
    CHECK(impatient->push(counter.device(), body));
}

TEST_CASE("the dossiers go back to a backup with PostgreSQL's own programs, keys and enrolments stay")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    const Operation first = counter.received(aUid(1), 1);
    CHECK(counter.push(first).result == Outcome::Applied);
    const auto& server = PostgresServer::the();
    const std::string dump = (server.folder() / "backup").string();
    server.run({server.program("pg_dump"), "--format=custom", "--schema=motcua_dossiers", "--file=" + dump,
                "--dbname=" + world.store.database()});

    TestCounter later(world, 'b'); // enrolled after the backup
    const Operation second = counter.changed(aUid(1), Json{{"/note", "x"}}, first.op);
    CHECK(counter.push(second).result == Outcome::Applied);
    CHECK(later.push(later.received(aUid(2), 2)).result == Outcome::Applied);
    const Rev rev = counter.revOf(aUid(1));
    CHECK(greeted(world, counter).held == 2);

    RawSession(world.store.database()).run("DROP SCHEMA motcua_dossiers CASCADE");
    server.run({server.program("pg_restore"), "--dbname=" + world.store.database(), dump});
    world.restart();
    REQUIRE(world.portal().keys().newEpoch()); // the last step of a restore

    CHECK(greeted(world, counter).held == 1); // fewer than it has receipts for
    CHECK(counter.status(second).result == Outcome::Unknown);
    CHECK(counter.push(first).result == Outcome::Replayed);
    CHECK(counter.push(second).result == Outcome::Applied);
    CHECK(counter.revOf(aUid(1)) == rev);
    CHECK(greeted(world, later).held == 0);
}
