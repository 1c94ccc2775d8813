// SPDX-License-Identifier: GPL-3.0-or-later
// A book passes between two counters: never two holders, and whatever is wrong with a file changes nothing.
#include "tests/unit/books/books_fixture.h"

#include "core/vault/backup.h"

using namespace motcua;
using namespace std::chrono_literals;

namespace {

/// Two counters of a unit that know each other, one with a book.
struct TwoCounters
{
    TwoCounters()
    {
        introduce(one, two);
        introduce(two, one);
        REQUIRE(one.books->open("guardianship"));
        static_cast<void>(one.signNew());
        static_cast<void>(one.signNew());
    }
    static void introduce(BookCounterBox& to, BookCounterBox& who)
    {
        const auto card = who.books->card();
        REQUIRE(card);
        REQUIRE(to.books->know(*card, cardCode(*card)));
    }
    /// From one to the other, with the file that travels.
    static std::string pass(BookCounterBox& from, BookCounterBox& to)
    {
        REQUIRE(from.books->handOver(kBook, to.books->self().install));
        const auto file = from.books->handOverFile(kBook);
        REQUIRE(file);
        return *file;
    }
    static void take(BookCounterBox& to, const std::string& file)
    {
        const auto taken = to.books->takeOver(file);
        INFO(ruleOf(taken));
        REQUIRE(taken);
    }

    BookCounterBox one{1, 1};
    BookCounterBox two{2, 2};
};

} // namespace

TEST_CASE("the book passes on, and numbers go on where they were")
{
    TwoCounters unit;

    const std::string file = TwoCounters::pass(unit.one, unit.two);

    CHECK(ruleOf(unit.one.sign(unit.one.dossier())) == "book-elsewhere");
    CHECK(ruleOf(unit.two.sign(unit.two.dossier())) == "book-not-open");
    TwoCounters::take(unit.two, file);
    CHECK(unit.two.signNew() == 3);
    CHECK(unit.two.books->books().entry(kBook, 1)->act["content"]["applicant"]["name"] == "Nguyễn Văn Hà");
    CHECK(ruleOf(unit.one.sign(unit.one.dossier())) == "book-elsewhere");
    TwoCounters::take(unit.one, TwoCounters::pass(unit.two, unit.one));
    CHECK(unit.one.signNew() == 4);
    CHECK(unit.one.state().totals.entries == 4);
    CHECK(unit.one.box.findings().empty());
    CHECK(unit.two.box.findings().empty());
}

TEST_CASE("a lost stick costs nothing: the same file is made again, and works once")
{
    TwoCounters unit;
    const std::string lost = TwoCounters::pass(unit.one, unit.two);
    unit.one.restart();

    const auto again = unit.one.books->handOverFile(kBook);

    REQUIRE(again);
    CHECK_FALSE(unit.one.books->handOver(kBook, unit.two.books->self().install));
    TwoCounters::take(unit.two, *again);
    CHECK(ruleOf(unit.two.books->takeOver(lost)) == "hand-over-old");
    CHECK(ruleOf(unit.two.books->takeOver(*again)) == "hand-over-old");
    CHECK(unit.two.signNew() == 3);
    // The lost stick turns up when the book has long gone back.
    TwoCounters::take(unit.one, TwoCounters::pass(unit.two, unit.one));
    CHECK(ruleOf(unit.two.books->takeOver(lost)) == "hand-over-old");
    CHECK(ruleOf(unit.two.sign(unit.two.dossier())) == "book-elsewhere");
}

