// SPDX-License-Identifier: GPL-3.0-or-later
// Over how long those who come back spread their call: a city after an outage, in simulated time.
#include "sync/reference_portal/spread_plan.h"

#include <catch2/catch.hpp>
#include <vector>

using namespace motcua::portal;

namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr int kCounters = 1260;

/// A portal that does four batches at once, a millisecond for an operation, and counters by their numbers.
class City
{
public:
    explicit City(double enrolled, int atOnce = 4) : m_plan(atOnce)
    {
        m_plan.setEnrolled(enrolled);
        for (int i = 0; i < 50; ++i) {
            m_plan.judged("", 40, 40'000);
        }
    }
    std::int64_t greets(int counter, std::int64_t operations, std::int64_t at, int atTheDoor = 0)
    {
        return m_plan.announce("counter-" + std::to_string(counter), operations, atTheDoor, at);
    }
    void sends(int counter, std::int64_t operations)
    {
        m_plan.judged("counter-" + std::to_string(counter), static_cast<std::size_t>(operations),
                      operations * 1'000);
    }

private:
    SpreadPlan m_plan;
};

} // namespace

TEST_CASE("a counter alone need not spread its call, a thousand must")
{
    City village(0);
    CHECK(village.greets(1, 5'000, 0) == 0); // alone, however much it has

    City city(0);
    std::int64_t last = 0;
    for (int i = 0; i < kCounters; ++i) {
        last = city.greets(i, 40, 0);
    }
    // 50,400 operations at 1 ms are 12.6 s of four workers; the plan leaves room beside.
    CHECK(last >= 20);
    CHECK(last <= 60);
    for (int i = 0; i < kCounters; ++i) {
        city.sends(i, 40);
    }
    CHECK(city.greets(kCounters, 40, kSecond) == 0); // it is done
}

TEST_CASE("those who stand before the door count for the first one already")
{
    City city(0);
    CHECK(city.greets(1, 40, 0, kCounters) >= 20);
}

TEST_CASE("of a crowd the first are told what the last are")
{
    City city(kCounters);
    std::vector<std::int64_t> told;
    for (int i = 0; i < kCounters; ++i) {
        told.push_back(city.greets(i, 40, i * kSecond / 100));
    }
    const std::int64_t last = told.back();
    CHECK(last >= 20);
    for (std::size_t i = 20; i < told.size(); ++i) { // a hundredth is needed to see that it is a crowd
        INFO(i << " of " << told.size());
        CHECK(told[i] >= last - 1);
        CHECK(told[i] <= last + 1);
    }
}

TEST_CASE("a crowd that comes over minutes: who comes late waits for those who are left, not for the city")
{
    City city(kCounters);
    std::vector<std::int64_t> told;
    for (int i = 0; i < kCounters; ++i) { // in ten minutes, and each sends at once
        told.push_back(city.greets(i, 40, i * kSecond * 600 / kCounters));
        city.sends(i, 40);
    }
    CHECK(told[40] >= 20);
    CHECK(told[kCounters / 2] <= told[40] * 6 / 10);
    CHECK(told[kCounters - 50] <= told[40] / 10);
}

TEST_CASE("who is at the door makes a crowd with those who are in")
{
    City city(kCounters);
    CHECK(city.greets(1, 40, 0, 20) >= 20);
}

TEST_CASE("a few of a large city are no crowd, nor are all of them over an hour, nor is one who insists")
{
    City few(kCounters);
    for (int i = 0; i < 10; ++i) {
        CHECK(few.greets(i, 40, i * kSecond / 10) == 0);
    }
    City hour(kCounters);
    for (int i = 0; i < kCounters; ++i) {
        CHECK(hour.greets(i, 1, i * kSecond * 3600 / kCounters) == 0);
        hour.sends(i, 1);
    }
    City insisted(kCounters);
    for (int i = 0; i < 100; ++i) {
        CHECK(insisted.greets(1, 40, i * kSecond / 100) == 0);
    }
}

TEST_CASE("who greets again counts with what it still has")
{
    City again(0);
    City once(0);
    for (int i = 0; i < kCounters; ++i) {
        again.greets(i, 100, 0);
        again.sends(i, 60);
        once.greets(i, 40, 0);
    }
    std::int64_t told = 0;
    for (int i = 0; i < kCounters; ++i) {
        told = again.greets(i, 40, kSecond);
    }
    CHECK(told == once.greets(kCounters, 0, kSecond));
}

TEST_CASE("what one counter has is not expected of all")
{
    City usual(kCounters);
    City odd(kCounters);
    std::int64_t toldUsual = 0;
    std::int64_t toldOdd = 0;
    for (int i = 0; i < 20; ++i) {
        toldUsual = usual.greets(i, 40, 0);
        toldOdd = odd.greets(i, i == 0 ? 10'000 : 40, 0);
    }
    CHECK(toldOdd > toldUsual); // it stands in line with it
    CHECK(toldOdd <= 3 * toldUsual);
}

TEST_CASE("a new crowd is seen as the first was")
{
    City city(kCounters);
    for (const std::int64_t start : {std::int64_t{0}, 3600 * kSecond}) {
        std::int64_t last = 0;
        for (int i = 0; i < kCounters; ++i) {
            last = city.greets(i, 40, start + i * kSecond / 100);
        }
        CHECK(last >= 20);
        for (int i = 0; i < kCounters; ++i) {
            city.sends(i, 40);
        }
        CHECK(city.greets(0, 40, start + 14 * kSecond) == 0); // all came, all is done
    }
}

TEST_CASE("after a second outage within minutes the plan is as after the first")
{
    City city(kCounters);
    std::vector<std::int64_t> told;
    for (const std::int64_t start : {std::int64_t{0}, 300 * kSecond}) {
        for (int i = 0; i < kCounters; ++i) {
            told.push_back(city.greets(i, 40, start + i * kSecond / 100));
        }
        for (int i = 0; i < kCounters; ++i) {
            city.sends(i, 40);
        }
    }
    for (const std::size_t i : {20U, 500U, 1259U}) {
        CHECK(told[kCounters + i] >= told[i] - 1);
    }
}

TEST_CASE("who greeted here and sends elsewhere is made up for by those who do it the other way round")
{
    City city(0);
    for (int i = 0; i < kCounters; ++i) {
        city.greets(i, 40, 0);
    }
    for (int i = 0; i < kCounters; ++i) {
        city.sends(kCounters + i, 40); // they had greeted at another portal
    }
    CHECK(city.greets(3 * kCounters, 40, kSecond) == 0);
    CHECK(city.greets(0, 40, 902 * kSecond) == 0); // those greetings are forgotten, and what made up for them
    for (int i = 1; i < kCounters; ++i) {
        city.greets(i, 40, 902 * kSecond);
    }
    CHECK(city.greets(kCounters, 40, 902 * kSecond) >= 20);
}

TEST_CASE("with half as many at once it takes twice as long")
{
    City wide(kCounters);
    City narrow(kCounters, 2);
    std::int64_t inWide = 0;
    std::int64_t inNarrow = 0;
    for (int i = 0; i < kCounters; ++i) {
        inWide = wide.greets(i, 40, 0);
        inNarrow = narrow.greets(i, 40, 0);
    }
    CHECK(inNarrow >= 2 * inWide - 1);
    CHECK(inNarrow <= 2 * inWide + 1);
}
