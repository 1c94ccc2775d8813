// SPDX-License-Identifier: GPL-3.0-or-later
// Many commands by one program start; made-up dossiers.
#include "tests/cli/counter.h"

#include <catch2/catch.hpp>
#include <set>

using namespace motcua;
using namespace motcua::testing;

namespace {

std::string line(const std::vector<std::string>& words)
{
    return Json(words).dump() + '\n';
}

} // namespace

TEST_CASE("a batch answers each line with its exit status, and a bad line does not stop it", "[batch]")
{
    const Counter counter;
    const std::string draft = counter.folder.write("draft.json", copyDraft().dump());
    const std::string input =
        line({"accept", "--file", draft}) + line({"show", "H26.131-261123-1001", "--json"}) +
        line({"show", "H26.131-261123-1002"}) + line({"fly"}) + "no json\n" + "[1]\n" + "{}\n" + "\n" +
        line({"batch"}) + line({"accept", "--stream"}) + line({"accept", "--file", "-"}) +
        line({"name", "fold"}) + line({"words", "5"}) + line({"list"});

    const Run run = counter({"batch"}, input);

    CHECK(run.exit == 0);
    std::vector<int> exits;
    for (const Json& answer : run.jsonLines()) {
        exits.push_back(answer.at("exit").get<int>());
    }
    CHECK(exits == std::vector<int>{0, 0, 1, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0});
    const auto answers = run.jsonLines();
    CHECK(answers.front().at("code") == "H26.131-261123-1001");
    CHECK(answers.back().at("dossiers").size() == 1);
}

TEST_CASE("each line of a batch may have its own moment, and common options hold for all", "[batch]")
{
    const Counter counter;
    const std::string draft = counter.folder.write("draft.json", copyDraft().dump());

    const Run run = counter({"batch"}, line({"accept", "--file", draft}) +
                                           line({"accept", "--file", draft, "--at", "2026-11-24T01:00:00Z"}) +
                                           line({"accept", "--file", draft}));

    const auto answers = run.jsonLines();
    REQUIRE(answers.size() == 3);
    CHECK(answers[0].at("code") == "H26.131-261123-1001");
    CHECK(answers[1].at("code") == "H26.131-261124-1001");
    CHECK(answers[2].at("code") == "H26.131-261123-1002");
}

TEST_CASE("a line of a batch may act as somebody else, and the next one not", "[batch]")
{
    const Counter counter;
    counter.addUser("minh", "supervisor");
    const std::string draft = counter.folder.write("draft.json", copyDraft().dump());

    const Run run = counter(
        {"batch"},
        line({"accept", "--file", draft, "--user", "minh", "--password-file", counter.passwordFile("minh")}) +
            line({"accept", "--file", draft}) +
            line({"queue", "--user", "minh"})); // lan's password does not open minh

    const auto answers = run.jsonLines();
    REQUIRE(answers.size() == 3);
    CHECK(answers[0].at("exit") == 1);
    CHECK(answers[1].at("exit") == 0);
    CHECK(answers[2].at("exit") == 3);
}

TEST_CASE("an answer of a batch is durable before it is printed", "[batch]")
{
    const Counter counter;
    const std::string draft = counter.folder.write("draft.json", copyDraft().dump());
    auto words = counter.signIn();
    words.insert(words.end(), {"batch", "--at", Counter::kMoment});
    RunningProgram batch("motcuactl", words);
    batch.say(Json(std::vector<std::string>{"accept", "--file", draft}).dump());
    const std::string code = stringAt(parseJson(batch.hear()).value(), "code");

    batch.kill();

    CHECK(counter({"show", code}).exit == 0);
}

TEST_CASE("a batch can work on several registers, one after the other", "[batch]")
{
    const Counter first("1");
    const Counter second("2");
    const std::string draft = first.folder.write("draft.json", copyDraft().dump());
    const auto acceptIn = [&](const Counter& counter) {
        auto words = counter.signIn();
        words.insert(words.end(), {"accept", "--file", draft});
        return line(words);
    };

    const Run run =
        runCtl({"batch", "--at", Counter::kMoment}, acceptIn(first) + acceptIn(second) + acceptIn(first));

    const auto answers = run.jsonLines();
    REQUIRE(answers.size() == 3);
    CHECK(answers[0].at("code") == "H26.131-261123-1001");
    CHECK(answers[1].at("code") == "H26.131-261123-2001");
    CHECK(answers[2].at("code") == "H26.131-261123-1002");
}

TEST_CASE("sample fills a practice register with dossiers of several procedures and states", "[sample]")
{
    const Counter counter;

    const Run run = counter({"sample", "--count", "120", "--seed", "5", "--days", "20"});

    INFO(run.err);
    REQUIRE(run.exit == 0);
    CHECK(run.json().at("dossiers") == 120);
    CHECK(run.json().at("seconds").is_number());
    std::set<std::string> procedures;
    std::set<std::string> states;
    std::set<std::string> codes;
    const Json listed = counter({"list"}).json();
    for (const Json& dossier : listed.at("dossiers")) {
        procedures.insert(stringAt(dossier, "procedure"));
        states.insert(stringAt(dossier, "status"));
        codes.insert(stringAt(dossier, "code"));
        CHECK(stringAt(dossier, "receivedAt") <= Counter::kMoment);
        CHECK(stringAt(dossier, "receivedAt") > "2026-11-03");
    }
    CHECK(codes.size() == 120);
    CHECK(procedures.size() >= 4);
    CHECK(states.size() >= 3);
    CHECK(counter({"verify", "--full"}).json().at("ok") == true);
}

TEST_CASE("a sample leaves out the days on which no procedure was in force", "[sample]")
{
    const Counter counter;

    const Run old =
        counter.at("2020-01-06T02:00:00Z", {"sample", "--count", "5", "--seed", "1", "--days", "3"});
    const Run longAgo = counter({"sample", "--count", "5", "--seed", "1", "--days", "3000"});

    CHECK(old.exit == 1); // no procedure of the catalogue was in force then
    CHECK(longAgo.exit == 0);
    CHECK(longAgo.json().at("dossiers") == 5);
    const Json listed = counter({"list"}).json();
    CHECK(listed.at("dossiers").size() == 5);
}

TEST_CASE("the same seed makes the same sample", "[sample]")
{
    const auto names = [](const Counter& counter) {
        REQUIRE(counter({"sample", "--count", "20", "--seed", "9", "--days", "5"}).exit == 0);
        std::vector<std::string> all;
        const Json listed = counter({"list"}).json();
        for (const Json& dossier : listed.at("dossiers")) {
            all.push_back(stringAt(dossier, "code") + stringAt(dossier, "name") +
                          stringAt(dossier, "status"));
        }
        return all;
    };

    CHECK(names(Counter()) == names(Counter()));
}
