// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/rules.h"
#include "core/dossier/rules_person.h"
#include "tests/unit/dossier/draft_samples.h"

using namespace motcua;
using namespace motcua::test;

namespace {

using Strings = std::vector<std::string>;

Truth evaluated(const char* condition, const Json& dossier)
{
    const Json json = Json::parse(condition);
    const auto compiled = conditionFromJson(Source(json, "test"));
    INFO((compiled ? std::string() : compiled.error().detail));
    REQUIRE(compiled);
    return evaluate(*compiled, {dossier, day(2026, 11, 21), catalogue().calendar()});
}

} // namespace

TEST_CASE("marital status: for oneself the applicant's birth and sex are needed, for another that person")
{
    Json draft = maritalDraft();
    draft["applicant"].erase("birth");
    draft["applicant"].erase("gender");
    CHECK(problemsOf(draft) ==
          Strings{"hard self-birth /applicant/birth", "hard self-gender /applicant/gender"});

    draft = with(draft, "forSelf", false);
    CHECK(problemsOf(draft) ==
          Strings{"hard required /form/requesterRelation", "hard required /form/person"});
    draft = with(draft, "requesterRelation", "mẹ");
    draft = with(draft, "person", person("Trần Văn Minh"));
    CHECK(problemsOf(draft) ==
          Strings{"hard required /form/person/birth", "hard required /form/person/gender"});
    draft["form"]["person"]["birth"] = date("1998");
    draft["form"]["person"]["gender"] = "male";
    CHECK(problemsOf(draft) == Strings{});
}

TEST_CASE("marital status: for a marriage the intended spouse is named, for else the purpose")
{
    Json draft = with(maritalDraft(), "spouse", nullptr);
    CHECK(problemsOf(draft) == Strings{"hard required /form/spouse"});
    draft = with(draft, "purpose", "mục đích khác");
    CHECK(problemsOf(draft) == Strings{"hard required /form/purposeText"});
    CHECK(problemsOf(with(draft, "purposeText", "Vay vốn ngân hàng")) == Strings{});
    CHECK(problemsOf(with(draft, "purpose", nullptr)) == Strings{"hard required /form/purpose"});
}

TEST_CASE("marital status: the age of marriage is twenty for men and eighteen for women")
{
    const auto born = [](const char* birth, const char* gender) {
        Json draft = maritalDraft();
        draft["applicant"].erase("personalId");
        draft["applicant"]["address"] = "xã Phúc Thọ";
        draft["applicant"]["birth"] = date(birth);
        draft["applicant"]["gender"] = gender;
        return problemsOf(draft);
    };
    const Strings tooYoung{"soft marriage-age-self /applicant/birth"};

    CHECK(born("21/11/2006", "male") == Strings{});
    CHECK(born("22/11/2006", "male") == tooYoung);
    CHECK(born("2006", "male") == Strings{}); // perhaps
    CHECK(born("2007", "male") == tooYoung);
    CHECK(born("21/11/2008", "female") == Strings{});
    CHECK(born("22/11/2008", "female") == tooYoung);
    CHECK(born("22/11/2008", "unknown") == Strings{});

    Json other = with(maritalDraft(), "forSelf", false);
    other = with(other, "requesterRelation", "cha");
    other = with(other, "person", person("Trần Văn Nam", "22/11/2006"));
    other["form"]["person"]["gender"] = "male";
    CHECK(problemsOf(other) == Strings{"soft marriage-age-person /form/person/birth"});
    other["form"]["person"]["birth"] = date("21/11/2006");
    CHECK(problemsOf(other) == Strings{});
}

TEST_CASE("marital status: the period is in order and past")
{
    const auto period = [](const char* from, const char* to) {
        return problemsOf(with(with(maritalDraft(), "periodFrom", date(from)), "periodTo", date(to)));
    };

    CHECK(period("01/2016", "20/11/2026") == Strings{});
    CHECK(period("2016", "2016") == Strings{});
    CHECK(period("02/01/2017", "01/01/2017") == Strings{"hard period-order /form/periodTo"});
    CHECK(period("01/01/2017", "22/11/2026") == Strings{"hard period-in-future /form/periodTo"});
    CHECK(period("01/01/2017", "2026") == Strings{});
}

