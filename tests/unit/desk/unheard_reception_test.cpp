// SPDX-License-Identifier: GPL-3.0-or-later
// The answer to a reception was lost, and the portal's news has the dossier already.
#include "core/desk/projector.h"
#include "tests/unit/desk/known_dossier.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

/// The portal has it, as its news says; of the reception itself nothing was heard.
struct Unheard
{
    Unheard() : received(*counter.desk->receive(counter.draft())), op(portal.loseFirst()) {}
    [[nodiscard]] Json shown() { return counter.desk->dossiers().byUid(received.uid)->dossier; }
    void pull(const Json& set)
    {
        Json theirs = shown();
        for (auto member = set.begin(); member != set.end(); ++member) {
            theirs[Json::json_pointer(member.key())] = member.value();
        }
        portal.pull(received.uid, theirs, op);
    }
    [[nodiscard]] std::vector<Outgoing> sendable() { return *counter.portal->sendable(50, 1 << 20); }
    void answer(const std::vector<Outgoing>& sent, const std::vector<Outgoing>& heard)
    {
        std::vector<StoredResult> results;
        results.reserve(heard.size());
        for (const Outgoing& out : heard) {
            results.push_back({out.position, portal.answer(out, "applied", {}), std::nullopt, {}});
        }
        REQUIRE(counter.portal->endAttempt(*counter.portal->beginAttempt(sent, "test"), RequestEnd::Answered,
                                           200, {}, {}, sent, results));
    }

    SmallCounter counter;
    PortalWords portal{counter};
    Received received;
    std::string op;
};

} // namespace

TEST_CASE("what the city did is seen while the reception's own answer is still on its way")
{
    Unheard dossier;
    dossier.pull({{"/status", "processing"}, {"/note", "Thành phố ghi"}});

    CHECK(dossier.shown()["status"] == "processing");
    CHECK(dossier.shown()["note"] == "Thành phố ghi");
    CHECK(dossier.counter.findings().empty());

    REQUIRE(dossier.counter.desk->change(dossier.received.code, {{"/applicant/phone", "0987654321"}}, ""));
    CHECK(dossier.shown()["status"] == "processing");
    CHECK(dossier.shown()["applicant"]["phone"] == "0987654321");
    CHECK(dossier.counter.findings().empty());

    const auto batch = dossier.sendable();
    REQUIRE(batch.size() == 2);
    dossier.answer(batch, batch);
    CHECK(dossier.counter.desk->queue().summary()->waiting == 0);
    CHECK(dossier.shown()["status"] == "processing");
    CHECK(dossier.shown()["note"] == "Thành phố ghi");
    CHECK(dossier.shown()["applicant"]["phone"] == "0987654321");
    CHECK(dossier.counter.findings().empty());
}

TEST_CASE("a withdrawal that came too late settles nothing for what goes on behind the reception")
{
    Unheard dossier;
    REQUIRE(dossier.counter.desk->withdrawOperation(dossier.op, "nhầm"));
    dossier.portal.answerFirst("rejected", "already-applied");
    dossier.pull({});
    REQUIRE(dossier.counter.desk->move(dossier.received.code, Status::Processing, ""));
    CHECK(dossier.counter.desk->queue().summary()->blocked == 1);

    const auto batch = dossier.sendable();
    REQUIRE(batch.size() == 2); // the reception again, and the step behind it
    CHECK(batch.front().op == dossier.op);
    dossier.answer(batch, {batch.back()}); // the receipt of the reception was lost once more

    CHECK(dossier.counter.desk->queue().summary()->waiting == 2);
    CHECK(dossier.shown()["status"] == "processing");
    CHECK(dossier.counter.findings().empty());

    dossier.answer(dossier.sendable(), batch);
    CHECK(dossier.counter.desk->queue().summary()->waiting == 0);
    CHECK(dossier.shown()["status"] == "processing");
    CHECK(dossier.counter.findings().empty());
}

