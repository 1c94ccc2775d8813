// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/small_counter.h"

#include <catch2/catch.hpp>
#include <fstream>

using namespace motcua;

TEST_CASE("a received dossier has its code, its entry, its row and its operation at once")
{
    SmallCounter counter;

    const auto received = counter.desk->receive(counter.draft());

    REQUIRE(received);
    CHECK(received->code == "H26.131-261121-1001");
    const auto view = counter.desk->dossiers().byCode(received->code);
    REQUIRE(view);
    CHECK(view->dossier["applicant"]["name"] == "Nguyễn Văn Hà");
    CHECK(view->dossier["status"] == "received");
    CHECK_FALSE(view->rev);
    const auto waiting = counter.desk->queue().operations(false);
    REQUIRE(waiting);
    REQUIRE(waiting->size() == 1);
    CHECK(waiting->front().state == OpState::Waiting);
    CHECK(waiting->front().kind == "dossier.received");
    CHECK(counter.findings().empty());
}

TEST_CASE("numbers of a day count up, also after a restart, and begin anew the next day")
{
    SmallCounter counter;
    REQUIRE(counter.desk->receive(counter.draft()));
    REQUIRE(counter.restart());
    CHECK(counter.desk->receive(counter.draft())->code == "H26.131-261121-1002");

    counter.clock.advance(std::chrono::hours{48});

    CHECK(counter.desk->receive(counter.draft())->code == "H26.131-261123-1001");
}

TEST_CASE("a draft with problems changes nothing")
{
    SmallCounter counter;
    Json draft = counter.draft();
    draft["applicant"].erase("name");

    const auto received = counter.desk->receive(draft);

    REQUIRE_FALSE(received);
    CHECK_FALSE(received.error().problems.empty());
    CHECK(counter.desk->queue().operations(true)->empty());
    CHECK(counter.desk->dossiers().list({})->empty());
}

TEST_CASE("what cannot be received can be refused, with its reason, its number and its place in the queue")
{
    SmallCounter counter;
    Json draft = counter.draft();
    draft["components"] = Json::array();
    draft.erase("reasons");
    REQUIRE_FALSE(counter.desk->receive(draft)); // papers are missing, and nobody says why
    const auto id = counter.desk->saveDraft({0, "1.000656", draft, "/components", {}});
    REQUIRE(id);

    const auto refused = counter.desk->refuse(draft, "Thiếu giấy báo tử, công dân không bổ sung.", *id);

    REQUIRE(refused);
    CHECK(refused->code == "H26.131-261121-1001");
    CHECK_FALSE(refused->dueAt);
    const auto view = counter.desk->dossiers().byCode(refused->code);
    REQUIRE(view);
    CHECK(view->dossier["status"] == "refused");
    CHECK(view->dossier["dueAt"].is_null());
    CHECK(counter.desk->queue().operations(false)->size() == 1);
    CHECK(counter.desk->drafts()->empty());
    CHECK(counter.findings().empty());
}

TEST_CASE("a refusal needs a reason and a body that can be recorded")
{
    SmallCounter counter;
    CHECK_FALSE(counter.desk->refuse(counter.draft(), ""));
    Json nameless = counter.draft();
    nameless["applicant"].erase("name");
    CHECK_FALSE(counter.desk->refuse(nameless, "Không đúng thẩm quyền."));
    Json unknown = counter.draft();
    unknown["procedure"] = "9.999999";
    CHECK_FALSE(counter.desk->refuse(unknown, "Không đúng thẩm quyền."));
    CHECK(counter.desk->dossiers().list({})->empty());
    CHECK(counter.desk->queue().operations(true)->empty());
}

TEST_CASE("a draft is used up by taking it in, so a double press takes in once")
{
    SmallCounter counter;
    const auto id = counter.desk->saveDraft({0, "1.000656", counter.draft(), "/applicant/name", {}});
    REQUIRE(id);
    REQUIRE(counter.desk->drafts()->size() == 1);

    CHECK(counter.desk->receive(counter.draft(), *id));
    const auto again = counter.desk->receive(counter.draft(), *id);

    REQUIRE_FALSE(again);
    CHECK(again.error().error.kind == ErrorKind::Refused);
    CHECK(counter.desk->dossiers().list({})->size() == 1);
    CHECK(counter.desk->drafts()->empty());
}

