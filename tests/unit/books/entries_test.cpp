// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers in a book: given at signing, never again; what is written beside them; the year's end.
#include "tests/unit/books/books_fixture.h"

#include <fstream>

using namespace motcua;
using namespace std::chrono_literals;

namespace {

BookAnnotation correction(const std::string& name)
{
    BookAnnotation annotation;
    annotation.date = Day{std::chrono::year{2026} / 11 / 21};
    annotation.content = "Cải chính họ tên";
    annotation.basis = "Trích lục cải chính số 07 ngày 20/11/2026";
    annotation.issuer = "UBND xã Phúc Thọ";
    annotation.signer = {"Trần Văn Minh", "Chủ tịch"};
    annotation.set = {{"/applicant/name", name}};
    return annotation;
}

} // namespace

TEST_CASE("signing gives the next number, and the dossier carries it to the portal")
{
    BookCounterBox counter;
    REQUIRE(counter.books->open("guardianship"));
    const std::string first = counter.dossier("Nguyễn Văn Hà");
    const std::string second = counter.dossier("Lê Thị Hoa");

    const auto one = counter.sign(first);
    const auto two = counter.sign(second);

    REQUIRE(one);
    REQUIRE(two);
    CHECK(one->first == 1);
    CHECK(two->first == 2);
    const Json registration = counter.box.desk->dossiers().byCode(second)->dossier["form"]["registration"];
    CHECK(registration == Json{{"book", "guardianship"},
                               {"year", 2026},
                               {"volume", 1},
                               {"number", 2},
                               {"registeredOn", "2026-11-21"}});
    const auto entry = counter.books->books().entry(kBook, 2);
    REQUIRE(entry);
    CHECK(entry->act["content"]["applicant"]["name"] == "Lê Thị Hoa");
    CHECK_FALSE(entry->act["content"]["form"].contains("registration"));
    CHECK(entry->registration()["numberText"] == "02");
    CHECK(entry->registration()["signer"]["name"] == "Trần Văn Minh");
    CHECK(counter.box.findings().empty());
}

TEST_CASE("no number comes from a draft, a second signing, a closed dossier or an edited field")
{
    BookCounterBox counter;
    const std::string code = counter.dossier();
    CHECK(ruleOf(counter.sign(code)) == "book-not-open");
    REQUIRE(counter.books->open("guardianship"));
    REQUIRE(counter.sign(code));

    CHECK(ruleOf(counter.sign(code)) == "book-entered");
    CHECK(ruleOf(counter.box.desk->change(code, {{"/form/registration/number", 7}}, "x")) == "book-decides");
    CHECK(ruleOf(counter.box.desk->change(code, {{"/form", {{"matter", "khác"}}}}, "x")) == "book-decides");
    const std::string withdrawn = counter.dossier();
    REQUIRE(counter.box.desk->move(withdrawn, Status::Withdrawn, "Công dân rút"));
    CHECK(ruleOf(counter.sign(withdrawn)) == "book-status");
    CHECK(counter.state().totals.numbers == 1);
    CHECK(counter.box.findings().empty());
}

TEST_CASE("what a kind asks beyond a signature: two persons, the requester's own, a type that the kind knows")
{
    BookCounterBox counter;
    const TemporaryFolder folder;
    std::filesystem::copy(MOTCUA_SOURCE_DIR "/resources/catalogue", folder.path() / "strict",
                          std::filesystem::copy_options::recursive);
    std::ofstream(folder.path() / "strict/books.json")
        << R"({"books": [{"id": "guardianship", "title": "Sổ thử",
        "group": "civil-status", "twoPersons": true, "requesterSigns": true,
        "types": [{"value": "first", "label": "Lần đầu"}, {"value": "again", "label": "Lại"}]}]})";
    const auto strict = Catalogue::load((folder.path() / "strict").string());
    REQUIRE(strict);
    Desk desk(*counter.box.connection, counter.box.folder->identity(), counter.box.folder->actor(), *strict,
              counter.box.clock, counter.box.random);
    BookDesk books(desk);
    REQUIRE(books.open("guardianship"));
    SignRequest request;
    request.code = counter.dossier();
    request.signer = {"NGUYỄN THỊ LAN", "Phó Chủ tịch"}; // who is signed in, in capitals
    CHECK(ruleOf(books.sign(request)) == "requester-signature");
    request.requesterSigned = true;
    CHECK(ruleOf(books.sign(request)) == "two-persons");
    request.signer.name = " ";
    CHECK(ruleOf(books.sign(request)) == "signer-required");
    request.signer.name = "Trần Văn Minh";
    request.type = "third";
    CHECK(ruleOf(books.sign(request)) == "book-type");
    request.type = "again";

    REQUIRE(books.sign(request));

    CHECK(books.books().entry(kBook, 1)->act["type"] == "again");
    CHECK(books.books().entry(kBook, 1)->act["requesterSigned"] == true);
}

