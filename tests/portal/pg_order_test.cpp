// SPDX-License-Identifier: GPL-3.0-or-later
// Whoever pulls never misses a change that was committed after a later one: portals that write and a counter
// that pulls, at one time.
#include "sync/protocol/answers.h"
#include "tests/portal/portal_world.h"
#include "tests/portal/raw_session.h"

#include <atomic>
#include <deque>
#include <set>
#include <thread>

using namespace motcua;
using namespace motcua::test;

namespace {

/// Pulls page by page, as a counter does, and keeps what it got.
class Puller
{
public:
    Puller(portal::Portal& portal, portal::Device device) : m_portal(portal), m_device(std::move(device)) {}

    void pull()
    {
        const auto reply = m_portal.changes(m_device, {m_cursor, 7});
        const auto json =
            reply && *reply ? parseJson((*reply)->json) : Result<Json>(fail(ErrorKind::Network, ""));
        if (!json) {
            wrong = "a page did not come";
            return;
        }
        for (const Json& change : at(*json, "changes")) {
            const auto seq = at(change, "seq").get<std::int64_t>();
            if (!seqs.empty() && seq <= *seqs.rbegin()) {
                wrong = "seq " + std::to_string(seq) + " came after " + std::to_string(*seqs.rbegin());
            }
            seqs.insert(seq);
        }
        m_cursor = stringAt(*json, "cursor");
    }

    std::set<std::int64_t> seqs;
    std::string wrong;

private:
    portal::Portal& m_portal;
    portal::Device m_device;
    std::optional<std::string> m_cursor;
};

} // namespace

TEST_CASE("many write, one pulls, and nothing is skipped")
{
    constexpr std::size_t kWriters = 4;
    constexpr int kBatches = 25;
    PortalWorld world;
    std::deque<TestCounter> counters;
    std::deque<SystemRandom> randoms(kWriters + 1);
    std::vector<portal::Portal> portals;
    std::vector<portal::Device> devices;
    std::vector<std::vector<std::string>> bodies(kWriters);
    for (std::size_t i = 0; i <= kWriters; ++i) {
        portals.push_back(std::move(*world.store.open(world.clock, randoms[i])));
    }
    for (std::size_t i = 0; i < kWriters; ++i) {
        TestCounter& counter = counters.emplace_back(world, static_cast<char>('a' + i));
        devices.push_back(counter.device());
        for (int batch = 0; batch < kBatches; ++batch) {
            // Batches of different length take differently long between number and commit.
            std::string body;
            for (int k = 0; k <= batch % 4; ++k) {
                const int number = batch * 4 + k + 1;
                body +=
                    composeLine(counter.received(aUid(static_cast<int>(i) * 1000 + number), number)) + "\n";
            }
            bodies[i].push_back(body);
        }
    }
    std::atomic<std::size_t> writing = kWriters;
    std::atomic<int> failures = 0;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < kWriters; ++i) {
        threads.emplace_back([&, i] {
            for (const std::string& body : bodies[i]) {
                const auto reply = portals[i].push(devices[i], body);
                failures += reply && *reply ? 0 : 1;
            }
            --writing;
        });
    }
    Puller puller(portals[kWriters], devices[0]);
    while (writing > 0) {
        puller.pull();
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    const auto count = std::stoul(RawSession(world.store.database()).run("SELECT count(*) FROM revision"));
    for (int i = 0; puller.seqs.size() < count && i < 100; ++i) {
        puller.pull();
    }
    CHECK(failures == 0);
    CHECK(puller.wrong.empty());
    CHECK(puller.seqs.size() == count);
    CHECK(count == kWriters * 61);
}

TEST_CASE("a lower number that commits later does not exist: the second waits for the first")
{
    PortalWorld world;
    TestCounter counter(world, 'a');
    TestCounter elsewhere(world, 'b', "H26.132");
    SystemRandom random;
    auto slow = world.store.open(world.clock, random);
    auto fast = world.store.open(world.clock, random);
    REQUIRE(slow);
    REQUIRE(fast);
    Puller puller(world.portal(), counter.device());
    puller.pull();

    const Json dossier = counter.received(aUid(1), 1).body;
    portal::NewRevision revision;
    revision.uid = aUid(1);
    revision.unit = "H26.131";
    revision.rev = Rev(std::string(32, 'a'));
    revision.by = "thành phố";
    revision.dossier = &dossier;
    auto work = slow->dossiers().begin("H26.131");
    REQUIRE(work);
    const auto seq = slow->dossiers().nextSeq();
    REQUIRE(seq);
    REQUIRE(slow->dossiers().addRevision(*seq, revision));

    const auto device = counter.device();
    const std::string body = composeLine(counter.received(aUid(2), 2));
    bool isApplied = false;
    std::thread second([&] {
        const auto reply = fast->push(device, body);
        isApplied = reply && *reply && (*reply)->results.front().result == Outcome::Applied;
    });
    RawSession raw(world.store.database());
    raw.awaitSomebodyWaiting();
    // Another unit does not wait for this one.
    CHECK(elsewhere.push(elsewhere.received(aUid(3), 3)).result == Outcome::Applied);
    puller.pull();
    CHECK(puller.seqs.empty());
    REQUIRE(work->commit());
    second.join();
    CHECK(isApplied);
    puller.pull();
    CHECK(puller.seqs == std::set<std::int64_t>{*seq, *seq + 1});
    CHECK(puller.wrong.empty());
}
