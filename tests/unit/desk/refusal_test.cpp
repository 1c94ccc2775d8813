// SPDX-License-Identifier: GPL-3.0-or-later
// Turning a dossier away at the desk: what is recorded, and what of it can be read afterwards.
#include "core/desk/projector.h"
#include "tests/support/small_counter.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

std::vector<HistoryEntry> historyOf(SmallCounter& counter, const std::string& code)
{
    const auto view = counter.desk->dossiers().byCode(code);
    REQUIRE(view);
    const auto history = counter.desk->dossiers().history(view->row.id);
    REQUIRE(history);
    return *history;
}

} // namespace

TEST_CASE("a refusal says why in the history, and in the note that reaches the portal")
{
    SmallCounter counter;
    Json draft = counter.draft();
    draft["note"] = "Công dân đến lần thứ hai.";

    const auto refused = counter.desk->refuse(draft, "  Không thuộc thẩm quyền.\nNộp tại Sở Tư pháp. ");

    REQUIRE(refused);
    const auto history = historyOf(counter, refused->code);
    REQUIRE(history.size() == 1);
    CHECK(history.front().kind == "dossier.received");
    CHECK(history.front().note == "Không thuộc thẩm quyền.\nNộp tại Sở Tư pháp.");
    REQUIRE(history.front().changes.size() == 1);
    CHECK(history.front().changes.front().to == "refused");
    CHECK(refusalReason(history) == "Không thuộc thẩm quyền.\nNộp tại Sở Tư pháp.");
    CHECK(counter.desk->dossiers().byCode(refused->code)->dossier["note"] ==
          "Công dân đến lần thứ hai.\nLý do từ chối: Không thuộc thẩm quyền.\nNộp tại Sở Tư pháp.");
    CHECK(counter.findings().empty());
}

TEST_CASE(
    "a refused dossier was closed when it was received, also where its entry was written a moment later")
{
    const Json body{{"receivedAt", "2026-11-21T02:00:00.000Z"}, {"status", "refused"}};

    const Standing read =
        afterOperation({}, "dossier.received", body, *parseRfc3339("2026-11-21T02:00:00.007Z"));

    CHECK(read.closed == *parseRfc3339("2026-11-21T02:00:00.000Z"));
}

TEST_CASE("a dossier that was received has no reason of refusal")
{
    SmallCounter counter;
    const auto received = counter.desk->receive(counter.draft());
    REQUIRE(received);

    const auto history = historyOf(counter, received->code);

    CHECK(refusalReason(history).empty());
    CHECK(history.front().changes.empty());
    CHECK_FALSE(counter.desk->dossiers().byCode(received->code)->dossier.contains("note"));
}

TEST_CASE("nobody fills a whole form in only to be turned away")
{
    SmallCounter counter;
    const Json birth{{"procedure", "1.001193"},
                     {"channel", "counter"},
                     {"applicant", {{"name", "Lê Thị Hoa"}}},
                     {"form", Json::object()}};
    REQUIRE_FALSE(counter.desk->receive(birth));

    const auto refused = counter.desk->refuse(birth, "Trẻ đã được đăng ký ở nơi khác.");

    REQUIRE(refused);
    CHECK(counter.desk->queue().operations(false)->size() == 1);
    CHECK(counter.findings().empty());
}

TEST_CASE("a reason is words, and no more than the contract carries")
{
    SmallCounter counter;
    const std::string longest(2000, 'a');
    Json noted = counter.draft();
    noted["note"] = std::string(3000, 'b');

    CHECK_FALSE(counter.desk->refuse(counter.draft(), " \n\t "));
    CHECK_FALSE(counter.desk->refuse(counter.draft(), longest + "a"));
    const auto together = counter.desk->refuse(noted, longest);
    REQUIRE_FALSE(together); // the note that is sent would be too long: said, not cut
    CHECK(together.error().problems.front().pointer == "/note");
    CHECK(counter.desk->dossiers().list({})->empty());

    CHECK(counter.desk->refuse(counter.draft(), longest));
}

TEST_CASE("what stands in the way of a refusal is named, and nothing else")
{
    SmallCounter counter;
    Json draft{{"procedure", "1.001193"},
               {"channel", "counter"},
               {"applicant", {{"personalId", "12"}}},
               {"form", Json::object()}};

    const auto refused = counter.desk->refuse(draft, "Không đúng thẩm quyền.");

    REQUIRE_FALSE(refused);
    for (const Problem& problem : refused.error().problems) {
        INFO(problem.pointer << ' ' << problem.message);
        CHECK(problem.severity == Severity::Hard);
        CHECK(problem.pointer.starts_with("/applicant"));
    }
    CHECK(counter.desk->refuse(Json(5), "Không đúng thẩm quyền.").error().problems.size() == 1);
    CHECK(counter.desk->queue().operations(true)->empty());
}

TEST_CASE("a refusal uses its draft up once and stands in the rebuilt register as it did")
{
    SmallCounter counter;
    const Json draft = counter.draft();
    const auto id = counter.desk->saveDraft({0, "1.000656", draft, "", {}});
    REQUIRE(id);

    REQUIRE(counter.desk->refuse(draft, "Không thuộc thẩm quyền.", *id));
    const auto again = counter.desk->refuse(draft, "Không thuộc thẩm quyền.", *id);

    REQUIRE_FALSE(again);
    CHECK(again.error().error.kind == ErrorKind::Refused);
    CHECK(counter.desk->dossiers().list({})->size() == 1);
    REQUIRE(counter.restart());
    const auto list = counter.desk->dossiers().list({});
    REQUIRE(list->size() == 1);
    CHECK(list->front().status == Status::Refused);
    CHECK(counter.findings().empty());
}
