// SPDX-License-Identifier: GPL-3.0-or-later
// Several dossiers of one visitor: all or none.
#include "tests/unit/desk/portal_words.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

std::int64_t dossiers(SmallCounter& counter)
{
    return static_cast<std::int64_t>(counter.desk->dossiers().list({})->size());
}

} // namespace

TEST_CASE("dossiers taken in together have numbers in a row and name each other")
{
    SmallCounter counter;
    REQUIRE(counter.desk->receive(counter.draft("Trước")));

    const auto all =
        counter.desk->receiveTogether({counter.draft("A"), counter.draft("B"), counter.draft("C")});

    REQUIRE(all);
    REQUIRE(all->size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK((*all)[i].code.ends_with("100" + std::to_string(i + 2)));
        const auto view = counter.desk->dossiers().byCode((*all)[i].code);
        const std::string others = stringAt(view->dossier.at("form"), "together");
        CHECK(others == (*all)[i == 0 ? 1 : 0].code + ", " + (*all)[i == 2 ? 1 : 2].code);
    }
    CHECK(counter.findings().empty());
    PortalWords words(counter);
    CHECK(words.answerAll() == 4);
    CHECK(counter.desk->change((*all)[1].code, {{"/applicant/phone", "0912000001"}}, "dân báo"));
    CHECK(counter.desk->receive(counter.draft("Sau"))->code.ends_with("1005"));
}

TEST_CASE("one of them alone names nobody")
{
    SmallCounter counter;
    const auto one = counter.desk->receiveTogether({counter.draft()});
    REQUIRE(one);
    CHECK_FALSE(counter.desk->dossiers().byCode(one->front().code)->dossier.at("form").contains("together"));
}

TEST_CASE("one that is wrong keeps all of them out, and says which")
{
    SmallCounter counter;
    Json wrong = counter.draft("B");
    wrong["applicant"].erase("name");
    const auto entries = counter.portal->head()->position.seq();

    const auto all = counter.desk->receiveTogether({counter.draft("A"), wrong});

    REQUIRE_FALSE(all);
    CHECK(all.error().problems.front().pointer.starts_with("/1/"));
    CHECK(dossiers(counter) == 0);
    CHECK(counter.portal->head()->position.seq() == entries);
    CHECK(counter.desk->receive(counter.draft())->code.ends_with("1001")); // no number was used up
}

TEST_CASE("none, too many, and a draft that is used up already are refused")
{
    SmallCounter counter;
    CHECK_FALSE(counter.desk->receiveTogether({}));
    CHECK_FALSE(counter.desk->receiveTogether(std::vector<Json>(Desk::kTogetherMax + 1, counter.draft())));
    DraftRow row;
    row.procedure = "x";
    row.body = counter.draft();
    const auto id = counter.desk->saveDraft(row);
    REQUIRE(id);
    CHECK(counter.desk->receiveTogether({counter.draft(), counter.draft()}, *id));
    CHECK_FALSE(counter.desk->receiveTogether({counter.draft(), counter.draft()}, *id));
    CHECK(dossiers(counter) == 2);
    CHECK(counter.desk->receiveTogether(std::vector<Json>(Desk::kTogetherMax, counter.draft())));
}