TEST_CASE("marital status: nobody marries oneself")
{
    CHECK(problemsOf(with(maritalDraft(), "spouse", person("Phạm Thị Lan", nullptr, "001098000456"))) ==
          Strings{"hard spouse-is-self /form/spouse/personalId"});
    CHECK(problemsOf(with(maritalDraft(), "spouse", person("Phạm Thị Lan", nullptr, "001199000456"))) ==
          Strings{});
}

TEST_CASE("marital status: earlier marriages and confirmations bring their papers with them")
{
    const Json married = with(maritalDraft(), "marriedBefore", true);
    CHECK(problemsOf(married) == Strings{"soft marriage-end-missing /form/marriageEnd",
                                         "soft never-married-text /form/maritalStatus",
                                         "soft papers-missing /components"});
    CHECK(problemsOf(with(with(married, "marriageEnd", "Quyết định 12/2020/QĐST-HNGĐ"), "maritalStatus",
                          "Đã ly hôn, hiện tại chưa đăng ký kết hôn với ai")) ==
          Strings{"soft papers-missing /components"});
    CHECK(problemsOf(with(maritalDraft(), "issuedBefore", true)) ==
          Strings{"soft papers-missing /components"});
    CHECK(problemsOf(with(maritalDraft(), "marriedBefore", false)) == Strings{});
}

TEST_CASE("certified copies: an original that the law refuses is refused")
{
    CHECK(problemsOf(with(certifiedDraft(), "originalAcceptable", false)) ==
          Strings{"hard original-refused /form/originalAcceptable"});
    CHECK(problemsOf(with(certifiedDraft(), "originalAcceptable", true)) == Strings{});
    CHECK(problemsOf(with(certifiedDraft(), "documentDate", date("22/11/2026"))) ==
          Strings{"hard document-date-in-future /form/documentDate"});
    CHECK(problemsOf(with(certifiedDraft(), "documentDate", date("2026"))) == Strings{});
}

TEST_CASE("certified copies: very many pages or copies are asked about, and may take longer")
{
    CHECK(problemsOf(with(certifiedDraft(), "pages", 501)) == Strings{"soft many-pages /form/pages"});
    CHECK(problemsOf(with(certifiedDraft(), "pages", 500)) == Strings{});
    CHECK(problemsOf(with(certifiedDraft(), "copies", 101)) == Strings{"soft many-copies /form/copies"});
    CHECK(problemsOf(with(certifiedDraft(), "copies", 100)) == Strings{});
    CHECK(check(with(certifiedDraft(), "complex", true)).extended == Extended::Yes);
    CHECK(check(certifiedDraft()).extended == Extended::No);
}

TEST_CASE("extract copies: the entry is past, after the birth, and a marriage has two people")
{
    CHECK(problemsOf(with(extractDraft(), "entryDate", date("22/11/2026"))) ==
          Strings{"hard entry-date-in-future /form/entryDate"});
    CHECK(problemsOf(with(extractDraft(), "entryDate", date("1983"))) ==
          Strings{"soft entry-before-birth /form/entryDate"});
    CHECK(problemsOf(with(extractDraft(), "entryDate", date("1984"))) == Strings{});
    const Json marriage = with(extractDraft(), "extractKind", "trích lục kết hôn");
    CHECK(problemsOf(marriage) == Strings{"soft second-person-missing /form/secondPerson"});
    CHECK(problemsOf(with(marriage, "secondPerson", person("Lê Thị Sáu"))) == Strings{});
    CHECK(problemsOf(with(extractDraft(), "copies", 0)) == Strings{"hard range /form/copies"});
    CHECK(problemsOf(with(extractDraft(), "copies", 101)) == Strings{"soft many-copies /form/copies"});
}

