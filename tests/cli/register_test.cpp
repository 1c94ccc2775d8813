// SPDX-License-Identifier: GPL-3.0-or-later
// Making and opening a register: accounts, locks, practice.
#include "tests/cli/counter.h"

#include <catch2/catch.hpp>
#include <fstream>

using namespace motcua;
using namespace motcua::testing;

namespace {

std::vector<std::string> initWords(const TemporaryFolder& folder, std::vector<std::string> more = {})
{
    std::vector<std::string> words{"init",
                                   "--register",
                                   folder.name("register"),
                                   "--password-file",
                                   folder.name("pw"),
                                   "--unit",
                                   "H26.131",
                                   "--unit-name",
                                   "UBND xã Phúc Thọ",
                                   "--slot",
                                   "3",
                                   "--admin",
                                   "lan",
                                   "--json"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

} // namespace

TEST_CASE("init makes a register once and says what it made", "[register]")
{
    const TemporaryFolder folder;
    static_cast<void>(folder.write("pw", "một mật khẩu dài\n"));

    const Run first = runCtl(initWords(folder, {"--practice", "--quick-keys"}));
    const Run second = runCtl(initWords(folder, {"--practice", "--quick-keys"}));

    REQUIRE(first.exit == 0);
    const Json made = first.json();
    CHECK(made.at("install").get<std::string>().size() == 32);
    CHECK(made.at("unit") == "H26.131");
    CHECK(made.at("slot") == 3);
    CHECK(made.at("schema").get<int>() >= 1);
    CHECK(second.exit == 1);
    CHECK(hasRule(second.json(), "register-exists"));
}

TEST_CASE("init refuses what would make a wrong register, and makes nothing", "[register]")
{
    const TemporaryFolder folder;
    static_cast<void>(folder.write("pw", "một mật khẩu dài\n"));
    static_cast<void>(folder.write("empty", "\n"));
    static_cast<void>(folder.write("two", "một\nhai\n"));
    const auto without = [&](const std::string& option, const std::string& value) {
        auto words = initWords(folder);
        for (std::size_t i = 0; i + 1 < words.size(); ++i) {
            if (words[i] == option) {
                words[i + 1] = value;
            }
        }
        return runCtl(words).exit;
    };

    CHECK(without("--unit", "h26") == 2);
    CHECK(without("--unit", "") == 2);
    CHECK(without("--unit-name", " ") == 2);
    CHECK(without("--slot", "10") == 2);
    CHECK(without("--slot", "một") == 2);
    CHECK(without("--admin", "lan nguyễn") == 2);
    CHECK(without("--password-file", folder.name("none")) == 2);
    CHECK(without("--password-file", folder.name("empty")) == 2);
    CHECK(without("--password-file", folder.name("two")) == 2);
    CHECK(runCtl(initWords(folder, {"--quick-keys"})).exit == 2);
    CHECK(runCtl(initWords(folder, {"--at", Counter::kMoment})).exit == 1);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "register" / "register.db"));
}

TEST_CASE("the register is found by option or variable, and its user and password file too", "[register]")
{
    const Counter counter;
    const Environment environment{{"MOTCUA_REGISTER", counter.registerFolder()},
                                  {"MOTCUA_USER", "lan"},
                                  {"MOTCUA_PASSWORD_FILE", counter.passwordFile()}};

    CHECK(runCtl({"queue", "--json"}, {}, environment).exit == 0);
    CHECK(runCtl({"queue", "--json", "--user", "nobody"}, {}, environment).exit == 3);
    CHECK(runCtl({"queue", "--json"}, {}, {environment[0], environment[1]}).exit == 2);
    CHECK(runCtl({"queue", "--json"}, {}, {environment[0], environment[2]}).exit == 2);
}

TEST_CASE("a register that cannot be opened ends with 3, names why, and stays as it was", "[register]")
{
    const Counter counter;
    const std::string wrong = counter.folder.write("wrong.pw", "sai\n");
    const TemporaryFolder empty;

    const Run password = runCtl({"queue", "--json", "--register", counter.registerFolder(), "--user", "lan",
                                 "--password-file", wrong});
    const Run nobody = runCtl({"queue", "--json", "--register", counter.registerFolder(), "--user", "hoa",
                               "--password-file", wrong});
    const Run nowhere = runCtl({"queue", "--json", "--register", empty.name("none"), "--user", "lan",
                                "--password-file", counter.passwordFile()});

    CHECK(password.exit == 3);
    CHECK(stringAt(password.json(), "error") == "wrong-key");
    CHECK(nobody.exit == 3);
    CHECK(stringAt(nobody.json(), "error") == "wrong-key");
    CHECK(nowhere.exit == 3);
    CHECK(stringAt(nowhere.json(), "error") == "not-found");
    CHECK_FALSE(std::filesystem::exists(empty.name("none")));
    CHECK(counter({"verify"}).json().at("ok") == true);
}

TEST_CASE("a damaged register is refused and not written", "[register]")
{
    const Counter counter;
    const auto file = std::filesystem::path(counter.registerFolder()) / "register.db";
    {
        std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
        stream.seekp(4096 + 100);
        stream << std::string(6000, 'x');
    }
    const auto before = std::filesystem::last_write_time(file);

    const Run run = counter({"queue"});

    CHECK(run.exit == 3);
    CHECK(stringAt(run.json(), "error") == "damaged");
    CHECK(std::filesystem::last_write_time(file) == before);
}

