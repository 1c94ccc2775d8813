// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/schema.h"
#include "tests/unit/dossier/draft_samples.h"

using namespace motcua;
using namespace motcua::test;

namespace {

using Strings = std::vector<std::string>;

/// What the counter adds; then it must be the contract's Dossier.
Problems problemsAsDossier(const CheckedDraft& checked)
{
    Json dossier = checked.dossier;
    dossier["code"] = "H26.131-261121-1001";
    dossier["status"] = "received";
    dossier["receivedAt"] = toRfc3339(receipt());
    return validateDossier(dossier);
}

} // namespace

TEST_CASE("a complete draft of each form is accepted and becomes the contract's dossier")
{
    const auto draft = GENERATE(
        as<Json (*)()>{}, &birthDraft, &maritalDraft, &certifiedDraft, &extractDraft,
        +[] { return plainDraft(); });

    const CheckedDraft checked = check(draft());

    CHECK(listed(checked.problems) == Strings{});
    CHECK(checked.answered.empty());
    CHECK(listed(problemsAsDossier(checked)) == Strings{});
    CHECK(checked.dossier["channel"] == "counter");
    CHECK(checked.dossier["catalogue"] == catalogue().version());
    CHECK_FALSE(checked.dossier.contains("code"));
    CHECK_FALSE(checked.dossier.contains("status"));
    CHECK_FALSE(checked.dossier.contains("receivedAt"));
    CHECK_FALSE(checked.dossier.contains("reasons"));
    CHECK(checked.procedure != nullptr);
}

TEST_CASE("what the counter decides is a problem in a draft")
{
    Json draft = birthDraft();
    draft["code"] = "H26.131-261121-1001";
    draft["status"] = "received";
    draft["receivedAt"] = "2026-11-21T02:00:00.000Z";
    draft["dueAt"] = "2026-11-21T02:00:00.000Z";
    draft["finishedAt"] = nullptr;
    draft["returnedAt"] = nullptr;
    draft["catalogue"] = "x";
    draft["results"] = Json::array();

    CHECK(problemsOf(draft) == Strings{"hard counter-decides /catalogue", "hard counter-decides /code",
                                       "hard counter-decides /dueAt", "hard counter-decides /finishedAt",
                                       "hard counter-decides /receivedAt", "hard counter-decides /results",
                                       "hard counter-decides /returnedAt", "hard counter-decides /status"});
}

TEST_CASE("all problems come at once")
{
    const Strings problems = problemsOf({{"procedure", "1.001193"}, {"applicant", {{"name", ""}}}});

    const Strings expected{"hard required /applicant/name",         "hard required /form/child",
                           "hard required /form/childBirthPlace",   "hard required /form/childEthnicGroup",
                           "hard required /form/childHomeTown",     "hard required /form/childNationality",
                           "hard required /form/requesterRelation", "soft mother-missing /form/mother",
                           "soft papers-missing /components"};
    Strings sorted = problems;
    std::sort(sorted.begin(), sorted.end());
    CHECK(sorted == expected);
}

TEST_CASE("unknown members are refused wherever they stand")
{
    Json draft = birthDraft();
    draft["uid"] = "x";
    draft["applicant"]["shoeSize"] = 42;
    draft["form"]["child"]["nickname"] = "Bi";
    draft["form"]["moon"] = true;
    draft["form"]["a/b~c"] = 1;

    CHECK(problemsOf(draft) == Strings{"hard unknown-member /uid", "hard unknown-member /form/a~1b~0c",
                                       "hard unknown-member /form/moon",
                                       "hard unknown-member /form/child/nickname",
                                       "hard unknown-member /applicant/shoeSize"});
}

TEST_CASE("the official code is the portal's to give: a draft that brings one is told so, not shortened")
{
    Json draft = birthDraft();
    draft["officialCode"] = "000.00.19.H26-261121-0001";

    const CheckedDraft checked = check(draft);

    CHECK(problemsOf(draft) == Strings{"hard portal-decides /officialCode"});
    CHECK_FALSE(checked.accepted());
    CHECK_FALSE(checked.refusable);
    CHECK_FALSE(checked.dossier.contains("officialCode"));
}

TEST_CASE("values of a wrong kind are named beside their fields")
{
    Json draft = birthDraft();
    draft["form"]["copies"] = "ba";
    draft["form"]["childHomeTown"] = 7;
    draft["form"]["child"] = "Nguyễn Văn An";
    draft["form"]["birthKind"] = "sinh đôi";
    draft["form"]["mother"]["birth"] = "1995";

    const Strings problems = problemsOf(draft);

    const auto has = [&](const char* line) {
        return std::count(problems.begin(), problems.end(), line) == 1;
    };
    CHECK(has("hard type /form/copies"));
    CHECK(has("hard type /form/childHomeTown"));
    CHECK(has("hard type /form/child"));
    CHECK(has("hard choice /form/birthKind"));
    CHECK(has("hard type /form/mother/birth"));
}