TEST_CASE("plain form: the event is known where the fee depends on it, and past")
{
    const EditableCatalogue edited;
    edited.write("fees-unit.json", R"({"fees": [
        {"procedure": "1.001570", "code": "own", "name": "Lệ phí", "per": "case", "amount": 0, "when": "on-time",
         "dutyDays": 15, "effectiveFrom": "2025-07-01", "effectiveTo": null},
        {"procedure": "1.001570", "code": "own", "name": "Lệ phí", "per": "case", "amount": null, "when": "late",
         "dutyDays": 15, "effectiveFrom": "2025-07-01", "effectiveTo": null}]})");
    const auto withDuty = Catalogue::load(edited.folder());
    REQUIRE(withDuty);
    const auto checkedOn = [&](const char* text) {
        const Json draft = text == nullptr ? plainDraft() : with(plainDraft(), "eventDate", date(text));
        return checkDraft(draft, *withDuty, receipt());
    };

    CHECK(listed(checkedOn(nullptr).problems) == Strings{"hard required /form/eventDate"});
    CHECK(listed(checkedOn("22/11/2026").problems) == Strings{"hard event-in-future /form/eventDate"});
    CHECK(listed(checkedOn("2026").problems) == Strings{"hard precision /form/eventDate"});
    CHECK(listed(checkedOn("21/11/2026").problems) == Strings{});
    CHECK(checkedOn("21/11/2026").fee.amount == 0);
    CHECK_FALSE(checkedOn("21/09/2026").fee.amount);
    CHECK(problemsOf(with(plainDraft(), "matter", nullptr)) == Strings{"hard required /form/matter"});
}

TEST_CASE("death: the law's fifteen days, and what is certainly impossible")
{
    const auto died = [](const char* text) {
        return problemsOf(with(deathDraft(), "deathDate", date(text)));
    };

    CHECK(problemsOf(deathDraft()) == Strings{});
    CHECK(died("22/11/2026") == Strings{"hard death-date-in-future /form/deathDate"});
    CHECK(died("11/2026") == Strings{}); // late or not: cannot be told
    CHECK(died("21/09/2026") == Strings{"soft death-late /form/deathDate"});
    CHECK(died("03/1950") == Strings{"soft death-late /form/deathDate"}); // born 1950: perhaps before
    CHECK(died("1949") ==
          Strings{"soft death-late /form/deathDate", "hard death-before-birth /form/deathDate"});
    CHECK(check(deathDraft()).fee.amount == 0);
    CHECK_FALSE(check(with(deathDraft(), "deathDate", date("21/09/2026"))).fee.amount);
}

TEST_CASE("death: who issues the notice depends on the place")
{
    Json draft = with(deathDraft(), "deathCircumstance", "Tòa án tuyên bố");

    const CheckedDraft checked = check(draft);

    CHECK(listed(checked.problems) ==
          Strings{"soft death-notice-issuer /form/deathNoticeIssuer", "soft papers-missing /components"});
    CHECK(checked.problems.back().message ==
          "Còn thiếu giấy tờ: Bản án, quyết định của Tòa án tuyên bố là đã chết.");
    draft["components"].push_back({{"code", "court-decision"}, {"originals", 1}, {"copies", 0}});
    draft["form"]["deathNoticeIssuer"] = "Tòa án nhân dân khu vực 3";
    CHECK(check(draft).accepted());
}

