// SPDX-License-Identifier: GPL-3.0-or-later
// A counter was restored from a backup. The portal has the dossier as a reception gave it that the counter
// forgot; what a person corrected here since is not dropped with the reception that the portal turns down.
#include "tests/unit/desk/portal_words.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace motcua;

namespace {

const std::string kOurPhone = "0987654321";

/// A reception that was corrected in its place before the portal took it, as this counter knows.
struct Corrected
{
    Corrected() : received(*counter.desk->receive(counter.draft()))
    {
        first = shown();
        portal.answerAll("rejected", "invalid-fields");
        REQUIRE(counter.desk->change(received.code, {{"/applicant/phone", kOurPhone}}, ""));
        portal.answerAll("rejected", "already-applied");
    }
    [[nodiscard]] Json shown() { return counter.desk->dossiers().byUid(received.uid)->dossier; }
    /// What the forgotten reception brought about.
    void portalHas(const Json& dossier) { portal.pull(received.uid, dossier); }
    void settle()
    {
        while (portal.answerAll() > 0) {
        }
        CHECK(counter.desk->queue().summary()->waiting == 0);
        CHECK(counter.findings().empty());
    }

    SmallCounter counter;
    PortalWords portal{counter};
    Received received;
    Json first;
};

} // namespace

TEST_CASE("what was corrected here goes on as a change of what the portal has")
{
    Corrected dossier;
    CHECK(*dossier.counter.portal->mergeConflicts() == 0); // what the portal has is not known yet
    Json theirs = dossier.first;
    theirs["note"] = "Thành phố ghi";
    dossier.portalHas(theirs);

    REQUIRE(*dossier.counter.portal->mergeConflicts() == 1);

    const auto batch = *dossier.counter.portal->sendable(50, 1 << 20);
    REQUIRE(batch.size() == 1);
    const Json line = *parseJson(batch.front().line);
    CHECK(stringAt(line, "kind") == "dossier.changed");
    CHECK(line["body"]["set"] == Json({{"/applicant/phone", kOurPhone}}));
    dossier.settle();
    CHECK(dossier.shown()["applicant"]["phone"] == kOurPhone);
    CHECK(dossier.shown()["note"] == "Thành phố ghi");
}

TEST_CASE("what the portal has otherwise too is a question for a person")
{
    const bool takeOurs = GENERATE(true, false);
    Corrected dossier;
    Json theirs = dossier.first;
    theirs["applicant"]["phone"] = "0911111111";
    dossier.portalHas(theirs);

    REQUIRE(*dossier.counter.portal->mergeConflicts() == 0);

    const auto cases = *dossier.counter.desk->conflicts();
    REQUIRE(cases.size() == 1);
    REQUIRE(cases.front().fields.size() == 1);
    const ConflictField& field = cases.front().fields.front();
    CHECK(field.pointer == "/applicant/phone");
    CHECK(field.base == "0912345678");
    CHECK(field.ours == kOurPhone);
    CHECK(field.theirs == "0911111111");
    const auto take = takeOurs ? Decision::Take::Ours : Decision::Take::Theirs;
    const std::map<std::string, Decision> decisions{{"/applicant/phone", {take, {}}}};
    REQUIRE(dossier.counter.desk->resolve(dossier.received.code, decisions, Grounds{}, &cases.front()));
    if (!takeOurs) {
        dossier.portal.answerAll("rejected", "already-applied"); // there is nothing to withdraw at the portal
    }
    dossier.settle();
    CHECK(dossier.shown()["applicant"]["phone"] == (takeOurs ? kOurPhone : "0911111111"));
}

TEST_CASE("where the portal has all that was said here nothing is sent")
{
    Corrected dossier;
    Json theirs = dossier.first;
    theirs["applicant"]["phone"] = kOurPhone;
    theirs["status"] = "processing";
    dossier.portalHas(theirs);

    REQUIRE(*dossier.counter.portal->mergeConflicts() == 1);

    CHECK(dossier.counter.portal->sendable(50, 1 << 20)->empty());
    dossier.settle();
    CHECK(dossier.shown()["status"] == "processing");
}

TEST_CASE("what stands behind a place of which all goes on elsewhere is not shown as waiting for it")
{
    Corrected dossier;
    Desk& desk = *dossier.counter.desk;
    REQUIRE(desk.move(dossier.received.code, Status::Processing, ""));
    dossier.portalHas(dossier.first);
    REQUIRE(*dossier.counter.portal->mergeConflicts() == 1);

    const auto open = *desk.queue().operations(false);
    const auto step = std::ranges::find(open, "dossier.moved", &QueuedOperation::kind);
    REQUIRE(step != open.end());
    CHECK(step->state == OpState::Waiting);
    CHECK(desk.queue().summary()->blocked == 1); // what goes on stands behind the step
    CHECK(dossier.counter.portal->sendable(50, 1 << 20)->size() == 2);
    dossier.settle();
    CHECK(dossier.shown()["status"] == "processing");
}

TEST_CASE("what goes on behind a later act is not its last word")
{
    SmallCounter counter;
    PortalWords portal(counter);
    const Received received = *counter.desk->receive(counter.draft());
    const Json first = counter.desk->dossiers().byUid(received.uid)->dossier;
    portal.answerAll("rejected", "invalid-fields");
    const Json both{{"/applicant/phone", kOurPhone}, {"/note", "Đã gọi lại"}};
    REQUIRE(counter.desk->change(received.code, both, ""));
    portal.answerFirst("rejected", "already-applied", [&] {
        REQUIRE(counter.desk->change(received.code, {{"/applicant/phone", "0900000009"}}, ""));
    });
    portal.pull(received.uid, first);

    REQUIRE(*counter.portal->mergeConflicts() == 1);
    while (portal.answerAll() > 0) {
    }

    const Json shown = counter.desk->dossiers().byUid(received.uid)->dossier;
    CHECK(shown["applicant"]["phone"] == "0900000009");
    CHECK(shown["note"] == "Đã gọi lại");
    CHECK(counter.findings().empty());
}