TEST_CASE("numbers keep their bounds")
{
    Json draft = certifiedDraft();
    const auto with = [&](const char* field, Json value) {
        Json changed = draft;
        changed["form"][field] = std::move(value);
        return problemsOf(changed);
    };

    CHECK(with("pages", 1) == Strings{});
    CHECK(with("pages", 0) == Strings{"hard range /form/pages"});
    CHECK(with("pages", -3) == Strings{"hard range /form/pages"});
    CHECK(with("pages", 2.5) == Strings{"hard type /form/pages"});
    CHECK(with("copies", 1000) == Strings{"hard range /form/copies", "soft many-copies /form/copies"});
    CHECK(with("copies", std::uint64_t{18446744073709551615U}).front() == "hard range /form/copies");
    CHECK(with("copies", nullptr) == Strings{"hard required /form/copies"});
}

TEST_CASE("dates must be of the calendar and as precise as the paper needs")
{
    const auto born = [](Json value) {
        Json draft = birthDraft();
        draft["form"]["child"]["birth"] = std::move(value);
        return problemsOf(draft);
    };

    CHECK(born(date("29/02/2026")) == Strings{"hard date /form/child/birth"});
    CHECK(born(date("11/2026")) == Strings{"hard precision /form/child/birth"});
    CHECK(born(date("2026")) == Strings{"hard precision /form/child/birth"});
    CHECK(born(Json{{"text", "1/11/2026"}, {"precision", "day"}}) == Strings{"hard date /form/child/birth"});
    CHECK(born(nullptr) == Strings{"hard required /form/child/birth"});
}

TEST_CASE("a soft problem passes with a reason and only with one")
{
    Json draft = birthDraft();
    draft["form"]["child"]["birth"] = date("01/06/2026");
    CHECK(problemsOf(draft) == Strings{"soft birth-late /form/child/birth"});

    draft["reasons"] = {{"/form/child/birth", "   "}};
    CHECK(problemsOf(draft) == Strings{"soft birth-late /form/child/birth"});

    draft["reasons"] = {{"/form/child/birth", " Gia đình ở xa,  mới về quê "}, {"/form/other", "x"}};
    const CheckedDraft checked = check(draft);
    CHECK(checked.accepted());
    REQUIRE(checked.answered.size() == 1);
    CHECK(checked.answered.front().problem.rule == "birth-late");
    CHECK(checked.answered.front().reason == "Gia đình ở xa, mới về quê");
    CHECK(listed(problemsAsDossier(checked)) == Strings{});
}

TEST_CASE("a reason never answers a hard problem, and bad reasons are named")
{
    Json draft = birthDraft();
    draft["form"]["child"]["birth"] = date("01/12/2026");
    draft["reasons"] = {{"/form/child/birth", "sắp sinh"}};
    CHECK(problemsOf(draft) == Strings{"hard birth-in-future /form/child/birth"});

    draft = birthDraft();
    draft["reasons"] = {{"/form/x", 5}, {"/form/y", std::string(2001, 'a')}};
    CHECK(problemsOf(draft) == Strings{"hard type /reasons/~1form~1x", "hard max-length /reasons/~1form~1y"});
    draft["reasons"] = "vì bận";
    CHECK(problemsOf(draft) == Strings{"hard type /reasons"});
}

TEST_CASE("text is stored composed and tidied, in the case in which it was written")
{
    Json draft = birthDraft();
    draft["form"]["child"]["name"] = "  Nguye\xCC\x82\xCC\x83n   Va\xCC\x86n  An\t";
    draft["applicant"]["name"] = "LÊ THỊ HOA";
    draft["applicant"]["personalId"] = "001 195 000 123";
    draft["form"]["childHomeTown"] = " xã Phúc Thọ,\n thành phố Hà Nội ";
    draft["note"] = "dòng một \ndòng hai";

    const CheckedDraft checked = check(draft);

    CHECK(listed(checked.problems) == Strings{});
    CHECK(checked.dossier["form"]["child"]["name"] == "Nguyễn Văn An");
    CHECK(checked.dossier["applicant"]["name"] == "LÊ THỊ HOA");
    CHECK(checked.dossier["applicant"]["personalId"] == "001195000123");
    CHECK(checked.dossier["form"]["childHomeTown"] == "xã Phúc Thọ, thành phố Hà Nội");
    CHECK(checked.dossier["note"] == "dòng một\ndòng hai");
}

