// SPDX-License-Identifier: GPL-3.0-or-later
// The table of situations X1 to X12: what happens where two sides did something to one dossier.
#include "tests/support/world.h"
#include "tests/support/world_checks.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace motcua;
using namespace std::chrono_literals;

namespace {

Json atPortal(World& world, const std::string& uid)
{
    return *parseJson(world.portal().dossier(uid)->text);
}

/// A dossier that both sides have, and a counter that is out of reach from then on.
struct Story
{
    explicit Story(std::uint64_t seed, int counters = 1) : world(seed, counters)
    {
        code = counter().receive();
        REQUIRE(world.comesToRest());
        uid = counter().dossiers().front().uid;
        counter().network().isDown = true;
    }
    [[nodiscard]] WorldCounter& counter() { return world.counter(); }
    [[nodiscard]] Desk& desk() { return counter().desk(); }
    void meet()
    {
        counter().network().isDown = false;
        world.runFor(30min);
    }
    /// The one case that waits for a person.
    [[nodiscard]] ConflictCase theCase()
    {
        const auto cases = desk().conflicts();
        REQUIRE(cases);
        REQUIRE(cases->size() == 1);
        return cases->front();
    }
    void cityMoves(const char* to)
    {
        world.advance(1min);
        REQUIRE(world.portal().city().move(Uid(uid), {{"to", to}}));
    }

    World world;
    std::string code;
    std::string uid;
};

} // namespace

TEST_CASE("X3, K8, K9: papers and remarks of both sides are united without anybody")
{
    Story story(301);
    Json ours = atPortal(story.world, story.uid)["components"];
    Json theirs = ours;
    ours.push_back({{"code", "extra-1"}, {"name", "Sổ cũ"}, {"originals", 0}, {"copies", 1}});
    theirs.push_back({{"code", "extra-2"}, {"name", "Đơn"}, {"originals", 1}, {"copies", 0}});
    REQUIRE(story.desk().change(story.code, {{"/components", ours}, {"/note", "Quầy ghi"}}, ""));
    REQUIRE(story.world.portal().city().set(Uid(story.uid),
                                            {{"/components", theirs}, {"/note", "Thành phố ghi"}}));
    story.meet();

    allIsWell(story.world);

    CHECK(story.desk().conflicts()->empty());
    const Json dossier = atPortal(story.world, story.uid);
    CHECK(dossier["note"] == "Thành phố ghi\nQuầy ghi");
    CHECK(dossier["components"].size() == ours.size() + 1);
}

TEST_CASE("X4: who wrote what and when is told with each field, and a leader decides who somebody is")
{
    Story story(302);
    REQUIRE(story.desk().change(story.code, {{"/applicant/name", "Nguyễn Văn Hải"}}, "theo thẻ căn cước"));
    REQUIRE(story.world.portal().city().set(Uid(story.uid), {{"/applicant/name", "Nguyễn Văn Hạ"}}));
    story.meet();

    const ConflictCase found = story.theCase();
    REQUIRE(found.fields.size() == 1);
    const ConflictField& field = found.fields.front();
    CHECK(field.fieldClass == "identity");
    CHECK((field.needsLeader && field.needsPaper && field.needsReason));
    CHECK(found.ours.name == story.desk().actor().fullName);
    REQUIRE(field.theirsBy);
    CHECK_FALSE(field.theirsBy->name.empty());
    CHECK(field.theirsBy->at > found.ours.at);

    const std::map<std::string, Decision> ours{{"/applicant/name", {Decision::Take::Ours, {}}}};
    CHECK(story.desk().resolve(story.code, ours, Grounds{"đúng thẻ", ""}).error().problems.front().rule ==
          "paper-required");
    CHECK(story.desk().resolve(story.code, ours, Grounds{"", "thẻ căn cước"}).error().problems.front().rule ==
          "reason-required");
    REQUIRE(story.desk().resolve(story.code, ours, Grounds{"đúng thẻ", "thẻ căn cước"}));

    allIsWell(story.world);
    CHECK(atPortal(story.world, story.uid)["applicant"]["name"] == "Nguyễn Văn Hải");
}

TEST_CASE("X5: a change of a dossier that was closed meanwhile is a person's, whatever it touches")
{
    Story story(303);
    REQUIRE(story.desk().change(story.code, {{"/form/matter", "Sửa nội dung"}}, ""));
    story.cityMoves("processing");
    story.cityMoves("finished");
    const auto way = GENERATE(0, 1, 2);
    story.meet();

    const ConflictCase found = story.theCase();
    CHECK(found.situation == Situation::Closed);
    CHECK(found.theirStatus == "finished");
    REQUIRE(found.fields.size() == 1);
    if (way == 0) {
        REQUIRE(story.desk().keepAsRemark(story.code, "Quầy định sửa nội dung thành: Sửa nội dung"));
    } else if (way == 1) {
        REQUIRE(story.desk().reopenAndResolve(story.code, {{"/form/matter", {Decision::Take::Ours, {}}}},
                                              Grounds{"sửa trước khi trả", {}}));
    } else {
        REQUIRE(story.desk().resolve(story.code, {{"/form/matter", {Decision::Take::Theirs, {}}}}, ""));
    }

    allIsWell(story.world);

    const Json dossier = atPortal(story.world, story.uid);
    CHECK(dossier["status"] == (way == 1 ? "processing" : "finished"));
    CHECK((dossier["form"]["matter"] == "Sửa nội dung") == (way == 1));
    CHECK((at(dossier, "note") == "Quầy định sửa nội dung thành: Sửa nội dung") == (way == 0));
}

