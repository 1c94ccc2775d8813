// SPDX-License-Identifier: GPL-3.0-or-later
// What the portal says at an awkward moment: while a person has not decided, while a request hangs, after it
// went back. Nobody's change may be overwritten by it, and nothing settled may come undone.
#include "core/desk/projector.h"
#include "tests/unit/desk/known_dossier.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

/// Runs on whenever it is read.
class RestlessClock final : public Clock
{
public:
    explicit RestlessClock(FakeClock& clock) : m_clock(clock) {}
    [[nodiscard]] Instant now() const override
    {
        m_clock.advance(Millis{1});
        return m_clock.now();
    }
    [[nodiscard]] Millis monotonic() const override { return m_clock.monotonic(); }

private:
    FakeClock& m_clock;
};

} // namespace

TEST_CASE("another field is changed while a conflict waits: what the city did is still a person's question")
{
    Known dossier;
    const std::string base = dossier.rev();
    dossier.change({{"/applicant/name", "Nguyễn Văn Hải"}});
    dossier.portal.cityChanges(dossier.received.uid, {{"/applicant/name", "Nguyễn Văn Hạ"}});
    dossier.portal.answerAll("conflict", "rev-mismatch");
    REQUIRE(dossier.counter.portal->mergeConflicts() == 0);

    dossier.change({{"/note", "Gọi trước"}});

    const auto batch = dossier.sendable();
    REQUIRE(batch.size() == 1);
    CHECK(stringAt(*parseJson(batch.front().line), "baseRev") ==
          base); // the portal must see what it was made on
    dossier.portal.answerAll("conflict", "rev-mismatch");
    REQUIRE(dossier.counter.portal->mergeConflicts() == 0);
    const auto cases = *dossier.counter.desk->conflicts();
    REQUIRE(cases.size() == 1);
    REQUIRE(cases.front().fields.size() == 1);
    CHECK(cases.front().fields.front().theirs == "Nguyễn Văn Hạ");
    CHECK(dossier.counter.findings().empty());
}

TEST_CASE("a field that was refused is corrected: what the city did to it meanwhile is not overwritten")
{
    Known dossier;
    const std::string base = dossier.rev();
    dossier.change({{"/applicant/phone", "0987654321"}});
    dossier.portal.answerAll("rejected", "invalid-fields");
    dossier.portal.cityChanges(dossier.received.uid, {{"/applicant/phone", "0911111111"}});

    dossier.change({{"/applicant/phone", "0987654322"}});

    const auto batch = dossier.sendable();
    REQUIRE(batch.size() == 1);
    CHECK(stringAt(*parseJson(batch.front().line), "baseRev") == base);
}

TEST_CASE("a page is stored at one moment, or the row would not be what the facts give")
{
    Known dossier;
    auto& counter = dossier.counter;
    const RestlessClock clock(counter.clock);
    PortalDesk restless(*counter.connection, counter.folder->identity(), fieldOf(counter.catalogue), clock,
                        fieldRulesOf(counter.catalogue));
    auto known = dossier.page(50, std::string(32, 'a'), {{"/status", "withdrawn"}});
    auto fresh = dossier.page(51, std::string(32, 'b'), {{"/status", "refused"}});
    fresh.uid = "01890000-0000-7000-8000-000000000001";
    fresh.dossier["code"] = "H26.131-261121-000007";

    REQUIRE(restless.storePage("e1", {known, fresh}, "c50"));

    CHECK(counter.findings().empty());
}

