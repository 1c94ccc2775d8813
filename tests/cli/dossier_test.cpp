// SPDX-License-Identifier: GPL-3.0-or-later
// Reading and changing what is in the register.
#include "tests/cli/counter.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace motcua::testing;

TEST_CASE("a dossier is shown as the contract has it, with where it stands here", "[dossier]")
{
    const Counter counter;
    Json draft = birthDraft();
    draft["clientRef"] = "phiếu 12";
    const std::string code = stringAt(counter.accept(draft), "code");

    const Json shown = counter({"show", code}).json();

    CHECK(shown.at("code") == code);
    CHECK(shown.at("status") == "received");
    CHECK(shown.at("form").at("child").at("name") == "Trần Bảo Ngọc");
    CHECK(shown.at("clientRef") == "phiếu 12");
    CHECK(shown.at("rev").is_null());
    CHECK(shown.at("base").is_null());
    CHECK(shown.at("uid").get<std::string>().size() == 36);
    CHECK(counter({"show", "H26.131-261123-1999"}).exit == 1);
    CHECK(counter({"show", "x' OR 1=1"}).exit == 1);
}

TEST_CASE("find takes words in any order without marks, and nothing in them is an operator", "[dossier]")
{
    const Counter counter;
    static_cast<void>(counter.accept(copyDraft("Nguyễn Thị Hòa")));
    static_cast<void>(counter.accept(copyDraft("Đặng Văn Đức")));

    CHECK(counter({"find", "hoa nguyen"}).json().at("hits").size() == 1);
    CHECK(counter({"find", "ngu"}).json().at("hits").size() == 1);
    CHECK(counter({"find", "dang duc"}).json().at("hits").size() == 1);
    CHECK(counter({"find", "001090012345"}).json().at("hits").size() == 2);
    CHECK(counter({"find", "0912"}).json().at("hits").size() == 2);
    CHECK(counter({"find", "261123-1002"}).json().at("hits").size() == 1);
    for (const char* text :
         {"*", "%", "_", "hoa OR duc", "hoa NOT duc", "\"", "name:hoa", "(", "NEAR(a b)", "-", "^a"}) {
        INFO(text);
        const Run run = counter({"find", text});
        CHECK(run.exit == 0);
        CHECK(run.json().at("hits").size() < 2);
    }
    const Json limited = counter({"find", "0912", "--limit", "1"}).json();
    CHECK(limited.at("hits").size() == 1);
    CHECK(limited.at("more") == true);
    CHECK(limited.at("micros").is_number_integer());
    CHECK(limited.at("hits").at(0).at("name") == "Đặng Văn Đức"); // newest first
}

TEST_CASE("lists filter by status, procedure and appointment", "[dossier]")
{
    const Counter counter;
    const std::string first = stringAt(counter.accept(copyDraft()), "code");
    static_cast<void>(counter.accept(birthDraft()));
    REQUIRE(counter({"move", first, "--to", "processing"}).exit == 0);

    CHECK(counter({"list"}).json().at("dossiers").size() == 2);
    const Json moved = counter({"list", "--status", "processing"}).json().at("dossiers");
    REQUIRE(moved.size() == 1);
    CHECK(moved.at(0).at("code") == first);
    CHECK(moved.at(0).contains("dueAt"));
    CHECK(moved.at(0).contains("clientRef"));
    CHECK(counter({"list", "--procedure", "1.001193"}).json().at("dossiers").size() == 1);
    CHECK(counter({"list", "--due-before", "2026-11-24"}).json().at("dossiers").size() == 2);
    CHECK(counter({"list", "--due-before", "2026-11-23"}).json().at("dossiers").empty());
    CHECK(counter({"list", "--limit", "1"}).json().at("dossiers").size() == 1);
}

TEST_CASE("a change stands in dossier, history and queue, with from and to", "[dossier]")
{
    const Counter counter;
    const std::string code = stringAt(counter.accept(birthDraft()), "code");

    const Run changed =
        counter({"change", code, "--set", "/applicant/phone=0987654321", "--set", "/form/copies=3", "--set",
                 "/form/child/name=Trần Bảo Ngân", "--reason", "Nghe nhầm tên."});

    REQUIRE(changed.exit == 0);
    CHECK(changed.json().at("op").get<std::string>().find('-') == 32);
    const Json shown = counter({"show", code}).json();
    CHECK(shown.at("applicant").at("phone") == "0987654321"); // begins with 0: no JSON number, so text
    CHECK(shown.at("form").at("copies") == 3);
    CHECK(shown.at("form").at("child").at("name") == "Trần Bảo Ngân");
    const Json entries = counter({"history", code}).json().at("entries");
    REQUIRE(entries.size() == 2);
    CHECK(entries.at(1).at("kind") == "dossier.changed");
    CHECK(entries.at(1).at("official") == "Nguyễn Thị Lan");
    CHECK(entries.at(1).at("note") == "Nghe nhầm tên.");
    bool found = false;
    for (const Json& change : entries.at(1).at("changes")) {
        found = found || (change.at("pointer") == "/form/child/name" &&
                          change.at("from") == "Trần Bảo Ngọc" && change.at("to") == "Trần Bảo Ngân");
    }
    CHECK(found);
    CHECK(counter({"queue"}).json().at("operations").size() == 2);
}

