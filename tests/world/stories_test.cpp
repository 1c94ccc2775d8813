// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/world.h"
#include "tests/support/world_checks.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace std::chrono_literals;

TEST_CASE("what was received while the network was away goes up when it is back")
{
    World world(1);
    world.counter().network().isDown = true;
    const auto code = world.counter().receive();
    world.runFor(1h);
    CHECK(world.counter().waiting() == 1);
    CHECK(world.portal().dossiers().empty());

    world.counter().network().isDown = false;
    world.runFor(1h);

    CHECK(world.counter().waiting() == 0);
    REQUIRE(world.portal().dossiers().size() == 1);
    CHECK(world.portal().dossiers().front().code == code);
    allIsWell(world);
}

TEST_CASE("an answer that was lost makes no second dossier")
{
    World world(2);
    world.counter().network().weather.loseAnswer = 100;
    world.counter().receive();
    world.runFor(10min);
    world.counter().network().weather = {};

    allIsWell(world);

    CHECK(world.portal().dossiers().size() == 1);
    CHECK(world.counter().engine().counters().acknowledged == 1);
}

TEST_CASE("a request that arrives an hour late changes nothing any more")
{
    World world(3);
    world.counter().network().weather.ghost = 100;
    const auto code = world.counter().receive();
    world.runFor(5min);
    world.counter().network().weather = {};
    world.runFor(1h);
    REQUIRE(world.counter().desk().move(code, Status::Processing, ""));
    world.runFor(1h);

    world.counter().network().deliverGhosts();

    allIsWell(world);
    CHECK(world.counter().dossiers().front().status == Status::Processing);
}

TEST_CASE("a captive portal acknowledges nothing")
{
    World world(4);
    world.counter().network().weather.captive = 100;
    world.counter().receive();
    world.runFor(2h);
    CHECK(world.counter().waiting() == 1);
    CHECK(world.counter().engine().state().trouble == Trouble::NotPortal);

    world.counter().network().weather = {};
    allIsWell(world);
}

TEST_CASE("forged receipts acknowledge nothing, and the real ones come after them")
{
    World world(5);
    world.counter().network().weather.forged = 100;
    world.counter().receive();
    world.runFor(2h);
    CHECK(world.counter().waiting() == 1);

    world.counter().network().weather = {};
    allIsWell(world);
}

TEST_CASE("counters never give the same code, and each learns of the other's dossiers")
{
    World world(6, 3);
    for (int i = 0; i < 5; ++i) {
        for (std::size_t which = 0; which < world.size(); ++which) {
            world.counter(which).receive();
        }
    }

    allIsWell(world);

    CHECK(world.portal().dossiers().size() == 15);
    for (std::size_t which = 0; which < world.size(); ++which) {
        CHECK(world.counter(which).dossiers().size() == 15);
    }
}

TEST_CASE("different fields changed here and by the city are merged without anybody")
{
    World world(7);
    auto& counter = world.counter();
    const auto code = counter.receive();
    REQUIRE(world.comesToRest());
    const auto uid = counter.dossiers().front().uid;
    counter.network().isDown = true;
    REQUIRE(counter.desk().change(code, {{"/applicant/phone", "0987654321"}}, ""));
    REQUIRE(world.portal().city().set(Uid(uid), {{"/note", "Thành phố ghi chú"}}));
    world.runFor(5min);

    allIsWell(world);

    const auto dossier = *parseJson(world.portal().dossier(uid)->text);
    CHECK(dossier["note"] == "Thành phố ghi chú");
    CHECK(dossier["applicant"]["phone"] == "0987654321");
    CHECK(counter.engine().counters().merged == 1);
}

TEST_CASE("the same field changed here and by the city waits for a person, and nothing else does")
{
    World world(8);
    auto& counter = world.counter();
    const auto code = counter.receive();
    REQUIRE(world.comesToRest());
    const auto uid = counter.dossiers().front().uid;
    counter.network().isDown = true;
    REQUIRE(counter.desk().change(code, {{"/applicant/phone", "0987654321"}}, ""));
    REQUIRE(world.portal().city().set(Uid(uid), {{"/applicant/phone", "0911111111"}}));
    counter.receive("Trần Thị Bé");
    counter.network().isDown = false;
    world.runFor(30min);

    CHECK(counter.waiting() == 1);
    const auto conflicts = counter.desk().conflicts();
    REQUIRE(conflicts->size() == 1);
    REQUIRE(conflicts->front().fields.size() == 1);
    CHECK(conflicts->front().fields.front().theirs == "0911111111");
    REQUIRE(counter.desk().resolve(code, {{"/applicant/phone", {Decision::Take::Ours, {}}}},
                                   "Đã gọi lại cho dân"));

    allIsWell(world);
    CHECK((*parseJson(world.portal().dossier(uid)->text))["applicant"]["phone"] == "0987654321");
}

