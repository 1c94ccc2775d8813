// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/desk_support.h"
#include "core/desk/three_way.h"

#include <catch2/catch.hpp>

using namespace motcua;

TEST_CASE("a three-way merge keeps what only we changed and asks where both did")
{
    const Json base{{"applicant", {{"name", "A"}, {"phone", "1"}}}, {"form", {{"x", "1"}, {"y", "1"}}}};
    Json theirs = base;
    theirs["form"]["x"] = "2";

    CHECK(mergeChange(base, {{"/applicant/phone", "9"}}, theirs).set == Json({{"/applicant/phone", "9"}}));
    CHECK(mergeChange(base, {{"/form/x", "2"}}, theirs).set.empty());
    CHECK(mergeChange(base, {{"/form/x", "2"}}, theirs).conflicts.empty());
    const Merge both = mergeChange(base, {{"/form/x", "3"}, {"/form/y", "3"}}, theirs);
    CHECK(both.set == Json({{"/form/y", "3"}}));
    REQUIRE(both.conflicts.size() == 1);
    CHECK(both.conflicts.front().pointer == "/form/x");
    CHECK(both.conflicts.front().base == "1");
    CHECK(both.conflicts.front().ours == "3");
    CHECK(both.conflicts.front().theirs == "2");
}

TEST_CASE("a field whose parent the portal removed is a conflict, never lost")
{
    const Json base{{"form", {{"child", {{"name", "A"}}}}}};
    const Json theirs{{"form", Json::object()}};
    const Merge merge = mergeChange(base, {{"/form/child/name", "B"}}, theirs);
    CHECK(merge.set.empty());
    REQUIRE(merge.conflicts.size() == 1);
    CHECK(merge.conflicts.front().theirs.is_null());
}

TEST_CASE("the portal's own fields stand, and identity and money need a reason")
{
    const Json base{{"officialCode", nullptr}};
    const Json theirs{{"officialCode", "X"}};
    CHECK(mergeChange(base, {{"/officialCode", "Y"}}, theirs).conflicts.empty());
    CHECK(fieldClass("/applicant/name") == FieldClass::Identity);
    CHECK(fieldClass("/form/mother/birth/text") == FieldClass::Identity);
    CHECK(fieldClass("/applicant/phone") == FieldClass::Contact);
    CHECK(fieldClass("/fees/0/amount") == FieldClass::Money);
    CHECK(fieldClass("/dueAt") == FieldClass::Workflow);
    CHECK(fieldClass("/form/purpose") == FieldClass::Form);
}

TEST_CASE("a move is sent again, done, or a person's")
{
    CHECK(mergeMove("received", "processing", "received") == MoveMerge::SendAgain);
    CHECK(mergeMove("received", "processing", "processing") == MoveMerge::Done);
    CHECK(mergeMove("finished", "returned", "withdrawn") == MoveMerge::Conflict);
    CHECK(mergeMove("received", "finished", "processing") == MoveMerge::Conflict);
}
