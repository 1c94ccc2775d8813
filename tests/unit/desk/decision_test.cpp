// SPDX-License-Identifier: GPL-3.0-or-later
// A decision holds for the case that the person saw.
#include "tests/unit/desk/portal_words.h"

#include <catch2/catch.hpp>

#include <functional>

using namespace motcua;

namespace {

const std::map<std::string, Decision> kOurs{{"/form/matter", {Decision::Take::Ours, {}}}};
const Grounds kGrounds{"theo đơn", {}};

/// A dossier whose matter both sides changed, and the case as somebody saw it.
struct Seen
{
    /// `closed`: the city finished it besides.
    explicit Seen(bool closed = false)
    {
        const auto received = counter.desk->receive(counter.draft());
        code = received->code;
        uid = received->uid;
        portal.answerAll();
        REQUIRE(counter.desk->change(code, {{"/form/matter", "của quầy"}}, "sửa theo đơn"));
        Json set{{"/form/matter", "thành phố A"}};
        if (closed) {
            set["/status"] = "finished";
        }
        portal.cityChanges(uid, set);
        portal.answerAll("conflict", "rev-mismatch");
        REQUIRE(counter.portal->mergeConflicts() == 0);
        shown = counter.desk->conflicts()->front();
    }
    std::int64_t entries()
    {
        auto query = counter.connection->prepare("SELECT count(*) FROM journal");
        REQUIRE(query->step());
        return query->integer(0);
    }
    /// Says why it was refused, and that nothing was written.
    std::string refusal(const std::function<Answer<Acted>()>& act)
    {
        const std::int64_t before = entries();
        const auto answer = act();
        REQUIRE_FALSE(answer);
        REQUIRE(answer.error().problems.size() == 1);
        CHECK(entries() == before);
        return answer.error().problems.front().rule;
    }

    SmallCounter counter;
    PortalWords portal{counter};
    std::string code;
    std::string uid;
    ConflictCase shown;
};

} // namespace

TEST_CASE("a decision on what the portal changed since is refused, and on what stands there now it is taken")
{
    Seen seen;
    Desk& desk = *seen.counter.desk;
    seen.portal.cityChanges(seen.uid, {{"/form/matter", "thành phố B"}});

    CHECK(seen.refusal([&] { return desk.resolve(seen.code, kOurs, kGrounds, &seen.shown); }) ==
          "case-changed");
    CHECK(seen.refusal([&] { return desk.keepAsRemark(seen.code, "ghi chú", &seen.shown); }) ==
          "case-changed");
    CHECK(seen.refusal([&] { return desk.reopenAndResolve(seen.code, kOurs, kGrounds, &seen.shown); }) ==
          "case-changed");

    const ConflictCase now = desk.conflicts()->front();
    CHECK(now.fields.front().theirs == "thành phố B");
    REQUIRE(desk.resolve(seen.code, kOurs, kGrounds, &now));
    seen.portal.answerAll();
    CHECK(desk.dossiers().byCode(seen.code)->dossier["form"]["matter"] == "của quầy");
    CHECK(desk.queue().summary()->waiting == 0);
    CHECK(seen.counter.findings().empty());
}

TEST_CASE("of a closed dossier too, only what was seen is decided")
{
    const bool asRemark = GENERATE(true, false);
    Seen seen(true);
    Desk& desk = *seen.counter.desk;
    REQUIRE(seen.shown.situation == Situation::Closed);
    const auto act = [&](const ConflictCase& shown) {
        return asRemark ? desk.keepAsRemark(seen.code, "ghi chú", &shown)
                        : desk.reopenAndResolve(seen.code, kOurs, kGrounds, &shown);
    };
    ConflictCase open = seen.shown;
    open.situation = Situation::Usual;
    ConflictCase returned = seen.shown;
    returned.theirStatus = "returned";

    CHECK(seen.refusal([&] { return act(open); }) == "case-changed");
    CHECK(seen.refusal([&] { return act(returned); }) == "case-changed");
    REQUIRE(act(seen.shown));

    seen.portal.answerAll();
    CHECK(desk.queue().summary()->waiting == 0);
    CHECK(seen.counter.findings().empty());
}

TEST_CASE("news that change nothing of the question do not stand in the way of its decision")
{
    Seen seen;
    seen.portal.cityChanges(seen.uid, {{"/note", "Thành phố ghi"}, {"/status", "processing"}});

    REQUIRE(seen.counter.desk->resolve(seen.code, kOurs, kGrounds, &seen.shown));
    seen.portal.answerAll();
    CHECK(seen.counter.desk->dossiers().byCode(seen.code)->dossier["note"] == "Thành phố ghi");
    CHECK(seen.counter.findings().empty());
}

TEST_CASE("another conflict of the same dossier is not hit by the decision on one that is gone")
{
    Seen seen;
    Desk& desk = *seen.counter.desk;
    seen.portal.cityChanges(seen.uid, {{"/form/matter", "của quầy"}});
    REQUIRE(seen.counter.portal->mergeConflicts() == 1);
    CHECK(seen.refusal([&] { return desk.resolve(seen.code, kOurs, kGrounds, &seen.shown); }) ==
          "case-changed");
    seen.portal.answerAll();
    REQUIRE(desk.change(seen.code, {{"/form/matter", "quầy lần hai"}}, "sửa theo đơn"));
    seen.portal.cityChanges(seen.uid, {{"/form/matter", "thành phố C"}});
    seen.portal.answerAll("conflict", "rev-mismatch");
    REQUIRE(seen.counter.portal->mergeConflicts() == 0);

    CHECK(seen.refusal([&] { return desk.resolve(seen.code, kOurs, kGrounds, &seen.shown); }) ==
          "case-changed");
    CHECK(desk.conflicts()->size() == 1);
}

TEST_CASE("of two conflicts of one dossier the one is decided that was seen")
{
    SmallCounter counter;
    PortalWords portal(counter);
    Desk& desk = *counter.desk;
    const auto received = desk.receive(counter.draft());
    portal.answerAll();
    REQUIRE(desk.change(received->code, {{"/applicant/phone", "0900000001"}}, ""));
    REQUIRE(desk.change(received->code, {{"/form/matter", "của quầy"}}, "sửa theo đơn"));
    portal.cityChanges(received->uid, {{"/applicant/phone", "0900000002"}, {"/form/matter", "thành phố"}});
    portal.answerAll("conflict", "rev-mismatch");
    REQUIRE(counter.portal->mergeConflicts() == 0);
    const auto cases = desk.conflicts();
    REQUIRE(cases->size() == 2);

    REQUIRE(desk.resolve(received->code, kOurs, kGrounds, &cases->back()));

    REQUIRE(desk.conflicts()->size() == 1);
    CHECK(desk.conflicts()->front().op == cases->front().op);
    const std::map<std::string, Decision> theirs{{"/applicant/phone", {Decision::Take::Theirs, {}}}};
    REQUIRE(desk.resolve(received->code, theirs, kGrounds, &cases->front()));
    while (portal.answerAll() > 0) {
    }
    CHECK(desk.dossiers().byCode(received->code)->dossier["form"]["matter"] == "của quầy");
    CHECK(desk.queue().summary()->waiting == 0);
    CHECK(counter.findings().empty());
}
