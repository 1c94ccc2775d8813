// SPDX-License-Identifier: GPL-3.0-or-later
#include "deadline_samples.h"

#include "core/base/random.h"

#include <set>

using namespace motcua;
using namespace motcua::test;
using std::chrono::days;
using std::chrono::sys_days;

namespace {

// Terms as the catalogue has them.
const char* const kSameDay15 = R"({"n": 0, "unit": "same_day_15h"})"; // birth, death, copies
const char* const kSameDay = R"({"n": 0, "unit": "same_day"})";       //
const char* const kMarriage = R"({"n": 0, "unit": "same_day",
    "extend": {"n": 5, "unit": "working_day", "mode": "total"}})";    // 1.000894
const char* const kCopies = R"({"n": 0, "unit": "same_day_15h",
    "extend": {"n": 2, "unit": "working_day", "mode": "addition"}})"; // 2.000815
const char* const kSignature = R"({"n": 0, "unit": "same_day_15h",
    "extend": {"by_agreement": true, "mode": "addition"}})";          // 2.000884
const char* const kStatus = R"({"n": 3, "unit": "working_day",
    "extend": {"n": 23, "unit": "day", "mode": "total"}})";           // 1.004873
const char* const kRecognition = R"({"n": 3, "unit": "working_day",
    "extend": {"n": 5, "unit": "working_day", "mode": "addition"}})"; // 1.001022
const char* const kForeign = R"({"n": 5, "unit": "working_day",
    "extend": {"n": 10, "unit": "day", "mode": "addition"}})";        // 2.000806
const char* const kWd1 = R"({"n": 1, "unit": "working_day"})";
const char* const kWd2 = R"({"n": 2, "unit": "working_day"})";
const char* const kWd3 = R"({"n": 3, "unit": "working_day"})";
const char* const kWd4 = R"({"n": 4, "unit": "working_day"})";
const char* const kWd5 = R"({"n": 5, "unit": "working_day"})";
const char* const kDay1 = R"({"n": 1, "unit": "day"})";
const char* const kDay3 = R"({"n": 3, "unit": "day"})";
const char* const kDay5 = R"({"n": 5, "unit": "day"})";
const char* const kDay10 = R"({"n": 10, "unit": "day"})";
const char* const kHour4 = R"({"n": 4, "unit": "working_hour"})";
const char* const kHour6 = R"({"n": 6, "unit": "working_hour"})";
const char* const kHour8 = R"({"n": 8, "unit": "working_hour"})";

struct Row
{
    const char* why;
    const char* term;
    const char* received;
    const char* due; ///< "" for none
    const char* suspended = "";
    Extended extended = Extended::No;
};

constexpr Extended kExtended = Extended::Yes;

