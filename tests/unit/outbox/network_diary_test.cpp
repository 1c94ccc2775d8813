// SPDX-License-Identifier: GPL-3.0-or-later
// The diary of the network: what it makes of sightings and attempts, in every weather.
#include "core/db/transaction.h"
#include "core/outbox/network_diary.h"
#include "tests/support/small_counter.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace std::chrono_literals;

namespace {

constexpr Day kDay{std::chrono::year{2026} / 11 / 20};

Instant at(Millis timeOfDay)
{
    return instantInVietnam(kDay, timeOfDay);
}

class Weather
{
public:
    Weather& see(Millis when, Reach reach, std::int64_t waiting = 0, const std::string& detail = {})
    {
        REQUIRE(counter.portal->noteSighting({at(when), run, reach, waiting, detail}));
        return *this;
    }
    /// A request that ended like this, as a register without sightings has it.
    Weather& attempt(Millis when, const std::string& end, std::int64_t count = 1)
    {
        ++m_attempts;
        auto begin = *counter.connection->prepare(
            "INSERT INTO attempt(started, instance, first, count) VALUES(:at, :run, 1, :count)");
        begin.bind(":at", toMillis(at(when))).bind(":run", run).bind(":count", count);
        REQUIRE(begin.run());
        auto over = *counter.connection->prepare(
            "INSERT INTO outcome(attempt, ended, class, detail) VALUES(:id, :at, :class, 'timeout')");
        over.bind(":id", m_attempts).bind(":at", toMillis(at(when))).bind(":class", end);
        REQUIRE(over.run());
        return *this;
    }
    [[nodiscard]] NetworkDiary diary(Millis now, Millis from = 0h)
    {
        const auto made = networkDiary(*counter.connection, at(from), at(now));
        REQUIRE(made);
        for (std::size_t i = 1; i < made->spans.size(); ++i) {
            CHECK(made->spans[i - 1].until == made->spans[i].from); // no gap, nothing twice
        }
        return *made;
    }

    SmallCounter counter;
    std::string run = "run-1";

private:
    std::int64_t m_attempts = 0;
};

} // namespace

TEST_CASE("an outage is told with when, how long, what it was and how many waited")
{
    Weather weather;
    weather.see(8h, Reach::Online)
        .see(9h + 12min, Reach::Offline, 1, "timeout")
        .see(9h + 22min, Reach::Offline, 4, "timeout")
        .see(9h + 32min, Reach::Offline, 7, "host not found")
        .see(11h + 40min, Reach::Online, 7);

    const NetworkDiary diary = weather.diary(12h);

    REQUIRE(diary.outages.size() == 1);
    const Outage& outage = diary.outages.front();
    CHECK(outage.since == at(9h + 12min));
    CHECK(outage.until == at(11h + 40min));
    CHECK(outage.reach == Reach::Offline);
    CHECK(outage.detail == "timeout");
    CHECK(outage.waitingMost == 7);
    CHECK(outage.unseen == 0ms);
    CHECK_FALSE(outage.endUnseen);
    CHECK(diary.flickers == 0);
    CHECK(diary.latest->reach == Reach::Online);
    CHECK(diary.since == at(11h + 40min));
    REQUIRE(diary.spans.size() == 3);
    CHECK(diary.spans[1].reach == Reach::Offline);
    CHECK_FALSE(
        diary.spans[2].reach); // a running program would have looked again within a quarter of an hour
}

TEST_CASE("what came into the queue since the last look waited as well")
{
    Weather weather;
    weather.see(8h, Reach::Online).see(9h, Reach::Offline, 0, "timeout").see(9h + 5min, Reach::Online, 4);

    CHECK(weather.diary(9h + 6min).outages.front().waitingMost == 4);

    weather.see(10h, Reach::Offline, 0, "timeout");
    REQUIRE(weather.counter.desk->receive(weather.counter.draft()));
    CHECK(weather.diary(10h + 5min).outages.front().waitingMost == 1);
}

TEST_CASE("what lasts is told as lasting, what is shorter than a minute as a flicker")
{
    Weather weather;
    weather.see(8h, Reach::Online).see(9h, Reach::Offline).see(9h + 20s, Reach::Online);
    weather.see(9h + 5min, Reach::NotPortal, 2, "200 not the portal's answer");

    const NetworkDiary diary = weather.diary(9h + 10min);

    CHECK(diary.flickers == 1);
    REQUIRE(diary.outages.size() == 1);
    CHECK_FALSE(diary.outages.front().until);
    CHECK(diary.outages.front().reach == Reach::NotPortal);
    CHECK(diary.outages.front().length(at(9h + 10min)) == 5min);
}

TEST_CASE("a night without the program is no network and no outage, but an outage may last through it")
{
    Weather weather;
    weather.see(-9h, Reach::Online).see(-8h - 30min, Reach::Offline, 3); // 15:30 of the day before
    weather.see(-7h - 30min, Reach::Offline, 5);
    weather.run = "run-2";
    weather.see(7h + 30min, Reach::Offline, 5).see(8h, Reach::Online, 5);

    const NetworkDiary diary = weather.diary(9h, -24h);

    REQUIRE(diary.outages.size() == 1);
    CHECK(diary.outages.front().since == at(-8h - 30min));
    CHECK(diary.outages.front().until == at(8h));
    CHECK(diary.outages.front().unseen == 15h);
    CHECK(diary.outages.front().waitingMost == 5);
    CHECK(diary.since == at(8h));
}