TEST_CASE("a number that was given elsewhere is not given a second time here")
{
    BookCounterBox counter;
    REQUIRE(counter.books->open("guardianship"));
    const std::string code = counter.dossier();
    const auto view = counter.box.desk->dossiers().byCode(code);
    REQUIRE(view);
    // Another counter's, as it comes from the portal after that one has signed it.
    PulledChange change;
    change.seq = 1;
    change.uid = "01234567-89ab-7def-8123-456789abcdef";
    change.rev = std::string(31, '0') + "1";
    change.dossier = view->dossier;
    change.dossier["uid"] = change.uid;
    change.dossier["code"] = "H26.131-261121-2001";
    change.dossier["form"]["registration"] = {{"book", "guardianship"}, {"year", 2026}, {"number", 12}};
    REQUIRE(counter.box.portal->storePage("e1", {change}, "c1"));
    REQUIRE(counter.box.desk->dossiers().byCode("H26.131-261121-2001"));

    CHECK(ruleOf(counter.sign("H26.131-261121-2001")) == "book-entered");
    CHECK(counter.sign(code)->first == 1);
}

TEST_CASE("a full page is followed by the next, a full volume by the next, and numbers go on")
{
    BookCounterBox counter;
    BookOpening opening;
    opening.entriesPerPage = 2;
    opening.pagesPerVolume = 2;
    REQUIRE(counter.books->open("guardianship", opening));

    for (int i = 1; i <= 5; ++i) {
        CHECK(counter.signNew() == i);
    }

    CHECK(counter.books->books().entry(kBook, 4)->place.volume == 1);
    const auto fifth = counter.books->books().entry(kBook, 5);
    CHECK(fifth->place.volume == 2);
    CHECK(fifth->place.page == 1);
    const auto page = counter.books->books().page(kBook, 1, 2);
    REQUIRE(page);
    CHECK(page->isFull);
    CHECK(page->entriesHere == 2);
    CHECK(page->lastNumber == 4);
    CHECK(page->entriesSoFar == 4);
    CHECK(page->chainCode.size() == 23);
    CHECK(counter.state().totals.pages == 3);
    REQUIRE(counter.books->newVolume(kBook));
    CHECK(ruleOf(counter.books->newVolume(kBook)) == "book-volume-empty");
    CHECK(counter.signNew() == 6);
    CHECK(counter.books->books().entry(kBook, 6)->place.volume == 3);
    const auto pages = counter.books->books().pages(kBook);
    REQUIRE(pages);
    CHECK(pages->size() == 4);
    CHECK(pages->back() == BookPagePlace{3, 1});
    CHECK(counter.box.findings().empty());
}

TEST_CASE("a later event stands beside the entry, which itself stays; copies show what holds now")
{
    BookCounterBox counter;
    REQUIRE(counter.books->open("guardianship"));
    REQUIRE(counter.signNew() == 1);
    const auto chain = counter.books->books().page(kBook, 1, 1)->chainCode;

    REQUIRE(counter.books->annotate(kBook, 1, correction("Nguyễn Văn Hải")));

    const auto entry = counter.books->books().entry(kBook, 1);
    CHECK(entry->act["content"]["applicant"]["name"] == "Nguyễn Văn Hà");
    CHECK(entry->current()["applicant"]["name"] == "Nguyễn Văn Hải");
    CHECK(entry->registration()["annotations"][0]["basis"] == "Trích lục cải chính số 07 ngày 20/11/2026");
    CHECK(counter.books->books().page(kBook, 1, 1)->chainCode == chain);
    BookAnnotation wrong = correction("x");
    wrong.set = {{"/form/nothing", "x"}};
    CHECK(ruleOf(counter.books->annotate(kBook, 1, wrong)) == "pointer");
    wrong = correction("x");
    wrong.basis = " ";
    CHECK(ruleOf(counter.books->annotate(kBook, 1, wrong)) == "basis-required");
    wrong = correction("x");
    wrong.date = Day{std::chrono::year{2026} / 11 / 22};
    CHECK(ruleOf(counter.books->annotate(kBook, 1, wrong)) == "date");
    CHECK(counter.box.findings().empty());
}