TEST_CASE("what a stick's answer settled stays settled when the request that hung is given up")
{
    Known dossier;
    auto& portal = *dossier.counter.portal;
    dossier.change({{"/applicant/phone", "0987654321"}});
    const auto batch = dossier.sendable();
    REQUIRE(batch.size() == 1);
    const auto hanging = portal.beginAttempt(batch, "test");
    REQUIRE(hanging);
    const StoredResult applied{
        batch.front().position, dossier.portal.answer(batch.front(), "applied", {}), std::nullopt, {}};
    REQUIRE(portal.endAttempt(0, RequestEnd::Answered, {}, {}, "stick", {}, {applied}));

    REQUIRE(portal.endAttempt(*hanging, RequestEnd::Lost, {}, {}, "timeout", batch, {}));

    CHECK(dossier.counter.desk->queue().summary()->waiting == 0);
    CHECK(dossier.counter.findings().empty());
}

TEST_CASE("an old conflict that is told again does not hide that its base came back")
{
    Known dossier;
    auto& portal = *dossier.counter.portal;
    const std::string base = dossier.rev();
    dossier.change({{"/applicant/phone", "0987654321"}});
    const auto batch = dossier.sendable();
    REQUIRE(batch.size() == 1);
    const auto attempt = portal.beginAttempt(batch, "test");
    const StoredResult conflict{batch.front().position,
                                dossier.portal.answer(batch.front(), "conflict", "rev-mismatch"),
                                std::nullopt,
                                {}};
    REQUIRE(portal.endAttempt(*attempt, RequestEnd::Answered, 200, {}, {}, batch, {conflict}));
    // The portal had gone back; now it lists the very revision.
    REQUIRE(portal.restartPull("e2", PortalStore::WentBack));
    REQUIRE(portal.storePage("e2", {dossier.page(9, base, Json::object())}, "c9"));
    REQUIRE(dossier.counter.desk->queue().summary()->conflicts == 0);

    REQUIRE(portal.endAttempt(0, RequestEnd::Answered, 200, {}, {}, {}, *portal.news({conflict})));

    CHECK(dossier.counter.desk->queue().summary()->conflicts == 0);
    CHECK(dossier.counter.findings().empty());
}

TEST_CASE("a portal that went back and kept its epoch gives its places again: what it lists is what it has")
{
    Known dossier;
    auto& portal = *dossier.counter.portal;
    dossier.portal.cityChanges(dossier.received.uid, {{"/note", "sau bản sao lưu"}});
    REQUIRE(dossier.shown()["note"] == "sau bản sao lưu");
    REQUIRE(portal.restartPull("e1", PortalStore::WentBack));

    REQUIRE(portal.storePage("e1", {dossier.page(1, std::string(32, 'c'), {{"/note", "trước"}})}, "c1"));

    CHECK(dossier.shown()["note"] == "trước");
    CHECK(dossier.rev() == std::string(32, 'c'));
    CHECK(dossier.counter.findings().empty());
}

TEST_CASE("the base of a merge is what it was made on, also where the portal has lost that since")
{
    Known dossier;
    auto& counter = dossier.counter;
    dossier.change({{"/applicant/phone", "0987654321"}});
    const Position first = dossier.sendable().front().position;
    dossier.portal.answerAll();
    const std::string before = stringAt(dossier.shown()["applicant"], "address");
    dossier.change({{"/applicant/address", "thôn Đông, xã Phúc Thọ"}});
    const Position second = dossier.sendable().front().position;
    dossier.portal.answerAll();
    REQUIRE(counter.portal->restartPull("e2", PortalStore::WentBack));
    REQUIRE(counter.portal->storePage(
        "e2", {dossier.page(2, std::string(32, 'd'), {{"/applicant/address", "thôn Bắc, xã Phúc Thọ"}})},
        "c2"));
    REQUIRE(counter.portal->storeAudit({first, second}, {}, "e2", second));

    Projector projector(*counter.connection, fieldOf(counter.catalogue));
    const auto row = *projector.operations().find(second);
    REQUIRE(row);
    const auto base = projector.baseOf(*row);

    REQUIRE(base);
    CHECK(stringAt(base->dossier["applicant"], "address") == before); // not the city's, which came later
    CHECK(stringAt(base->dossier["applicant"], "phone") == "0987654321");
}
