// SPDX-License-Identifier: GPL-3.0-or-later
// Weeks without a network: real registers, a real portal, and a stick between them.
#include "tests/world/courier_story.h"

using namespace motcua;
using namespace std::chrono_literals;

TEST_CASE("two weeks without a network, a stick there and a stick back: everything is acknowledged")
{
    CutOffWorld story(101);
    auto& counter = story.world.counter();
    REQUIRE(counter.desk().move(story.codes.front(), Status::Processing, ""));
    MemoryStick stick;
    MemoryStick answers;
    CourierEnd courier(counter);

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
    CutOffWorld story(102);
    auto& counter = story.world.counter();
    MemoryStick stick;
    MemoryStick answers;
    CourierEnd courier(counter);
    static_cast<void>(courier.write(stick));
    static_cast<void>(atStation(story.world, stick, answers));
    static_cast<void>(courier.read(answers));
    const auto before = courierFacts(counter);

    for (int i = 0; i < 3; ++i) {
        const auto again = courier.read(answers);
        CHECK(again.repeated == 1);
        CHECK(again.sum.acknowledged == 0);
        CHECK(courierFacts(counter) == before);
        MemoryStick others;
        CHECK(atStation(story.world, stick, others).front().results.at("replayed") == 5);
        CHECK(courier.read(others).sum.acknowledged == 0);
        CHECK(story.world.portal().dossiers().size() == 5);
    }
    allIsWell(story.world);
}

TEST_CASE("the network comes back before the stick arrives, and neither is in the other's way")
{
    CutOffWorld story(103);
    auto& counter = story.world.counter();
    MemoryStick stick;
    MemoryStick answers;
    CourierEnd courier(counter);
    static_cast<void>(courier.write(stick));
    counter.network().isDown = false;
    story.world.runFor(1h);
    CHECK(counter.waiting() == 0);
    const auto before = courierFacts(counter);

    CHECK(atStation(story.world, stick, answers).front().results.at("replayed") == 5);
    const auto read = courier.read(answers);

    CHECK(read.sum.acknowledged == 0);
    CHECK(courierFacts(counter) == before + 1); // that the answer was read
    CHECK(story.world.portal().dossiers().size() == 5);
    allIsWell(story.world);
}

TEST_CASE("the stick arrives, and the network comes back before the answer: the portal is asked, nothing is "
          "sent again")
{
    CutOffWorld story(104);
    auto& counter = story.world.counter();
    MemoryStick stick;
    MemoryStick answers;
    static_cast<void>(CourierEnd(counter).write(stick));
    static_cast<void>(atStation(story.world, stick, answers));
    counter.kill();
    counter.start(); // what went onto a stick may have arrived: the next start asks
    const auto attempts = countOf(counter, "SELECT count(*) FROM attempt");
    counter.network().isDown = false;
    story.world.runFor(1h);

    CHECK(counter.waiting() == 0);
    CHECK(countOf(counter, "SELECT count(*) FROM attempt") == attempts);
    CHECK(CourierEnd(counter).read(answers).sum.acknowledged == 0);
    allIsWell(story.world);
}

TEST_CASE("scans travel behind their operations, and what is unreadable here holds up nothing")
{
    CutOffWorld story(117, 2);
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
    CourierEnd courier(counter);
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
    const auto read = readAnswers(in, answers, answers.names(), kCourierTemporary);

    REQUIRE(read);
    CHECK(read->sum.filesHeld == 1);
    CHECK(scans.held == std::vector{scans.file(0).sha256});
    CHECK(counter.waiting() == 0);
    CHECK(office.blobs().held(unit, scans.file(0).sha256)->isComplete);
}

TEST_CASE("what waits for a person stays here, and a stick without operations asks for news")
{
    CutOffWorld story(114, 1);
    auto& counter = story.world.counter();
    MemoryStick stick;
    MemoryStick answers;
    CourierEnd courier(counter);
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
    CutOffWorld story(115, 1);
    auto& counter = story.world.counter();
    auto erase = counter.store().connection->prepare("DELETE FROM setting WHERE key = 'portal_url'");
    REQUIRE(erase);
    REQUIRE(erase->run());
    MemoryStick stick;

    const auto report = CourierEnd(counter).out.write(stick, "Lan");

    REQUIRE_FALSE(report);
    CHECK(report.error().kind == ErrorKind::Unsupported);
    CHECK(stick.files.empty());
}
