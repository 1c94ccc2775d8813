// SPDX-License-Identifier: GPL-3.0-or-later
// contracts/portal-api.yaml: GET /v1/changes and /v1/dossiers, and what the city does.
#include "core/dossier/schema.h"
#include "tests/portal/portal_world.h"

using namespace motcua;
using namespace motcua::test;

namespace {

struct Listing
{
    PortalWorld world;
    TestCounter counter{world, 'a'};
    std::vector<OpId> roots;

    explicit Listing(int count)
    {
        for (int i = 1; i <= count; ++i) {
            const Operation received = counter.received(aUid(i), i);
            REQUIRE(counter.push(received).result == Outcome::Applied);
            roots.push_back(received.op);
        }
    }

    portal::Reply<ChangesPage> ask(const std::optional<std::string>& cursor, std::int64_t limit = 200)
    {
        const auto reply = world.portal().changes(counter.device(), {cursor, limit});
        REQUIRE(reply);
        if (!*reply) {
            return tl::unexpected(reply->error());
        }
        const auto json = parseJson((*reply)->json);
        REQUIRE(json);
        const auto page = changesPageFromJson(*json);
        REQUIRE(page);
        CHECK(page->portalEpoch == world.epoch());
        return *page;
    }
    ChangesPage page(const std::optional<std::string>& cursor, std::int64_t limit = 200)
    {
        const auto reply = ask(cursor, limit);
        REQUIRE(reply);
        return *reply;
    }
    ProblemType problem(const std::string& cursor)
    {
        const auto reply = ask(cursor);
        return reply ? ProblemType::Busy : reply.error().type;
    }
    void touch(int number, const char* note)
    {
        const Operation change = counter.changed(aUid(number), Json{{"/note", note}}, roots[number - 1U],
                                                 counter.revOf(aUid(number)));
        REQUIRE(counter.push(change).result == Outcome::Applied);
    }
};

std::vector<std::int64_t> seqsOf(const ChangesPage& page)
{
    std::vector<std::int64_t> seqs;
    for (const Change& change : page.changes) {
        CHECK(validateDossier(change.dossier, kAnswerRules).empty());
        seqs.push_back(change.seq);
    }
    return seqs;
}

} // namespace

TEST_CASE("without a cursor the present state of each dossier comes once")
{
    Listing it(3);
    it.touch(1, "đổi"); // seq 4 is now dossier 1's state

    const ChangesPage page = it.page({});

    CHECK(seqsOf(page) == std::vector<std::int64_t>{2, 3, 4});
    CHECK_FALSE(page.more);
    CHECK(page.changes[2].uid == aUid(1));
    CHECK(page.changes[2].dossier["note"] == "đổi");
    CHECK(page.changes[2].rev == it.counter.revOf(aUid(1)));
    CHECK(page.changes[2].by == "lan");
    CHECK(page.changes[0].op == it.roots[1]);
}

TEST_CASE("with a cursor every change comes, own operations too, oldest first")
{
    Listing it(1);
    const std::string cursor = it.page({}).cursor;
    CHECK(it.page(cursor).changes.empty());
    CHECK(it.page(cursor).cursor == cursor);

    it.touch(1, "một");
    it.touch(1, "hai");
    REQUIRE(it.world.city().set(aUid(1), {{"/note", "ba"}}));

    const ChangesPage page = it.page(cursor);
    CHECK(seqsOf(page) == std::vector<std::int64_t>{2, 3, 4});
    CHECK(page.changes[0].dossier["note"] == "một");
    CHECK(page.changes[2].by == "Thành phố");
    CHECK_FALSE(page.changes[2].op);
    CHECK(it.page(cursor).changes.size() == 3); // at least once: the same cursor gives the same again
    CHECK(it.page(page.cursor).changes.empty());
}

