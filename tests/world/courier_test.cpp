// SPDX-License-Identifier: GPL-3.0-or-later
// Weeks without a network: real registers, a real portal, and a stick between them.
#include "sync/courier/courier_out.h"
#include "sync/courier/stick_answers.h"
#include "sync/reference_portal/courier_station.h"
#include "tests/support/memory_stick.h"
#include "tests/support/world.h"
#include "tests/support/world_checks.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace std::chrono_literals;

namespace {

constexpr const char* kTemporary = "/tmp";

/// One counter's end of the courier.
struct Courier
{
    explicit Courier(WorldCounter& who, std::int64_t volumeBytes = 1'000'000)
        : queue(*who.store().connection, who.store().identity().install),
          desk(*who.store().connection, who.store().identity(), who.store().clock),
          portal(*who.store().portal),
          out(desk, portal, queue, who.store().clock, random, CourierOptions{"motcua 9.9", volumeBytes}),
          in(desk, portal)
    {}

    [[nodiscard]] ExportReport write(Stick& stick)
    {
        const auto report = out.write(stick, "Lan");
        INFO((report ? std::string() : report.error().detail));
        REQUIRE(report);
        return *report;
    }
    [[nodiscard]] StickAnswers read(MemoryStick& stick)
    {
        const auto answers = readAnswers(in, stick, stick.names(), kTemporary);
        INFO((answers ? std::string() : answers.error().detail));
        REQUIRE(answers);
        return *answers;
    }
    [[nodiscard]] static int nextSeed()
    {
        static int seed = 0;
        return ++seed;
    }

