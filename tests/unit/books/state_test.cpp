// SPDX-License-Identifier: GPL-3.0-or-later
// What a book takes and what it refuses, without a register; on time or late.
#include "core/books/book_state.h"
#include "core/books/registration_type.h"
#include "core/catalogue/catalogue.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

const Json kHere{{"install", "aa"}, {"epoch", 1}, {"slot", 1}};
const Json kThere{{"install", "bb"}, {"epoch", 1}, {"slot", 2}};

Json act(const char* name, const BookState& state, const Json& writer = kHere)
{
    return {{"act", name}, {"seq", state.seq + 1}, {"at", "2026-11-21T01:00:00Z"}, {"writer", writer}};
}

BookState opened()
{
    BookState state;
    Json first = act("opened", state);
    first.update({{"book", "birth/2026"}, {"unit", "H26.131"}, {"entriesPerPage", 1}, {"pagesPerVolume", 3}});
    REQUIRE(state.apply(first));
    return state;
}

Json entered(const BookState& state)
{
    Json entry = act("entered", state);
    const BookPlace next = state.next();
    entry.update({{"number", next.number},
                  {"volume", next.volume},
                  {"page", next.page},
                  {"line", next.line},
                  {"registeredOn", "2026-11-21"},
                  {"uid", "u"},
                  {"signer", {{"name", "Minh"}}},
                  {"content", Json::object()}});
    return entry;
}

Json birth(const std::string& text, const std::string& precision, const std::string& received)
{
    return {{"procedure", "1.001193"},
            {"receivedAt", received},
            {"form", {{"child", {{"birth", {{"text", text}, {"precision", precision}}}}}}}};
}

} // namespace

TEST_CASE("an act that is not the law of books changes nothing")
{
    BookState state = opened();
    const Json before = toJson(state);
    Json skipped = entered(state);
    skipped["number"] = 2;
    Json otherYear = entered(state);
    otherYear["registeredOn"] = "2027-01-01";
    Json another = entered(state);
    another["writer"] = kThere;
    Json late = entered(state);
    late["seq"] = 3;
    Json lying = act("closed", state);
    lying.update({{"totals", toJson(BookTotals{1, 0, 1, 0, 1, 0, 0})}, {"signer", {{"name", "Minh"}}}});
    Json notTaken = act("taken", state, kThere);
    notTaken["hop"] = 0;
    Json huge = entered(state);
    huge["number"] = 1.5;
    for (const Json& wrong :
         {skipped, otherYear, another, late, lying, notTaken, huge, Json::object(), Json(7)}) {
        CHECK_FALSE(state.apply(wrong));
        CHECK(toJson(state) == before);
    }
}

TEST_CASE("a state reads back as it was written")
{
    BookState state = opened();
    REQUIRE(state.apply(entered(state)));
    const auto read = bookStateFromJson(toJson(state));
    REQUIRE(read);
    CHECK(toJson(*read) == toJson(state));
    CHECK(read->chain == state.chain);
    CHECK_FALSE(bookStateFromJson(Json::object()));
}

TEST_CASE("while a book is under way nobody writes in it, and only its receiver takes it")
{
    BookState state = opened();
    Json over = act("handed-over", state);
    over.update({{"to", kThere}, {"hop", 1}});
    REQUIRE(state.apply(over));

    CHECK_FALSE(state.apply(entered(state)));
    Json mine = act("taken", state);
    mine["hop"] = 1;
    CHECK_FALSE(state.apply(mine));
    Json theirs = act("taken", state, kThere);
    theirs["hop"] = 1;
    CHECK(state.apply(theirs));
    CHECK_FALSE(state.apply(entered(state)));
    CHECK(parseBookKey("birth/2026")->second == 2026);
    for (const char* wrong :
         {"birth", "/2026", "birth/", "birth/x", "Birth/2026", "birth/2026/1", "birth/99999"}) {
        CHECK_FALSE(parseBookKey(wrong));
    }
}

TEST_CASE("on time or late follows from the law's days, and is asked where the date is too vague")
{
    const auto catalogue = Catalogue::load(MOTCUA_SOURCE_DIR "/resources/catalogue");
    REQUIRE(catalogue);
    const BookKind* kind = catalogue->bookKind("birth");
    REQUIRE(kind != nullptr);
    const std::string received = "2026-11-21T02:00:00Z";

    const Day today{std::chrono::year{2026} / 11 / 21};
    const auto typeOf = [&](const Json& dossier) {
        const Form form = catalogue->form(*catalogue->find(stringAt(dossier, "procedure"), today), today);
        return registrationType(*kind, form, dossier, catalogue->calendar());
    };

    CHECK(typeOf(birth("22/09/2026", "day", received)) == "on-time"); // the 60th day
    CHECK(typeOf(birth("21/09/2026", "day", received)) == "late");
    CHECK(typeOf(birth("11/2026", "month", received)) == "on-time");
    CHECK_FALSE(typeOf(birth("09/2026", "month", received)));
    CHECK_FALSE(typeOf(birth("2026", "year", received)));
    CHECK(typeOf(birth("1984", "year", received)) == "late");
    CHECK_FALSE(typeOf(birth("31/02/2026", "day", received)));
    Json again = birth("1984", "year", received);
    again["procedure"] = "1.004884";
    CHECK(typeOf(again) == "again");
    CHECK(registrationTypeLabel(*kind, "late") == "Đăng ký quá hạn");
    // From 22:00 UTC on it is the next day in Viet Nam.
    CHECK(typeOf(birth("23/09/2026", "day", "2026-11-23T16:00:00Z")) ==
          "on-time"); // the 60th day is a Sunday
    CHECK(typeOf(birth("23/09/2026", "day", "2026-11-23T22:00:00Z")) == "late");
    CHECK(catalogue->bookKind("SCT/BS")->id == "copies");
    CHECK(catalogue->booksOf("2.000815", today).at(0)->id == "copies");
    CHECK(catalogue->booksOf("2.000635", today).empty());
    const auto both = catalogue->booksOf("1.000689", today);
    REQUIRE(both.size() == 2);
    CHECK(both[0]->id == "birth");
    CHECK(both[1]->id == "recognition");
}
