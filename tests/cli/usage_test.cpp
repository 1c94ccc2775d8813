// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/counter.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace motcua::testing;

TEST_CASE("wrong usage ends with 2, says so on standard error, and prints JSON only when asked", "[usage]")
{
    const std::vector<std::vector<std::string>> wrong{
        {},
        {"fly"},
        {"user"},
        {"user", "fly"},
        {"words"},
        {"words", "5", "6"},
        {"words", "5", "--fly"},
        {"words", "5", "--zero"},
        {"words", "5", "--zero", "không"},
        {"words", "5", "--status", "received"},
        {"words", "5", "--zero", "linh", "--zero", "lẻ"},
        {"words", "5.000"},
        {"words", "-1"},
        {"words", "1000000000000001"},
        {"words", "99999999999999999999"},
        {"fee", "2.000815", "--pages", "two"},
        {"fee", "2.000815", "--on", "21/11/2026"},
        {"deadline", "1.001193"},
        {"deadline", "1.001193", "--received", "2026-11-21 08:00"},
        {"deadline", "1.001193", "--received", "2026-11-21T01:00:00Z", "--channel", "fax"},
        {"deadline", "1.001193", "--received", "2026-11-21T01:00:00Z", "--suspend", "2026-11-21T01:00:00Z"},
        {"card"},
        {"card", "--file", "/does/not/exist"},
        {"show", "H26.131-261121-1001", "--json=yes"},
        {"accept"},
        {"accept", "--stream", "--file", "-"},
        {"change", "H26.131-261121-1001", "--reason", "x"},
        {"change", "H26.131-261121-1001", "--set", "/note", "--reason", "x"},
        {"move", "H26.131-261121-1001", "--to", "flown"},
        {"list", "--status", "flown"},
        {"list", "--limit", "-1"},
        {"list", "--due-before", "tomorrow"},
        {"sync", "--once", "--until-empty"},
        {"queue", "--lock-timeout", "soon"},
        {"find", "\xff\xfe"},
    };
    for (const auto& arguments : wrong) {
        std::string line;
        for (const std::string& word : arguments) {
            line += word + ' ';
        }
        INFO(line);

        const Run plain = runCtl(arguments);
        CHECK(plain.exit == 2);
        CHECK(plain.out.empty());
        CHECK_FALSE(plain.err.empty());

        auto asking = arguments;
        asking.insert(asking.begin(), "--json");
        const Run json = runCtl(asking);
        CHECK(json.exit == 2);
        CHECK(stringAt(json.json(), "error") == "usage");
        CHECK_FALSE(json.err.empty());
    }
}

TEST_CASE("what this version does not have says so and is wrong usage", "[usage]")
{
    const TemporaryFolder folder;
    const Run run = runCtl({"backup", "prove", folder.name("backup")});
    CHECK(run.exit == 2);
    CHECK(run.err.find("chưa có") != std::string::npos);
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("options stand before or behind the command, with a space or an equals sign", "[usage]")
{
    const auto words = [](const std::vector<std::string>& arguments) { return runCtl(arguments).json(); };

    const Json before = words({"--json", "--zero", "lẻ", "words", "105"});
    const Json behind = words({"words", "105", "--zero=lẻ", "--json"});
    const Json between = words({"--zero", "lẻ", "words", "--json", "105"});

    CHECK(before == behind);
    CHECK(before == between);
    CHECK(before.at("words") == "Một trăm lẻ năm đồng");
}

TEST_CASE("behind two dashes everything is a word", "[usage]")
{
    const Run run = runCtl({"words", "--json", "--", "--zero"});

    CHECK(run.exit == 2); // an amount, not an option
    CHECK(run.err.find("số nguyên") != std::string::npos);
}

TEST_CASE("help lists every command and ends well", "[usage]")
{
    const Run run = runCtl({"--help"});

    CHECK(run.exit == 0);
    for (const char* command :
         {"init",    "user add", "procedure show", "accept",    "show",     "history", "find",   "name fold",
          "batch",   "list",     "change",         "move",      "withdraw", "print",   "enrol",  "sync",
          "queue",   "attempts", "files",          "conflicts", "resolve",  "report",  "verify", "backup",
          "restore", "deadline", "words",          "fee",       "card",     "sample"}) {
        INFO(command);
        CHECK(run.out.find(std::string("\n  ") + command + ' ') != std::string::npos);
    }
    CHECK(runCtl({"help"}).out == run.out);
}

TEST_CASE("a password never stands in an argument", "[usage]")
{
    const Run run = runCtl({"--help"});

    CHECK(run.out.find("--password ") == std::string::npos);
    CHECK(runCtl({"queue", "--password", "secret"}).exit == 2);
}