TEST_CASE("a chain of acts made offline arrives in its order")
{
    World world(9);
    auto& counter = world.counter();
    counter.network().isDown = true;
    const auto code = counter.receive();
    for (const auto to : {Status::Processing, Status::Supplementing, Status::Processing, Status::Finished,
                          Status::Returned}) {
        world.advance(1h);
        REQUIRE(counter.desk().move(code, to, ""));
    }
    counter.network().isDown = false;
    counter.network().weather = {.loseAnswer = 30, .reset = 30};
    world.runFor(4h);

    allIsWell(world);

    CHECK((*parseJson(world.portal().dossiers().front().text))["status"] == "returned");
}

TEST_CASE("an operation that the portal put off goes later, and its neighbours now")
{
    World world(10);
    world.portal().postponed = 3;
    world.counter().receive();

    allIsWell(world);
}

TEST_CASE("a withdrawn place is withdrawn on both sides, whichever arrives first")
{
    World world(11);
    auto& counter = world.counter();
    counter.network().weather.ghost = 100;
    counter.receive();
    world.runFor(2min);
    const auto operation = counter.desk().queue().operations(false)->front().op;
    REQUIRE(counter.desk().withdrawOperation(operation, "Nhập nhầm"));
    const bool ghostFirst = GENERATE(true, false);
    if (ghostFirst) {
        counter.network().deliverGhosts();
    }

    allIsWell(world);
}

TEST_CASE("the portal's key and the counter's token may change at any time")
{
    World world(12);
    auto& counter = world.counter();
    counter.receive();
    REQUIRE(world.comesToRest());
    for (int i = 0; i < 4; ++i) {
        REQUIRE(world.portal().keys().rotateKey());
        REQUIRE(world.portal().keys().rotateToken(counter.store().identity().install));
        counter.receive();
        world.runFor(2h);
    }
    allIsWell(world);
    CHECK(world.portal().dossiers().size() == 5);
}

TEST_CASE("a counter killed while it waits for an answer goes on when it is started again")
{
    World world(13);
    world.counter().network().weather.counterDies = 50;
    for (int i = 0; i < 10; ++i) {
        world.counter().receive();
    }
    world.runFor(20min);

    allIsWell(world);
    CHECK(world.portal().dossiers().size() == 10);
}

TEST_CASE("a dossier filed online comes to the counter, and its acts go back")
{
    World world(14, 2);
    const auto draft = world.counter().store().draft("Lê Văn Mạng");
    const auto filed = world.portal().city().fileOnline(
        "H26.131",
        {{"procedure", draft["procedure"]}, {"applicant", draft["applicant"]}, {"form", draft["form"]}});
    REQUIRE(filed);
    REQUIRE(world.comesToRest());
    REQUIRE(world.counter(0).dossiers().size() == 1);
    REQUIRE(world.counter(0).desk().move(filed->code, Status::Received, ""));

    allIsWell(world);

    CHECK(world.counter(1).dossiers().front().status == Status::Received);
}

TEST_CASE("when the portal says that it was restored, nothing is lost and nothing doubled")
{
    World world(15);
    auto& counter = world.counter();
    counter.receive();
    REQUIRE(world.comesToRest());
    counter.network().weather.loseAnswer = 100;
    counter.receive();
    world.runFor(1min);
    counter.network().weather = {};
    REQUIRE(world.portal().keys().newEpoch());
    counter.receive();

    allIsWell(world);
    CHECK(world.portal().dossiers().size() == 3);
}

TEST_CASE(
    "two machines ran from one disk, the portal went back, and each in its turn is enrolled again: both "
    "bring what they have")
{
    World world(16);
    auto& first = world.counter();
    const auto backup = world.portal().copyDisk();
    auto& second = world.addMachine(first.store().identity().slot, first.store().copyDisk());
    world.setOff(0, true);
    second.receive("Trần Thị Bé");
    REQUIRE(world.comesToRest());
    CHECK(second.waiting() == 0);
    first.receive("Nguyễn Văn Hà"); // under the same name
    world.portal().restore(backup);

    for (const std::size_t turn : {0U, 1U}) {
        world.setOff(turn, false);
        world.setOff(1 - turn, true);
        world.counter(turn).beginAnew();
        world.enrolAgain(turn);
        REQUIRE(world.comesToRest());
    }

    CHECK(world.portal().dossiers().size() == 2);
    allIsWell(world);
}