TEST_CASE("pages are cut at the limit and say that there is more")
{
    Listing it(5);
    std::vector<std::int64_t> seen;
    std::optional<std::string> cursor;
    for (bool more = true; more;) {
        const ChangesPage page = it.page(cursor, 2);
        CHECK(page.changes.size() <= 2);
        for (const std::int64_t seq : seqsOf(page)) {
            seen.push_back(seq);
        }
        cursor = page.cursor;
        more = page.more;
    }
    CHECK(seen == std::vector<std::int64_t>{1, 2, 3, 4, 5});
}

TEST_CASE("what changes while the first listing goes on is not lost")
{
    Listing it(4);
    ChangesPage page = it.page({}, 2);
    CHECK(seqsOf(page) == std::vector<std::int64_t>{1, 2});
    it.touch(1, "đã đi qua");
    it.touch(4, "chưa đến");

    page = it.page(page.cursor, 10);
    CHECK(seqsOf(page) == std::vector<std::int64_t>{3});
    CHECK(page.more);
    page = it.page(page.cursor, 10);
    CHECK(seqsOf(page) == std::vector<std::int64_t>{5, 6});
    CHECK_FALSE(page.more);
}

TEST_CASE("a page stays below 4 MiB whatever its dossiers weigh")
{
    Listing it(40);
    for (int i = 1; i <= 40; ++i) {
        const Operation change = it.counter.changed(aUid(i), Json{{"/form/x", std::string(120000, 'x')}},
                                                    it.roots[i - 1U], it.counter.revOf(aUid(i)));
        REQUIRE(it.counter.push(change).result == Outcome::Applied);
    }
    const auto reply = it.world.portal().changes(it.counter.device(), {{}, 500});
    REQUIRE(reply);
    CHECK((*reply)->json.size() <= kPageBytesMax);
    const ChangesPage page = it.page({}, 500);
    CHECK(page.more);
    CHECK(page.changes.size() > 30);
    CHECK(it.page(page.cursor, 500).changes.size() == 40 - page.changes.size());
}

TEST_CASE("a cursor of another epoch or from the future is gone, one never given is a bad request")
{
    Listing it(3);
    const std::string cursor = it.page({}).cursor;
    const std::string listing = it.page({}, 1).cursor;
    CHECK(cursor.size() <= kCursorCharsMax);

    for (const std::string& never :
         {std::string("x"), std::string(), cursor + "0", "c.9.0." + it.world.epoch() + ".00"}) {
        CHECK(it.problem(never) == ProblemType::BadRequest);
    }
    TestCounter elsewhere(it.world, 'c', "H26.132");
    const auto theirs = it.world.portal().changes(elsewhere.device(), {cursor, 10});
    REQUIRE(theirs);
    REQUIRE_FALSE(*theirs);
    CHECK(theirs->error().type == ProblemType::BadRequest);

    SECTION("another epoch")
    {
        REQUIRE(it.world.portal().keys().newEpoch());
        CHECK(it.problem(cursor) == ProblemType::CursorGone);
        CHECK(it.problem(listing) == ProblemType::CursorGone);
        CHECK(it.page({}).changes.size() == 3);
    }
    SECTION("the future: the store went back and nobody said so")
    {
        it.world.loseDossiers();
        CHECK(it.problem(cursor) == ProblemType::CursorGone);
    }
}

TEST_CASE("a unit sees its own dossiers only")
{
    Listing it(1);
    TestCounter elsewhere(it.world, 'c', "H26.132");
    CHECK(elsewhere.push(elsewhere.received(aUid(9), 1)).result == Outcome::Applied);

    CHECK(seqsOf(it.page({})) == std::vector<std::int64_t>{1});
    const auto reply = it.world.portal().dossier(elsewhere.device(), aUid(1).text());
    REQUIRE(reply);
    REQUIRE_FALSE(*reply);
    CHECK(reply->error().type == ProblemType::NotFound);
    for (const char* uid : {"", "x", "0192F0C1-2B3C-7D4E-8F50-123456789ABC"}) {
        CHECK((*it.world.portal().dossier(it.counter.device(), uid)).error().type == ProblemType::NotFound);
    }
    const auto own = it.world.portal().dossier(it.counter.device(), aUid(1).text());
    REQUIRE(own);
    REQUIRE(*own);
    CHECK((*own)->rev == it.counter.revOf(aUid(1)));
}