// 2026: Nov 20 is a Friday. Off: 1/1, 2/1, 16–20/2, 27/4, 30/4, 1/5, 31/8, 1/9, 2/9, 24/11; worked: 10/1,
// 22/8. 2027, not confirmed: 1/1, 5–10/2, 16/4, 30/4, 1/5, 3/5, 2/9, 24/11. Half days here: 24/12 and
// 31/12/2026.
const Row kTable[] = {
    // The Day of Culture, 24/11.
    {"three working days step over 24/11", kWd3, "2026-11-20 09:00", "2026-11-26 16:30"},
    {"after 15:00 on the eve of 24/11: the next working day is the 25th", kSameDay15, "2026-11-23 15:10",
     "2026-11-25 16:30"},
    {"exactly 15:00 is not after 15:00", kSameDay15, "2026-11-23 15:00", "2026-11-23 16:30"},
    {"one second after 15:00 is after 15:00", kSameDay15, "2026-11-23 15:00:01", "2026-11-25 16:30"},
    {"before 15:00: today, even on the eve of a holiday", kSameDay15, "2026-11-23 14:59", "2026-11-23 16:30"},
    {"received on 24/11: as received on the 25th at opening, done that day", kSameDay15, "2026-11-24 09:00",
     "2026-11-25 16:30"},
    {"received on 24/11 in the evening: the hour on a day off does not matter", kSameDay15,
     "2026-11-24 20:00", "2026-11-25 16:30"},
    {"one working day from the eve of 24/11", kWd1, "2026-11-23 08:00", "2026-11-25 16:30"},
    {"five working days over a weekend and 24/11", kWd5, "2026-11-18 10:00", "2026-11-26 16:30"},
    {"received on a holiday: the 25th is the day of receipt and does not count", kWd3, "2026-11-24 10:00",
     "2026-11-30 16:30"},
    {"a minute after closing on the eve: receipt moves to the 25th", kWd3, "2026-11-23 17:01",
     "2026-11-30 16:30"},
    {"at closing time it is still received today", kWd3, "2026-11-23 17:00", "2026-11-27 16:30"},
    {"a term in days that ends on 24/11 ends on the 25th (BLDS 148)", kDay1, "2026-11-23 09:00",
     "2026-11-25 16:30"},
    {"ten days from a Saturday: receipt on Monday the 16th", kDay10, "2026-11-14 09:00", "2026-11-26 16:30"},
    {"24/11 was no holiday before 2026", kWd3, "2025-11-21 09:00", "2025-11-26 16:30"},
    {"24/11/2027 is a Wednesday", kWd2, "2027-11-22 09:00", "2027-11-25 16:30"},
    // Tết 2026.
    {"two working days over Tết 2026", kWd2, "2026-02-13 09:00", "2026-02-24 16:30"},
    {"after 15:00 on the last day before Tết", kSameDay15, "2026-02-13 15:30", "2026-02-23 16:30"},
    {"same day without the 15:00 rule, after the usual hour: closing time", kSameDay, "2026-02-13 16:45",
     "2026-02-13 17:00"},
    {"one of three days falls before Tết", kWd3, "2026-02-12 09:00", "2026-02-24 16:30"},
    {"filed online on mùng 2", kWd1, "2026-02-18 10:00", "2026-02-24 16:30"},
    {"filed online on the Sunday before Tết", kSameDay15, "2026-02-15 20:00", "2026-02-23 16:30"},
    {"five days end on 29 Chạp and move over Tết", kDay5, "2026-02-11 09:00", "2026-02-23 16:30"},
    {"five working days and ten days end on mùng 3", kForeign, "2026-02-02 09:00", "2026-02-23 16:30", "",
     kExtended},
    {"23 days in all end on mùng 2", kStatus, "2026-01-26 09:00", "2026-02-23 16:30", "", kExtended},
    {"the same without verification is three working days", kStatus, "2026-01-26 09:00", "2026-01-29 16:30"},
    // Tết 2027 as proposed, Tết 2028 computed.
    {"over Tết 2027 as proposed", kWd3, "2027-02-03 09:00", "2027-02-12 16:30"},
    {"after 15:00 on the last day before Tết 2027", kSameDay15, "2027-02-04 15:30", "2027-02-11 16:30"},
    {"three days end on mùng 1 of 2027, a Saturday", kDay3, "2027-02-03 09:00", "2027-02-11 16:30"},
    {"filed online on mùng 2 of 2027", kWd2, "2027-02-07 09:00", "2027-02-15 16:30"},
    {"Tết 2028 computed: 25–29/1, the Saturday given back on Monday 31/1", kWd2, "2028-01-24 09:00",
     "2028-02-02 16:30"},
    {"1/1/2028 is a Saturday: Monday is given", kWd1, "2027-12-31 09:00", "2028-01-04 16:30"},
    {"10/3 of 2028 is Tuesday 4/4", kWd1, "2028-04-03 09:00", "2028-04-05 16:30"},
    {"30/4/2028 is a Sunday, 1/5 a Monday: Tuesday 2/5 is given", kWd1, "2028-04-28 09:00",
     "2028-05-03 16:30"},
    {"2/9/2028 is a Saturday: Monday 4/9 is given", kWd1, "2028-08-31 09:00", "2028-09-05 16:30"},
    // Swapped and make-up days.
    {"1/1 and the swapped 2/1 of 2026", kWd2, "2025-12-31 09:00", "2026-01-06 16:30"},
    {"the make-up Saturday 10/1 counts", kWd1, "2026-01-09 09:00", "2026-01-10 16:30"},
    {"after 15:00 on Friday: the make-up Saturday is the next working day", kSameDay15, "2026-01-09 15:20",
     "2026-01-10 16:30"},
    {"the make-up Saturday is the second of three days", kWd3, "2026-01-08 09:00", "2026-01-12 16:30"},
    {"received on the make-up Saturday itself", kSameDay15, "2026-01-10 09:00", "2026-01-10 16:30"},
    {"an ordinary Saturday stays a day off although the counter receives", kWd2, "2026-01-17 09:00",
     "2026-01-21 16:30"},
    {"the make-up Saturday 22/8 counts", kWd1, "2026-08-21 09:00", "2026-08-22 16:30"},
    {"a term in days that ends on the make-up Saturday ends there", kDay1, "2026-08-21 09:00",
     "2026-08-22 16:30"},
    {"31/8 to 2/9 are off", kWd5, "2026-08-27 09:00", "2026-09-08 16:30"},
    {"after 15:00 before the long National Day", kSameDay15, "2026-08-28 16:00", "2026-09-03 16:30"},
    {"three days end on the swapped 31/8", kDay3, "2026-08-28 09:00", "2026-09-03 16:30"},
    // April and May.
    {"Giỗ Tổ on a Sunday is given back on 27/4", kWd3, "2026-04-23 09:00", "2026-04-29 16:30"},
    {"30/4 and 1/5 make a long weekend", kWd2, "2026-04-28 09:00", "2026-05-04 16:30"},
    {"after 15:00 on 29/4", kSameDay15, "2026-04-29 15:01", "2026-05-04 16:30"},
    {"Giỗ Tổ 2027 is Friday 16/4", kWd1, "2027-04-15 09:00", "2027-04-19 16:30"},
    {"1/5/2027 is a Saturday: Monday 3/5 is given", kWd1, "2027-04-29 09:00", "2027-05-04 16:30"},
    // Hours of the day.
    {"before opening counts as at opening", kSameDay15, "2026-11-16 06:10", "2026-11-16 16:30"},
    {"at noon is not after hours", kSameDay15, "2026-11-16 12:00", "2026-11-16 16:30"},
    {"without the 15:00 rule 15:30 is still today", kSameDay, "2026-11-16 15:30", "2026-11-16 16:30"},
    {"received at the promised hour: closing time", kSameDay, "2026-11-16 16:30", "2026-11-16 17:00"},
    {"after hours: the next working day", kSameDay, "2026-11-16 17:30", "2026-11-17 16:30"},
    {"after hours on Friday: Monday", kSameDay15, "2026-11-13 18:00", "2026-11-16 16:30"},
    {"midnight in Viet Nam begins the day", kWd1, "2026-11-17 00:00", "2026-11-18 16:30"},
    // Half days: 24/12 and 31/12/2026.
    {"ends on a half day: its afternoon moves on, over 1/1", kWd3, "2026-12-28 09:00", "2027-01-04 16:30"},
    {"a half day counts as a working day", kWd4, "2026-12-28 09:00", "2027-01-04 16:30"},
    {"same day on a half day: the hour of the afternoon moves on", kSameDay15, "2026-12-31 09:00",
     "2027-01-04 16:30"},
    {"the afternoon of a half day is after hours", kWd1, "2026-12-31 13:40", "2027-01-05 16:30"},
    {"a half day within the term counts", kWd2, "2026-12-23 09:00", "2026-12-25 16:30"},
    {"a term in days that ends on a half day", kDay1, "2026-12-23 09:00", "2026-12-25 16:30"},
    // Waiting for the citizen.
    {"two working days waited do not count", kWd3, "2026-11-02 09:00", "2026-11-09 16:30",
     "2026-11-03 10:00/2026-11-05 09:00"},
    {"papers on the day of the request: nothing is lost", kWd3, "2026-11-02 09:00", "2026-11-05 16:30",
     "2026-11-03 09:00/2026-11-03 15:00"},
    {"waiting without an end: no appointment", kWd3, "2026-11-02 09:00", "", "2026-11-04 09:00/"},
    {"asked on the day of receipt and still waiting", kSameDay15, "2026-11-02 09:00", "",
     "2026-11-02 09:30/"},
    {"waiting that begins after the appointment changes nothing", kWd1, "2026-11-02 09:00",
     "2026-11-03 16:30", "2026-11-04 09:00/"},
    {"waiting that begins on the last day: that day does not count", kWd1, "2026-11-02 09:00",
     "2026-11-05 16:30", "2026-11-03 09:00/2026-11-05 10:00"},
    {"waiting over 24/11: only working days were waited", kWd3, "2026-11-20 09:00", "2026-11-27 16:30",
     "2026-11-23 08:00/2026-11-25 16:00"},
    {"same day matter, papers two days later", kSameDay15, "2026-11-02 09:00", "2026-11-04 16:30",
     "2026-11-02 10:00/2026-11-04 09:00"},
    {"two waits", kWd3, "2026-11-02 09:00", "2026-11-10 16:30",
     "2026-11-03 08:00/2026-11-04 08:00,2026-11-05 08:00/2026-11-09 08:00"},
    {"waits that overlap count once", kWd3, "2026-11-02 09:00", "2026-11-09 16:30",
     "2026-11-03 08:00/2026-11-05 08:00,2026-11-04 08:00/2026-11-05 09:00"},
    {"calendar days waited do not count either", kDay5, "2026-11-02 09:00", "2026-11-09 16:30",
     "2026-11-04 08:00/2026-11-06 08:00"},
    {"waiting over Tết", kWd2, "2026-02-12 09:00", "2026-02-25 16:30", "2026-02-13 08:00/2026-02-24 08:00"},
    {"papers on a Saturday: Monday counts", kWd1, "2026-11-02 09:00", "2026-11-09 16:30",
     "2026-11-03 08:00/2026-11-07 10:00"},
    {"papers after the promised hour of the last day: closing time", kWd1, "2026-11-02 09:00",
     "2026-11-03 17:00", "2026-11-03 08:00/2026-11-03 16:40"},
    {"papers after hours of the last day: the next working day", kWd1, "2026-11-02 09:00", "2026-11-04 16:30",
     "2026-11-03 08:00/2026-11-03 18:00"},
    // Extensions.
    {"five working days in all, not five more", kMarriage, "2026-11-16 09:00", "2026-11-23 16:30", "",
     kExtended},
    {"without the extension the marriage is registered today", kMarriage, "2026-11-16 09:00",
     "2026-11-16 16:30"},
    {"two working days more for a pile of copies, over 24/11", kCopies, "2026-11-23 09:00",
     "2026-11-26 16:30", "", kExtended},
    {"the same received after 15:00: they follow the next working day", kCopies, "2026-11-23 15:30",
     "2026-11-27 16:30", "", kExtended},
    {"three working days and five more", kRecognition, "2026-11-16 09:00", "2026-11-27 16:30", "", kExtended},
    {"five working days, then ten days of the calendar", kForeign, "2026-11-02 09:00", "2026-11-19 16:30", "",
     kExtended},
    {"extension and waiting together", kRecognition, "2026-11-02 09:00", "2026-11-16 16:30",
     "2026-11-05 08:00/2026-11-09 08:00", kExtended},
    {"as agreed with the applicant: no figure, no appointment", kSignature, "2026-11-16 09:00", "", "",
     kExtended},
    // Over the year.
    {"over New Year into a year without a confirmed list", kWd3, "2026-12-28 16:00", "2027-01-04 16:30"},
    {"after 15:00 on the last but one day", kSameDay15, "2026-12-30 15:30", "2027-01-04 16:30"},
    {"three days end on Saturday 2/1/2027", kDay3, "2026-12-30 09:00", "2027-01-04 16:30"},
    // The civil-status law of 2027-03-01: the catalogue gives the term, counting is the same on both sides.
    {"received under the old law, done under the new", kWd3, "2027-02-26 09:00", "2027-03-03 16:30"},
    {"after 15:00 on the last working day of the old law", kSameDay15, "2027-02-26 15:10",
     "2027-03-01 16:30"},
    {"on its last day, a Sunday, online: as received on 1/3", kSameDay15, "2027-02-28 10:00",
     "2027-03-01 16:30"},
    {"after hours on the last working day of the old law", kWd2, "2027-02-26 17:05", "2027-03-03 16:30"},
    {"the first day of the new law", kSameDay15, "2027-03-01 09:00", "2027-03-01 16:30"},
    {"before opening on the first day of the new law", kWd3, "2027-03-01 00:30", "2027-03-04 16:30"},
    // Hours of the office.
    {"eight hours of the office over 24/11", kHour8, "2026-11-23 10:00", "2026-11-25 10:30"},
    {"four hours from an hour before closing", kHour4, "2026-11-16 16:00", "2026-11-17 10:30"},
    {"six hours over a weekend and a lunch", kHour6, "2026-11-20 16:30", "2026-11-23 15:00"},
    {"hours while waiting do not count; they go on when the papers come", kHour4, "2026-11-16 16:00",
     "2026-11-18 14:30", "2026-11-17 08:00/2026-11-18 09:30"},
};