TEST_CASE("a reception that is turned down after all stands for what a person wants, whatever the news said")
{
    Unheard dossier;
    const Json ours = dossier.shown();
    dossier.pull({{"/status", "processing"}, {"/note", "Thành phố ghi"}});

    dossier.portal.answerFirst("rejected", "invalid-fields"); // by a portal that went back

    CHECK(dossier.shown() == ours);
    CHECK(dossier.counter.findings().empty());
    REQUIRE(dossier.counter.desk->change(dossier.received.code, {{"/applicant/phone", "0987654321"}}, ""));
    CHECK(dossier.shown()["applicant"]["phone"] == "0987654321");
    CHECK(dossier.counter.findings().empty());
}

TEST_CASE("a renumbered reception that the news names hides nothing of what the city did")
{
    SmallCounter counter;
    PortalWords portal(counter);
    const Received received = *counter.desk->receive(counter.draft());
    portal.answerAll("conflict", "number-taken");
    REQUIRE(*counter.portal->mergeConflicts() == 1);
    const auto shown = [&] { return counter.desk->dossiers().byUid(received.uid)->dossier; };
    Json theirs = shown();
    REQUIRE(theirs["code"] != received.code);
    theirs["status"] = "processing";

    portal.pull(received.uid, theirs, portal.loseFirst());

    CHECK(shown()["status"] == "processing");
    CHECK(counter.findings().empty());
    portal.answerAll();
    CHECK(shown()["status"] == "processing");
    CHECK(counter.findings().empty());
}

TEST_CASE("a change that the news named is not put over what the city wrote after it")
{
    Known dossier;
    dossier.change({{"/applicant/phone", "0987654321"}});
    const std::string op = dossier.portal.loseFirst();
    Json theirs = dossier.shown();
    dossier.portal.pull(dossier.received.uid, theirs, op);
    theirs["applicant"]["phone"] = "0911111111";
    dossier.portal.pull(dossier.received.uid, theirs);

    CHECK(dossier.shown()["applicant"]["phone"] == "0911111111");
    CHECK(dossier.counter.findings().empty());

    // What is made on it now is made on the city's word: nobody else has changed the field since.
    dossier.change({{"/applicant/phone", "0922222222"}});
    Projector projector(*dossier.counter.connection, fieldOf(dossier.counter.catalogue));
    const auto rows = *projector.operations().ofDossier(
        dossier.counter.desk->dossiers().byUid(dossier.received.uid)->row.id);
    CHECK(projector.baseOf(rows.back())->dossier["applicant"]["phone"] == "0911111111");
    CHECK(dossier.counter.findings().empty());
}

TEST_CASE("what a portal that went back turns down can be withdrawn, though a withdrawal once came too late")
{
    Known dossier;
    REQUIRE(dossier.counter.desk->move(dossier.received.code, Status::Processing, ""));
    const std::string op = dossier.portal.loseFirst();
    REQUIRE(dossier.counter.desk->withdrawOperation(op, "nhầm"));
    dossier.portal.answerFirst("rejected", "already-applied");
    const auto again = dossier.counter.desk->withdrawOperation(op, "nhầm");
    REQUIRE_FALSE(again);
    REQUIRE(again.error().problems.size() == 1);
    CHECK(again.error().problems.front().rule == "already-applied");
    const auto sent = dossier.sendable();
    REQUIRE(sent.size() == 1);
    VerifiedReceipt receipt = dossier.portal.receipt("rejected", "illegal-move");
    receipt.epoch = "e2";
    REQUIRE(dossier.counter.portal->endAttempt(*dossier.counter.portal->beginAttempt(sent, "test"),
                                               RequestEnd::Answered, 200, {}, {}, sent,
                                               {{sent.front().position, receipt, std::nullopt, {}}}));
    REQUIRE(dossier.counter.desk->queue().summary()->needsYou == 1);

    REQUIRE(dossier.counter.desk->withdrawOperation(op, "nhầm"));

    dossier.portal.answerAll();
    CHECK(dossier.counter.desk->queue().summary()->waiting == 0);
    CHECK(dossier.shown()["status"] == "received");
    CHECK(dossier.counter.findings().empty());
}