TEST_CASE("X5: what was withdrawn cannot be taken up again, only remarked upon")
{
    Story story(304);
    REQUIRE(story.desk().change(story.code, {{"/applicant/phone", "0987654321"}}, ""));
    story.cityMoves("withdrawn");
    story.meet();

    CHECK(story.theCase().situation == Situation::Closed);
    CHECK_FALSE(story.desk().reopenAndResolve(story.code, {{"/applicant/phone", {Decision::Take::Ours, {}}}},
                                              Grounds{"mở lại", {}}));
    CHECK_FALSE(story.desk().keepAsRemark(story.code, "  "));
    REQUIRE(story.desk().keepAsRemark(story.code, "Số điện thoại mới: 0987654321"));
    allIsWell(story.world);
}

TEST_CASE("X6: a dossier that the city took away is never deleted here, and a person hears of it")
{
    Story story(305);
    REQUIRE(story.desk().change(story.code, {{"/applicant/phone", "0987654321"}}, ""));
    REQUIRE(story.world.portal().city().takeAway(Uid(story.uid)));
    story.meet();

    const ConflictCase found = story.theCase();
    CHECK(found.gone);
    CHECK(story.desk().dossiers().byCode(story.code)->row.gone);
    CHECK(story.desk().dossiers().byCode(story.code)->dossier["applicant"]["phone"] == "0987654321");
    REQUIRE(story.desk().withdrawOperation(found.op, "Thành phố đã gỡ"));

    allIsWell(story.world);
    CHECK(story.desk().conflicts()->empty());
}

TEST_CASE("K7: a step further on the way goes on by itself, one that contradicts is a person's")
{
    Story story(306);
    REQUIRE(story.desk().move(story.code, Status::Finished, ""));
    story.cityMoves("processing");
    story.meet();
    allIsWell(story.world);
    CHECK(atPortal(story.world, story.uid)["status"] == "finished");

    Story other(307);
    REQUIRE(other.desk().move(other.code, Status::Finished, ""));
    REQUIRE(other.desk().move(other.code, Status::Returned, ""));
    other.cityMoves("withdrawn");
    other.meet();
    const ConflictCase found = other.theCase();
    CHECK(found.fields.front().pointer == "/status");
    CHECK(found.fields.front().theirs == "withdrawn");
    REQUIRE(other.desk().resolve(other.code, {{"/status", {Decision::Take::Theirs, {}}}}, "công dân đã rút"));
    other.world.runFor(30min);
    REQUIRE(other.desk().resolve(other.code, {{"/status", {Decision::Take::Theirs, {}}}}, "công dân đã rút"));
    allIsWell(other.world);
}

TEST_CASE("K7: an appointment that a step carries never takes the place of one that the city gave meanwhile")
{
    Story story(313);
    story.counter().network().isDown = false;
    REQUIRE(story.desk().move(story.code, Status::Processing, ""));
    REQUIRE(story.desk().move(story.code, Status::Supplementing, "thiếu giấy"));
    REQUIRE(story.world.comesToRest());
    story.counter().network().isDown = true;
    const Instant now = story.counter().dossiers().front().received;
    REQUIRE(story.desk().move(story.code, Status::Processing, "", now + 240h));
    REQUIRE(story.world.portal().city().set(Uid(story.uid), {{"/dueAt", toRfc3339(now + 480h)}}));
    story.meet();

    const ConflictCase found = story.theCase();
    REQUIRE(found.fields.size() == 2);
    CHECK(found.fields[1].pointer == "/dueAt");
    CHECK(found.fields[1].theirs == toRfc3339(now + 480h));
    const std::map<std::string, Decision> decisions{{"/status", {Decision::Take::Ours, {}}},
                                                    {"/dueAt", {Decision::Take::Theirs, {}}}};
    REQUIRE(story.desk().resolve(story.code, decisions, "thành phố đã báo dân ngày ấy"));

    allIsWell(story.world);
    CHECK(atPortal(story.world, story.uid)["status"] == "processing");
    CHECK(atPortal(story.world, story.uid)["dueAt"] == toRfc3339(now + 480h));
}

