// SPDX-License-Identifier: GPL-3.0-or-later
// A step carries an appointment. Two sides that gave the citizen different days are a person's question: none
// of the two days is overwritten or dropped with the step.
#include "tests/unit/desk/portal_words.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

std::string inDays(int days)
{
    return toRfc3339(FakeClock().now() + std::chrono::hours{24 * days});
}
const std::string kOurDay = inDays(10);
const std::string kCityDay = inDays(20);

/// The portal has a dossier that waits for papers; at the counter they came, and the citizen got another day.
struct TakenUp
{
    TakenUp() : received(*counter.desk->receive(counter.draft()))
    {
        REQUIRE(counter.desk->move(received.code, Status::Processing, ""));
        REQUIRE(counter.desk->move(received.code, Status::Supplementing, "thiếu giấy"));
        while (portal.answerAll() > 0) {
        }
        before = at(shown(), "dueAt");
        REQUIRE(counter.desk->move(received.code, Status::Processing, "", *parseRfc3339(kOurDay)));
    }
    [[nodiscard]] Json shown() { return counter.desk->dossiers().byUid(received.uid)->dossier; }
    /// The body of the one operation that goes next.
    [[nodiscard]] Json next()
    {
        const auto batch = *counter.portal->sendable(50, 1 << 20);
        REQUIRE(batch.size() == 1);
        return at(*parseJson(batch.front().line), "body");
    }
    int merged(const Json& cityChanges)
    {
        portal.cityChanges(received.uid, cityChanges);
        portal.answerAll("conflict", "rev-mismatch");
        return *counter.portal->mergeConflicts();
    }
    [[nodiscard]] std::vector<ConflictField> asked()
    {
        const auto cases = *counter.desk->conflicts();
        REQUIRE(cases.size() == 1);
        return cases.front().fields;
    }
    void decide(const std::map<std::string, Decision>& decisions)
    {
        REQUIRE(counter.desk->resolve(received.code, decisions, "theo giấy hẹn"));
    }
    /// The portal takes what there is, and nothing waits any more.
    void settle()
    {
        CHECK(portal.answerAll() == 1);
        CHECK(counter.desk->queue().summary()->waiting == 0);
        CHECK(counter.findings().empty());
    }

    SmallCounter counter;
    PortalWords portal{counter};
    Received received;
    Json before;
};

const Decision kOurs{Decision::Take::Ours, {}};
const Decision kTheirs{Decision::Take::Theirs, {}};

} // namespace

TEST_CASE("a step goes again with its appointment where the city left that alone")
{
    TakenUp dossier;

    REQUIRE(dossier.merged({{"/note", "Thành phố ghi"}}) == 1);

    CHECK(at(dossier.next(), "dueAt") == kOurDay);
    dossier.settle();
    CHECK(dossier.shown()["dueAt"] == kOurDay);
}

TEST_CASE("the city gave another appointment meanwhile: a person sees both and says which one stands")
{
    const bool takeOurs = GENERATE(true, false);
    TakenUp dossier;

    REQUIRE(dossier.merged({{"/dueAt", kCityDay}}) == 0);

    const auto fields = dossier.asked();
    REQUIRE(fields.size() == 2);
    CHECK(fields[0].pointer == "/status");
    CHECK(fields[1].pointer == "/dueAt");
    CHECK(fields[1].base == dossier.before);
    CHECK(fields[1].ours == kOurDay);
    CHECK(fields[1].theirs == kCityDay);
    dossier.decide({{"/status", kOurs}, {"/dueAt", takeOurs ? kOurs : kTheirs}});
    dossier.settle();
    CHECK(dossier.shown()["status"] == "processing");
    CHECK(dossier.shown()["dueAt"] == (takeOurs ? kOurDay : kCityDay));
}

TEST_CASE("both took the step with different appointments: only the appointment is asked")
{
    const bool takeOurs = GENERATE(true, false);
    TakenUp dossier;

    REQUIRE(dossier.merged({{"/status", "processing"}, {"/dueAt", kCityDay}}) == 0);

    const auto fields = dossier.asked();
    REQUIRE(fields.size() == 1);
    CHECK(fields[0].pointer == "/dueAt");
    dossier.decide({{"/dueAt", takeOurs ? kOurs : kTheirs}});
    dossier.settle();
    CHECK(dossier.shown()["status"] == "processing");
    CHECK(dossier.shown()["dueAt"] == (takeOurs ? kOurDay : kCityDay));
}

TEST_CASE("both took the step with the same appointment: nothing is left to say")
{
    TakenUp dossier;

    REQUIRE(dossier.merged({{"/status", "processing"}, {"/dueAt", kOurDay}}) == 1);

    dossier.settle();
    CHECK(dossier.shown()["dueAt"] == kOurDay);
}

TEST_CASE("who decides a step also sees the appointment that would go along")
{
    TakenUp dossier;

    REQUIRE(dossier.merged({{"/status", "paying"}}) == 0);

    REQUIRE(dossier.asked().size() == 2);
    CHECK(dossier.asked()[1].pointer == "/dueAt");
    dossier.decide({{"/status", kOurs}, {"/dueAt", kTheirs}});
    CHECK(dossier.next()["to"] == "processing");
    CHECK_FALSE(dossier.next().contains("dueAt"));
    dossier.settle();
    CHECK(at(dossier.shown(), "dueAt") == dossier.before);
}
