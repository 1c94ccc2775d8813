// SPDX-License-Identifier: GPL-3.0-or-later
// The end of the day on the command line: status, sheet, diary, a place of the chain.
#include "tests/cli/counter.h"

#include <catch2/catch.hpp>
#include <filesystem>

using namespace motcua;
using namespace motcua::testing;

TEST_CASE("the day's status says what is open, and clears when it is done", "[day]")
{
    const Counter counter;
    const Json empty = counter({"day"}).json();
    CHECK(empty.at("verdict") == "clear");
    CHECK(empty.at("network").is_null());
    const std::string code = stringAt(counter.accept(copyDraft()), "code");

    const Json open = counter({"day"}).json();

    CHECK(open.at("day") == "2026-11-23");
    CHECK(open.at("verdict") == "differs"); // no slip yet
    CHECK(open.at("takenIn") == 1);
    CHECK(open.at("waiting") == 1);
    CHECK(open.at("codes") == Json::array({code}));
    REQUIRE(open.at("differences").size() == 1);
    CHECK(open.at("differences").at(0).at("gap") == "slip-missing");
    CHECK_FALSE(stringAt(open.at("differences").at(0), "todo").empty());
    CHECK(stringAt(at(open, "queue"), "why").find(code) != std::string::npos);
    REQUIRE(counter({"print", code, "--paper", "slip", "--out", counter.folder.name("slip.pdf")}).exit == 0);
    const Json printed = counter({"day"}).json();
    CHECK(printed.at("verdict") == "waits-for-network");
    CHECK(printed.at("papers").at("slips") == 1);
    CHECK(counter({"day", "--on", "2026-11-20"}).json().at("takenIn") == 0);
    CHECK(counter({"day", "--on", "hôm qua"}).exit == 2);
}

TEST_CASE("the day sheet is one page, is recorded, and its code is that of the chain", "[day]")
{
    const Counter counter;
    for (int i = 0; i < 30; ++i) {
        static_cast<void>(counter.accept(copyDraft()));
    }
    const std::string file = counter.folder.name("day.pdf");

    const Run looked = counter({"print", "day"});
    const std::int64_t before = counter.entries();
    const Run made = counter({"print", "day", "--out", file});

    REQUIRE(looked.exit == 0);
    REQUIRE(made.exit == 0);
    CHECK(made.json().at("pages") == 1); // thirty gaps or none: the signatures stay on it
    CHECK(made.json().at("differences").size() == 30);
    CHECK(std::filesystem::file_size(file) > 2000);
    CHECK(counter.entries() == before + 1);
    const Json head = made.json().at("head");
    const std::string seq = std::to_string(head.at("seq").get<std::int64_t>());
    const Json again = counter({"chain", seq}).json(); // later, with other entries behind it
    CHECK(again.at("code") == head.at("code"));
    CHECK(again.at("chain") == head.at("chain"));
    CHECK(stringAt(head, "code").size() == 23);
    CHECK(counter({"chain"}).json().at("seq") > head.at("seq"));
    CHECK(counter({"chain", "99999"}).exit == 1);
    CHECK(counter({"chain", "0"}).exit == 2);
    CHECK(counter({"chain", "x"}).exit == 2);
    // An epoch after a restore is the minute since 2026 began, and so soon beyond a million.
    CHECK(counter({"chain", "1", "--epoch", "4200000"}).exit == 1);
    CHECK(counter({"chain", "1", "--epoch", "8388608"}).exit == 2);
    CHECK(counter({"print", "day", "--out", "/does/not/exist.pdf"}).exit != 0);
    CHECK(counter({"print", "day", "--out", file, "--printer", "quay1"}).exit == 2);
    CHECK(counter({"print", "day", "--printer", "no such printer"}).exit == 1);
}

TEST_CASE("a backup is known to the day afterwards", "[day]")
{
    const Counter counter;
    CHECK(counter({"day"}).json().at("backup").is_null());
    REQUIRE(counter({"backup", counter.folder.path().string()}).exit == 0);

    const Json backup = counter({"day"}).json().at("backup");

    CHECK(backup.at("at") == Counter::kMoment);
    CHECK_FALSE(stringAt(backup, "file").empty());
}

TEST_CASE("the diary of a register that never saw a portal is empty, and says how long it took", "[day]")
{
    const Counter counter;

    const Json diary = counter({"network", "--days", "28"}).json();

    CHECK(diary.at("spans").empty());
    CHECK(diary.at("outages").empty());
    CHECK(diary.at("flickers") == 0);
    CHECK(diary.at("micros").is_number_integer());
    CHECK(counter({"network", "--days", "0"}).exit == 2);
    CHECK(counter({"network", "--days", "400"}).exit == 2);
}
