// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens that say whose they are, and threads that wait for a portal.
#include "sync/reference_portal/token_seal.h"
#include "sync/reference_portal/turnstile.h"
#include "tests/portal/portal_world.h"

#include <atomic>
#include <thread>

using namespace motcua;
using namespace motcua::test;

TEST_CASE("a token says whose it is, and cannot be made up")
{
    const auto seal = portal::TokenSeal::fromKey(std::string(32, 'k'));
    REQUIRE(seal);
    const portal::TokenClaim claim{"H26.131", std::string(32, 'a'), 7};
    const std::string token = seal->seal(claim);
    CHECK(seal->open(token) == claim);
    CHECK(token == seal->seal(claim)); // the same enrolment, the same answer
    CHECK(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/") ==
          std::string::npos); // RFC 6750, 2.1

    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string other = token;
        other[i] = other[i] == 'x' ? 'y' : 'x';
        CHECK_FALSE(seal->open(other));
    }
    CHECK_FALSE(seal->open(token.substr(0, token.size() - 1)));
    CHECK_FALSE(seal->open(""));
    CHECK_FALSE(seal->open("~~~"));
    CHECK_FALSE(portal::TokenSeal::fromKey(std::string(32, 'x'))->open(token));
    CHECK(portal::TokenSeal::fromKey("short").error().kind == ErrorKind::Damaged);
}

TEST_CASE("the token that a counter gets is its unit's")
{
    PortalWorld world;
    const TestCounter counter(world, 'a');
    const auto seal = world.portal().keys().tokenSeal();
    REQUIRE(seal);
    CHECK(seal->open(counter.enrolment.token) == portal::TokenClaim{"H26.131", counter.install, 1});
}

TEST_CASE("each portal has one thread at a time, and every thread gets its turn")
{
    const TestStore store;
    SystemClock clock;
    SystemRandom random;
    constexpr std::size_t kPortals = 3;
    std::vector<portal::Portal> portals;
    for (std::size_t i = 0; i < kPortals; ++i) {
        auto opened = store.open(clock, random);
        REQUIRE(opened);
        portals.push_back(std::move(*opened));
    }
    portal::Turnstile turnstile(std::move(portals), clock);
    std::mutex mutex;
    std::map<portal::Portal*, int> users;
    std::atomic<int> most = 0;
    std::atomic<int> turns = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 12; ++i) {
        threads.emplace_back([&, i] {
            for (int k = 0; k < 50; ++k) {
                portal::Turnstile::Pass pass(turnstile);
                if (pass.enter("H26." + std::to_string(i % 4), portal::Load::Light)) {
                    continue;
                }
                const auto lease = turnstile.take(pass);
                if (!lease) {
                    continue;
                }
                {
                    const std::lock_guard lock(mutex);
                    most = std::max(most.load(), ++users[&*lease]);
                }
                ++turns;
                const std::lock_guard lock(mutex);
                --users[&*lease];
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    CHECK(most == 1);
    CHECK(users.size() <= kPortals);
    CHECK(turns == 600);
}

namespace {

portal::Turnstile turnstileOf(PortalWorld& world, std::size_t portals, SystemRandom& random)
{
    std::vector<portal::Portal> opened;
    for (std::size_t i = 0; i < portals; ++i) {
        auto one = world.store.open(world.clock, random);
        REQUIRE(one);
        opened.push_back(std::move(*one));
    }
    return portal::Turnstile(std::move(opened), world.clock);
}

} // namespace

TEST_CASE("the census counts the counters that may come and the portals of all processes")
{
    PortalWorld world;
    const TestCounter first(world, 'a');
    const TestCounter second(world, 'b');
    REQUIRE(world.portal().keys().revoke(second.install));
    auto other = world.store.open(world.clock, world.random);
    REQUIRE(other);

    const auto census = world.portal().keys().census();

    REQUIRE(census);
    CHECK(census->counters == 1);
    CHECK(census->portals == (usesPostgres() ? 2 : 1)); // an embedded store has one process before it
}

TEST_CASE("the census is due at once and then once a minute, and one is asked for it")
{
    PortalWorld world;
    SystemRandom random;
    portal::Turnstile turnstile(turnstileOf(world, 2, random));
    CHECK(turnstile.isCensusDue());
    CHECK_FALSE(turnstile.isCensusDue());
    world.clock.advance(std::chrono::seconds{59});
    CHECK_FALSE(turnstile.isCensusDue());
    world.clock.advance(std::chrono::seconds{1});
    CHECK(turnstile.isCensusDue());
    CHECK_FALSE(turnstile.isCensusDue());
}

TEST_CASE("of all counters as many are expected here as this process has of all portals")
{
    PortalWorld world;
    SystemRandom random;
    portal::Turnstile turnstile(turnstileOf(world, 2, random));
    const auto lastOfTwenty = [&](const portal::KeyStore::Census& census) {
        turnstile.setCensus(census);
        std::int64_t last = 0;
        for (int i = 0; i < 20; ++i) {
            last = turnstile.announce("counter-" + std::to_string(i), 40);
        }
        return last;
    };
    const std::int64_t quarter = lastOfTwenty({1000, 8});
    const std::int64_t all = lastOfTwenty({1000, 2});
    CHECK(quarter >= 3);
    CHECK(all > 2 * quarter);
}
