// SPDX-License-Identifier: GPL-3.0-or-later
// Sticks at the city, over each store: judged as a push, answered with proof, harmless when they come again.
#include "sync/bundle/bundle_keys.h"
#include "sync/bundle/bundle_reader.h"
#include "sync/bundle/bundle_writer.h"
#include "sync/bundle/letters.h"
#include "sync/protocol/answers.h"
#include "sync/reference_portal/courier_station.h"
#include "tests/portal/portal_world.h"
#include "tests/support/memory_stick.h"

#include <fstream>

using namespace motcua;
using namespace motcua::test;

namespace {

/// A counter's end: its stick, and what it reads from the answer.
class StickCounter : public TestCounter
{
public:
    StickCounter(PortalWorld& world, char letter, const std::string& unit = "H26.131")
        : TestCounter(world, letter, unit), m_world(world), m_pair(pairOf(letter))
    {}

    [[nodiscard]] MemoryStick written(const std::vector<Operation>& operations, const std::string& file = {})
    {
        OperationsLetter letter;
        letter.hello = {install, epoch, seq, toHex64(seq), {}, {}, "test 1.0"};
        letter.answerKey = m_pair.publicKey;
        letter.operations = static_cast<std::int64_t>(operations.size());
        letter.files = file.empty() ? 0 : 1;
        BundleHeader header;
        header.unit = enrolment.unit;
        header.install = install;
        header.set = toHex(sha256(install + std::to_string(++m_sets))).substr(0, 32);
        header.from = 1;
        header.to = seq;
        header.at = m_world.clock.now();
        header.portalEpoch = enrolment.portalEpoch;
        header.letter = toJson(letter);
        MemoryStick stick;
        const auto recipient = sealKeyOf(enrolment.keys.front());
        const auto signer = deviceSigner(enrolment.token);
        auto created = stick.create(bundleFileName(header));
        REQUIRE(recipient);
        REQUIRE(signer);
        REQUIRE(created);
        BundleWriter writer(**created, *recipient);
        REQUIRE(writer.begin(header));
        for (const Operation& operation : operations) {
            REQUIRE(writer.add(RecordKind::Operation, composeLine(operation)));
        }
        if (!file.empty()) {
            const BundleFile named{toHex(sha256(file)), static_cast<std::int64_t>(file.size()), false};
            REQUIRE(writer.add(RecordKind::File, fileText(named)));
            REQUIRE(writer.add(RecordKind::FileBytes, file));
        }
        REQUIRE(writer.finish(*signer, true));
        REQUIRE((*created)->place());
        return stick;
    }

    /// The results on an answer's stick, each with its proof checked; and how many changes came with them.
    [[nodiscard]] std::vector<std::string> heard(MemoryStick& answers,
                                                 const std::vector<Operation>& operations)
    {
        std::vector<std::string> outcomes;
        for (const std::string& name : answers.names()) {
            auto source = answers.open(name);
            REQUIRE(source);
            const auto keys = m_world.portal().keys().keys();
            REQUIRE(keys);
            const auto proven = proveBundle(
                **source, std::span(&m_pair, 1),
                [&keys](const BundleHeader&) { return Result<std::vector<PortalKey>>(*keys); },
                [&](const BundleRecord& record) {
                    if (record.kind == RecordKind::Results) {
                        take(record.bytes, operations, outcomes);
                    }
                    pages += record.kind == RecordKind::Page ? 1 : 0;
                    if (record.kind == RecordKind::Files) {
                        files = *readFilesText(record.bytes);
                    }
                    return Result<void>();
                });
            INFO((proven ? std::string() : proven.error().detail));
            REQUIRE(proven);
            CHECK(proven->header.kind == BundleKind::Answer);
        }
        return outcomes;
    }

    int pages = 0;
    std::vector<BundleFile> files; ///< what the answer says of them

private:
    [[nodiscard]] static SealPair pairOf(char letter)
    {
        auto pair = sealPairFromSeed(Secret(std::string(32, letter)));
        REQUIRE(pair);
        return std::move(*pair);
    }
    void take(const std::string& text, const std::vector<Operation>& operations,
              std::vector<std::string>& outcomes)
    {
        const auto json = parseJson(text);
        REQUIRE(json);
        const auto results = resultsFromJson(*json);
        REQUIRE(results);
        for (const OpResult& result : results->results) {
            const Operation& sent = operations.at(outcomes.size());
            CHECK(result.op == sent.op);
            checkReceipt(result, digestOf(composeLine(sent)), results->portalEpoch);
            outcomes.push_back(described(result));
        }
    }

    PortalWorld& m_world;
    SealPair m_pair;
    int m_sets = 0;
};

/// What the station says of the one set on a stick.
portal::StationReport atStation(PortalWorld& world, portal::Portal& portal, MemoryStick& stick,
                                MemoryStick& answers)
{
    portal::CourierStation station(portal, world.clock, world.store.folder.path());
    const auto reports = station.take(stick, stick.names(), answers);
    INFO((reports ? std::string() : reports.error().detail));
    REQUIRE(reports);
    REQUIRE(reports->size() == 1);
    return reports->front();
}

using Words = std::vector<std::string>;

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
