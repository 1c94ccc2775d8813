// SPDX-License-Identifier: GPL-3.0-or-later
// motcuactl book: a ledger from its opening to its closing, and from counter to counter.
#include "tests/cli/counter.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

using namespace motcua;
using namespace motcua::testing;

namespace {

std::string received(const Counter& counter)
{
    return stringAt(counter.accept(copyDraft()), "code");
}

Run sign(const Counter& counter, const std::string& code)
{
    return counter({"book", "sign", code, "--signer", "Trần Văn Minh", "--title", "Chủ tịch"});
}

void introduce(const Counter& to, const Counter& who, const std::string& file)
{
    const Run card = who({"book", "card", "--out", file});
    REQUIRE(card.exit == 0);
    REQUIRE(to({"book", "know", file, "--code", stringAt(card.json(), "code")}).exit == 0);
}

} // namespace

TEST_CASE("a book is opened, written in, annotated and closed", "[book]")
{
    const Counter counter;
    CHECK(counter({"book", "list"}).json().at("books").empty());
    const std::string code = received(counter);
    CHECK(hasRule(sign(counter, code).json(), "book-not-open"));
    REQUIRE(counter({"book", "open", "SCT/BS"}).exit == 0);

    const Run signedRun = sign(counter, code);

    REQUIRE(signedRun.exit == 0);
    CHECK(signedRun.json().at("number") == 1);
    CHECK(signedRun.json().at("book") == "copies/2026");
    const Json dossier = counter({"show", code}).json();
    CHECK(dossier.at("form").at("registration").at("number") == 1);
    CHECK(hasRule(sign(counter, code).json(), "book-entered"));
    CHECK(hasRule(counter({"change", code, "--set", "/form/registration/number=2", "--reason", "x"}).json(),
                  "book-decides"));
    REQUIRE(counter({"book", "annotate", "copies", "1", "--content", "Sửa tên giấy tờ", "--basis",
                     "Biên bản số 3", "--signer", "Trần Văn Minh", "--set", "/form/documentName=Học bạ"})
                .exit == 0);
    const Json entry = counter({"book", "entry", code}).json().at("entries").at(0);
    CHECK(entry.at("annotations").at(0).at("basis") == "Biên bản số 3");
    CHECK(entry.at("current").at("form").at("documentName") == "Học bạ");
    const Json page = counter({"book", "page", "copies", "--volume", "1", "--page", "1"}).json();
    CHECK(page.at("lastNumber") == 1);
    CHECK(stringAt(page, "chainCode").size() == 23);
    REQUIRE(counter({"book", "cancel", "copies", "1", "--reason", "Sai bản chính"}).exit == 0);
    const Run closed = counter({"book", "close", "SCT/BS"});
    REQUIRE(closed.exit == 0);
    CHECK(closed.json().at("numbers") == 1);
    CHECK(closed.json().at("cancelled") == 1);
    CHECK(hasRule(sign(counter, received(counter)).json(), "book-closed"));
    CHECK(counter({"verify", "--full"}).json().at("ok") == true);
}

TEST_CASE("a book is printed as it is bound, whole or some of its pages", "[book]")
{
    const Counter counter;
    const std::string file = counter.folder.name("book.pdf");
    REQUIRE(counter({"book", "open", "SCT/BS"}).exit == 0);
    REQUIRE(sign(counter, received(counter)).exit == 0);
    const std::int64_t before = counter.entries();

    const Run printed = counter({"book", "print", "SCT/BS", "--out", file});

    INFO(printed.err);
    REQUIRE(printed.exit == 0);
    CHECK(printed.json().at("pages") == 1);
    CHECK(std::filesystem::file_size(file) > 2000);
    CHECK(counter.entries() == before + 1); // who printed it stands in the journal
    REQUIRE(counter({"book", "close", "SCT/BS"}).exit == 0);
    CHECK(counter({"book", "print", "SCT/BS", "--out", file}).json().at("pages") == 2); // with the closing
    CHECK(counter({"book", "print", "SCT/BS", "--pages", "1", "--out", file}).json().at("pages") == 1);
    CHECK(counter({"book", "print", "SCT/BS", "--pages", "7-9", "--out", file}).exit == 1);
    CHECK(counter({"book", "print", "SCT/BS", "--pages", "x", "--out", file}).exit == 2);
    CHECK(counter({"book", "print", "birth", "--out", file}).exit == 1);
    CHECK(counter({"book", "print", "07", "--out", counter.folder.name("07.pdf")}).json().at("pages") == 1);
}

TEST_CASE("a book goes to the other counter by a file, once", "[book]")
{
    const Counter one;
    const Counter two("2");
    const std::string stick = one.folder.name("stick");
    introduce(one, two, one.folder.name("two.the"));
    introduce(two, one, one.folder.name("one.the"));
    REQUIRE(one({"book", "open", "copies"}).exit == 0);
    REQUIRE(sign(one, received(one)).exit == 0);

    REQUIRE(one({"book", "hand-over", "copies", "--to", "2", "--out", stick}).exit == 0);

    CHECK(hasRule(sign(one, received(one)).json(), "book-elsewhere"));
    CHECK(one({"book", "hand-over", "copies", "--to", "2", "--out", stick}).exit == 1);
    CHECK(one({"book", "hand-over", "copies", "--again", "--out", stick}).exit == 0);
    CHECK(hasRule(one({"book", "take-over", stick}).json(), "hand-over-other"));
    REQUIRE(two({"book", "take-over", stick}).exit == 0);
    CHECK(hasRule(two({"book", "take-over", stick}).json(), "hand-over-old"));
    CHECK(sign(two, received(two)).json().at("number") == 2);
    CHECK(two({"book", "list"}).json().at("books").at(0).at("here") == true);
    CHECK(one({"book", "list"}).json().at("books").at(0).at("here") == false);
    CHECK(one({"verify", "--full"}).json().at("ok") == true);
    CHECK(two({"verify", "--full"}).json().at("ok") == true);
}

TEST_CASE("wrong usage and wrong files write nothing", "[book]")
{
    const Counter counter;
    const std::int64_t before = counter.entries();
    const std::string junk = counter.folder.write("junk", "PK\x03\x04");
    CHECK(counter({"book", "open", "khai-sinh"}).exit == 1);
    CHECK(counter({"book", "close", "birth"}).exit == 1);
    CHECK(counter({"book", "take-over", junk}).exit == 1);
    CHECK(counter({"book", "know", junk, "--code", "x"}).exit != 0);
    CHECK(counter({"book", "annotate", "birth", "một", "--content", "x", "--basis", "y"}).exit == 2);
    CHECK(counter({"book", "recover", "birth", "--year", "2026", "--reason", "x"}).exit == 2);
    CHECK(counter({"book", "hand-over", "birth", "--to", "2"}).exit == 2);
    CHECK(counter.entries() == before);
}
