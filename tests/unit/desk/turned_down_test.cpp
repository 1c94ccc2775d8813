// SPDX-License-Identifier: GPL-3.0-or-later
// Corrections of what the portal turned down: the last word of the official is what stands in the end.
#include "core/desk/turned_down.h"
#include "tests/unit/desk/known_dossier.h"

using namespace motcua;

namespace {

std::string phoneOf(SmallCounter& counter, const std::string& uid)
{
    return stringAt(counter.desk->dossiers().byUid(uid)->dossier["applicant"], "phone");
}

} // namespace

TEST_CASE("a correction is the last word, also over what waits behind the place that was turned down")
{
    SmallCounter counter;
    PortalWords portal(counter);
    const Received received = *counter.desk->receive(counter.draft());
    REQUIRE(counter.desk->change(received.code, {{"/applicant/phone", "0900000001"}}, "a"));
    portal.answerFirst("rejected", "invalid-fields");

    REQUIRE(counter.desk->change(received.code, {{"/applicant/phone", "0900000002"}}, "b"));

    CHECK(phoneOf(counter, received.uid) == "0900000002");
    while (portal.answerAll() > 0) {
    }
    CHECK(phoneOf(counter, received.uid) == "0900000002");
    CHECK(counter.desk->queue().summary()->waiting == 0);
    CHECK(counter.findings().empty());
}

TEST_CASE("a value that somebody puts back over the city's while a conflict waits is not dropped with it")
{
    Known dossier;
    auto& counter = dossier.counter;
    const std::string before = phoneOf(counter, dossier.received.uid);
    dossier.change({{"/applicant/name", "Nguyễn Văn Hải"}});
    dossier.portal.cityChanges(dossier.received.uid,
                               {{"/applicant/name", "Nguyễn Văn Hạ"}, {"/applicant/phone", "0911111111"}});
    dossier.portal.answerAll("conflict", "rev-mismatch");
    REQUIRE(phoneOf(counter, dossier.received.uid) == "0911111111");

    dossier.change({{"/applicant/phone", before}});
    CHECK(phoneOf(counter, dossier.received.uid) == before);
    dossier.portal.answerAll("conflict", "rev-mismatch");
    REQUIRE(counter.portal->mergeConflicts() == 0);
    const std::map<std::string, Decision> ours{{"/applicant/name", {Decision::Take::Ours, {}}}};
    REQUIRE(counter.desk->resolve(dossier.received.code, ours, Grounds{"đúng thẻ", "thẻ căn cước"}));
    while (dossier.portal.answerAll() > 0) {
    }

    CHECK(phoneOf(counter, dossier.received.uid) == before);
    CHECK(counter.findings().empty());
}

TEST_CASE("what somebody decides is the last word, also over what was said once more behind it")
{
    Known dossier;
    auto& counter = dossier.counter;
    auto& portal = dossier.portal;
    dossier.change({{"/applicant/name", "Nguyễn Văn Hải"}});
    dossier.change({{"/applicant/phone", "0900000001"}});
    portal.cityChanges(dossier.received.uid,
                       {{"/applicant/name", "Nguyễn Văn Hạ"}, {"/applicant/phone", "0911111111"}});
    portal.answerFirst("conflict", "rev-mismatch");
    REQUIRE(*counter.portal->mergeConflicts() == 0);
    dossier.change({{"/applicant/phone", "0900000002"}});
    portal.answerFirst("conflict", "rev-mismatch");
    REQUIRE(*counter.portal->mergeConflicts() == 0);

    const bool takeTheirs = GENERATE(true, false);
    const auto take = takeTheirs ? Decision::Take::Theirs : Decision::Take::Ours;
    const std::map<std::string, Decision> decisions{{"/applicant/name", {Decision::Take::Ours, {}}},
                                                    {"/applicant/phone", {take, {}}}};
    REQUIRE(counter.desk->resolve(dossier.received.code, decisions, Grounds{"đúng thẻ", "thẻ căn cước"}));
    const std::string decided = takeTheirs ? "0911111111" : "0900000002";
    CHECK(phoneOf(counter, dossier.received.uid) == decided);
    while (portal.answerAll() > 0) {
    }

    CHECK(phoneOf(counter, dossier.received.uid) == decided);
    CHECK(counter.desk->queue().summary()->waiting == 0);
    CHECK(counter.findings().empty());
}

TEST_CASE("two sets become one in which no pointer is the beginning of another")
{
    const Json whole{{"/form/owner", {{"name", "Lê Thị Mai"}, {"phone", "1"}}}, {"/note", "a"}};

    const Json below = joinedSets(whole, {{"/form/owner/phone", "2"}, {"/note", "b"}});
    CHECK(below == Json{{"/form/owner", {{"name", "Lê Thị Mai"}, {"phone", "2"}}}, {"/note", "b"}});
    CHECK(joinedSets(whole, {{"/form/owner/phone", nullptr}})["/form/owner"] == Json{{"name", "Lê Thị Mai"}});
    CHECK(joinedSets({{"/form/owner/phone", "1"}, {"/form/owners", 2}}, {{"/form/owner", Json::object()}}) ==
          Json{{"/form/owner", Json::object()}, {"/form/owners", 2}});
    CHECK(joinedSets({{"/a/b", 1}}, {{"/a/c", 2}}) == Json{{"/a/b", 1}, {"/a/c", 2}});
}
