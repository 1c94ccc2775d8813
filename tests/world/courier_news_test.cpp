// SPDX-License-Identifier: GPL-3.0-or-later
// What comes back by stick besides acknowledgements: decisions, keys, a portal that went back.
#include "tests/world/courier_story.h"

using namespace motcua;
using namespace std::chrono_literals;

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
    CourierEnd courier(counter);
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
    CutOffWorld story(111);
    auto& counter = story.world.counter();
    MemoryStick stick;
    MemoryStick answers;
    CourierEnd courier(counter);
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
    CutOffWorld story(112);
    auto& counter = story.world.counter();
    const auto backup = story.world.portal().copyDisk();
    const auto epochBefore = *story.world.portal().keys().epoch();
    MemoryStick stick;
    MemoryStick answers;
    CourierEnd courier(counter);
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
    CutOffWorld story(113);
    auto& counter = story.world.counter();
    const auto backup = story.world.portal().copyDisk();
    MemoryStick stick;
    MemoryStick answers;
    CourierEnd courier(counter);
    static_cast<void>(courier.write(stick));
    static_cast<void>(atStation(story.world, stick, answers));
    story.world.portal().restore(backup);
    counter.network().isDown = false;
    story.world.runFor(1h);
    const auto before = courierFacts(counter);

    const auto late = courier.read(answers);

    CHECK(late.volumes == 0);
    REQUIRE(late.refused.size() == 1);
    CHECK(late.refused.front().error.kind == ErrorKind::Refused);
    CHECK(courierFacts(counter) == before);
    allIsWell(story.world);
}