TEST_CASE("a cancelled number stays, is counted, and its dossier may be entered anew")
{
    BookCounterBox counter;
    REQUIRE(counter.books->open("guardianship"));
    const std::string code = counter.dossier();
    REQUIRE(counter.sign(code));

    CHECK(ruleOf(counter.books->cancel(kBook, 1, "", {"Trần Văn Minh", "Chủ tịch"})) == "reason-required");
    REQUIRE(counter.books->cancel(kBook, 1, "Vào nhầm sổ", {"Trần Văn Minh", "Chủ tịch"}));

    CHECK(ruleOf(counter.books->cancel(kBook, 1, "Lần nữa", {"Trần Văn Minh", ""})) == "book-cancelled");
    CHECK(ruleOf(counter.books->annotate(kBook, 1, correction("x"))) == "book-cancelled");
    CHECK_FALSE(counter.box.desk->dossiers().byCode(code)->dossier["form"].contains("registration"));
    const auto again = counter.sign(code);
    REQUIRE(again);
    CHECK(again->first == 2);
    CHECK(counter.books->entriesOf(code)->size() == 2);
    CHECK(counter.state().totals.cancelled == 1);
    CHECK(counter.box.findings().empty());
}

TEST_CASE("the year is closed with its totals, and no number of it is given any more")
{
    BookCounterBox counter;
    REQUIRE(counter.books->open("guardianship"));
    for (int i = 0; i < 3; ++i) {
        static_cast<void>(counter.signNew());
    }
    REQUIRE(counter.books->cancel(kBook, 2, "Sai người", {"Trần Văn Minh", "Chủ tịch"}));

    const auto totals = counter.books->close(kBook, {"Trần Văn Minh", "Chủ tịch"});

    REQUIRE(totals);
    CHECK(toJson(*totals) == Json{{"volumes", 1},
                                  {"pages", 3},
                                  {"numbers", 3},
                                  {"carried", 0},
                                  {"entries", 3},
                                  {"cancelled", 1},
                                  {"notes", 0}});
    CHECK(ruleOf(counter.sign(counter.dossier())) == "book-closed");
    CHECK(ruleOf(counter.books->cancel(kBook, 1, "Muộn", {"Trần Văn Minh", ""})) == "book-closed");
    CHECK(ruleOf(counter.books->newVolume(kBook)) == "book-closed");
    CHECK(ruleOf(counter.books->close(kBook, {"Trần Văn Minh", ""})) == "book-closed");
    CHECK(counter.books->annotate(kBook, 1, correction("Nguyễn Văn Hải")));
    CHECK(counter.box.findings().empty());
}

TEST_CASE("the new year begins with 01, in its own book, by Vietnamese time")
{
    BookCounterBox counter;
    REQUIRE(counter.books->open("guardianship"));
    static_cast<void>(counter.signNew());
    // Half past midnight in Viet Nam on 1 January is still 31 December in UTC.
    counter.box.clock.setWall(instantInVietnam(Day{std::chrono::year{2027} / 1 / 1}, 30min));
    const std::string code = counter.dossier();
    CHECK(ruleOf(counter.sign(code)) == "book-not-open");

    REQUIRE(counter.books->open("guardianship"));

    const auto done = counter.sign(code);
    REQUIRE(done);
    CHECK(done->book == "guardianship/2027");
    CHECK(done->first == 1);
    CHECK(counter.state(kBook).succeeded);
    CHECK(counter.books->close(kBook, {"Trần Văn Minh", "Chủ tịch"}));
    // The clock goes back: the old year gives no number any more.
    counter.box.clock.setWall(instantInVietnam(Day{std::chrono::year{2026} / 12 / 31}, 10h));
    CHECK(ruleOf(counter.sign(counter.dossier())) == "book-closed");
    CHECK(ruleOf(counter.books->open("guardianship")) == "book-later-year");
    CHECK(counter.box.findings().empty());
}

