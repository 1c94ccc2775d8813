// SPDX-License-Identifier: GPL-3.0-or-later
#include "deadline_samples.h"

#include "core/catalogue/calendar.h"

using namespace motcua;
using namespace motcua::test;
using std::chrono::days;
using std::chrono::sys_days;

TEST_CASE("Tết and Giỗ Tổ fall on the known days of twenty years")
{
    struct Row
    {
        int year;
        const char* tet;
        const char* kings;
    };
    const Row rows[] = {
        {2016, "2016-02-08", "2016-04-16"}, {2017, "2017-01-28", "2017-04-06"},
        {2018, "2018-02-16", "2018-04-25"}, {2019, "2019-02-05", "2019-04-14"},
        {2020, "2020-01-25", "2020-04-02"}, {2021, "2021-02-12", "2021-04-21"},
        {2022, "2022-02-01", "2022-04-10"}, {2023, "2023-01-22", "2023-04-29"},
        {2024, "2024-02-10", "2024-04-18"}, {2025, "2025-01-29", "2025-04-07"},
        {2026, "2026-02-17", "2026-04-26"}, {2027, "2027-02-06", "2027-04-16"},
        {2028, "2028-01-26", "2028-04-04"}, {2029, "2029-02-13", "2029-04-23"},
        {2030, "2030-02-02", "2030-04-12"}, {2031, "2031-01-23", "2031-04-01"},
        {2032, "2032-02-11", "2032-04-19"}, {2033, "2033-01-31", "2033-04-09"},
        {2034, "2034-02-19", "2034-04-28"}, {2035, "2035-02-08", "2035-04-17"},
    };
    const Calendar calendar = calendarWith();
    const LunarCalendar& lunar = calendar.lunar();
    for (const Row& row : rows) {
        CAPTURE(row.year);
        CHECK(lunar.toSolar({row.year, 1, 1, false}) == day(row.tet));
        CHECK(lunar.toSolar({row.year, 3, 10, false}) == day(row.kings));
        if (row.year != 2026 && row.year != 2027) { // those have lists
            CHECK(calendar.dayInfo(day(row.tet)).reason == "Tết Âm lịch");
            CHECK(calendar.dayInfo(day(row.kings)).kind == DayKind::Off);
        }
        // The eve is the 29th from 2025 to 2032.
        const auto eve = lunar.toLunar(Day{sys_days{day(row.tet)} - days{1}});
        REQUIRE(eve);
        CHECK((eve->day == 29 || row.year < 2025 || row.year > 2032));
    }
    CHECK(lunar.toSolar({1985, 1, 1, false}) == day("1985-01-21"));
}

TEST_CASE("lunar dates convert both ways for every day of the table")
{
    const Calendar calendar = calendarWith();
    const LunarCalendar& lunar = calendar.lunar();
    int wrong = 0;
    for (sys_days at = sys_days{day("1940-02-08")}; at < sys_days{day("2060-12-01")}; at += days{1}) {
        const auto moon = lunar.toLunar(Day{at});
        wrong += moon && lunar.toSolar(*moon) == Day{at} ? 0 : 1;
    }
    CHECK(wrong == 0);
    CHECK(lunar.toSolar({2025, 6, 1, true}) == day("2025-07-25")); // the leap month of 2025
    CHECK_FALSE(lunar.toSolar({2026, 6, 1, true}));
    CHECK_FALSE(lunar.toSolar({2026, 1, 31, false}));
    CHECK_FALSE(lunar.toLunar(day("1900-01-01")));
    CHECK(LunarCalendar::isUnsure(day("1967-05-05")));
    CHECK_FALSE(LunarCalendar::isUnsure(day("1976-01-01")));
}

TEST_CASE("the list of 2026 is confirmed, that of 2027 is not, others are computed")
{
    const Calendar calendar = calendarWith();
    CHECK(calendar.isConfirmed(std::chrono::year{2026}));
    CHECK_FALSE(calendar.isConfirmed(std::chrono::year{2027}));
    CHECK_FALSE(calendar.isConfirmed(std::chrono::year{2028}));

    CHECK(calendar.dayInfo(day("2026-11-24")).sure == DaySure::Official);
    CHECK(calendar.dayInfo(day("2026-01-10")).kind == DayKind::Working);
    CHECK(calendar.dayInfo(day("2026-01-10")).listed);
    CHECK(calendar.dayInfo(day("2027-02-05")).sure == DaySure::Proposal);
    CHECK(calendar.dayInfo(day("2028-11-24")).sure == DaySure::Computed);
    CHECK(calendar.isWorking(day("2025-11-24"))); // not yet a holiday
    CHECK(weekdayName(day("2026-11-24")) == "Thứ Ba");
}