Calendar officeCalendar()
{
    return calendarWith(Json::parse(R"({"days": [
        {"day": "2026-12-24", "kind": "half", "name": "Làm việc buổi sáng", "status": "official"},
        {"day": "2026-12-31", "kind": "half", "name": "Làm việc buổi sáng", "status": "official"}]})"));
}

std::string localText(Instant instant)
{
    const std::string utc = toRfc3339(instant + kVietnamOffset);
    return utc.substr(0, 10) + " " + utc.substr(11, 5);
}

/// What holds for every answer: no gap between the days, every day explained, the appointment on the last
/// one.
void checkSteps(const Deadline& deadline, Instant receivedAt)
{
    REQUIRE_FALSE(deadline.steps.empty());
    CHECK(deadline.steps.front().day == dayInVietnam(receivedAt));
    for (std::size_t i = 0; i < deadline.steps.size(); ++i) {
        CHECK_FALSE(deadline.steps[i].because.empty());
        if (i > 0) {
            CHECK(sys_days{deadline.steps[i].day} - sys_days{deadline.steps[i - 1].day} == days{1});
        }
    }
    if (deadline.dueAt) {
        CHECK(deadline.steps.back().day == dayInVietnam(*deadline.dueAt));
        CHECK(*deadline.dueAt >= receivedAt);
        CHECK(deadline.reason.empty());
    } else {
        CHECK_FALSE(deadline.reason.empty());
    }
}

} // namespace

