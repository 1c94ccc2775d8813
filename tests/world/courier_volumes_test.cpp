// SPDX-License-Identifier: GPL-3.0-or-later
// A queue in several volumes, and sticks that fail.
#include "tests/support/sample_files.h"
#include "tests/support/world_courier.h"
#include "tests/world/courier_story.h"

using namespace motcua;
using namespace std::chrono_literals;

TEST_CASE("a queue in several volumes: what is missing is said, and may come later in any order")
{
    CutOffWorld story(105, 12);
    auto& counter = story.world.counter();
    for (const auto& code : story.codes) {
        REQUIRE(counter.desk().move(code, Status::Processing, ""));
    }
    MemoryStick stick;
    MemoryStick first;
    MemoryStick second;
    CourierEnd courier(counter, 6'000);
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
    CutOffWorld story(120, 12);
    auto& counter = story.world.counter();
    CourierEnd courier(counter, 6'000);
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
    CutOffWorld story(106);
    MemoryStick stick;
    MemoryStick answers;
    static_cast<void>(CourierEnd(story.world.counter()).write(stick));
    stick.files["copy of it.hop"] = stick.files.begin()->second;

    const auto reports = atStation(story.world, stick, answers);

    REQUIRE(reports.size() == 2);
    REQUIRE(reports.front().volumes.size() == 1);
    CHECK(reports.front().volumes.front().refusal->kind == ErrorKind::Duplicate);
    CHECK(reports.back().results.at("applied") == 5);
}

TEST_CASE("a stick that fails while it is written leaves no bundle and changes nothing")
{
    CutOffWorld story(107);
    auto& counter = story.world.counter();
    CourierEnd courier(counter);
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
    CutOffWorld story(121, 12);
    auto& counter = story.world.counter();
    CourierEnd courier(counter, 6'000);
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

TEST_CASE("a stick for the answer that cannot be written is found out before anything is judged")
{
    CutOffWorld story(116, 2);
    MemoryStick stick;
    MemoryStick answers;
    answers.isReadOnly = true;
    static_cast<void>(CourierEnd(story.world.counter()).write(stick));
    portal::CourierStation station(story.world.portal().office(), story.world.portal().clock,
                                   kCourierTemporary);

    const auto reports = station.take(stick, stick.names(), answers);

    REQUIRE_FALSE(reports);
    CHECK(reports.error().kind == ErrorKind::Storage);
    CHECK(story.world.portal().dossiers().empty());
}

TEST_CASE("of what else lies on the stick no more is read than tells whose it is")
{
    CutOffWorld story(122, 1);
    auto& counter = story.world.counter();
    static_cast<void>(counter.receive("Nguyễn Văn Hà", {samplePdf(3'000'000)}));
    MemoryStick stick;
    MemoryStick answers;
    WorldCourier courier(counter, 1, 20'000'000);
    const auto written = courier.out.write(stick, "Lan");
    REQUIRE(written);
    const auto outgoing =
        std::max_element(stick.files.begin(), stick.files.end(), [](const auto& one, const auto& other) {
            return one.second.size() < other.second.size();
        });
    CHECK(outgoing->second.size() > 2'000'000);
    static_cast<void>(atStation(story.world, stick, answers));
    answers.files.insert(*outgoing); // the stick comes back as it went, and with the answer
    answers.given.clear();
    MemoryStick full = answers;

    const auto read = courier.read(answers);
    const auto nowhere = readAnswers(courier.in, full, full.names(), "/none/such");

    REQUIRE(read);
    CHECK(read->volumes == 1);
    CHECK(read->others == 1);
    CHECK(read->sum.acknowledged == 2);
    CHECK(answers.given[outgoing->first] == 120); // README.md of sync/bundle: magic, hint, sealed box
    REQUIRE_FALSE(nowhere);
    CHECK(nowhere.error().kind == ErrorKind::Storage); // our own disk's fault, and no file's
}