TEST_CASE("an outage whose end nobody saw ends where it was last seen")
{
    Weather weather;
    weather.see(8h, Reach::Online).see(9h, Reach::Offline).see(9h + 10min, Reach::Offline);
    weather.run = "run-2";
    weather.see(14h, Reach::Online);

    const NetworkDiary diary = weather.diary(15h);

    REQUIRE(diary.outages.size() == 1);
    CHECK(diary.outages.front().until == at(9h + 10min));
    CHECK(diary.outages.front().endUnseen);
    CHECK(diary.outages.front().unseen == 0ms);
}

TEST_CASE("a night within an outage is told, also where its end was not seen")
{
    Weather weather;
    weather.see(-9h, Reach::Online).see(-8h, Reach::Offline).see(-7h, Reach::Offline);
    weather.run = "run-2";
    weather.see(8h, Reach::Offline).see(9h, Reach::Offline);
    weather.run = "run-3";
    weather.see(14h, Reach::Online);

    const NetworkDiary diary = weather.diary(15h, -24h);

    REQUIRE(diary.outages.size() == 1);
    CHECK(diary.outages.front().endUnseen);
    CHECK(diary.outages.front().until == at(9h));
    CHECK(diary.outages.front().unseen == 15h);
    CHECK(diary.since == at(14h));
}

TEST_CASE("the longest of several troubles gives an outage its name")
{
    Weather weather;
    weather.see(8h, Reach::Online)
        .see(9h, Reach::Busy, 1, "503 busy")
        .see(9h + 5min, Reach::Held, 1, "401 not-enrolled")
        .see(11h, Reach::Offline, 1, "timeout")
        .see(11h + 10min, Reach::Online);

    const NetworkDiary diary = weather.diary(12h);

    REQUIRE(diary.outages.size() == 1);
    CHECK(diary.outages.front().reach == Reach::Held);
}

TEST_CASE("a register without sightings tells what its attempts know")
{
    Weather weather;
    weather.attempt(8h, "answered", 3)
        .attempt(9h, "lost", 2)
        .attempt(9h + 1min, "lost", 6)
        .attempt(9h + 30min, "answered", 6)
        .attempt(10h, "later")
        .attempt(10h + 30s, "answered")
        .attempt(11h, "not-portal")
        .attempt(11h + 2min, "answered");

    const NetworkDiary diary = weather.diary(11h + 5min);

    REQUIRE(diary.outages.size() == 2);
    CHECK(diary.outages[0].reach == Reach::NotPortal); // newest first
    CHECK(diary.outages[1].since == at(9h));
    CHECK(diary.outages[1].until == at(9h + 30min));
    CHECK(diary.outages[1].lost == 2);
    CHECK(diary.outages[1].waitingMost == 6);
    CHECK(diary.outages[1].detail == "timeout");
    CHECK(diary.flickers == 1); // the portal was busy for half a minute
}

TEST_CASE("an outage that began before the asked time keeps its beginning, weeks ago as well")
{
    Weather weather;
    weather.see(-20 * 24h, Reach::Online).see(-19 * 24h, Reach::Offline, 1);
    for (Millis when = -18 * 24h; when < 9h; when += 10min) {
        weather.see(when, Reach::Offline, 2);
    }

    const NetworkDiary diary = weather.diary(9h);

    REQUIRE(diary.outages.size() == 1);
    CHECK(diary.outages.front().since == at(-19 * 24h));
    REQUIRE(diary.spans.size() == 1);
    CHECK(diary.spans.front().from == at(0h));
}

TEST_CASE("an outage of the day before is not in today's diary")
{
    Weather weather;
    weather.see(-10h, Reach::Offline).see(-9h, Reach::Online).see(8h, Reach::Online);

    CHECK(weather.diary(9h).outages.empty());
}

TEST_CASE("nothing stored, nothing told; what bears a time to come is left out")
{
    Weather weather;
    CHECK(weather.diary(9h).spans.empty());
    CHECK_FALSE(weather.diary(9h).latest);

    weather.see(8h, Reach::Online).see(24h * 400, Reach::Offline);
    CHECK(weather.diary(8h + 5min).outages.empty());
    CHECK(weather.diary(8h + 5min).latest->reach == Reach::Online);
}

TEST_CASE("four weeks with a hundred thousand attempts are told in as many spans as there were changes")
{
    Weather weather;
    auto transaction = *Transaction::begin(*weather.counter.connection);
    constexpr int kAttempts = 100'000;
    constexpr Millis kWeeks = 28 * 24h;
    auto begin = *weather.counter.connection->prepare(
        "INSERT INTO attempt(id, started, instance, first, count) VALUES(:id, :at, 'run', 1, 50)");
    auto over = *weather.counter.connection->prepare(
        "INSERT INTO outcome(attempt, ended, class, detail) VALUES(:id, :at, :class, 'timeout')");
    for (int i = 1; i <= kAttempts; ++i) {
        const std::int64_t when = toMillis(at(0h) - kWeeks + kWeeks / kAttempts * i);
        begin.bind(":id", i).bind(":at", when);
        REQUIRE(begin.run());
        over.bind(":id", i).bind(":at", when + 300).bind(":class", i % 1000 < 100 ? "lost" : "answered");
        REQUIRE(over.run());
    }
    REQUIRE(transaction.commit());

    const NetworkDiary diary = weather.diary(0h, -kWeeks);

    CHECK(diary.outages.size() == 100);
    CHECK(diary.spans.size() <= 201); // what looks the same is one span
}