TEST_CASE("null and empty mean absent")
{
    Json draft = birthDraft();
    draft["form"]["father"] = nullptr;
    draft["form"]["fatherEthnicGroup"] = "  ";
    draft["form"]["birthProofCode"] = "";
    draft["applicant"]["phone"] = "";
    draft["applicant"]["email"] = nullptr;
    draft["note"] = nullptr;

    const CheckedDraft checked = check(draft);

    CHECK(listed(checked.problems) == Strings{});
    CHECK_FALSE(checked.dossier["form"].contains("father"));
    CHECK_FALSE(checked.dossier["form"].contains("fatherEthnicGroup"));
    CHECK_FALSE(checked.dossier["applicant"].contains("phone"));
    CHECK_FALSE(checked.dossier.contains("note"));
}

TEST_CASE("the reference of the sender comes back, also from a refusal")
{
    Json draft = birthDraft();
    draft["clientRef"] = "  lô 7/12 ";
    CHECK(check(draft).clientRef == "  lô 7/12 ");
    CHECK_FALSE(check(draft).dossier.contains("clientRef"));
    CHECK(check({{"clientRef", "r"}}).clientRef == "r");
    CHECK_FALSE(check({{"clientRef", "r"}}).accepted());
    draft["clientRef"] = 5;
    CHECK(problemsOf(draft) == Strings{"hard client-ref /clientRef"});
}

TEST_CASE("a procedure must be in force on the day of receipt")
{
    Json draft = birthDraft();
    const auto with = [&](Json code) {
        draft["procedure"] = std::move(code);
        return problemsOf(draft);
    };

    CHECK(with("7.777777") == Strings{"hard unknown-procedure /procedure"});
    CHECK(with("2.000986") == Strings{"hard procedure-repealed /procedure"});
    CHECK(with(7) == Strings{"hard type /procedure"});
    CHECK(problemsOf(birthDraft(), instantInVietnam(day(2025, 6, 30), std::chrono::hours{9})).front() ==
          "hard unknown-procedure /procedure");
}

TEST_CASE("a draft is checked against the version of its day")
{
    Json draft = deathDraft();
    draft["form"]["deathDate"] = date("20/02/2027");

    const CheckedDraft before = check(draft, instantInVietnam(day(2027, 2, 28), std::chrono::hours{9}));
    const CheckedDraft after = check(draft, instantInVietnam(day(2027, 3, 1), std::chrono::hours{9}));

    REQUIRE(before.procedure != nullptr);
    REQUIRE(after.procedure != nullptr);
    CHECK(before.procedure->result == "Trích lục khai tử");
    CHECK(after.procedure->result == "Giấy chứng tử");
}

TEST_CASE("a matter without a known term needs a reason")
{
    Json draft = plainDraft("1.001776");

    CHECK(problemsOf(draft) == Strings{"soft no-term /procedure"});
    draft["reasons"] = {{"/procedure", "Chờ hướng dẫn, báo dân qua điện thoại"}};
    CHECK(check(draft).accepted());
}

TEST_CASE("a variant brings its own term, an extension is said by the form")
{
    Json draft = changeDraft();
    REQUIRE(problemsOf(draft) == Strings{});
    CHECK(check(draft).term.span == TermSpan{3, TermUnit::WorkingDay});

    draft["form"]["extended"] = true;
    CHECK(check(draft).extended == Extended::Yes);

    draft["form"]["extended"] = false;
    draft["form"]["changeKind"] = "bổ sung";
    draft["form"].erase("changeFrom");
    const CheckedDraft checked = check(draft);
    CHECK(checked.variant == "bổ sung");
    CHECK(checked.term.span.unit == TermUnit::SameDay15h);
    CHECK(checked.extended == Extended::No);

    draft["form"]["extended"] = true;
    CHECK(problemsOf(draft) == Strings{"hard no-extension /form/extended"});
    draft["form"]["changeKind"] = "đổi tất";
    CHECK(problemsOf(draft) == Strings{"hard choice /form/changeKind"});
}

TEST_CASE("no draft at all is one problem")
{
    for (const Json& nothing : {Json(), Json(5), Json("x"), Json::array({1}), Json(true)}) {
        CHECK(problemsOf(nothing) == Strings{"hard type "});
    }
    CHECK(problemsOf(Json::object()).size() == 2); // procedure, applicant
}

TEST_CASE("what only a rule forbids can be refused on paper, what is no dossier cannot")
{
    Json draft = certifiedDraft();
    draft["form"]["originalAcceptable"] = false;
    draft["form"]["copies"] = 101;
    CHECK_FALSE(check(draft).accepted());
    CHECK(check(draft).refusable);
    CHECK(listed(problemsAsDossier(check(draft))) == Strings{});

    draft["form"]["copies"] = "ba";
    CHECK_FALSE(check(draft).refusable);
    draft = certifiedDraft();
    draft["status"] = "refused";
    CHECK_FALSE(check(draft).refusable);
    CHECK_FALSE(check(Json::object()).refusable);
    CHECK(check(certifiedDraft()).refusable);
}