TEST_CASE("competence is asked where the unit is known, and until the law changes")
{
    const auto elsewhere = [](const char* unit, const char* moment) {
        Json draft = deathDraft();
        draft["form"]["deceased"]["address"] = "xã Sóc Sơn, thành phố Hà Nội";
        draft["form"]["deathDate"] =
            date(std::string(moment).substr(0, 4) == "2027" ? "20/02/2027" : "20/11/2026");
        return listed(checkDraft(draft, catalogue(), *parseRfc3339(moment), unit).problems);
    };

    CHECK(elsewhere("UBND xã Phúc Thọ", "2026-11-21T01:00:00Z") ==
          Strings{"soft death-competence /form/deceased/address"});
    CHECK(elsewhere("UBND xã Phúc Thọ", "2027-02-26T01:00:00Z") ==
          Strings{"soft death-competence /form/deceased/address"});
    CHECK(elsewhere("UBND xã Phúc Thọ", "2027-03-01T01:00:00Z") == Strings{});
    CHECK(elsewhere("UBND xã Sóc Sơn", "2026-11-21T01:00:00Z") == Strings{});
    CHECK(elsewhere("", "2026-11-21T01:00:00Z") == Strings{});
}

TEST_CASE("marital status: either oneself or another person")
{
    Json draft = with(maritalDraft(), "person", person("Trần Văn Nam", "1990"));
    draft["form"]["person"]["gender"] = "male";
    CHECK(problemsOf(draft) == Strings{"soft for-self-or-person /form/forSelf"});
    draft = with(with(draft, "forSelf", false), "requesterRelation", "anh");
    CHECK(problemsOf(draft) == Strings{});
}

TEST_CASE("an ethnic group that no list has is asked about, not refused")
{
    CHECK(problemsOf(with(birthDraft(), "childEthnicGroup", "H'Mông")) == Strings{});
    CHECK(problemsOf(with(birthDraft(), "childEthnicGroup", "Pa Kô")) ==
          Strings{"soft ethnic-group-unknown /form/childEthnicGroup"});
}

TEST_CASE("a personal number is compared with year, sex and province")
{
    const auto listedFor = [](Json json) {
        return listed(checkPerson(json, "/applicant", catalogue(), day(2026, 11, 21)));
    };

    CHECK(listedFor({{"personalId", "001084012345"}, {"gender", "male"}, {"birth", date("1984")}}) ==
          Strings{});
    CHECK(listedFor({{"personalId", "001184012345"}, {"gender", "female"}, {"birth", date("1984")}}) ==
          Strings{});
    CHECK(listedFor({{"personalId", "001306012345"}, {"gender", "female"}, {"birth", date("03/2006")}}) ==
          Strings{});
    CHECK(listedFor({{"personalId", "001084012345"}, {"gender", "female"}}) ==
          Strings{"soft personal-id-gender /applicant/personalId"});
    CHECK(listedFor({{"personalId", "001084012345"}, {"gender", "unknown"}}) == Strings{});
    CHECK(listedFor({{"personalId", "001084012345"}, {"birth", date("21/06/1985")}}) ==
          Strings{"soft personal-id-year /applicant/personalId"});
    CHECK(listedFor({{"personalId", "101084012345"}}) ==
          Strings{"soft personal-id-province /applicant/personalId"});
    CHECK(listedFor({{"personalId", "12345"}}) == Strings{});
    CHECK(listedFor({{"birth", date("1895")}}) == Strings{"soft birth-long-ago /applicant/birth"});
    CHECK(listedFor({{"birth", date("1896")}}) == Strings{});
}

TEST_CASE("the digits of a personal number")
{
    CHECK(readPersonalNumber("001084012345")->birthYear == 1984);
    CHECK(readPersonalNumber("001084012345")->isMale);
    CHECK(readPersonalNumber("001306012345")->birthYear == 2006);
    CHECK_FALSE(readPersonalNumber("001306012345")->isMale);
    CHECK(readPersonalNumber("001999012345")->birthYear == 2399);
    CHECK_FALSE(readPersonalNumber("00108401234"));
    CHECK_FALSE(readPersonalNumber("00108401234x"));
}

