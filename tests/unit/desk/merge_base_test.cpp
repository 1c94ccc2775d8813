// SPDX-License-Identifier: GPL-3.0-or-later
// What a merge takes for the state that both sides started from, where the city has overwritten something of
// ours before that.
#include "tests/unit/desk/known_dossier.h"

using namespace motcua;

namespace {

/// Ours is applied, and the city writes something else over it; we have seen that.
struct Overwritten : Known
{
    explicit Overwritten(const std::string& pointer, const Json& ours, const Json& city)
    {
        change({{pointer, ours}});
        portal.answerAll();
        portal.cityChanges(received.uid, {{pointer, city}});
    }
    /// Our change meets a newer one of the city.
    void collide(const Json& set, const Json& city)
    {
        change(set);
        portal.cityChanges(received.uid, city);
        portal.answerAll("conflict", "rev-mismatch");
    }
    [[nodiscard]] std::string phone() { return stringAt(shown()["applicant"], "phone"); }
};

} // namespace

TEST_CASE("a value of ours that the city overwrote is written once more: a merge does not take it for old")
{
    Overwritten dossier("/applicant/phone", "0987654321", "0911111111");
    dossier.collide({{"/applicant/phone", "0987654321"}}, {{"/note", "Thành phố ghi"}});

    REQUIRE(dossier.counter.portal->mergeConflicts() == 1);
    const auto batch = dossier.sendable();
    REQUIRE(batch.size() == 1);
    CHECK(parseJson(batch.front().line)->at("body").at("set").contains("/applicant/phone"));
    dossier.portal.answerAll();

    CHECK(dossier.phone() == "0987654321");
    CHECK(dossier.counter.findings().empty());
}

TEST_CASE("the city goes back to a name of ours while we write a third one: a person decides")
{
    Overwritten dossier("/applicant/name", "Nguyễn Văn Hải", "Nguyễn Văn Hạ");
    dossier.collide({{"/applicant/name", "Nguyễn Văn Hai"}}, {{"/applicant/name", "Nguyễn Văn Hải"}});

    CHECK(dossier.counter.portal->mergeConflicts() == 0);
    const auto cases = *dossier.counter.desk->conflicts();
    REQUIRE(cases.size() == 1);
    REQUIRE(cases.front().fields.size() == 1);
    CHECK(cases.front().fields.front().base == "Nguyễn Văn Hạ");
    CHECK(cases.front().fields.front().theirs == "Nguyễn Văn Hải");
}

TEST_CASE("a dossier that we had finished and the city took up again was open when the city closed it")
{
    Known dossier;
    auto& desk = *dossier.counter.desk;
    REQUIRE(desk.move(dossier.received.code, Status::Processing, {}));
    dossier.portal.answerAll();
    REQUIRE(desk.move(dossier.received.code, Status::Finished, {}));
    dossier.portal.answerAll();
    Json open = dossier.shown();
    open["status"] = "processing";
    open.erase("finishedAt");
    dossier.portal.pull(dossier.received.uid, open);
    dossier.change({{"/form/matter", "Sửa nội dung"}});

    Json closed = open;
    closed["status"] = "finished";
    closed["finishedAt"] = toRfc3339(dossier.counter.clock.now());
    dossier.portal.pull(dossier.received.uid, closed);
    dossier.portal.answerAll("conflict", "rev-mismatch");

    CHECK(dossier.counter.portal->mergeConflicts() == 0);
    const auto cases = *desk.conflicts();
    REQUIRE(cases.size() == 1);
    CHECK(cases.front().situation == Situation::Closed);
}
