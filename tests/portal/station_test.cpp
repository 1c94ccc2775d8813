// SPDX-License-Identifier: GPL-3.0-or-later
// Sticks at the city, over each store: judged as a push, answered with proof, harmless when they come again.
#include "sync/reference_portal/admin.h"
#include "tests/portal/station_world.h"

#include <fstream>
#include <sstream>

using namespace motcua;
using namespace motcua::test;

namespace {

/// What the administrator's command prints of the bundles on a stick.
std::string toldAtImport(PortalWorld& world, const MemoryStick& stick)
{
    const TemporaryFolder from;
    const TemporaryFolder to;
    for (const auto& [name, bytes] : stick.files) {
        std::ofstream(from.path() + "/" + name, std::ios::binary) << bytes;
    }
    Words words = world.store.words();
    for (const std::string& word : Words{"courier", "import", from.path(), "--answer", to.path(), "--json"}) {
        words.push_back(word);
    }
    std::ostringstream out;
    std::ostringstream err;
    const int exit = portal::Admin(world.clock, world.random, out, err).run(words);
    INFO(err.str());
    CHECK(exit == portal::kExitDone);
    return out.str();
}

} // namespace

TEST_CASE("a stick is judged as a push, and may come again, also to another portal")
{
    PortalWorld world;
    StickCounter counter(world, 'a');
    const Operation first = counter.received(aUid(1), 1);
    const std::vector<Operation> operations{first, counter.changed(aUid(1), Json{{"/note", "x"}}, first.op),
                                            counter.moved(aUid(7), "processing")};
    MemoryStick stick = counter.written(operations);
    MemoryStick answers;
    const auto report = atStation(world, world.portal(), stick, answers);
    CHECK(report.install == counter.install);
    CHECK(counter.heard(answers, operations) == Words{"applied", "applied", "rejected not-found"});
    CHECK(counter.pages == 1);
    CHECK(counter.dossier(aUid(1))["note"] == "x");

    SystemRandom random;
    auto other = world.store.open(world.clock, random);
    REQUIRE(other);
    MemoryStick again;
    static_cast<void>(atStation(world, *other, stick, again));
    CHECK(counter.heard(again, operations) == Words{"replayed", "replayed", "rejected not-found"});
    CHECK(world.portal().dossiers().appliedCount("H26.131", counter.install) == 2);
}

TEST_CASE("conflicts over large dossiers have their answer, in as many records as they need")
{
    PortalWorld world;
    StickCounter other(world, 'a');
    Operation large = other.received(aUid(1), 1);
    large.body = aLargeDossier();
    large.body["code"] = other.code(1);
    REQUIRE(other.outcome(large) == "applied");
    StickCounter counter(world, 'b');
    std::vector<Operation> operations;
    for (int i = 0; i < 50; ++i) {
        operations.push_back(counter.changed(aUid(1), Json{{"/note", "x" + std::to_string(i)}}));
    }
    MemoryStick stick = counter.written(operations);
    MemoryStick answers;
    const auto report = atStation(world, world.portal(), stick, answers);
    CHECK_FALSE(report.volumes.front().refusal);
    const auto heard = counter.heard(answers, operations);
    REQUIRE(heard.size() == 50);
    CHECK(std::all_of(heard.begin(), heard.end(),
                      [](const std::string& each) { return each.rfind("conflict", 0) == 0; }));
}

TEST_CASE("stick and network race: one effect, whoever is first")
{
    PortalWorld world;
    StickCounter counter(world, 'a');
    const std::vector<Operation> operations{counter.received(aUid(1), 1), counter.received(aUid(2), 2)};
    MemoryStick stick = counter.written(operations);
    CHECK(counter.outcome(operations[1]) == "applied"); // the network was quicker with this one
    MemoryStick answers;
    static_cast<void>(atStation(world, world.portal(), stick, answers));
    CHECK(counter.heard(answers, operations) == Words{"applied", "replayed"});
    CHECK(counter.outcome(operations[0]) == "replayed");
    CHECK(world.portal().dossiers().appliedCount("H26.131", counter.install) == 2);
}

