// SPDX-License-Identifier: GPL-3.0-or-later
// A change on something that somebody else changed meanwhile: nobody overwrites what they have not seen.
#include "tests/unit/desk/portal_words.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

Json feeOf(const Json& paidAt, const Json& receiptNo)
{
    return Json::array(
        {{{"code", "le-phi"}, {"amount", 21'000}, {"paidAt", paidAt}, {"receiptNo", receiptNo}}});
}

/// A dossier with a fee that nobody has paid, at the portal too.
struct Owed
{
    Owed() : received(*counter.desk->receive(counter.draft()))
    {
        REQUIRE(counter.desk->change(received.code, {{"/fees", unpaid}}, "theo biểu"));
        while (portal.answerAll() > 0) {
        }
    }
    [[nodiscard]] Json shown() { return counter.desk->dossiers().byUid(received.uid)->dossier; }
    [[nodiscard]] Answer<Acted> change(const Json& set, const Json& seen)
    {
        return counter.desk->change(received.code, set, "thu tiền", seen);
    }

    SmallCounter counter;
    PortalWords portal{counter};
    Received received;
    const Json unpaid = feeOf(nullptr, nullptr);
    const Json paidHere = feeOf("2026-11-21T10:00:00+07:00", "0000999");
    const Json paidThere = feeOf("2026-11-21T09:00:00+07:00", "0000123");
};

} // namespace

TEST_CASE("what another counter wrote since it was seen is not overwritten, and nothing is written")
{
    Owed owed;
    owed.portal.cityChanges(owed.received.uid, {{"/fees", owed.paidThere}});
    const auto entries = owed.counter.portal->head()->position.seq();

    const auto refused = owed.change({{"/fees", owed.paidHere}}, {{"/fees", owed.unpaid}});

    REQUIRE_FALSE(refused);
    REQUIRE(refused.error().problems.size() == 1);
    const Problem& problem = refused.error().problems.front();
    CHECK(problem.pointer == "/fees");
    CHECK(problem.rule == "changed-meanwhile");
    CHECK(problem.severity == Severity::Hard);
    CHECK(problem.message ==
          "Thông tin này vừa được sửa ở nơi khác; hãy xem lại rồi sửa. Chưa ghi gì."); // no JSON
    CHECK(owed.counter.portal->head()->position.seq() == entries);
    CHECK(owed.counter.desk->queue().summary()->waiting == 0);
    CHECK(owed.shown()["fees"] == owed.paidThere);

    // What was seen as it stands, and what is another matter, goes on.
    CHECK(owed.change({{"/applicant/phone", "0987654321"}}, {{"/applicant/phone", "0912345678"}}));
    CHECK(owed.change({{"/fees", owed.paidHere}}, {{"/fees", owed.paidThere}}));
    CHECK(owed.counter.findings().empty());
}

TEST_CASE("the refusal says what stands there now, where that is a text")
{
    Owed owed;
    const auto saidOf = [&](const std::string& pointer, const Json& now) {
        const Json seen{{pointer, owed.shown().value(Json::json_pointer(pointer), Json())}};
        owed.portal.cityChanges(owed.received.uid, {{pointer, now}});
        const auto refused = owed.change({{pointer, "của quầy"}}, seen);
        REQUIRE_FALSE(refused);
        REQUIRE(refused.error().problems.size() == 1);
        CHECK(refused.error().problems.front().rule == "changed-meanwhile");
        return refused.error().problems.front().message;
    };

    CHECK(saidOf("/applicant/phone", "0911111111") ==
          "Thông tin này vừa được sửa ở nơi khác, nay là “0911111111”; hãy xem lại rồi sửa. Chưa ghi gì.");
    CHECK(saidOf("/applicant/phone", "") ==
          "Thông tin này vừa được sửa ở nơi khác, nay để trống; hãy xem lại rồi sửa. Chưa ghi gì.");
    CHECK(saidOf("/note", "Gọi trước") == // nothing stood there
          "Thông tin này vừa được sửa ở nơi khác, nay là “Gọi trước”; hãy xem lại rồi sửa. Chưa ghi gì.");
    CHECK(saidOf("/form/matter", std::string(500, 'x')) ==
          "Thông tin này vừa được sửa ở nơi khác; hãy xem lại rồi sửa. Chưa ghi gì.");
}

TEST_CASE("nothing stood there and nothing stands there: the change is made")
{
    Owed owed;

    CHECK(owed.change({{"/note", "Gọi trước"}}, {{"/note", nullptr}}));
    CHECK_FALSE(owed.change({{"/note", "Gọi sau"}}, {{"/note", nullptr}}));
    CHECK(owed.shown()["note"] == "Gọi trước");
}
