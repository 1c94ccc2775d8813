// SPDX-License-Identifier: GPL-3.0-or-later
// Bundles of others: forged, foreign, of a counter that was shut out.
#include "tests/world/courier_story.h"

using namespace motcua;
using namespace std::chrono_literals;

TEST_CASE("another counter's answer, another city's bundle and a forged one change nothing")
{
    CutOffWorld story(108, 3, 2);
    auto& first = story.world.counter(0);
    auto& second = story.world.counter(1);
    second.receive();
    MemoryStick stick;
    MemoryStick answers;
    CourierEnd one(first);
    CourierEnd two(second);
    static_cast<void>(one.write(stick));
    static_cast<void>(atStation(story.world, stick, answers));
    static_cast<void>(two.write(stick)); // so that it has a key to open answers with
    const auto before = courierFacts(second);

    const auto read = two.read(answers);
    const auto own = two.read(stick);
    auto broken = answers;
    broken.files.begin()->second[400] ^= 1;
    const auto damaged = one.read(broken);

    CHECK(read.volumes == 0);
    CHECK(read.others == 1);
    CHECK(own.volumes == 0);
    CHECK(courierFacts(second) == before);
    CHECK(damaged.volumes == 0);
    REQUIRE(damaged.refused.size() == 1);
    CHECK(damaged.refused.front().error.kind == ErrorKind::Damaged);
    CHECK(first.waiting() == 3);
}

TEST_CASE("the station takes nothing from a counter that was shut out, or that nobody knows")
{
    CutOffWorld story(109);
    auto& counter = story.world.counter();
    MemoryStick stick;
    MemoryStick answers;
    static_cast<void>(CourierEnd(counter).write(stick));
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
