// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/engine/transport.h"
#include "tests/support/world_portal.h"

#include <string>
#include <vector>

namespace motcua {

/// How likely each misfortune is for one call, in percent. What is left over is a good day.
struct Weather
{
    int loseAnswer = 0;  ///< done at the portal, nothing comes back
    int cutAnswer = 0;   ///< done, half of the answer comes back
    int reset = 0;       ///< the request never arrives
    int ghost = 0;       ///< given up by the counter, arrives much later
    int twice = 0;       ///< a proxy sends it twice
    int busy = 0;        ///< 503 with problem+json and Retry-After
    int bare503 = 0;     ///< 503 of a box in between
    int error500 = 0;    ///< done, then 500
    int captive = 0;     ///< 200 with a login page
    int redirect = 0;    ///< 302
    int forged = 0;      ///< done, but the receipts' signatures are wrong
    int portalDies = 0;  ///< the portal is killed, before or after it was done
    int counterDies = 0; ///< the counter is killed while it waits
};

/// A bad day of the issue's own figures: 10 % of answers lost, 10 % of connections reset, and the rest.
inline constexpr Weather kStorm{.loseAnswer = 10,
                                .cutAnswer = 2,
                                .reset = 10,
                                .ghost = 3,
                                .twice = 2,
                                .busy = 3,
                                .bare503 = 2,
                                .error500 = 2,
                                .captive = 2,
                                .redirect = 1,
                                .forged = 1,
                                .portalDies = 1,
                                .counterDies = 1};

/// Thrown out of a call to say that this counter's program is no more. Test code only; caught by World.
struct CounterDied
{};

/// The way between one counter and the portal.
class WorldNetwork final : public Transport
{
public:
    WorldNetwork(WorldPortal& portal, SeededRandom& random) : m_portal(portal), m_random(random) {}

    Reply exchange(const Request& request) override;
    /// What was given up long ago arrives now, in any order; nobody waits for the answers.
    void deliverGhosts();

    Weather weather;
    bool isDown = false;
    std::int64_t calls = 0;

private:
    [[nodiscard]] bool happens(int percent);
    [[nodiscard]] Reply delivered(const Request& request);
    [[nodiscard]] Reply spoiled(Reply reply);

    WorldPortal& m_portal;
    SeededRandom& m_random;
    int m_dice = 0;
    std::vector<Request> m_ghosts;
};

} // namespace motcua