    SeededRandom random{static_cast<std::uint64_t>(nextSeed())};
    Queue queue;
    CourierDesk desk;
    PortalDesk& portal;
    CourierOut out;
    CourierIn in;
};

/// Scans of a counter: those that can be read, and one that cannot.
class ThreeScans final : public CourierFiles
{
public:
    ThreeScans() : m_bytes{std::string(2'500'000, 'a'), "b", std::string(70'000, 'c')} {}

    [[nodiscard]] BundleFile file(std::size_t which) const
    {
        const auto& bytes = m_bytes[which];
        return {toHex(sha256(bytes)), static_cast<std::int64_t>(bytes.size()), false};
    }
    Result<std::vector<BundleFile>> wanted(const std::vector<Position>&) override
    {
        return std::vector{file(0), file(1), file(2)};
    }
    Result<std::unique_ptr<BundleSource>> open(const BundleFile& wanted) override
    {
        if (wanted.sha256 == file(1).sha256) {
            return fail(ErrorKind::Damaged, "unreadable");
        }
        const auto& bytes = wanted.sha256 == file(0).sha256 ? m_bytes[0] : m_bytes[2];
        return std::unique_ptr<BundleSource>(std::make_unique<TextSource>(bytes));
    }
    Result<bool> noteHeld(const BundleFile& file, const std::string&) override
    {
        held.push_back(file.sha256);
        return true;
    }

    std::vector<std::string> held;

private:
    std::vector<std::string> m_bytes;
};

std::int64_t countOf(WorldCounter& counter, std::string_view sql)
{
    auto query = counter.store().connection->prepare(sql);
    REQUIRE(query);
    REQUIRE(query->step());
    return query->integer(0);
}
std::int64_t facts(WorldCounter& counter)
{
    return countOf(counter, "SELECT (SELECT count(*) FROM receipt) + (SELECT count(*) FROM pulled) + "
                            "(SELECT count(*) FROM journal) + (SELECT count(*) FROM bundle_answer)");
}

/// Enrolled and greeted once, then cut off for two weeks in which this many dossiers come in.
struct CutOff
{
    explicit CutOff(std::uint64_t seed, int dossiers = 5, int counters = 1) : world(seed, counters)
    {
        world.runFor(5min);
        for (std::size_t i = 0; i < world.size(); ++i) {
            world.counter(i).network().isDown = true;
        }
        for (int i = 0; i < dossiers; ++i) {
            codes.push_back(world.counter().receive());
            world.runFor(24h * 14 / dossiers);
        }
    }
    World world;
    std::vector<std::string> codes;
};

} // namespace

TEST_CASE("two weeks without a network, a stick there and a stick back: everything is acknowledged")
{
    CutOff story(101);
    auto& counter = story.world.counter();
    REQUIRE(counter.desk().move(story.codes.front(), Status::Processing, ""));
    MemoryStick stick;
    MemoryStick answers;
    Courier courier(counter);

    const auto written = courier.write(stick);
    CHECK(written.operations == 6);
    CHECK(counter.waiting() == 6); // no state changed by it
    CHECK(countOf(counter, "SELECT count(*) FROM exported") == 6);

    const auto station = atStation(story.world, stick, answers);
    REQUIRE(station.size() == 1);
    CHECK(station.front().results.at("applied") == 6);
    CHECK(story.world.portal().dossiers().size() == 5);

    const auto read = courier.read(answers);
    CHECK(read.volumes == 1);
    CHECK(read.sum.acknowledged == 6);
    CHECK(read.sum.isWhole);
    CHECK(read.sum.missing.empty());
    CHECK(counter.waiting() == 0);
    CHECK(countOf(counter, "SELECT count(*) FROM operation WHERE state = 'confirmed'") == 6);
    CHECK(counter.store().findings().empty());
    allIsWell(story.world);
}

TEST_CASE("the same stick three times changes nothing more, on either side")
{
    CutOff story(102);
    auto& counter = story.world.counter();
    MemoryStick stick;
    MemoryStick answers;
    Courier courier(counter);
    static_cast<void>(courier.write(stick));
    static_cast<void>(atStation(story.world, stick, answers));
    static_cast<void>(courier.read(answers));
    const auto before = facts(counter);

    for (int i = 0; i < 3; ++i) {
        const auto again = courier.read(answers);
        CHECK(again.repeated == 1);
        CHECK(again.sum.acknowledged == 0);
        CHECK(facts(counter) == before);
        MemoryStick others;
        CHECK(atStation(story.world, stick, others).front().results.at("replayed") == 5);
        CHECK(courier.read(others).sum.acknowledged == 0);
        CHECK(story.world.portal().dossiers().size() == 5);
    }
    allIsWell(story.world);
}

TEST_CASE("the network comes back before the stick arrives, and neither is in the other's way")
{
    CutOff story(103);
    auto& counter = story.world.counter();
    MemoryStick stick;
    MemoryStick answers;
    Courier courier(counter);
    static_cast<void>(courier.write(stick));
    counter.network().isDown = false;
    story.world.runFor(1h);
    CHECK(counter.waiting() == 0);
    const auto before = facts(counter);

    CHECK(atStation(story.world, stick, answers).front().results.at("replayed") == 5);
    const auto read = courier.read(answers);

    CHECK(read.sum.acknowledged == 0);
    CHECK(facts(counter) == before + 1); // that the answer was read
    CHECK(story.world.portal().dossiers().size() == 5);
    allIsWell(story.world);
}

TEST_CASE("the stick arrives, and the network comes back before the answer: the portal is asked, nothing is "
          "sent again")
{
    CutOff story(104);
    auto& counter = story.world.counter();
    MemoryStick stick;
    MemoryStick answers;
    static_cast<void>(Courier(counter).write(stick));
    static_cast<void>(atStation(story.world, stick, answers));
    counter.kill();
    counter.start(); // what went onto a stick may have arrived: the next start asks
    const auto attempts = countOf(counter, "SELECT count(*) FROM attempt");
    counter.network().isDown = false;
    story.world.runFor(1h);

    CHECK(counter.waiting() == 0);
    CHECK(countOf(counter, "SELECT count(*) FROM attempt") == attempts);
    CHECK(Courier(counter).read(answers).sum.acknowledged == 0);
    allIsWell(story.world);
}

TEST_CASE("a queue in several volumes: what is missing is said, and may come later in any order")
{
    CutOff story(105, 12);
    auto& counter = story.world.counter();
    for (const auto& code : story.codes) {
        REQUIRE(counter.desk().move(code, Status::Processing, ""));
    }
    MemoryStick stick;
    MemoryStick first;
    MemoryStick second;
    Courier courier(counter, 6'000);
    const auto written = courier.write(stick);
    REQUIRE(written.volumes.size() >= 3);
    CHECK(written.operations == 24);
    const std::string kept = written.volumes[1].file;

    std::vector<std::string> some;
    for (const auto& volume : written.volumes) {
        if (volume.file != kept) {
            some.push_back(volume.file);
        }
    }
    const auto partly = atStation(story.world, stick, first, some, 6'000);
    CHECK(partly.front().missing == std::vector<std::int64_t>{2});
    CHECK(first.files.size() > 1);
    const auto read = courier.read(first);
    CHECK(read.sum.missing == std::vector<std::int64_t>{2});
    CHECK(counter.waiting() > 0);

    static_cast<void>(atStation(story.world, stick, second));
    const auto all = courier.read(second);
    CHECK(all.sum.missing.empty());
    CHECK(counter.waiting() == 0);
    allIsWell(story.world);
}

TEST_CASE("two answers on one stick: the later one does not hide what the earlier one lacks")
{
    CutOff story(120, 12);
    auto& counter = story.world.counter();
    Courier courier(counter, 6'000);
    MemoryStick stick;
    MemoryStick answers;
    const auto first = courier.write(stick);
    REQUIRE(first.volumes.size() >= 3);
    std::vector<std::string> some;
    for (const auto& volume : first.volumes) {
        if (volume.file != first.volumes[1].file) {
            some.push_back(volume.file);
        }
    }
    static_cast<void>(atStation(story.world, stick, answers, some));
    story.world.runFor(24h);
    counter.receive();
    MemoryStick later;
    static_cast<void>(courier.write(later));
    static_cast<void>(atStation(story.world, later, answers));
    REQUIRE(answers.files.size() == 2);

    const auto read = courier.read(answers);

    REQUIRE(read.writings.size() == 2);
    CHECK(read.writings[0].missing == std::vector<std::int64_t>{2});
    CHECK(read.writings[1].missing.empty());
    CHECK(*read.writings[0].at + 24h <= *read.writings[1].at);
    CHECK(read.sum.missing == std::vector<std::int64_t>{2});
    CHECK_FALSE(read.isComplete());
    CHECK(counter.waiting() == 0);
    allIsWell(story.world);
}

TEST_CASE("a volume that is there twice is taken once")
{
    CutOff story(106);
    MemoryStick stick;
    MemoryStick answers;
    static_cast<void>(Courier(story.world.counter()).write(stick));
    stick.files["copy of it.hop"] = stick.files.begin()->second;

    const auto reports = atStation(story.world, stick, answers);

    REQUIRE(reports.size() == 2);
    REQUIRE(reports.front().volumes.size() == 1);
    CHECK(reports.front().volumes.front().refusal->kind == ErrorKind::Duplicate);
    CHECK(reports.back().results.at("applied") == 5);
}

TEST_CASE("a stick that fails while it is written leaves no bundle and changes nothing")
{
    CutOff story(107);
    auto& counter = story.world.counter();
    Courier courier(counter);
    const auto attempt = [&](const std::function<void(MemoryStick&)>& spoil, ErrorKind kind,
                             const CourierProgress& progress = {}) {
        MemoryStick stick;
        spoil(stick);
        const auto report = courier.out.write(stick, "Lan", progress);
        REQUIRE_FALSE(report);
        CHECK(report.error().kind == kind);
        CHECK(stick.files.empty());
        CHECK(countOf(counter, "SELECT count(*) FROM exported") == 0);
        CHECK(counter.waiting() == 5);
    };

    attempt([](MemoryStick& stick) { stick.capacity = 900; }, ErrorKind::Storage);
    attempt([](MemoryStick& stick) { stick.isReadOnly = true; }, ErrorKind::Storage);
    attempt([](MemoryStick& stick) { stick.pulledAfter = 500; }, ErrorKind::Storage);
    attempt([](MemoryStick& stick) { stick.honest = 600; }, ErrorKind::Damaged);
    attempt([](MemoryStick&) {}, ErrorKind::Refused, [](CourierStage, double) { return false; });
    attempt([](MemoryStick&) {}, ErrorKind::Refused,
            [](CourierStage stage, double) { return stage != CourierStage::Proving; });

    MemoryStick good;
    CHECK(courier.write(good).operations == 5);
}

TEST_CASE("a set that breaks off says which volumes stand finished on the stick")
{
    CutOff story(121, 12);
    auto& counter = story.world.counter();
    Courier courier(counter, 6'000);
    MemoryStick stick;
    int volumes = 0;
    const auto report = courier.out.write(stick, "Lan", [&](CourierStage stage, double share) {
        volumes += stage == CourierStage::Proving && share > 0.5 ? 1 : 0;
        return volumes == 0; // somebody presses Stop after more than half
    });

    REQUIRE(report);
    REQUIRE(report->brokenOff);
    CHECK(report->brokenOff->detail == kStopped);
    CHECK(report->volumes.size() >= 1);
    CHECK(stick.files.size() == report->volumes.size());
    CHECK(countOf(counter, "SELECT count(*) FROM exported") == report->operations);
    MemoryStick answers;
    static_cast<void>(
        atStation(story.world, stick, answers)); // what stands there is taken, and the rest told
    CHECK_FALSE(courier.read(answers).sum.missing.empty());
    allIsWell(story.world);
}

TEST_CASE("another counter's answer, another city's bundle and a forged one change nothing")
{
    CutOff story(108, 3, 2);
    auto& first = story.world.counter(0);
    auto& second = story.world.counter(1);
    second.receive();
    MemoryStick stick;
    MemoryStick answers;
    Courier one(first);
    Courier two(second);
    static_cast<void>(one.write(stick));
    static_cast<void>(atStation(story.world, stick, answers));
    static_cast<void>(two.write(stick)); // so that it has a key to open answers with
    const auto before = facts(second);

    const auto read = two.read(answers);
    const auto own = two.read(stick);
    auto broken = answers;
    broken.files.begin()->second[400] ^= 1;
    const auto damaged = one.read(broken);

    CHECK(read.volumes == 0);
    CHECK(read.others == 1);
    CHECK(own.volumes == 0);
    CHECK(facts(second) == before);
    CHECK(damaged.volumes == 0);
    REQUIRE(damaged.refused.size() == 1);
    CHECK(damaged.refused.front().error.kind == ErrorKind::Damaged);
    CHECK(first.waiting() == 3);
}

TEST_CASE("the station takes nothing from a counter that was shut out, or that nobody knows")
{
    CutOff story(109);
    auto& counter = story.world.counter();
    MemoryStick stick;
    MemoryStick answers;
    static_cast<void>(Courier(counter).write(stick));
    stick.files["rubbish.hop"] = "MCHOP\x01\r\n and so on";
    stick.files["text.hop"] = "no bundle";
    REQUIRE(story.world.portal().keys().revoke(counter.store().identity().install));

    const auto reports = atStation(story.world, stick, answers);

    REQUIRE(reports.size() == 1);
    CHECK(reports.front().set.empty());
    CHECK(reports.front().volumes.size() == 3);
    CHECK(answers.files.empty());
    CHECK(story.world.portal().dossiers().empty());
}

TEST_CASE("scans travel behind their operations, and what is unreadable here holds up nothing")
{
    CutOff story(117, 2);
    auto& counter = story.world.counter();
    const auto unit = counter.store().identity().unit;
    auto& office = story.world.portal().office();
    ThreeScans scans;
    {
        auto work = office.dossiers().begin(unit);
        REQUIRE(work);
        REQUIRE(office.dossiers().nameBlob(unit, {scans.file(0).sha256, scans.file(0).size}));
        REQUIRE(work->commit());
    }
    Courier courier(counter);
    CourierOut out(courier.desk, courier.portal, courier.queue, counter.store().clock, courier.random,
                   CourierOptions{"motcua 9.9", 1'000'000}, &scans);
    CourierIn in(courier.desk, courier.portal, &scans);
    MemoryStick stick;
    MemoryStick answers;

    const auto written = out.write(stick, "Lan");
    REQUIRE(written);
    CHECK(written->volumes.size() > 1); // one that alone is larger than a volume still travels
    CHECK(written->files == 2);
    CHECK(written->filesMissing == 1);
    CHECK(atStation(story.world, stick, answers).front().files == 1); // nobody named the other
    const auto read = readAnswers(in, answers, answers.names(), kTemporary);

    REQUIRE(read);
    CHECK(read->sum.filesHeld == 1);
    CHECK(scans.held == std::vector{scans.file(0).sha256});
    CHECK(counter.waiting() == 0);
    CHECK(office.blobs().held(unit, scans.file(0).sha256)->isComplete);
}

TEST_CASE("a stick for the answer that cannot be written is found out before anything is judged")
{
    CutOff story(116, 2);
    MemoryStick stick;
    MemoryStick answers;
    answers.isReadOnly = true;
    static_cast<void>(Courier(story.world.counter()).write(stick));
    portal::CourierStation station(story.world.portal().office(), story.world.portal().clock, kTemporary);

    const auto reports = station.take(stick, stick.names(), answers);

    REQUIRE_FALSE(reports);
    CHECK(reports.error().kind == ErrorKind::Storage);
    CHECK(story.world.portal().dossiers().empty());
}

TEST_CASE("the city's decisions come back by stick, and a conflict is merged as over the network")
{
    World world(110);
    auto& counter = world.counter();
    const auto code = counter.receive();
    world.runFor(1h);
    REQUIRE(counter.waiting() == 0);
    counter.network().isDown = true;
    const auto uid = world.portal().dossiers().front().uid;
    REQUIRE(world.portal().city().set(uid, {{"/note", Json("thành phố ghi")}}));
    REQUIRE(counter.desk().move(code, Status::Processing, ""));
    MemoryStick stick;
    MemoryStick answers;
    Courier courier(counter);
    static_cast<void>(courier.write(stick));
    CHECK(atStation(world, stick, answers).front().results.at("conflict") == 1);

    const auto read = courier.read(answers);
    CHECK(read.sum.conflicts == 1);
    CHECK(read.sum.merged == 1);
    MemoryStick next;
    MemoryStick back;
    static_cast<void>(courier.write(next));
    CHECK(atStation(world, next, back).front().results.at("applied") == 1);
    CHECK(courier.read(back).sum.acknowledged == 1);

    CHECK(counter.waiting() == 0);
    CHECK(counter.dossiers().front().status == Status::Processing);
    allIsWell(world);
}

TEST_CASE("the portal's key was changed while the counter was away: the answer still counts, and brings the "
          "new key")
{
    CutOff story(111);
    auto& counter = story.world.counter();
    MemoryStick stick;
    MemoryStick answers;
    Courier courier(counter);
    static_cast<void>(courier.write(stick));
    REQUIRE(story.world.portal().keys().rotateKey());
    static_cast<void>(atStation(story.world, stick, answers));

    const auto read = courier.read(answers);

    CHECK(read.sum.acknowledged == 5);
    CHECK(read.sum.unproven == 0);
    CHECK(counter.waiting() == 0);
    allIsWell(story.world);
}

TEST_CASE(
    "the portal was restored while the counter was away: its answer counts, and the network finds the rest")
{
    CutOff story(112);
    auto& counter = story.world.counter();
    const auto backup = story.world.portal().copyDisk();
    const auto epochBefore = *story.world.portal().keys().epoch();
    MemoryStick stick;
    MemoryStick answers;
    Courier courier(counter);
    static_cast<void>(courier.write(stick));
    story.world.portal().restore(backup);
    static_cast<void>(atStation(story.world, stick, answers));

    CHECK(courier.read(answers).sum.acknowledged == 5);
    CHECK(counter.waiting() == 0);
    CHECK(*courier.desk.epochHeard(epochBefore) == *story.world.portal().keys().epoch());
    MemoryStick next;
    MemoryStick back;
    static_cast<void>(courier.write(next));
    static_cast<void>(atStation(story.world, next, back));
    CHECK(courier.read(back).volumes == 1);
    allIsWell(story.world);
}

TEST_CASE("an answer from before the portal was restored takes nothing back")
{
    CutOff story(113);
    auto& counter = story.world.counter();
    const auto backup = story.world.portal().copyDisk();
    MemoryStick stick;
    MemoryStick answers;
    Courier courier(counter);
    static_cast<void>(courier.write(stick));
    static_cast<void>(atStation(story.world, stick, answers));
    story.world.portal().restore(backup);
    counter.network().isDown = false;
    story.world.runFor(1h);
    const auto before = facts(counter);

    const auto late = courier.read(answers);

    CHECK(late.volumes == 0);
    REQUIRE(late.refused.size() == 1);
    CHECK(late.refused.front().error.kind == ErrorKind::Refused);
    CHECK(facts(counter) == before);
    allIsWell(story.world);
}

TEST_CASE("what waits for a person stays here, and a stick without operations asks for news")
{
    CutOff story(114, 1);
    auto& counter = story.world.counter();
    MemoryStick stick;
    MemoryStick answers;
    Courier courier(counter);
    static_cast<void>(courier.write(stick));
    static_cast<void>(atStation(story.world, stick, answers));
    static_cast<void>(courier.read(answers));
    const auto uid = story.world.portal().dossiers().front().uid;
    REQUIRE(story.world.portal().city().set(uid, {{"/note", Json("tin mới")}}));
    MemoryStick asking;
    MemoryStick news;

    CHECK(courier.write(asking).operations == 0);
    static_cast<void>(atStation(story.world, asking, news));
    const auto read = courier.read(news);

    CHECK(read.sum.pulled == 1);
    CHECK(counter.desk().dossiers().byCode(story.codes.front())->dossier["note"] == "tin mới");
    allIsWell(story.world);
}

TEST_CASE("a counter that never met a portal has nobody to seal for")
{
    CutOff story(115, 1);
    auto& counter = story.world.counter();
    auto erase = counter.store().connection->prepare("DELETE FROM setting WHERE key = 'portal_url'");
    REQUIRE(erase);
    REQUIRE(erase->run());
    MemoryStick stick;

    const auto report = Courier(counter).out.write(stick, "Lan");

    REQUIRE_FALSE(report);
    CHECK(report.error().kind == ErrorKind::Unsupported);
    CHECK(stick.files.empty());
}