TEST_CASE("an empty value removes", "[dossier]")
{
    const Counter counter;
    const std::string code = stringAt(counter.accept(copyDraft()), "code");

    REQUIRE(counter({"change", code, "--set", "/applicant/phone=", "--reason", "Đã bỏ số."}).exit == 0);

    CHECK_FALSE(counter({"show", code}).json().at("applicant").contains("phone"));
}

TEST_CASE("forbidden changes and moves are refused and change nothing", "[dossier]")
{
    const Counter counter;
    const std::string code = stringAt(counter.accept(copyDraft()), "code");
    const std::int64_t before = counter.entries();
    const auto change = [&](const std::string& set) {
        return counter({"change", code, "--set", set, "--reason", "Thử."}).exit;
    };

    CHECK(change("/code=H26.131-261123-1777") == 1);
    CHECK(change("/status=\"returned\"") == 1);
    CHECK(change("/receivedAt=\"2026-01-01T00:00:00.000Z\"") == 1);
    CHECK(change("/applicant/personalId=12") == 1);
    CHECK(change("/applicant/name=") == 1);
    CHECK(change("/nowhere/name=x") == 1);
    CHECK(change("applicant=x") == 1);
    CHECK(counter({"change", code, "--set", "/note=a", "--set", "/note=b", "--reason", "x"}).exit == 2);
    CHECK(counter({"change", "H26.131-261123-1999", "--set", "/note=a", "--reason", "x"}).exit == 1);
    const Run move = counter({"move", code, "--to", "returned"});
    CHECK(move.exit == 1);
    CHECK(hasRule(move.json(), "illegal-move"));
    CHECK(counter.entries() == before);
}

TEST_CASE("the life of a dossier goes through its states with moments of its own", "[dossier]")
{
    const Counter counter;
    const std::string code = stringAt(counter.accept(copyDraft()), "code");

    CHECK(counter.at("2026-11-23T02:00:00Z", {"move", code, "--to", "processing"}).exit == 0);
    CHECK(counter.at("2026-11-23T03:00:00Z", {"move", code, "--to", "finished", "--note", "Đã ký."}).exit ==
          0);
    CHECK(counter.at("2026-11-23T04:00:00Z", {"move", code, "--to", "returned"}).exit == 0);

    const Json shown = counter({"show", code}).json();
    CHECK(shown.at("status") == "returned");
    CHECK(shown.at("finishedAt") == "2026-11-23T03:00:00.000Z");
    CHECK(shown.at("returnedAt") == "2026-11-23T04:00:00.000Z");
    CHECK(counter({"history", code}).json().at("entries").size() == 4);
    CHECK(counter({"move", code, "--to", "processing"}).exit == 1); // an end
}

TEST_CASE("operations of one dossier wait for each other in the queue", "[dossier]")
{
    const Counter counter;
    const std::string code = stringAt(counter.accept(copyDraft()), "code");
    REQUIRE(counter({"move", code, "--to", "processing"}).exit == 0);

    const Json operations = counter({"queue"}).json().at("operations");

    REQUIRE(operations.size() == 2);
    CHECK(operations.at(0).at("kind") == "dossier.received");
    CHECK(operations.at(0).at("state") == "waiting");
    CHECK(operations.at(0).at("after").is_null());
    CHECK(operations.at(1).at("kind") == "dossier.moved");
    CHECK(operations.at(1).at("after") == operations.at(0).at("op"));
    for (const char* member : {"op", "uid", "code", "kind", "state", "attempts", "nextTry", "lastError",
                               "digest", "receipt", "after", "baseRev", "supersedes"}) {
        INFO(member);
        CHECK(operations.at(0).contains(member));
    }
    CHECK(counter({"attempts"}).json().at("attempts").empty());
    CHECK(counter({"files"}).json().at("files").empty());
    CHECK(counter({"conflicts"}).json().at("conflicts").empty());
}

TEST_CASE("an operation is withdrawn with a reason, once", "[dossier]")
{
    const Counter counter;
    const std::string code = stringAt(counter.accept(copyDraft()), "code");
    const std::string op =
        stringAt(counter({"change", code, "--set", "/note=Gấp", "--reason", "x"}).json(), "op");

    CHECK(counter({"withdraw", op, "--reason", ""}).exit == 2);
    const Run withdrawn = counter({"withdraw", op, "--reason", "Ghi nhầm."});
    CHECK(withdrawn.exit == 0);
    CHECK(counter({"withdraw", op, "--reason", "Lại."}).exit == 1);
    CHECK(counter({"withdraw", "not-an-op", "--reason", "x"}).exit == 1);
    CHECK(counter({"resolve", code, "--take", "/note=ours", "--reason", "x"}).exit == 1); // no conflict there
    CHECK(counter({"resolve", code, "--take", "/note=mine", "--reason", "x"}).exit == 2);
    CHECK(counter({"verify", "--full"}).json().at("ok") == true);
}