TEST_CASE("a second program is told who holds the register, and waits as long as it was told", "[register]")
{
    const Counter counter;
    auto words = counter.signIn();
    words.insert(words.end(), {"batch", "--json"});
    RunningProgram first("motcuactl", words);
    first.say(R"(["queue"])");
    REQUIRE(parseJson(first.hear()).value().at("exit") == 0);

    const Run second = counter({"queue", "--lock-timeout", "0"});

    CHECK(second.exit == 3);
    CHECK(stringAt(second.json(), "error") == "locked");
    CHECK(second.err.find("motcuactl") != std::string::npos);
    CHECK(second.err.find(std::to_string(first.processId())) != std::string::npos);
    CHECK(first.finish() == 0);
    CHECK(counter({"queue"}).exit == 0);
}

TEST_CASE("a killed holder leaves no lock behind", "[register]")
{
    const Counter counter;
    auto words = counter.signIn();
    words.insert(words.end(), {"batch", "--json"});
    RunningProgram first("motcuactl", words);
    first.say(R"(["queue"])");
    REQUIRE(parseJson(first.hear()).value().at("exit") == 0);

    first.kill();

    CHECK(counter({"verify", "--full", "--lock-timeout", "0"}).json().at("ok") == true);
}

TEST_CASE("moments and seeds are for practice registers only", "[register]")
{
    const TemporaryFolder folder;
    static_cast<void>(folder.write("pw", "một mật khẩu dài\n"));
    REQUIRE(runCtl(initWords(folder)).exit == 0); // a real one, with real keys
    const std::vector<std::string> signIn{"--register", folder.name("register"), "--user",
                                          "lan",        "--password-file",       folder.name("pw")};
    for (const std::vector<std::string>& option :
         std::vector<std::vector<std::string>>{{"--at", Counter::kMoment},
                                               {"--seed", "7"},
                                               {"--backoff-base", "10"},
                                               {"--count", "1", "--seed", "1"}}) {
        auto words = signIn;
        words.insert(words.end(), {option[0] == "--count" ? "sample" : "queue", "--json"});
        words.insert(words.end(), option.begin(), option.end());
        const Run run = runCtl(words);
        INFO(option[0]);
        CHECK(run.exit == 1);
        CHECK(hasRule(run.json(), "practice-only"));
    }
}

TEST_CASE("accounts are added, listed and disabled, and a disabled one cannot sign in", "[register]")
{
    const Counter counter;
    counter.addUser("hoa", "official");
    counter.addUser("minh", "supervisor");

    const Json users = counter({"user", "list"}).json().at("users");
    CHECK(users.size() == 3);
    CHECK(counter.as("hoa", {"queue"}).exit == 0);

    const Run disabled = counter({"user", "disable", "hoa"});
    CHECK(disabled.exit == 0);
    CHECK(counter.as("hoa", {"queue"}).exit == 3);
    const Json left = disabled.json();
    for (const Json& user : left.at("users")) {
        CHECK(user.at("disabled") == (user.at("name") == "hoa"));
    }
    CHECK(counter({"user", "disable", "nobody"}).exit == 1);
    CHECK(counter({"user", "disable", "lan"}).exit == 1); // nobody locks oneself out
}

TEST_CASE("an account that exists keeps its password when somebody adds it again", "[register]")
{
    const Counter counter;
    counter.addUser("hoa", "official");
    const std::string other = counter.folder.write("other.pw", "khác\n");

    const Run again = counter({"user", "add", "hoa", "--role", "admin", "--new-password-file", other});

    CHECK(again.exit == 1);
    CHECK(hasRule(again.json(), "account-exists"));
    CHECK(counter.as("hoa", {"queue"}).exit == 0);
}

TEST_CASE("a role can do no more here than in the window", "[register]")
{
    const Counter counter;
    counter.addUser("minh", "supervisor");
    const Json received = counter.accept(copyDraft());
    const std::string code = stringAt(received, "code");
    const std::string draft = counter.folder.write("draft.json", copyDraft().dump());
    const std::int64_t before = counter.entries();

    CHECK(counter.as("minh", {"find", "nguyen"}).exit == 0);
    CHECK(counter.as("minh", {"accept", "--file", draft}).exit == 1);
    CHECK(counter.as("minh", {"change", code, "--set", "/note=x", "--reason", "x"}).exit == 1);
    CHECK(counter.as("minh", {"move", code, "--to", "processing"}).exit == 1);
    CHECK(counter.as("minh", {"print", code, "--paper", "slip"}).exit == 1);
    CHECK(counter.as("minh", {"sync", "--once"}).exit == 1);
    CHECK(counter.as("minh", {"enrol", "--portal", "http://127.0.0.1:9", "--code", "X"}).exit == 1);
    CHECK(counter
              .as("minh",
                  {"user", "add", "an", "--role", "admin", "--new-password-file", counter.passwordFile()})
              .exit == 1);
    CHECK(counter.as("minh", {"backup", counter.folder.name("backup")}).exit == 1);
    CHECK(counter.entries() == before);
}
