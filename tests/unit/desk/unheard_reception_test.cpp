// SPDX-License-Identifier: GPL-3.0-or-later
// The answer to a reception was lost, and the portal's news has the dossier already.
#include "tests/unit/desk/portal_words.h"

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

TEST_CASE("what waits behind a reception whose withdrawal came too late is shown as waiting")
{
    Unheard dossier;
    REQUIRE(dossier.counter.desk->withdrawOperation(dossier.op, "nhầm"));
    dossier.portal.answerFirst("rejected", "already-applied");
    dossier.pull({});
    REQUIRE(dossier.counter.desk->move(dossier.received.code, Status::Processing, ""));

    CHECK(dossier.counter.desk->queue().summary()->blocked == 1);
}