TEST_CASE("search finds words in any order without marks, and both ends of numbers")
{
    SmallCounter counter;
    REQUIRE(counter.desk->receive(counter.draft("Đặng Thị Hoà")));
    const auto found = [&](std::string_view text) {
        return counter.desk->dossiers().find(text)->rows.size();
    };
    for (const char* text : {"dang hoa", "hoa dang", "HÒA", "đặng", "d t h", "0912", "5678", "001084",
                             "123456", "H26.131-2611", "1001", "doai hoa", "phuc tho", "21-1001"}) {
        INFO(text);
        CHECK(found(text) == 1);
    }
    for (const char* text : {"", "ang", "hoa lan", "9999", "\" OR 1", "*", "hoa NOT x", "%", "' --"}) {
        INFO(text);
        CHECK(found(text) == 0);
    }
}

TEST_CASE("a dossier moves only along the table, and its history tells who and from what to what")
{
    SmallCounter counter;
    const std::string code = counter.desk->receive(counter.draft())->code;

    CHECK(counter.desk->move(code, Status::Processing, ""));
    CHECK(counter.desk->move(code, Status::Supplementing, "Thiếu giấy báo tử"));
    CHECK_FALSE(counter.desk->move(code, Status::Returned, ""));
    counter.clock.advance(std::chrono::hours{72});
    CHECK(counter.desk->move(code, Status::Processing, ""));
    CHECK(counter.desk->move(code, Status::Finished, ""));
    CHECK(counter.desk->move(code, Status::Returned, ""));

    const auto view = counter.desk->dossiers().byCode(code);
    CHECK(view->row.status == Status::Returned);
    CHECK(view->row.finished);
    const auto history = counter.desk->dossiers().history(view->row.id);
    REQUIRE(history->size() == 6);
    CHECK((*history)[2].note == "Thiếu giấy báo tử");
    CHECK((*history)[2].changes.front().from == "processing");
    CHECK((*history)[2].changes.front().to == "supplementing");
    CHECK((*history)[2].official == "Nguyễn Thị Lan");
    CHECK(counter.findings().empty());
}

TEST_CASE("an identity field is changed with a reason only")
{
    SmallCounter counter;
    const std::string code = counter.desk->receive(counter.draft())->code;

    CHECK_FALSE(counter.desk->change(code, {{"/applicant/name", "Nguyễn Văn Hạ"}}, ""));
    CHECK_FALSE(counter.desk->change(code, {{"/code", "H26.131-261121-1009"}}, "thử"));
    CHECK_FALSE(counter.desk->change(code, Json::object(), "thử"));
    CHECK(counter.desk->change(code, {{"/applicant/name", "Nguyễn Văn Hạ"}}, "Gõ sai dấu"));

    CHECK(counter.desk->dossiers().find("van ha")->rows.front().name == "Nguyễn Văn Hạ");
    CHECK(counter.findings().empty());
}

TEST_CASE("a change brings no unknown member and no control character")
{
    SmallCounter counter;
    const std::string code = counter.desk->receive(counter.draft())->code;

    CHECK_FALSE(counter.desk->change(code, {{"/fly", 1}}, "thử"));
    CHECK_FALSE(counter.desk->change(code, {{"/applicant/fly", "x"}}, "thử"));
    REQUIRE(counter.desk->change(code, {{"/note", "a\tb\x01"}}, ""));

    CHECK(counter.desk->dossiers().byCode(code)->dossier["note"] == "a b");
}

TEST_CASE("a second program is told who holds the register; a wrong password opens nothing")
{
    SmallCounter counter;
    const auto second = RegisterFolder::open(counter.home.path(), practiceSignIn(), counter.clock);
    REQUIRE_FALSE(second);
    CHECK(second.error().kind == ErrorKind::Locked);
    CHECK(second.error().detail.find("motcua, tiến trình ") == 0);

    counter.stop();
    SignIn wrong = practiceSignIn();
    wrong.password = Secret("khác");
    const auto refused = RegisterFolder::open(counter.home.path(), std::move(wrong), counter.clock);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::WrongKey);
    CHECK(counter.restart());
}

