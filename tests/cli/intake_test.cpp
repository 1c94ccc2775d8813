// SPDX-License-Identifier: GPL-3.0-or-later
// Taking in: one draft, a check, a stream.
#include "tests/cli/counter.h"

#include <catch2/catch.hpp>
#include <set>

using namespace motcua;
using namespace motcua::testing;

namespace {

std::string lines(const std::vector<Json>& drafts)
{
    std::string text;
    for (const Json& draft : drafts) {
        text += draft.dump() + '\n';
    }
    return text;
}

Json withRef(Json draft, const std::string& reference)
{
    draft["clientRef"] = reference;
    return draft;
}

Json withoutApplicantName(Json draft)
{
    draft["applicant"].erase("name");
    return draft;
}

} // namespace

TEST_CASE("a draft is received with number, moment and appointment", "[intake]")
{
    const Counter counter;

    const Json copy = counter.accept(copyDraft());
    const Json birth = counter.accept(birthDraft());

    CHECK(copy.at("code") == "H26.131-261123-1001");
    CHECK(birth.at("code") == "H26.131-261123-1002");
    CHECK(copy.at("receivedAt") == Counter::kMoment);
    CHECK(copy.at("dueAt") == "2026-11-23T09:30:00.000Z");
    CHECK(copy.at("uid").get<std::string>().size() == 36);
    CHECK(copy.at("problems").is_array());
    CHECK(counter({"queue"}).json().at("operations").size() == 2);
}

TEST_CASE("a check finds all problems at once and writes nothing", "[intake]")
{
    const Counter counter;
    const std::int64_t before = counter.entries();
    Json broken = birthDraft();
    broken["applicant"]["personalId"] = "12";
    broken["form"]["child"].erase("name");
    broken["form"].erase("childNationality");

    const Run good = counter({"accept", "--file", "-", "--check"}, birthDraft().dump());
    const Run bad = counter({"accept", "--file", "-", "--check"}, broken.dump());

    CHECK(good.exit == 0);
    CHECK(good.json().at("problems").empty());
    CHECK(bad.exit == 1);
    CHECK(hasProblem(bad.json(), "/applicant/personalId"));
    CHECK(hasProblem(bad.json(), "/form/child/name"));
    CHECK(hasProblem(bad.json(), "/form/childNationality"));
    const Json answer = bad.json();
    for (const Json& problem : answer.at("problems")) {
        for (const char* member : {"pointer", "rule", "message", "severity", "source"}) {
            CHECK(problem.contains(member));
        }
    }
    CHECK(counter.entries() == before);
}

TEST_CASE("a soft problem needs a reason and passes with one", "[intake]")
{
    const Counter counter;
    Json late = birthDraft();
    late["form"]["child"]["birth"]["text"] = "01/03/2026"; // beyond the sixty days

    const Run refused = counter({"accept", "--file", "-"}, late.dump());
    late["reasons"] = {{"/form/child/birth", "Cha mẹ đi làm xa, nay mới về."}};
    const Run received = counter({"accept", "--file", "-"}, late.dump());

    CHECK(refused.exit == 1);
    REQUIRE(hasProblem(refused.json(), "/form/child/birth"));
    CHECK(refused.json().at("problems").at(0).at("severity") == "soft");
    CHECK(received.exit == 0);
}

TEST_CASE("what the counter decides is a problem when a draft carries it", "[intake]")
{
    const Counter counter;
    const std::int64_t before = counter.entries();
    for (const char* member : {"code", "status", "receivedAt", "dueAt", "finishedAt", "returnedAt"}) {
        Json draft = copyDraft();
        draft[member] = "2026-11-23T01:00:00.000Z";
        const Run run = counter({"accept", "--file", "-"}, draft.dump());
        INFO(member << run.out);
        CHECK(run.exit == 1);
        CHECK(hasProblem(run.json(), std::string("/") + member));
    }
    CHECK(counter.entries() == before);
}

