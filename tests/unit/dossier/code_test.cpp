// SPDX-License-Identifier: GPL-3.0-or-later
#include "deadline_samples.h"

#include "core/dossier/code.h"

#include <set>

using namespace motcua;
using namespace motcua::test;

namespace {

const Day kToday{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{21}};

} // namespace

TEST_CASE("a slot counts its own thousand, leaves out the paper numbers, then takes a further digit")
{
    CHECK(nextNumber(1, {}) == 1001);
    CHECK(nextNumber(1, 1001) == 1002);
    CHECK(nextNumber(1, 1898) == 1899);
    CHECK(nextNumber(1, 1899) == 11000);
    CHECK(nextNumber(1, 1950) == 11000);
    CHECK(nextNumber(1, 11000) == 11001);
    CHECK(nextNumber(1, 19998) == 19999);
    CHECK(nextNumber(0, {}) == 1);
    CHECK(nextNumber(0, 899) == 1000);
    CHECK(nextNumber(9, 9899) == 91000);

    CHECK(nextNumber(1, 19999).error().kind == ErrorKind::Refused);
    for (const int foreign : {0, 1000, 2001, 999, 10999, 20000, -5}) {
        CAPTURE(foreign);
        CHECK_FALSE(nextNumber(1, foreign));
    }
    CHECK_FALSE(nextNumber(10, {}));
    CHECK_FALSE(nextNumber(-1, {}));
}

TEST_CASE("codes are written and read back, and no two slots share one")
{
    std::set<std::string> seen;
    for (int slot = 0; slot <= kSlotMax; ++slot) {
        std::optional<int> last;
        for (int i = 0; i < 9899; ++i) {
            const auto next = nextNumber(slot, last);
            REQUIRE(next);
            last = *next;
            const std::string code = makeCode("H26.131", kToday, slot, *next);
            const auto read = parseCode(code);
            REQUIRE(read);
            const bool same = read->unit == "H26.131" && read->day == kToday && read->slot == slot &&
                              read->number == *next && read->kind == CodeKind::Counter;
            REQUIRE(same);
            REQUIRE(seen.insert(code).second);
        }
        CHECK_FALSE(nextNumber(slot, last));
    }
    CHECK(seen.contains("H26.131-261121-1001"));
    CHECK(seen.contains("H26.131-261121-0001"));
    CHECK(seen.contains("H26.131-261121-01000"));
    CHECK_FALSE(seen.contains("H26.131-261121-1900"));
    CHECK_FALSE(seen.contains("H26.131-261121-1000"));
}

TEST_CASE("a code belongs to its unit, slot and day")
{
    CHECK(isValidCodeFor("H26.131", 1, kToday, "H26.131-261121-1001"));
    CHECK(isValidCodeFor("H26.131", 1, kToday, "H26.131-261121-1999")); // paper mode
    CHECK(isValidCodeFor("H26.131", 1, kToday, "H26.131-261121-11000"));
    for (const char* wrong : {"H26.131-261121-1000", "H26.131-261121-2001", "H26.132-261121-1001",
                              "H26.131-261122-1001", "H26.131-261121-10999", "H26.131-261121-001001",
                              "H26.131-261121-101", "H26.131-261121-1001 ", ""}) {
        CAPTURE(wrong);
        CHECK_FALSE(isValidCodeFor("H26.131", 1, kToday, wrong));
    }
    CHECK(isPaperNumber(1, 1900));
    CHECK(isPaperNumber(1, 1999));
    CHECK_FALSE(isPaperNumber(1, 1899));
    CHECK_FALSE(isPaperNumber(1, 11000));
}

TEST_CASE("the portal's codes have six digits and begin with 0")
{
    const auto code = parseCode("H26.131-261121-000017");
    REQUIRE(code);
    CHECK(code->kind == CodeKind::Portal);
    CHECK(code->number == 17);
    CHECK_FALSE(isValidCodeFor("H26.131", 0, kToday, "H26.131-261121-000017"));
    CHECK_FALSE(parseCode("H26.131-261121-100017"));
    CHECK_FALSE(parseCode("H26.131-261121-000000"));
}

TEST_CASE("anything else is no code of ours")
{
    for (const char* bad :
         {"H26.131", "H26.131-261121", "H26.131-261121-", "H26.131-261321-1001", "H26.131-260230-1001",
          "h26.131-261121-1001", "26.131-261121-1001", "H-261121-1001", "H26.131-261121-1001-1",
          "H26.131-26112-1001", "H26.131-261121-1OO1", "H26/131-261121-1001", "H26.131-261121-1001\n",
          "-261121-1001", "H26.131-261121-\xd9\xa1\xd9\xa0\xd9\xa0\xd9\xa1",
          "H123456789012345678901234567890123456-261121-1001"}) {
        CAPTURE(bad);
        CHECK_FALSE(parseCode(bad));
    }
    CHECK(isUnitCode("H26.131"));
    CHECK_FALSE(isUnitCode("H"));
    CHECK_FALSE(isUnitCode("H26-131"));
}