TEST_CASE("a damaged, a newer and a foreign register are refused by name and left untouched")
{
    SmallCounter counter;
    const auto file = counter.home.path() / "register.db";
    const auto bytes = [&] {
        std::ifstream in(file, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(in), {});
    };
    const auto refusedAs = [&] {
        counter.stop();
        const std::string before = bytes();
        const auto opened = counter.restart();
        CHECK((bytes() == before));
        return opened                                      ? "opened"
               : opened.error().kind == ErrorKind::Newer   ? "newer"
               : opened.error().kind == ErrorKind::Foreign ? "foreign"
               : opened.error().kind == ErrorKind::Damaged ? "damaged"
                                                           : "other";
    };

    REQUIRE(counter.connection->execute("PRAGMA user_version=9999"));
    CHECK(refusedAs() == std::string("newer"));
    counter.stop();
    {
        std::ofstream out(file, std::ios::binary | std::ios::trunc);
        out << std::string(20'000, 'x');
    }
    CHECK(refusedAs() == std::string("damaged"));
}

TEST_CASE("nothing of a citizen stands readable in the register's files")
{
    SmallCounter counter;
    REQUIRE(counter.desk->receive(counter.draft("Trịnh Quế Canh")));
    for (const auto& file : std::filesystem::directory_iterator(counter.home.path())) {
        std::ifstream in(file.path(), std::ios::binary);
        const std::string bytes(std::istreambuf_iterator<char>(in), {});
        const bool leaks = bytes.find("Quế Canh") != std::string::npos ||
                           bytes.find("trinh que") != std::string::npos ||
                           bytes.find("001084123456") != std::string::npos;
        INFO(file.path().string());
        CHECK_FALSE(leaks);
    }
}

TEST_CASE("a dossier that is opened again and again in one sitting is journalled as seen once")
{
    SmallCounter counter;
    const std::string code = counter.desk->receive(counter.draft())->code;
    const auto seen = [&] {
        auto count = counter.connection->prepare(
            "SELECT count(*), max(entry ->> '$.body.code') FROM journal WHERE kind = 'dossier.opened'");
        REQUIRE(count);
        REQUIRE(count->step());
        CHECK((count->integer(0) == 0 || count->text(1) == code));
        return count->integer(0);
    };
    CHECK(seen() == 0);

    REQUIRE(counter.desk->recordOpened(code));
    REQUIRE(counter.desk->recordOpened(code));
    CHECK(seen() == 1);

    REQUIRE(counter.restart());
    REQUIRE(counter.desk->recordOpened(code));
    CHECK(seen() == 2);
    CHECK(counter.findings().empty());
}

TEST_CASE("the journal refuses to be changed")
{
    SmallCounter counter;
    REQUIRE(counter.desk->receive(counter.draft()));
    CHECK_FALSE(counter.connection->execute("UPDATE journal SET at = 1"));
    CHECK_FALSE(counter.connection->execute("DELETE FROM journal"));
    REQUIRE(counter.connection->execute("DROP TRIGGER journal_update"));
    REQUIRE(counter.connection->execute(
        "UPDATE journal SET entry = replace(entry, 'ông', 'bà') WHERE kind = 'dossier.received'"));
    const auto findings = counter.findings();
    REQUIRE_FALSE(findings.empty());
    CHECK(findings.front().kind == "chain");
}

TEST_CASE("an entry is JSON with its members sorted, whatever is in it")
{
    SmallCounter counter;
    const std::string code = counter.desk->receive(counter.draft("O\"Brien \\ \x01 Đỗ"))->code;
    REQUIRE(counter.desk->change(code, {{"/applicant/phone", "0987654321"}}, "gọi lại, \"số mới\""));
    REQUIRE(counter.desk->addAccount({"hai", "Nguyễn \"Hai\" \\", Role::Official, false}));

    auto entries = counter.connection->prepare("SELECT entry FROM journal ORDER BY position");
    int seen = 0;
    while (*entries->step()) {
        const auto parsed = parseJson(entries->view(0));
        REQUIRE(parsed);
        CHECK(dumpJson(*parsed) == entries->view(0));
        ++seen;
    }
    CHECK(seen >= 3);
}
