// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identity/key_slots.h"
#include "core/identity/role.h"

#include <catch2/catch.hpp>

using namespace motcua;

TEST_CASE("each person opens the same key with their own password, nobody else does")
{
    KeySlots slots("install", KeyCost::Quick);
    const Secret key = KeySlots::makeDataKey();
    REQUIRE(slots.put("lan", Secret("một"), key));
    REQUIRE(slots.put("minh", Secret("hai"), key));

    const auto stored = KeySlots::fromText(slots.toText());

    REQUIRE(stored);
    CHECK(stored->open("lan", Secret("một"))->bytes() == key.bytes());
    CHECK(stored->open("minh", Secret("hai"))->bytes() == key.bytes());
    CHECK(stored->open("lan", Secret("hai")).error().kind == ErrorKind::WrongKey);
    CHECK(stored->open("ai đó", Secret("một")).error().kind == ErrorKind::WrongKey);
    CHECK(slots.toText().find(std::string(key.bytes())) == std::string::npos);
}

TEST_CASE("a new password replaces the old one, a removed account opens nothing")
{
    KeySlots slots("install", KeyCost::Quick);
    const Secret key = KeySlots::makeDataKey();
    REQUIRE(slots.put("lan", Secret("cũ"), key));
    REQUIRE(slots.put("lan", Secret("mới"), key));
    CHECK_FALSE(slots.open("lan", Secret("cũ")));
    CHECK(slots.open("lan", Secret("mới")));
    slots.remove("lan");
    CHECK_FALSE(slots.holds("lan"));
    CHECK_FALSE(slots.open("lan", Secret("mới")));
}

TEST_CASE("an account too many is refused and locks out nobody")
{
    KeySlots slots("install", KeyCost::Quick);
    const Secret key = KeySlots::makeDataKey();
    for (int i = 0; i < 200; ++i) {
        REQUIRE(slots.put("user" + std::to_string(i), Secret("một"), key));
    }

    const auto refused = slots.put("one too many", Secret("hai"), key);

    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::Refused);
    CHECK_FALSE(slots.holds("one too many"));
    REQUIRE(slots.put("user7", Secret("mới"), key)); // a new password is no new account
    const auto stored = KeySlots::fromText(slots.toText());
    REQUIRE(stored);
    CHECK(stored->open("user7", Secret("mới")));
    slots.remove("user7");
    CHECK(slots.put("another", Secret("hai"), key));
}

TEST_CASE("a slot moved to another account or install does not open")
{
    KeySlots slots("install", KeyCost::Quick);
    REQUIRE(slots.put("lan", Secret("một"), KeySlots::makeDataKey()));
    std::string text = slots.toText();
    text.replace(text.find("\"lan\""), 5, "\"max\"");
    CHECK_FALSE(KeySlots::fromText(text)->open("max", Secret("một")));
    text = slots.toText();
    text.replace(text.find("\"install\":\"install\""), 19, "\"install\":\"another\"");
    CHECK_FALSE(KeySlots::fromText(text)->open("lan", Secret("một")));
}

TEST_CASE("a broken, forged or newer file of keys is refused")
{
    KeySlots slots("install", KeyCost::Quick);
    REQUIRE(slots.put("lan", Secret("một"), KeySlots::makeDataKey()));
    const std::string good = slots.toText();
    CHECK(KeySlots::fromText("").error().kind == ErrorKind::Damaged);
    CHECK(KeySlots::fromText("{}").error().kind == ErrorKind::Damaged);
    std::string newer = good;
    newer.replace(newer.find("\"version\":1"), 11, "\"version\":2");
    CHECK(KeySlots::fromText(newer).error().kind == ErrorKind::Newer);
    std::string costly = good;
    costly.replace(costly.find("\"passes\":1"), 10, "\"passes\":9999999");
    CHECK(KeySlots::fromText(costly).error().kind == ErrorKind::Damaged);
}

TEST_CASE("roles may do what the table says")
{
    CHECK(mayDo(Role::Official, Act::Receive));
    CHECK_FALSE(mayDo(Role::Supervisor, Act::Receive));
    CHECK_FALSE(mayDo(Role::Official, Act::ManageAccounts));
    CHECK(mayDo(Role::Supervisor, Act::Report));
    for (const auto role : {Role::Official, Role::Specialist, Role::Leader, Role::Supervisor, Role::Admin}) {
        CHECK(parseRole(roleName(role)) == role);
    }
    CHECK_FALSE(parseRole("chief"));
}
