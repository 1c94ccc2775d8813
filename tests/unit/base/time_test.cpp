// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/base/time.h"

#include <catch2/catch.hpp>

using namespace motcua;

TEST_CASE("instants are read with any offset and written in UTC")
{
    CHECK(toRfc3339(*parseRfc3339("2026-11-21T08:02:03+07:00")) == "2026-11-21T01:02:03.000Z");
    CHECK(toRfc3339(*parseRfc3339("2026-11-21T01:02:03.4567Z")) == "2026-11-21T01:02:03.456Z");
    for (const char* bad :
         {"", "2026-11-21", "2026-02-30T00:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21T01:02:03",
          "2026-11-21T01:02:03.Z", "2026-11-21T01:02:03Zx", "2026-11-21T01:02:03+7"}) {
        CHECK_FALSE(parseRfc3339(bad));
    }
}

TEST_CASE("the day turns at midnight in Viet Nam")
{
    const Instant evening = *parseRfc3339("2026-11-21T16:59:59.999Z");
    CHECK(toIsoDay(dayInVietnam(evening)) == "2026-11-21");
    CHECK(toIsoDay(dayInVietnam(evening + Millis{1})) == "2026-11-22");
    CHECK(toDisplayTime(evening) == "23:59 ngày 21/11/2026");
}

TEST_CASE("uuids of version 7 sort by time")
{
    SeededRandom random(1);
    const std::string first = makeUuidV7(1'700'000'000'000, random);
    const std::string second = makeUuidV7(1'700'000'000'001, random);
    CHECK(first.size() == 36);
    CHECK(first[14] == '7');
    CHECK(first < second);
}