TEST_CASE("an operation of the language says yes, no, or that it cannot know")
{
    const Json dossier{{"form",
                        {{"n", 5},
                         {"t", "abc"},
                         {"y", true},
                         {"empty", ""},
                         {"year", date("2026")},
                         {"month", date("11/2026")},
                         {"day", date("20/11/2026")},
                         {"broken", Json{{"text", "31/02/2026"}, {"precision", "day"}}}}}};
    struct Row
    {
        const char* condition;
        Truth truth;
    };
    const auto row = GENERATE(values<Row>({
        {R"({"present": "/form/t"})", Truth::Yes},
        {R"({"present": "/form/empty"})", Truth::No},
        {R"({"present": "/form/nothing"})", Truth::No},
        {R"({"equal": ["/form/t", {"text": "abc"}]})", Truth::Yes},
        {R"({"equal": ["/form/t", 5]})", Truth::No},
        {R"({"equal": ["/form/nothing", 5]})", Truth::Unknown},
        {R"({"equal": ["/form/y", true]})", Truth::Yes},
        {R"({"equal": ["/form/year", "/form/day"]})", Truth::Unknown},
        {R"({"equal": ["/form/day", {"day": "2026-11-20"}]})", Truth::Yes},
        {R"({"in": ["/form/t", [{"text": "x"}, {"text": "abc"}]]})", Truth::Yes},
        {R"({"in": ["/form/t", [{"text": "x"}]]})", Truth::No},
        {R"({"less": ["/form/n", 6]})", Truth::Yes},
        {R"({"less": ["/form/n", 5]})", Truth::No},
        {R"({"atMost": ["/form/n", 5]})", Truth::Yes},
        {R"({"more": ["/form/n", 5]})", Truth::No},
        {R"({"atLeast": ["/form/n", 5]})", Truth::Yes},
        {R"({"less": ["/form/t", 5]})", Truth::Unknown},
        {R"({"less": ["/form/day", "today"]})", Truth::Yes},
        {R"({"less": ["/form/month", "today"]})", Truth::Unknown},
        {R"({"less": ["today", "/form/year"]})", Truth::Unknown},
        {R"({"less": ["/form/broken", "today"]})", Truth::Unknown},
        {R"({"equal": [{"days": ["/form/day", "today"]}, 1]})", Truth::Yes},
        {R"({"atMost": [{"days": ["/form/month", "today"]}, 30]})", Truth::Yes},
        {R"({"equal": [{"years": [{"day": "2008-11-22"}, "today"]}, 17]})", Truth::Yes},
        {R"({"equal": [{"years": [{"day": "2008-02-29"}, {"day": "2026-02-28"}]}, 17]})", Truth::Yes},
        {R"({"not": {"present": "/form/t"}})", Truth::No},
        {R"({"not": {"equal": ["/form/nothing", 1]}})", Truth::Unknown},
        {R"({"all": [{"present": "/form/t"}, {"equal": ["/form/nothing", 1]}]})", Truth::Unknown},
        {R"({"all": [{"equal": ["/form/nothing", 1]}, {"present": "/form/empty"}]})", Truth::No},
        {R"({"any": [{"equal": ["/form/nothing", 1]}, {"present": "/form/t"}]})", Truth::Yes},
        {R"({"any": [{"present": "/form/empty"}, {"equal": ["/form/nothing", 1]}]})", Truth::Unknown},
        {R"({"equal": [{"or": ["/form/nothing", 7]}, 7]})", Truth::Yes},
        {R"({"shape": ["/form/t", "@@@"]})", Truth::Yes},
        {R"({"shape": ["/form/t", "@@#"]})", Truth::No},
        {R"({"shape": ["/form/nothing", "#"]})", Truth::Unknown},
        {R"({"withinDuty": ["/form/day", 60]})", Truth::Yes},
        {R"({"withinDuty": ["/form/year", 60]})", Truth::Unknown},
        {R"({"withinDuty": ["/form/t", 60]})", Truth::Unknown},
    }));

    INFO(row.condition);
    CHECK(evaluated(row.condition, dossier) == row.truth);
}