TEST_CASE("appointments, each with its reason")
{
    static_assert(std::size(kTable) >= 60);
    const Calendar calendar = officeCalendar();
    for (const Row& row : kTable) {
        CAPTURE(row.why, row.received);
        DeadlineOptions options;
        options.extended = row.extended;
        options.suspensions = suspensions(row.suspended);
        const auto deadline = computeDeadline(term(row.term), at(row.received), options, calendar);
        REQUIRE(deadline);
        CHECK((deadline->dueAt ? localText(*deadline->dueAt) : "") == row.due);
        checkSteps(*deadline, at(row.received));
    }
}

TEST_CASE("a second, blunt method finds the same days for random receipts and terms")
{
    const Calendar calendar = calendarWith();
    const std::set<std::string> off{"2026-01-01", "2026-01-02", "2026-02-16", "2026-02-17", "2026-02-18",
                                    "2026-02-19", "2026-02-20", "2026-04-27", "2026-04-30", "2026-05-01",
                                    "2026-08-31", "2026-09-01", "2026-09-02", "2026-11-24"};
    const std::set<std::string> work{"2026-01-10", "2026-08-22"};
    const auto works = [&](sys_days d) {
        const unsigned weekday = std::chrono::weekday{d}.iso_encoding();
        const std::string iso = toIsoDay(Day{d});
        return work.contains(iso) || (weekday < 6 && !off.contains(iso));
    };
    SeededRandom random(24112026);
    for (int i = 0; i < 3000; ++i) {
        const sys_days received = sys_days{day("2026-01-05")} + days{random.below(320)};
        const int n = 1 + static_cast<int>(random.below(10));
        sys_days due = received;
        while (!works(due)) {
            due += days{1};
        }
        for (int left = n; left > 0;) {
            due += days{1};
            left -= works(due) ? 1 : 0;
        }
        Term workingDays;
        workingDays.span = {n, TermUnit::WorkingDay};
        const Instant morning = instantInVietnam(Day{received}, std::chrono::hours{9});
        const auto deadline = computeDeadline(workingDays, morning, {}, calendar);
        CAPTURE(toIsoDay(Day{received}), n);
        REQUIRE(deadline);
        CHECK(toIsoDay(dayInVietnam(*deadline->dueAt)) == toIsoDay(Day{due}));
        const auto counted = std::count_if(deadline->steps.begin(), deadline->steps.end(),
                                           [](const DeadlineStep& step) { return step.counted; });
        CHECK(counted == n);
    }
}

