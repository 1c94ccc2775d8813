// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/engine/transport.h"
#include "tests/support/world_portal.h"
#include "tests/support/world_trace.h"

#include <functional>
#include <string>
#include <vector>

namespace motcua {

/// How likely each misfortune is for one call, in percent. What is left over is a good day.
struct Weather
{
    int loseAnswer = 0;  ///< done at the portal, nothing comes back
    int cutAnswer = 0;   ///< done, half of the answer comes back
    int reset = 0;       ///< the request never arrives
    int tear = 0;        ///< a request with a body breaks off somewhere within it
    int ghost = 0;       ///< given up by the counter, arrives much later
    int twice = 0;       ///< a proxy sends it twice
    int echo = 0;        ///< done, and the same request arrives again much later
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
    WorldNetwork(WorldPortal& portal, SeededRandom& random, WorldTrace& trace)
        : m_portal(portal), m_random(random), m_trace(trace)
    {}

    Reply exchange(const Request& request) override;
    /// What was given up long ago arrives, in any order; nobody waits for the answers. All of it, or what its
    /// time has come for.
    void deliverGhosts();
    void deliverDueGhosts();

    Weather weather;
    bool isDown = false;
    std::int64_t calls = 0;
    std::int64_t deliveries = 0;                 ///< that reached the portal
    std::string_view fate = "";                  ///< of the last call, in a word
    std::function<void(const Request&)> departs; ///< looks at each call as it leaves

private:
    struct Ghost
    {
        Request request;
        Millis due{0}; ///< by the portal's monotonic clock
    };
    [[nodiscard]] bool happens(int percent);
    [[nodiscard]] Reply travel(const Request& request);
    [[nodiscard]] Reply delivered(const Request& request);
    [[nodiscard]] Reply handled(const Request& request);
    [[nodiscard]] Reply torn(const Request& request);
    [[nodiscard]] Reply spoiled(Reply reply);
    [[nodiscard]] Reply broken(Failure failure, std::string_view word);
    void keepGhost(const Request& request);
    void arrive(const Request& ghost);

    WorldPortal& m_portal;
    SeededRandom& m_random;
    WorldTrace& m_trace;
    int m_dice = 0;
    std::vector<Ghost> m_ghosts;
};

} // namespace motcua