TEST_CASE("holidays on weekly days off are given back on the next working days")
{
    const Calendar calendar = calendarWith();
    // 2023: 29/4 is Giỗ Tổ on a Saturday, 30/4 a Sunday, 1/5 a Monday; 2/5 and 3/5 were given.
    CHECK_FALSE(calendar.isWorking(day("2023-05-02")));
    CHECK_FALSE(calendar.isWorking(day("2023-05-03")));
    CHECK(calendar.isWorking(day("2023-05-04")));
    CHECK(calendar.nextWorkingDay(day("2023-04-28")) == day("2023-05-04"));
    CHECK(calendar.dayInfo(day("2028-01-03")).reason == "Nghỉ bù Tết Dương lịch");
}

TEST_CASE("an office puts its own days on top, and confirms a year when it is announced")
{
    const Calendar calendar = calendarWith(Json::parse(R"({
        "years": [{"year": 2028, "confirmed": true}],
        "days": [{"day": "2028-01-25", "kind": "off", "name": "Tết", "status": "official"},
                 {"day": "2026-11-24", "kind": "work", "name": "Trực", "status": "official"},
                 {"day": "2026-12-31", "kind": "half", "name": "Làm việc buổi sáng", "status": "official"}]})"));

    CHECK(calendar.isConfirmed(std::chrono::year{2028}));
    CHECK_FALSE(calendar.isWorking(day("2028-01-25")));
    CHECK(calendar.isWorking(day("2028-01-26"))); // with a list nothing is computed
    CHECK(calendar.isWorking(day("2026-11-24")));
    CHECK(calendar.dayInfo(day("2026-12-31")).kind == DayKind::Half);
}

TEST_CASE("broken lists are refused with what is wrong")
{
    const Json lunar = catalogueFile("lunar.json");
    const Json holidays = catalogueFile("holidays.json");
    for (
        const char* bad : {
            R"({"days": [{"day": "2026-02-30", "kind": "off", "name": "x", "status": "official"}]})",
            R"({"days": [{"day": "2026-02-03", "kind": "closed", "name": "x", "status": "official"}]})",
            R"({"days": [{"day": "2026-02-03", "kind": "off", "name": "x", "status": "sure"}]})",
            R"({"days": [{"day": "2026-02-03", "kind": "off", "status": "official"}]})",
            R"({"days": [7]})",
            R"({"years": [{"year": 2026}]})",
            R"({"years": [{"year": "2026", "confirmed": true}]})",
            R"({"week": {"satuday": "off"}})",
            R"({"week": {"monday": "off", "tuesday": "off", "wednesday": "off", "thursday": "off", "friday": "off"}})",
        }) {
        CAPTURE(bad);
        const auto refused = Calendar::fromJson(holidays, lunar, Json::parse(bad));
        REQUIRE_FALSE(refused);
        CHECK_FALSE(refused.error().detail.empty());
    }
    for (const char* bad : {R"({})", R"({"years": {}})", R"({"years": {"2026": []}})",
                            R"({"years": {"26": [[1, "2026-02-17"]]}})",
                            R"({"years": {"2026": [[1, "2026-02-17"], [2, "2026-03-25"]]}})",
                            R"({"years": {"2026": [[13, "2026-02-17"]]}})"}) {
        CAPTURE(bad);
        CHECK_FALSE(LunarCalendar::fromJson(Json::parse(bad)));
    }
}

TEST_CASE("terms are read strictly and said in words")
{
    CHECK(termText({3, TermUnit::WorkingDay}) == "03 ngày làm việc");
    CHECK(termText({23, TermUnit::CalendarDay}) == "23 ngày");
    CHECK(termText({0, TermUnit::SameDay15h}) ==
          "Trong ngày; nhận sau 15:00 thì trong ngày làm việc tiếp theo");
    for (const char* bad :
         {R"({})", R"([])", R"({"unit": "week", "n": 1})", R"({"unit": "day"})", R"({"unit": "day", "n": 0})",
          R"({"unit": "day", "n": -3})", R"({"unit": "day", "n": 1e9})", R"({"unit": "day", "n": 99999})",
          R"({"unit": "same_day", "n": 2})", R"({"unit": "day", "n": 3, "extend": {"n": 5, "unit": "day"}})",
          R"({"unit": "day", "n": 3, "extend": {"n": 0, "unit": "same_day", "mode": "total"}})",
          R"({"unit": "day", "n": 3, "channels": {"online": {"unit": "soon"}}})"}) {
        CAPTURE(bad);
        CHECK_FALSE(termFromJson(Json::parse(bad)));
    }
    const Json file = catalogueFile("procedures.json");
    for (const Json& procedure : file.at("procedures")) {
        CAPTURE(procedure.at("code").get<std::string>());
        CHECK(termFromJson(procedure.at("term")));
    }
}