TEST_CASE("a file that was cut, changed, forged or is somebody else's is refused and changes nothing")
{
    TwoCounters unit;
    BookCounterBox third{3, 3};
    const std::string file = TwoCounters::pass(unit.one, unit.two);
    const auto refused = [&](const std::string& bytes, const char* rule) {
        CHECK(ruleOf(unit.two.books->takeOver(bytes)) == rule);
        CHECK_FALSE(*unit.two.books->books().state(kBook));
    };

    for (const std::size_t length : {std::size_t{9}, std::size_t{40}, file.size() / 2, file.size() - 1}) {
        refused(file.substr(0, length), length < 16 ? "hand-over-damaged" : "hand-over-damaged");
    }
    for (std::size_t at = 24; at < file.size(); at += 97) {
        std::string changed = file;
        changed[at] = static_cast<char>(changed[at] ^ 0x10);
        refused(changed, "hand-over-damaged");
    }
    refused("", "hand-over-foreign");
    refused("PK\x03\x04 something else", "hand-over-foreign");
    refused("MCSOBO9\n" + file.substr(8), "hand-over-newer");
    static_cast<void>(third.books->card());
    CHECK(ruleOf(third.books->takeOver(file)) == "hand-over-other");
    BookCounterBox never{4, 4};
    CHECK(ruleOf(never.books->takeOver(file)) == "hand-over-other");
    // Somebody who has the receiver's card seals a file of their own and names the giver.
    HandOver forged = *openHandOver(file, *CounterKeys::fromSeed(Secret(std::string(32, 'x'))))
                           .or_else([](const Error&) -> Result<HandOver> { return HandOver{}; });
    forged.from = *unit.one.books->card();
    forged.to = unit.two.books->self();
    forged.book = kBook;
    const auto sealed = sealHandOver(forged, *CounterKeys::fromSeed(Secret(std::string(32, 'x'))),
                                     unit.two.books->card()->sealKey);
    REQUIRE(sealed);
    refused(*sealed, "hand-over-damaged");
    TwoCounters::take(unit.two, file);
}

TEST_CASE("a giver that is not known is taken only by a leader who compared its code")
{
    BookCounterBox one{1, 1};
    BookCounterBox two{2, 2};
    TwoCounters::introduce(one, two);
    REQUIRE(one.books->open("guardianship"));
    const std::string file = TwoCounters::pass(one, two);
    CHECK(ruleOf(two.books->takeOver(file)) == "counter-code");
    CHECK(ruleOf(two.books->takeOver(file, "AAAAA-AAAAA-AAAAA-AAAAA")) == "counter-code");
    CHECK(two.books->counters()->empty());

    CHECK(two.books->takeOver(file, cardCode(*one.books->card())));

    CHECK(two.books->counters()->size() == 1);
    CHECK(two.box.findings().empty());
}

TEST_CASE("cards: another unit, oneself, a forged one, an old one, twice")
{
    TwoCounters unit;
    CounterCard card = *unit.two.books->card();
    const auto known = [&](const CounterCard& shown) {
        return ruleOf(unit.one.books->know(shown, cardCode(shown)));
    };
    CHECK(known(card) == "counter-known");
    CounterCard foreign = card;
    foreign.unit = "H26.999";
    CHECK(known(foreign) == "counter-unit");
    CHECK(known(*unit.one.books->card()) == "counter-self");
    CounterCard forged = card;
    forged.signKey = std::string(32, 'k');
    CHECK(known(forged) == "counter-forged");
    CounterCard old = card;
    old.counter.epoch = 0;
    CHECK(known(old) == "counter-old");
    const auto read = readCardFile(cardFile(card));
    REQUIRE(read);
    CHECK(cardCode(*read) == cardCode(card));
    CHECK_FALSE(readCardFile("MCTHE1\n{}"));
    CHECK_FALSE(readCardFile("MCTHE2\n{}"));
    CHECK_FALSE(readCardFile("xyz"));
}

TEST_CASE("a copied disk goes on writing: its hand-over is refused as a fork")
{
    TwoCounters unit;
    // A copy of counter one's disk: the same acts, and then other ones.
    const auto install = unit.one.books->self().install;
    const std::string file = TwoCounters::pass(unit.one, unit.two);
    TwoCounters::take(unit.two, file);
    static_cast<void>(unit.two.signNew());
    TwoCounters::take(unit.one, TwoCounters::pass(unit.two, unit.one));
    // What the copy would send now: hop 1 again, behind another entry.
    HandOver copy;
    copy.from = *unit.one.books->card();
    copy.to = unit.two.books->self();
    copy.book = kBook;
    copy.hop = 1;
    auto log = *unit.one.books->books().log(kBook);
    log.resize(3); // opened and two entries
    BookState state;
    for (const BookAct& act : log) {
        REQUIRE(state.apply(act.act));
        copy.acts.push_back(act.act);
    }
    Json entry = log.back().act;
    entry["seq"] = 4;
    entry["number"] = 3;
    entry["page"] = 3;
    entry["code"] = "H26.131-261121-1999";
    REQUIRE(state.apply(entry));
    copy.acts.push_back(entry);
    const Json over{{"act", "handed-over"},
                    {"seq", 5},
                    {"at", "2026-11-21T03:00:00Z"},
                    {"by", "Lan"},
                    {"writer", toJson(unit.one.books->self())},
                    {"hop", 1},
                    {"to", toJson(unit.two.books->self())}};
    REQUIRE(state.apply(over));
    copy.acts.push_back(over);
    copy.head = state.chain;
    auto query = unit.one.box.connection->prepare("SELECT value FROM setting WHERE key = 'book_seed'");
    REQUIRE(query);
    REQUIRE(*query->step());
    const auto keys = CounterKeys::fromSeed(Secret(*fromHex(query->view(0))));
    const auto sealed = sealHandOver(copy, *keys, unit.two.books->card()->sealKey);
    REQUIRE(sealed);
    const Json before = toJson(unit.two.state());

    CHECK(ruleOf(unit.two.books->takeOver(*sealed)) == "book-fork");

    CHECK(toJson(unit.two.state()) == before);
    CHECK(install == unit.one.books->self().install);
    CHECK(unit.two.box.findings().empty());
}

