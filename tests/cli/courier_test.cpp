// SPDX-License-Identifier: GPL-3.0-or-later
// The real programs with a stick between them: no socket is opened after the enrolment.
#include "tests/cli/counter.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <memory>

using namespace motcua;
using namespace motcua::testing;

namespace {

Run adminOf(const TemporaryFolder& city, const std::vector<std::string>& words)
{
    std::vector<std::string> arguments{"admin", "--data", city.name("portal"), "--json"};
    arguments.insert(arguments.end(), words.begin(), words.end());
    return runProgram("motcua-portal", arguments);
}

/// Enrolled once over the network, which then goes away for good.
void enrolOnce(const Counter& counter, const TemporaryFolder& city)
{
    REQUIRE(adminOf(city, {"unit", "add", "H26.131", "UBND xã Phúc Thọ"}).exit == 0);
    RunningProgram server("motcua-portal", {"--listen", "127.0.0.1:0", "--data", city.name("portal")});
    const std::string line = server.hear();
    REQUIRE(line.starts_with("listening on "));
    const std::string code = stringAt(adminOf(city, {"code", "H26.131"}).json(), "code");
    const Run run = counter({"enrol", "--portal", line.substr(13), "--code", code});
    INFO(run.out << run.err);
    REQUIRE(run.exit == 0);
}

} // namespace

TEST_CASE("the queue goes to the city on a stick, and its answer acknowledges it", "[courier]")
{
    const Counter counter;
    const TemporaryFolder city;
    const TemporaryFolder stick;
    enrolOnce(counter, city);
    for (int i = 0; i < 3; ++i) {
        static_cast<void>(counter.accept(copyDraft()));
    }

    const Run written = counter({"courier", "export", stick.path().string()});
    INFO(written.out << written.err);
    REQUIRE(written.exit == 0);
    CHECK(written.json().at("operations") == 3);
    CHECK(written.json().at("bundles").at(0).at("proven") == true);
    CHECK(counter({"queue"}).json().at("operations").size() == 3);

    const TemporaryFolder answers;
    const Run judged =
        adminOf(city, {"courier", "import", stick.path().string(), "--answer", answers.path().string()});
    INFO(judged.out << judged.err);
    REQUIRE(judged.exit == 0);
    CHECK(judged.json().at("sets").at(0).at("results").at("applied") == 3);

    const std::string answer = judged.json().at("sets").at(0).at("answers").at(0);
    const Run read = counter({"courier", "import", answers.name(answer)});
    INFO(read.out << read.err);
    REQUIRE(read.exit == 0);
    CHECK(read.json().at("acknowledged") == 3);
    CHECK(counter({"queue"}).json().at("operations").empty());

    const Run again = counter({"courier", "import", answers.path().string()});
    CHECK(again.exit == 0);
    CHECK(again.json().at("acknowledged") == 0);
    CHECK(again.json().at("repeated") == 1);
    CHECK(counter({"verify", "--full"}).json().at("ok") == true);
}

TEST_CASE("what is no answer for this counter is refused in words, and nothing is written", "[courier]")
{
    const Counter counter;
    const TemporaryFolder city;
    const TemporaryFolder stick;
    const Run early = counter({"courier", "export", stick.path().string()});
    CHECK(early.exit == 1);
    CHECK(hasRule(early.json(), "not-enrolled"));
    enrolOnce(counter, city);
    static_cast<void>(counter.accept(copyDraft()));
    const auto entries = counter.entries();

    CHECK(counter({"courier", "export", stick.name("none")}).exit == 1);
    CHECK(counter({"courier", "import", stick.name("none.hop")}).exit == 1);
    CHECK(counter({"courier", "import", stick.path().string()}).exit == 1);
    const Run rubbish = counter({"courier", "import", stick.write("rubbish.hop", "không phải")});
    CHECK(rubbish.exit == 1);
    CHECK(rubbish.err.find("không phải trả lời của cổng") != std::string::npos);
    std::filesystem::create_symlink(stick.name("rubbish.hop"), stick.name("link.hop"));
    CHECK(counter({"courier", "import", stick.name("link.hop")}).exit == 1);
    REQUIRE(counter({"courier", "export", stick.path().string()}).exit == 0);
    CHECK(counter({"courier", "import", stick.path().string()}).exit == 1); // its own bundle is no answer
    const Run wrong =
        adminOf(city, {"courier", "import", stick.name("rubbish.hop"), "--answer", stick.path().string()});
    CHECK(wrong.exit == 1);

    CHECK(counter.entries() == entries);
    CHECK(counter({"queue"}).json().at("operations").size() == 1);
}

TEST_CASE("both sides wrote a remark: the stick's conflict is united by the rules, as over the network",
          "[courier]")
{
    const Counter counter;
    const TemporaryFolder city;
    enrolOnce(counter, city);
    const Json received = counter.accept(copyDraft());
    const auto exchange = [&]() -> Json {
        const TemporaryFolder stick;
        const TemporaryFolder answers;
        REQUIRE(counter({"courier", "export", stick.path().string()}).exit == 0);
        const Run judged =
            adminOf(city, {"courier", "import", stick.path().string(), "--answer", answers.path().string()});
        INFO(judged.out << judged.err);
        REQUIRE(judged.exit == 0);
        const Run read = counter({"courier", "import", answers.path().string()});
        INFO(read.out << read.err);
        REQUIRE(read.exit == 0);
        return read.json();
    };
    REQUIRE(exchange().at("acknowledged") == 1);
    const std::string code = stringAt(received, "code");
    REQUIRE(counter({"change", code, "--set", "/note=Quầy ghi", "--reason", "Dặn thêm."}).exit == 0);
    REQUIRE(adminOf(city, {"dossier", "set", stringAt(received, "uid"), "/note=Thành phố ghi"}).exit == 0);

    const Json read = exchange();

    CHECK(read.at("conflicts") == 1);
    CHECK(read.at("merged") == 1);
    CHECK(counter({"conflicts"}).json().at("conflicts").empty());
    CHECK(exchange().at("acknowledged") == 1);
    CHECK(counter({"show", code}).json().at("note") == "Thành phố ghi\nQuầy ghi");
}
