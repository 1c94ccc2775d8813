// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/batch_size.h"
#include "sync/engine/breaker.h"
#include "sync/engine/retry_after.h"
#include "sync/engine/retry_policy.h"
#include "sync/engine/stepped_aside.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace std::chrono_literals;

namespace {
const Instant kNow = *parseRfc3339("2026-11-21T01:02:03.000Z");
}

TEST_CASE("the pause doubles up to a quarter of an hour and is never more than its ceiling")
{
    const RetryPolicy policy;
    for (int failures = 0; failures < 100; ++failures) {
        for (const double jitter : {0.0, 0.25, 0.999999}) {
            CHECK(policy.delay(failures, jitter) <= policy.ceiling(failures));
            CHECK(policy.delay(failures, jitter) <= Millis{15min});
        }
    }
}

TEST_CASE("Retry-After is read as seconds or as any HTTP date; zero, past and unreadable count for nothing")
{
    CHECK(parseRetryAfter("120", kNow) == Millis{120s});
    CHECK(parseRetryAfter(" 7 ", kNow) == Millis{7s});
    CHECK(parseRetryAfter("Sat, 21 Nov 2026 01:03:03 GMT", kNow) == Millis{60s});
    CHECK(parseRetryAfter("Saturday, 21-Nov-26 01:03:03 GMT", kNow) == Millis{60s});
    CHECK(parseRetryAfter("Sat Nov 21 01:03:03 2026", kNow) == Millis{60s});
    CHECK(parseRetryAfter("Tue Dec  1 01:02:03 2026", kNow) == Millis{10 * 24h});
    CHECK(*parseRetryAfter("99999999999999999999999", kNow) > Millis{6h});
    for (const char* text :
         {"0", "000", "-5", "+5", "1.5", "", "soon", "5 minutes", "Sat, 21 Nov 2026 01:02:03 GMT",
          "Fri, 20 Nov 2026 01:02:03 GMT", "Sat, 31 Feb 2027 01:02:03 GMT", "Sat, 21 Nov 2026 25:02:03 GMT",
          "Sat, 21 Nov 2026 01:03:03", "Sat, 21 Noe 2026 01:03:03 GMT", "Sat, 21 Nov 026 01:03:03 GMT",
          "0x10"}) {
        INFO(text);
        CHECK_FALSE(parseRetryAfter(text, kNow));
    }
}

TEST_CASE("two digits of a year mean the century that is at most fifty years ahead")
{
    CHECK(*parseHttpDate("Sunday, 06-Nov-94 08:49:37 GMT", kNow) == *parseRfc3339("1994-11-06T08:49:37Z"));
    CHECK(*parseHttpDate("Friday, 06-Nov-76 08:49:37 GMT", kNow) == *parseRfc3339("2076-11-06T08:49:37Z"));
}

TEST_CASE("the breaker opens after five losses in a row, or one forged answer, and closes with an answer")
{
    Breaker breaker;
    for (int i = 0; i < 4; ++i) {
        breaker.lost();
    }
    CHECK_FALSE(breaker.isOpen());
    CHECK_FALSE(breaker.answered());
    CHECK(breaker.losses() == 0);

    for (int i = 0; i < 5; ++i) {
        breaker.lost();
    }
    CHECK(breaker.isOpen());
    CHECK(breaker.answered());
    CHECK_FALSE(breaker.isOpen());

    breaker.forged();
    CHECK(breaker.isOpen());
}

TEST_CASE("a portal that has no time ends a row of losses, but not an outage")
{
    Breaker breaker;
    for (int i = 0; i < 4; ++i) {
        breaker.lost();
    }
    breaker.busy();
    CHECK(breaker.losses() == 0);
    breaker.lost();
    CHECK_FALSE(breaker.isOpen());

    breaker.forged();
    breaker.busy();
    CHECK(breaker.isOpen());
    CHECK(breaker.answered());
}

TEST_CASE("a batch shrinks to one and grows back, and one operation of the largest kind always fits")
{
    BatchSize size(50, std::size_t{1} << 20);
    for (int i = 0; i < 10; ++i) {
        size.halve();
    }
    CHECK(size.count() == 1);
    CHECK(size.bytes() > std::size_t{256} << 10);
    for (int i = 0; i < 10; ++i) {
        size.grow();
    }
    CHECK(size.count() == 50);
    CHECK(size.bytes() == std::size_t{1} << 20);
}

TEST_CASE("what steps aside lets others go, and comes back when its pause is over")
{
    SteppedAside aside;
    const auto sendable = [] {
        std::vector<Outgoing> all(3);
        for (int i = 0; i < 3; ++i) {
            all[static_cast<std::size_t>(i)].position = {i + 1};
            all[static_cast<std::size_t>(i)].line = "{}";
        }
        return all;
    };
    aside.put({1}, 100ms);

    CHECK(aside.waiting(50ms) == 1);
    CHECK(aside.nextDue(50ms) == Millis{100ms});
    const auto others = aside.pick(sendable(), 50ms, 50, 1000);
    REQUIRE(others.size() == 2);
    CHECK(others.front().position.value == 2);
    CHECK(aside.pick(sendable(), 100ms, 50, 1000).size() == 3);
    CHECK(aside.pick(sendable(), 100ms, 2, 1000).size() == 2);
    CHECK(aside.pick(sendable(), 100ms, 50, 4).size() == 1);
    CHECK(aside.losses({1}) == 1);
    aside.endPauses();
    CHECK(aside.pick(sendable(), 50ms, 50, 1000).size() == 3);
    CHECK(aside.losses({1}) == 1);
    aside.settled({1});
    CHECK(aside.losses({1}) == 0);
}

TEST_CASE("nobody overtakes what stands before it in its dossier's chain")
{
    SteppedAside aside;
    const auto outgoing = [](std::int64_t position, const std::string& op, const std::string& line) {
        Outgoing made;
        made.position = {position};
        made.op = op;
        made.line = line;
        return made;
    };
    const auto sendable = [&] {
        return std::vector{outgoing(1, "a", R"({"after":null})"),
                           outgoing(2, "b", R"({"after":"a"})"),
                           outgoing(3, "c", R"({"after":"b"})"),
                           outgoing(4, "d", R"({"after":"x"})"),
                           outgoing(5, "e", R"({"after":"z","supersedes":"y"})"),
                           outgoing(6, "f", R"({"after":"y"})")};
    };

    aside.put({1}, 100ms);
    aside.put({5}, 100ms);

    const auto batch = aside.pick(sendable(), 50ms, 50, 1000);
    REQUIRE(batch.size() == 1);
    CHECK(batch.front().op == "d");
    CHECK(aside.pick(sendable(), 100ms, 50, 1000).size() == 6);
}

TEST_CASE("what stands behind a place that is being withdrawn waits for the answer to the withdrawal")
{
    const SteppedAside aside;
    Outgoing cancel;
    cancel.position = {1};
    cancel.op = "c";
    cancel.line = R"({"after":null,"kind":"dossier.cancelled","supersedes":"a"})";
    Outgoing behind;
    behind.position = {2};
    behind.op = "d";
    behind.line = R"({"after":"a","kind":"dossier.moved"})";

    const auto batch = aside.pick({cancel, behind}, 0ms, 50, 1000);

    REQUIRE(batch.size() == 1);
    CHECK(batch.front().op == "c");
}