TEST_CASE("the steps tell the official each day in words")
{
    const auto deadline = computeDeadline(term(kWd3), at("2026-11-20 09:00"), {}, calendarWith());

    REQUIRE(deadline);
    CHECK(deadline->unit == "working_day");
    REQUIRE(deadline->steps.size() == 7);
    CHECK(deadline->steps[0].because == "Ngày tiếp nhận: không tính vào thời hạn");
    CHECK(deadline->steps[1].because == "Nghỉ hằng tuần: Thứ Bảy");
    CHECK(deadline->steps[3].because == "Ngày làm việc thứ 1");
    CHECK(deadline->steps[4].because == "Nghỉ lễ: Ngày Văn hóa Việt Nam");
    CHECK_FALSE(deadline->steps[4].counted);
    CHECK(deadline->steps[6].because == "Ngày làm việc thứ 3");
    CHECK(deadline->steps[6].counted);
}

TEST_CASE("an appointment in a year without a confirmed list is named with a warning")
{
    const Calendar calendar = calendarWith();
    const auto warnings = [&](const char* received) {
        const auto deadline = computeDeadline(term(kWd3), at(received), {}, calendar);
        REQUIRE(deadline);
        return deadline->warnings;
    };
    CHECK(warnings("2026-11-20 09:00").empty());
    CHECK(warnings("2026-12-28 09:00").empty());
    REQUIRE(warnings("2026-12-29 09:00").size() == 1);
    CHECK(warnings("2026-12-29 09:00")[0].find("2027") != std::string::npos);
    CHECK(warnings("2027-02-26 09:00").size() == 1);
    CHECK(warnings("2027-12-30 09:00").size() == 2);
    CHECK(warnings("2031-06-02 09:00").size() == 1);

    const auto tet = computeDeadline(term(kWd3), at("2027-02-03 09:00"), {}, calendar);
    CHECK(tet->steps[2].because == "Nghỉ lễ: Tết Âm lịch (29 Chạp) (dự kiến, chưa công bố)");
}