TEST_CASE("a file comes by stick into the store, once an operation names it")
{
    PortalWorld world;
    StickCounter counter(world, 'a');
    const std::string scan(300'000, 's');
    Operation received = counter.received(aUid(1), 1);
    received.body["components"][0]["files"][0]["sha256"] = toHex(sha256(scan));
    received.body["components"][0]["files"][0]["size"] = scan.size();
    MemoryStick stick = counter.written({received}, scan);
    MemoryStick answers;
    CHECK(atStation(world, world.portal(), stick, answers).files == 1);
    CHECK(world.portal().blobs().read("H26.131", toHex(sha256(scan)), 0, 300'000) == scan);
}

TEST_CASE("a file that has all its bytes but no name yet is told complete when it comes by stick")
{
    if (usesPostgres()) {
        return; // there the last byte and the look at the digest are one transaction
    }
    PortalWorld world;
    StickCounter counter(world, 'a');
    const std::string scan(300'000, 's');
    const std::string digest = toHex(sha256(scan));
    Operation received = counter.received(aUid(1), 1);
    received.body["components"][0]["files"][0]["sha256"] = digest;
    received.body["components"][0]["files"][0]["size"] = scan.size();
    const std::string part = world.store.folder.path() + "/blobs/H26.131/" + digest + ".part";
    std::filesystem::create_directories(std::filesystem::path(part).parent_path());
    std::ofstream(part, std::ios::binary) << scan; // and then the portal was killed
    MemoryStick stick = counter.written({received}, scan);
    MemoryStick answers;

    CHECK(atStation(world, world.portal(), stick, answers).files == 1);

    CHECK(counter.heard(answers, {received}) == Words{"applied"});
    REQUIRE(counter.files.size() == 1);
    CHECK(counter.files.front().isComplete);
    CHECK(world.portal().blobs().read("H26.131", digest, 0, 300'000) == scan);
}

TEST_CASE("the token was replaced while the stick was on its way: it is taken, but not for ever")
{
    PortalWorld world;
    StickCounter counter(world, 'a');
    const std::vector<Operation> operations{counter.received(aUid(1), 1)};
    MemoryStick stick = counter.written(operations);
    const auto replaceToken = [&] {
        REQUIRE(world.portal().keys().rotateToken(counter.install));
        const std::string next = counter.device().nextToken.value_or("");
        REQUIRE(next != counter.enrolment.token);
        REQUIRE(world.portal().authenticate(next));
        counter.enrolment.token = next; // used, so the old one is gone
    };
    replaceToken();
    MemoryStick answers;
    static_cast<void>(atStation(world, world.portal(), stick, answers));
    CHECK(counter.heard(answers, operations) == Words{"applied"});

    // Nor does it matter whether the portal has seen the new one already.
    REQUIRE(world.portal().keys().rotateToken(counter.install));
    const std::string known = counter.enrolment.token;
    counter.enrolment.token = counter.device().nextToken.value_or("");
    MemoryStick ahead = counter.written(operations);
    counter.enrolment.token = known;
    MemoryStick soon;
    static_cast<void>(atStation(world, world.portal(), ahead, soon));
    CHECK(counter.heard(soon, operations) == Words{"replayed"});

    replaceToken();
    MemoryStick late;
    const auto refused = atStation(world, world.portal(), stick, late);
    REQUIRE(refused.volumes.front().refusal);
    CHECK(late.files.empty());

    MemoryStick fresh = counter.written(operations); // what is waiting, written once more
    MemoryStick back;
    const auto taken = atStation(world, world.portal(), fresh, back);
    const auto& refusal = taken.volumes.front().refusal;
    INFO((refusal ? refusal->detail : std::string()));
    CHECK(counter.heard(back, operations) == Words{"replayed"});
}

TEST_CASE("a stick that is torn, another's or a revoked counter's changes nothing")
{
    PortalWorld world;
    StickCounter counter(world, 'a');
    MemoryStick stick = counter.written({counter.received(aUid(1), 1)});
    std::string& bytes = stick.files.begin()->second;
    SECTION("torn")
    {
        bytes.resize(bytes.size() - 1);
    }
    SECTION("one byte is another")
    {
        bytes[bytes.size() / 2] ^= 1;
    }
    SECTION("signed by somebody else")
    {
        const StickCounter thief(world, 'b');
        counter.enrolment.token = thief.enrolment.token;
        stick = counter.written({counter.received(aUid(1), 1)});
    }
    SECTION("revoked")
    {
        REQUIRE(world.portal().keys().revoke(counter.install));
    }
    MemoryStick answers;
    CHECK(atStation(world, world.portal(), stick, answers).volumes.front().refusal);
    CHECK(answers.files.empty());
    CHECK(world.portal().dossiers().appliedCount("H26.131", counter.install) == 0);
}

TEST_CASE("a stick that was signed with what is revoked stays refused when its counter is enrolled again")
{
    PortalWorld world;
    StickCounter counter(world, 'a');
    const std::vector<Operation> operations{counter.received(aUid(1), 1)};
    SECTION("with the token of then") {}
    SECTION("with the next one of then")
    {
        REQUIRE(world.portal().keys().rotateToken(counter.install));
        counter.enrolment.token = counter.device().nextToken.value_or("");
    }
    MemoryStick stick = counter.written(operations);
    REQUIRE(world.portal().keys().revoke(counter.install));
    const auto code = world.portal().keys().newEnrolmentCode("H26.131");
    REQUIRE(code);
    const auto reply = world.portal().enrol({*code, counter.install, "Quầy", {}, "test 1.0"});
    REQUIRE(reply);
    REQUIRE(*reply);
    counter.enrolment = **reply;

    MemoryStick answers;
    CHECK(atStation(world, world.portal(), stick, answers).volumes.front().refusal);
    CHECK(answers.files.empty());

    MemoryStick fresh = counter.written(operations);
    static_cast<void>(atStation(world, world.portal(), fresh, answers));
    CHECK(counter.heard(answers, operations) == Words{"applied"});
}

TEST_CASE("what the station refuses while it judges is told with its reason")
{
    PortalWorld world;
    StickCounter counter(world, 'a');
    Operation first = counter.received(aUid(1), 1);
    CHECK(counter.outcome(first) == "applied");
    first.chain = std::string(64, '1'); // a copied disk has gone on by itself
    const Operation second = counter.received(aUid(2), 2);
    MemoryStick stick = counter.volume(1, 2, {first, second});
    stick.files.merge(counter.volume(2, 2, {counter.received(aUid(3), 3)}).files);
    REQUIRE(stick.files.size() == 2);

    const auto told = parseJson(toldAtImport(world, stick));

    REQUIRE(told);
    const Json refused = (*told)["refused"];
    REQUIRE(refused.size() == 1);
    CHECK(refused[0]["file"] == stick.files.begin()->first);
    CHECK(refused[0]["reason"].get<std::string>().find("chain-fork") != std::string::npos);
    const Json volumes = (*told)["sets"][0]["volumes"];
    REQUIRE(volumes.size() == 2);
    CHECK(volumes[0]["judged"] == true);
    CHECK(volumes[0]["reason"] == refused[0]["reason"]);
    CHECK(volumes[1]["judged"] == false);
    CHECK_FALSE(volumes[1].contains("reason"));
    CHECK(world.portal().dossiers().appliedCount("H26.131", counter.install) == 1);
}

TEST_CASE("one file that the stick does not give back keeps nothing else of it from being judged")
{
    PortalWorld world;
    StickCounter first(world, 'a');
    StickCounter second(world, 'b');
    const std::vector<Operation> operations{second.received(aUid(2), 2)};
    MemoryStick stick = first.written({first.received(aUid(1), 1)});
    stick.worn = stick.files.begin()->first;
    stick.files.merge(second.written(operations).files);
    MemoryStick answers;
    portal::CourierStation station(world.portal(), world.clock, world.store.folder.path());

    const auto reports = station.take(stick, stick.names(), answers);

    INFO((reports ? std::string() : reports.error().detail));
    REQUIRE(reports);
    REQUIRE(reports->size() == 2);
    REQUIRE(reports->front().volumes.size() == 1);
    CHECK(reports->front().volumes.front().file == stick.worn);
    CHECK(reports->front().volumes.front().refusal->kind == ErrorKind::Damaged);
    CHECK(second.heard(answers, operations) == Words{"applied"});
    CHECK(world.portal().dossiers().appliedCount("H26.131", first.install) == 0);
}