TEST_CASE("bad input of every kind is refused and changes nothing", "[intake]")
{
    const Counter counter;
    const std::int64_t before = counter.entries();
    const std::string deep = std::string(500, '[') + std::string(500, ']');
    Json unknown = copyDraft();
    unknown["fly"] = true;
    Json otherProcedure = copyDraft();
    otherProcedure["procedure"] = "9.999999";
    Json withFile = copyDraft();
    withFile["components"][0]["files"] = Json::array({{{"path", "/etc/passwd"}}});
    Json longName = copyDraft(std::string(10'000, 'a'));

    for (const std::string& input :
         {std::string(), std::string("not json"), std::string("[]"), std::string("null"), std::string("42"),
          deep, std::string("{\"a\":1,\"a\":2}"), std::string("{\"procedure\":\"\xff\xfe\"}"),
          copyDraft().dump() + "x", std::string("{}"), unknown.dump(), otherProcedure.dump(), withFile.dump(),
          longName.dump()}) {
        const Run run = counter({"accept", "--file", "-"}, input);
        INFO(input.substr(0, 200) << "\n" << run.out << run.err);
        CHECK(run.exit == 1);
        CHECK_FALSE(run.json().at("problems").empty());
    }
    CHECK(counter({"accept", "--file", counter.folder.name("none.json")}).exit == 2);
    CHECK(counter.entries() == before);
    CHECK(counter({"list"}).json().at("dossiers").empty());
}

TEST_CASE("markup, formulas and paths in a name stay text", "[intake]")
{
    const Counter counter;
    for (const char* hostile :
         {"<b>An</b> & 'x'", "=HYPERLINK(\"http://x\")", "../../etc/passwd", "' OR 1=1 --"}) {
        Json draft = copyDraft(hostile);
        Json reasons = Json::object();
        const Run checked = counter({"accept", "--file", "-", "--check"}, draft.dump());
        const Json answer = checked.json();
        for (const Json& problem : at(answer, "problems")) {
            reasons[stringAt(problem, "pointer")] = "Đúng như giấy tờ.";
        }
        draft["reasons"] = reasons;
        const Run run = counter({"accept", "--file", "-"}, draft.dump());
        INFO(hostile << run.out);
        if (run.exit == 0) {
            CHECK(counter({"show", stringAt(run.json(), "code")}).json().at("applicant").at("name") ==
                  hostile);
        } else {
            CHECK(hasProblem(run.json(), "/applicant/name"));
        }
    }
}

TEST_CASE("a stream answers each draft on a line of its own, and refused ones do not stop the rest",
          "[intake]")
{
    const Counter counter;
    const std::string input =
        lines({withRef(copyDraft(), "a-1"), withRef(withoutApplicantName(copyDraft()), "a-2")}) +
        "no json\n\n" + lines({withRef(birthDraft(), "a-3")});

    const Run run = counter({"accept", "--stream"}, input);

    CHECK(run.exit == 1);
    const auto answers = run.jsonLines();
    REQUIRE(answers.size() == 4);
    CHECK(answers[0].at("clientRef") == "a-1");
    CHECK(answers[0].at("code") == "H26.131-261123-1001");
    CHECK(answers[1].at("clientRef") == "a-2");
    CHECK(hasProblem(answers[1], "/applicant/name"));
    CHECK(hasRule(answers[2], "json"));
    CHECK(answers[3].at("clientRef") == "a-3");
    CHECK(answers[3].at("code") == "H26.131-261123-1002"); // no number is lost by a refusal
    CHECK(counter({"show", stringAt(answers[3], "code")}).json().at("clientRef") == "a-3");
    CHECK(counter({"list"}).json().at("dossiers").size() == 2);
}

TEST_CASE("each answer of a stream is durable before it is printed", "[intake]")
{
    const Counter counter;
    auto words = counter.signIn();
    words.insert(words.end(), {"accept", "--stream", "--at", Counter::kMoment});
    RunningProgram stream("motcuactl", words);
    stream.say(copyDraft("Lê Thị Một").dump());
    const Json first = parseJson(stream.hear()).value();

    stream.kill(); // right behind the answer

    const Run shown = counter({"show", stringAt(first, "code")});
    REQUIRE(shown.exit == 0);
    CHECK(shown.json().at("applicant").at("name") == "Lê Thị Một");
    CHECK(counter({"verify", "--full"}).json().at("ok") == true);
}

TEST_CASE("a stream of hundreds gives as many numbers, none twice", "[intake]")
{
    const Counter counter;
    std::vector<Json> drafts;
    for (int i = 0; i < 300; ++i) {
        drafts.push_back(withRef(copyDraft(), std::to_string(i)));
    }

    const Run run = counter({"accept", "--stream"}, lines(drafts));

    CHECK(run.exit == 0);
    std::set<std::string> codes;
    std::set<std::string> uids;
    for (const Json& answer : run.jsonLines()) {
        codes.insert(stringAt(answer, "code"));
        uids.insert(stringAt(answer, "uid"));
    }
    CHECK(codes.size() == 300);
    CHECK(uids.size() == 300);
    CHECK(*codes.rbegin() == "H26.131-261123-1300");
}

TEST_CASE("the same seed gives the same identities to the same acts, and never one twice", "[intake]")
{
    const Counter counter;

    const Json first = counter({"accept", "--file", "-", "--seed", "7"}, copyDraft().dump()).json();
    const Json second = counter({"accept", "--file", "-", "--seed", "7"}, copyDraft().dump()).json();

    CHECK(first.at("uid") != second.at("uid"));
}