TEST_CASE("a lost holder: a leader takes the book up from the paper, marked for ever")
{
    TwoCounters unit;
    TwoCounters::take(unit.two, TwoCounters::pass(unit.one, unit.two));
    static_cast<void>(unit.two.signNew());
    static_cast<void>(unit.two.signNew()); // 3 and 4 are known on paper only, counter two is lost
    const std::string reason = "Máy quầy 2 hỏng ổ đĩa; số cuối trên sổ giấy là 04, quyển 1, trang 4";
    CHECK(ruleOf(unit.one.books->recover("guardianship", 2026, {4, 1, 4, 0, 0}, "")) == "reason-required");
    CHECK(ruleOf(unit.one.books->recover("guardianship", 2026, {1, 1, 1, 0, 0}, reason)) == "book-balance");

    REQUIRE(unit.one.books->recover("guardianship", 2026, {4, 1, 4, 0, 1}, reason));

    CHECK(unit.one.signNew() == 5);
    CHECK(unit.one.state().recoveries == 1);
    CHECK(unit.one.state().totals.carried == 2);
    CHECK(unit.one.state().totals.entries == 3);
    CHECK(unit.one.state().totals.pages == 5);
    CHECK(
        ruleOf(unit.one.books->annotate(
            kBook, 3, {Day{std::chrono::year{2026} / 11 / 21}, "x", "y", "z", {"M", ""}, Json::object()})) ==
        "error: Không có số 03 trong sổ ở quầy này.");
    // The lost computer comes back: what it says is refused, and it learns the new line with the next
    // hand-over.
    CHECK(ruleOf(unit.one.books->takeOver(TwoCounters::pass(unit.two, unit.one))) == "book-fork");
    const std::string back = TwoCounters::pass(unit.one, unit.two);
    TwoCounters::take(unit.two, back);
    CHECK(unit.two.signNew() == 6);
    CHECK(unit.two.box.findings().empty());
    CHECK(unit.one.box.findings().empty());
}

TEST_CASE("a counter that never saw the lost book takes it up as well, and the others follow")
{
    BookCounterBox one{1, 1};
    BookCounterBox two{2, 2};
    TwoCounters::introduce(one, two);
    TwoCounters::introduce(two, one);
    REQUIRE(one.books->open("guardianship"));
    static_cast<void>(one.signNew());

    REQUIRE(two.books->recover("guardianship", 2026, {1, 1, 1, 0, 0}, "Quầy 1 cháy"));

    CHECK(two.signNew() == 2);
    TwoCounters::take(one, TwoCounters::pass(two, one));
    CHECK(one.signNew() == 3);
    CHECK(one.box.findings().empty());
}