TEST_CASE("a paper book is taken over by a leader with its last number, and goes on from there")
{
    BookCounterBox counter;
    BookOpening opening;
    opening.balance = BookBalance{37, 2, 12, 200, 1};
    CHECK(ruleOf(counter.books->open("guardianship", opening)) == "reason-required");
    opening.reason = "Chuyển từ sổ giấy, kiểm đếm ngày 21/11/2026";
    opening.balance->cancelled = 99;
    CHECK(ruleOf(counter.books->open("guardianship", opening)) == "book-balance");
    opening.balance->cancelled = 1;

    REQUIRE(counter.books->open("guardianship", opening));

    CHECK(counter.signNew() == 38);
    const auto entry = counter.books->books().entry(kBook, 38);
    CHECK(entry->place.volume == 2);
    CHECK(entry->place.page == 13);
    const auto page = counter.books->books().page(kBook, 2, 13);
    REQUIRE(page);
    CHECK(page->carried == 37);
    CHECK(page->cancelledSoFar == 1);
    CHECK(page->entriesSoFar == 1);
    CHECK(counter.state().totals.pages == 213);
    CHECK(counter.box.findings().empty());
}

TEST_CASE("an official may sign but not open the first book, cancel or close")
{
    BookCounterBox counter;
    Desk official(*counter.box.connection, counter.box.folder->identity(),
                  {"hoa", "Lê Thị Hoa", Role::Official}, counter.box.catalogue, counter.box.clock,
                  counter.box.random);
    BookDesk books(official);
    CHECK_FALSE(books.open("guardianship"));
    REQUIRE(counter.books->open("guardianship"));
    SignRequest request;
    request.code = counter.dossier();
    request.signer = {"Trần Văn Minh", "Chủ tịch"};
    CHECK(books.sign(request));
    CHECK_FALSE(books.cancel(kBook, 1, "Nhầm", {"Trần Văn Minh", ""}));
    CHECK_FALSE(books.close(kBook, {"Trần Văn Minh", ""}));
    Desk supervisor(*counter.box.connection, counter.box.folder->identity(), {"tam", "Tâm", Role::Supervisor},
                    counter.box.catalogue, counter.box.clock, counter.box.random);
    request.code = counter.dossier();
    CHECK_FALSE(BookDesk(supervisor).sign(request));
}

TEST_CASE("verification finds an act that was changed, lost or invented, and a row that stands on nothing")
{
    BookCounterBox counter;
    REQUIRE(counter.books->open("guardianship"));
    static_cast<void>(counter.signNew());
    static_cast<void>(counter.signNew());
    REQUIRE(counter.box.findings().empty());
    Connection& file = *counter.box.connection;
    CHECK_FALSE(file.execute("UPDATE book_act SET act = '{}'"));
    CHECK_FALSE(file.execute("DELETE FROM book_act"));

    SECTION("changed")
    {
        REQUIRE(file.execute("DROP TRIGGER book_act_update; UPDATE book_act SET act = "
                             "json_set(act, '$.content.applicant.name', 'Kẻ khác') WHERE seq = 2"));
        CHECK_FALSE(counter.box.findings().empty());
    }
    SECTION("lost")
    {
        REQUIRE(file.execute("DROP TRIGGER book_act_delete; DELETE FROM book_act WHERE seq = 3"));
        CHECK_FALSE(counter.box.findings().empty());
    }
    SECTION("a row that says something else")
    {
        REQUIRE(file.execute("UPDATE book_entry SET cancelled = 1 WHERE number = 1"));
        CHECK_FALSE(counter.box.findings().empty());
    }
    SECTION("a row that stands on nothing")
    {
        REQUIRE(file.execute("DELETE FROM book_entry WHERE number = 2"));
        CHECK_FALSE(counter.box.findings().empty());
    }
}