TEST_CASE("where no appointment can be named, the reason is")
{
    const Calendar calendar = calendarWith();
    const Instant now = at("2026-11-20 09:00");
    DeadlineOptions extended;
    extended.extended = Extended::Yes;

    const auto unknown = computeDeadline(term(R"({"n": null, "unit": "see_portal"})"), now, {}, calendar);
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().rule == "no-term");

    for (const char* unit : {"other_agency", "repealed"}) {
        const auto none =
            computeDeadline(term(("{\"unit\": \"" + std::string(unit) + "\"}").c_str()), now, {}, calendar);
        REQUIRE(none);
        CHECK_FALSE(none->dueAt);
        CHECK(none->unit == unit);
        checkSteps(*none, now);
    }

    const auto noLonger = computeDeadline(term(kWd3), now, extended, calendar);
    REQUIRE_FALSE(noLonger);
    CHECK(noLonger.error().rule == "no-extension");

    for (const char* bad : {"2026-11-24 09:00/2026-11-23 09:00", "2026-11-24 09:00/2099-11-23 09:00"}) {
        DeadlineOptions wrong;
        wrong.suspensions = suspensions(bad);
        const auto refused = computeDeadline(term(kWd3), now, wrong, calendar);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().rule == "suspension");
    }
}

TEST_CASE("a unit sets its own hours, and its own Saturdays")
{
    DeadlineOptions morning;
    morning.hours.promised = std::chrono::hours{11};
    const auto half = computeDeadline(term(kWd3), at("2026-12-28 09:00"), morning, officeCalendar());
    CHECK(localText(*half->dueAt) == "2026-12-31 11:00");

    const Calendar saturdays = calendarWith(Json::parse(R"({"week": {"saturday": "half"}})"));
    CHECK(localText(*computeDeadline(term(kWd1), at("2026-11-20 09:00"), {}, saturdays)->dueAt) ==
          "2026-11-23 16:30");
    CHECK(localText(*computeDeadline(term(kWd1), at("2026-11-20 09:00"), morning, saturdays)->dueAt) ==
          "2026-11-21 11:00");
}

TEST_CASE("a channel may have a limit of its own")
{
    const Term both =
        term(R"({"n": 3, "unit": "working_day", "channels": {"online": {"n": 1, "unit": "working_day"}}})");
    DeadlineOptions online;
    online.channel = "online";
    const Calendar calendar = calendarWith();
    CHECK(localText(*computeDeadline(both, at("2026-11-16 09:00"), {}, calendar)->dueAt) ==
          "2026-11-19 16:30");
    CHECK(localText(*computeDeadline(both, at("2026-11-16 09:00"), online, calendar)->dueAt) ==
          "2026-11-17 16:30");
}

TEST_CASE("registration is on time to the end of the legal duty")
{
    const Calendar calendar = calendarWith();
    CHECK(isWithinDuty(day("2026-09-01"), 60, day("2026-11-02"), calendar)); // 31/10 is a Saturday
    CHECK_FALSE(isWithinDuty(day("2026-09-01"), 60, day("2026-11-03"), calendar));
    CHECK(isWithinDuty(day("2026-11-09"), 15, day("2026-11-25"), calendar)); // 24/11 is off
    CHECK_FALSE(isWithinDuty(day("2026-11-09"), 15, day("2026-11-26"), calendar));
}