TEST_CASE("a restored register holds nothing until a leader has looked at the paper book")
{
    TwoCounters unit;
    TemporaryFolder target;
    const auto backup =
        writeBackup(*unit.one.box.folder, *unit.one.box.connection, target.path(), unit.one.box.clock);
    REQUIRE(backup);
    static_cast<void>(unit.one.signNew()); // 3 is lost
    unit.one.box.stop();
    std::filesystem::remove_all(unit.one.box.home.path());
    REQUIRE(unpackBackup(backup->file, unit.one.box.home.path()));
    REQUIRE(unit.one.box.restart());
    REQUIRE(beginNewEpoch(*unit.one.box.folder, unit.one.box.clock, NewEpoch::Restored));
    unit.one.restart();

    CHECK(ruleOf(unit.one.sign(unit.one.dossier())) == "book-elsewhere");
    REQUIRE(unit.one.books->recover("guardianship", 2026, {3, 1, 3, 0, 0}, "Phục hồi từ bản sao lưu"));

    CHECK(unit.one.signNew() == 4);
    CHECK(unit.one.box.findings().empty());
}

TEST_CASE("a counter that was restored from before it had a card is known anew by its code")
{
    BookCounterBox one;
    BookCounterBox two(2, 2);
    TemporaryFolder target;
    const auto backup = writeBackup(*two.box.folder, *two.box.connection, target.path(), two.box.clock);
    REQUIRE(backup);
    const CounterCard before = *two.books->card();
    REQUIRE(one.books->know(before, cardCode(before)));
    two.box.stop();
    std::filesystem::remove_all(two.box.home.path());
    REQUIRE(unpackBackup(backup->file, two.box.home.path()));
    REQUIRE(two.box.restart());
    REQUIRE(beginNewEpoch(*two.box.folder, two.box.clock, NewEpoch::Restored));
    two.restart();

    const CounterCard after = *two.books->card();

    CHECK(after.signKey != before.signKey);
    CHECK(ruleOf(one.books->know(after, cardCode(before))) == "counter-code");
    REQUIRE(one.books->know(after, cardCode(after)));
    CHECK(ruleOf(one.books->know(before, cardCode(before))) == "counter-old");
}

TEST_CASE("a file from before the receiver's restore may have been taken once, so it is not taken again")
{
    TwoCounters unit;
    TemporaryFolder target;
    const std::string file = TwoCounters::pass(unit.one, unit.two);
    const auto backup =
        writeBackup(*unit.two.box.folder, *unit.two.box.connection, target.path(), unit.two.box.clock);
    REQUIRE(backup);
    TwoCounters::take(unit.two, file);
    static_cast<void>(unit.two.signNew()); // 3 is lost
    unit.two.box.stop();
    std::filesystem::remove_all(unit.two.box.home.path());
    REQUIRE(unpackBackup(backup->file, unit.two.box.home.path()));
    REQUIRE(unit.two.box.restart());
    REQUIRE(beginNewEpoch(*unit.two.box.folder, unit.two.box.clock, NewEpoch::Restored));
    unit.two.restart();

    CHECK(ruleOf(unit.two.books->takeOver(file)) == "hand-over-restored");

    REQUIRE(unit.two.books->recover("guardianship", 2026, {3, 1, 3, 0, 0}, "Phục hồi từ bản sao lưu"));
    CHECK(unit.two.signNew() == 4);
    // Counter one learns the new epoch from a new card, and then of the book's new line.
    TwoCounters::introduce(unit.one, unit.two);
    TwoCounters::take(unit.one, TwoCounters::pass(unit.two, unit.one));
    CHECK(unit.one.signNew() == 5);
    CHECK(unit.one.box.findings().empty());
}

TEST_CASE("only the holder of the old year opens the new one")
{
    TwoCounters unit;
    TwoCounters::take(unit.two, TwoCounters::pass(unit.one, unit.two));
    for (BookCounterBox* counter : {&unit.one, &unit.two}) {
        counter->box.clock.setWall(instantInVietnam(Day{std::chrono::year{2027} / 1 / 4}, 8h));
    }
    CHECK(ruleOf(unit.one.books->open("guardianship")) == "book-elsewhere");

    REQUIRE(unit.two.books->open("guardianship"));

    // The old book goes back for its annotations; that gives no right to begin the year once more.
    TwoCounters::take(unit.one, TwoCounters::pass(unit.two, unit.one));
    CHECK(ruleOf(unit.one.books->open("guardianship")) == "book-open");
}

TEST_CASE("the first book of a kind is opened at counter 1; elsewhere with a reason")
{
    BookCounterBox two{2, 2};
    CHECK(ruleOf(two.books->open("guardianship")) == "reason-required");
    BookOpening opening;
    opening.reason = "Xã chưa có quầy 1";
    CHECK(two.books->open("guardianship", opening));
}