TEST_CASE("dossiers that are gone come in the first listing too, with their last state")
{
    Listing it(2);
    const std::string cursor = it.page({}).cursor;
    REQUIRE(it.world.city().takeAway(aUid(1)));

    const ChangesPage first = it.page({});
    REQUIRE(first.changes.size() == 2);
    CHECK(first.changes[1].gone);
    CHECK(first.changes[1].dossier["code"] == it.counter.code(1));
    const ChangesPage next = it.page(cursor);
    REQUIRE(next.changes.size() == 1);
    CHECK(next.changes[0].gone);
}

TEST_CASE("a dossier filed online has six digits beginning with 0 and is received by a counter")
{
    Listing it(1);
    Json draft = aDossier();
    for (const char* member : {"code", "status", "receivedAt", "channel", "officialCode"}) {
        draft.erase(member);
    }
    auto city = it.world.city();
    const auto first = city.fileOnline("H26.131", draft);
    const auto second = city.fileOnline("H26.131", draft);
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->code == "H26.131-261121-000001");
    CHECK(second->code == "H26.131-261121-000002");
    CHECK(it.counter.dossier(first->uid)["status"] == "registered");
    CHECK(it.counter.dossier(first->uid)["channel"] == "online");

    CHECK(it.counter.outcome(it.counter.moved(first->uid, "received", {}, first->rev)) == "applied");
    CHECK(it.counter.outcome(it.counter.moved(second->uid, "received")) ==
          "conflict rev-mismatch"); // no base
    CHECK_FALSE(city.fileOnline("H26.131", Json::object()));
    CHECK_FALSE(city.fileOnline("H26.131", Json::array()));
}

TEST_CASE("a restored portal gives no online number again that it has forgotten")
{
    Listing it(1);
    Json draft = aDossier();
    for (const char* member : {"code", "status", "receivedAt", "channel", "officialCode"}) {
        draft.erase(member);
    }
    REQUIRE(it.world.city().fileOnline("H26.131", draft));
    REQUIRE(it.world.city().fileOnline("H26.131", draft)); // counters have both

    it.world.loseDossiers();
    REQUIRE(it.world.portal().keys().newEpoch());

    const auto after = it.world.city().fileOnline("H26.131", draft);
    REQUIRE(after);
    CHECK(after->code == "H26.131-261121-000003");
    const auto elsewhere = it.world.city().fileOnline("H26.132", draft);
    REQUIRE(elsewhere);
    CHECK(elsewhere->code == "H26.132-261121-000001");
    CHECK_FALSE(it.world.city().fileOnline("H26.131", Json::object())); // takes none
    CHECK(it.world.city().fileOnline("H26.131", draft)->code == "H26.131-261121-000004");
}

TEST_CASE("the city changes fields and decides within the rules")
{
    Listing it(1);
    auto city = it.world.city();
    CHECK(city.set(aUid(1), {{"/note", "x"}, {"/status", "processing"}}));
    CHECK(it.counter.dossier(aUid(1))["status"] == "processing");
    CHECK_FALSE(city.set(aUid(1), {{"/status", "returned"}}));
    CHECK_FALSE(city.set(aUid(1), {{"/code", "x"}}));
    CHECK_FALSE(city.set(aUid(7), {{"/note", "x"}}));
    CHECK(city.move(aUid(1), Json{{"to", "finished"}}));
    CHECK_FALSE(it.counter.dossier(aUid(1))["finishedAt"].is_null());
    CHECK_FALSE(city.move(aUid(1), Json{{"to", "nowhere"}}));
}
