// SPDX-License-Identifier: GPL-3.0-or-later
// What is remembered of the portal, by the network and by a stick at the same time.
#include "tests/support/small_counter.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

PortalBinding bound()
{
    PortalBinding binding;
    binding.url = "https://portal.example.vn";
    binding.token = "token-1";
    binding.portalEpoch = "e1";
    binding.cursor = "c1";
    binding.keys = Json::array({{{"kid", "k1"}, {"x", "old"}}, {{"kid", "k2"}, {"x", "two"}}});
    return binding;
}

} // namespace

TEST_CASE("new keys of the portal touch neither the token, the epoch nor the cursor")
{
    SmallCounter counter;
    REQUIRE(counter.portal->bind(bound()));
    PortalBinding later = bound(); // while the stick was read, the network brought these
    later.token = "token-2";
    later.portalEpoch = "e2";
    later.cursor = "c9";
    REQUIRE(counter.portal->bind(later));

    const auto keys = counter.portal->learnKeys(Json::array({{{"kid", "k3"}, {"x", "three"}}}), {});

    REQUIRE(keys);
    CHECK(keys->size() == 3);
    const auto now = *counter.portal->binding();
    REQUIRE(now);
    CHECK(now->token == "token-2");
    CHECK(now->portalEpoch == "e2");
    CHECK(now->cursor == "c9");
    CHECK(now->keys == *keys);
}

TEST_CASE("the portal's newest word on a key counts, and keys that it does not list any more stay")
{
    SmallCounter counter;
    REQUIRE(counter.portal->bind(bound()));

    const auto keys = counter.portal->learnKeys(Json::array({{{"kid", "k1"}, {"x", "new"}}}), "token-2");

    REQUIRE(keys);
    REQUIRE(keys->size() == 2);
    CHECK((*keys)[0]["x"] == "new");
    CHECK((*keys)[1]["kid"] == "k2");
    CHECK((*counter.portal->binding())->token == "token-2");
    CHECK(*counter.portal->learnKeys(Json::array(), {}) == *keys);
}