TEST_CASE("X9: of two hand-overs the portal's first stands, and the other stays readable as a remark")
{
    Story story(308, 2);
    Desk& colleague = story.world.counter(1).desk();
    REQUIRE(story.world.comesToRest());
    REQUIRE(colleague.move(story.code, Status::Finished, ""));
    REQUIRE(story.world.comesToRest());
    story.counter().network().isDown = true;
    REQUIRE(story.desk().move(story.code, Status::Returned, ""));
    REQUIRE(colleague.move(story.code, Status::Returned, ""));
    story.world.runFor(30min);
    story.meet();

    allIsWell(story.world);

    const Json dossier = atPortal(story.world, story.uid);
    CHECK(dossier["status"] == "returned");
    CHECK(stringAt(dossier, "note").find("Hai lần ghi trả kết quả") != std::string::npos);
    CHECK(story.desk().conflicts()->empty());
}

TEST_CASE("X10: a dossier keeps the catalogue that it was received under, also through a merge")
{
    Story story(309);
    const Json before = at(atPortal(story.world, story.uid), "catalogue");
    REQUIRE_FALSE(before.is_null());
    REQUIRE(story.desk().change(story.code, {{"/applicant/phone", "0987654321"}}, ""));
    REQUIRE(story.world.portal().city().set(Uid(story.uid), {{"/form/matter", "Thành phố sửa"}}));
    story.meet();
    allIsWell(story.world);
    CHECK(atPortal(story.world, story.uid)["catalogue"] == before);
    CHECK(atPortal(story.world, story.uid)["applicant"]["phone"] == "0987654321");
}

TEST_CASE("a group that the city removed is put in again around the value that a person took from here")
{
    Story story(310);
    const auto owner = Json{{"name", "Nguyễn Văn Tư"}, {"phone", "0911000111"}};
    story.counter().network().isDown = false;
    REQUIRE(story.desk().change(story.code, {{"/form/owner", owner}}, "theo giấy ủy quyền"));
    REQUIRE(story.world.comesToRest());
    story.counter().network().isDown = true;
    REQUIRE(story.desk().change(story.code, {{"/form/owner/phone", "0922000222"}}, ""));
    REQUIRE(story.world.portal().city().set(Uid(story.uid), {{"/form/owner", Json()}}));
    story.meet();

    const ConflictCase found = story.theCase();
    CHECK(found.fields.front().theirs.is_null());
    REQUIRE(story.desk().resolve(story.code, {{"/form/owner/phone", {Decision::Take::Ours, {}}}}, ""));
    allIsWell(story.world);
    CHECK(atPortal(story.world, story.uid)["form"]["owner"] == Json({{"phone", "0922000222"}}));
}

TEST_CASE("X8: one citizen at two counters within half an hour is a hint for a person, and never merged")
{
    World world(311, 2);
    const auto first = world.counter(0).receive("Lê Văn Hai Lần");
    world.advance(10min);
    const auto second = world.counter(1).receive("Lê Văn Hai Lần");
    world.counter(0).receive("Trần Văn Khác");
    world.advance(40min);
    const auto late = world.counter(1).receive("Lê Văn Hai Lần");
    REQUIRE(world.comesToRest());

    Desk& desk = world.counter(0).desk();
    const auto hints = desk.possibleDuplicates(Instant{});
    REQUIRE(hints);
    const auto isPair = [&](const PossibleDuplicate& pair) {
        return pair.code == first && pair.otherCode == second && pair.name == "Lê Văn Hai Lần";
    };
    REQUIRE(std::count_if(hints->begin(), hints->end(), isPair) == 1);
    for (const PossibleDuplicate& pair : *hints) {
        CHECK(pair.otherCode != late);
    }
    const auto pair = *std::find_if(hints->begin(), hints->end(), isPair);
    REQUIRE(desk.judgeDuplicate(pair, Duplicate::Different, "hai việc khác nhau"));

    const auto left = desk.possibleDuplicates(Instant{});
    CHECK(std::none_of(left->begin(), left->end(), isPair));
    allIsWell(world);
    CHECK(world.portal().dossiers().size() == 4);
}

TEST_CASE("X6, X13: what the city filed and lost with its backup waits for a person, who is told so")
{
    Story story(312);
    const auto backup = story.world.portal().copyDisk();
    story.counter().network().isDown = false;
    REQUIRE(story.world.portal().city().fileOnline("H26.131", {{"procedure", "1.001570"},
                                                               {"applicant", {{"name", "Lê Thị Mười"}}},
                                                               {"form", {{"matter", "qua mạng"}}}}));
    REQUIRE(story.world.comesToRest());
    const auto rows = story.counter().dossiers();
    const auto filed =
        std::find_if(rows.begin(), rows.end(), [&](const DossierRow& row) { return row.code != story.code; });
    REQUIRE(filed != rows.end());
    REQUIRE(story.desk().change(filed->code, {{"/applicant/phone", "0922000333"}}, ""));
    story.world.portal().restore(backup);
    story.meet();

    CHECK(story.theCase().isMissing);
    REQUIRE(story.desk().resolve(filed->code, {}, "Thành phố hứa đưa lên lại"));
    story.meet();
    CHECK(story.theCase().isMissing); // the city did not
    REQUIRE(story.desk().withdrawOperation(story.theCase().op, "thành phố không đưa lên lại"));
    REQUIRE(story.world.comesToRest());
    CHECK(story.desk().conflicts()->empty());
    CHECK(story.counter().dossiers().size() == 2);
}
