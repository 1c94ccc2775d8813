// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <map>
#include <optional>
#include <string>

namespace motcua::portal {

/// What a request will cost is guessed from others of its kind.
enum class Load
{
    Light, ///< hello, status, a dossier, where a file stands
    Push,
    Pull,
    File,
};
inline constexpr std::size_t kLoads = 4;

/// Who is let in, whose turn it is, and when the others shall come again. Each unit has a lane, and of the
/// lanes that wait the one that has had least goes first, so no unit crowds out another.
///
/// Whoever is let in finds at most twice `patience` of work before him, as far as guesses go, and after half
/// of it those who came later are no longer before him, whatever their lanes. Whoever is not is told so
/// before anything was read or looked up for him, with a number of seconds after which there will be room:
/// what is there, and what was told to come back before him, by the rate at which it is done. Those who were
/// told to come back are counted lane by lane, too: a unit with ten counters does not come before one with
/// two.
///
/// Pure: time comes in, in microseconds of a monotonic clock. For one thread at a time.
class Admission
{
public:
    struct Limits
    {
        int workers = 1;                 ///< that work at one time
        std::int64_t patience = 400'000; ///< work that a newcomer may find before him
        int insideMax = 900;             ///< let in at one time; each holds a thread
        int insideOfLaneMax = 24;        ///< the same of one unit: ten counters, twice
    };
    explicit Admission(const Limits& limits) : m_limits(limits) {}

    struct Lane;
    /// One request; stays where it is from enter() to leave().
    struct Ticket
    {
        Lane* lane = nullptr;
        Load load = Load::Light;
        std::int64_t enteredAt = 0;
        std::int64_t worked = 0; ///< by a worker, all turns together
        int turns = 0;           ///< of these the fair ones; who waits for changes has one a second
        std::int64_t waitsSince = 0;
        bool isOnTheWay = false;            ///< counted as work that comes at once
        bool isShort = false;               ///< the turn it waits for or has
        std::list<Ticket*>::iterator place; ///< on the way, or among those that wait for a fair turn
        double cost = 0;                    ///< as it was guessed at the door
        void* owner = nullptr;              ///< whose ticket it is
    };
    /// At the door. Nothing: the ticket is in, and must leave; else the seconds after which to come again.
    [[nodiscard]] std::optional<std::int64_t> enter(Ticket& ticket, const std::string& unit, Load load,
                                                    std::int64_t now);
    void leave(Ticket& ticket);

    /// Waits for a worker. `isShort`: before all others, for looking up who asks.
    void wait(Ticket& ticket, bool isShort, std::int64_t now);
    /// It has waited too long for a turn that it does not have: the guesses were wrong. The seconds after
    /// which to come again; it still must leave.
    [[nodiscard]] std::int64_t giveUp(Ticket& ticket, std::int64_t now);
    /// Whose turn it is: a worker is taken and comes back with done(). Nothing: nobody waits, or all work.
    [[nodiscard]] Ticket* next(std::int64_t now);
    void done(Ticket& ticket, std::int64_t micros);

    /// Connections with a request that nobody has looked at yet.
    void setOutside(int count) { m_outside = count; }
    /// Who has come to greet or to ask, as far as one can tell, and was not heard yet; but for the one who
    /// asks.
    [[nodiscard]] int atTheDoor() const { return std::max(0, m_outside + m_lightInside - 1); }

    /// The work, in microseconds, that a newcomer would find before him.
    [[nodiscard]] std::int64_t backlog(std::int64_t now);
    [[nodiscard]] std::int64_t refused() const { return m_refused; }

    struct Lane
    {
        std::string unit;
        int inside = 0;
        double served = 0; ///< what it has had; a lane that was away begins with those that wait
        std::deque<Ticket*> waiting;
        struct Promise
        {
            std::int64_t from;  ///< when the one who was refused comes back
            std::int64_t until; ///< or does not come any more
        };
        std::deque<Promise> promises;
    };

private:
    [[nodiscard]] double costOf(Load load) const { return m_costs[static_cast<std::size_t>(load)]; }
    [[nodiscard]] int& expected(Load load) { return m_expected[static_cast<std::size_t>(load)]; }
    [[nodiscard]] double expectedCost() const;
    void learn(Load load, std::int64_t micros);
    [[nodiscard]] Ticket* nextWaiting(std::int64_t now);
    [[nodiscard]] std::int64_t refuse(Lane& lane, Load load, std::int64_t now);
    void arrived(Ticket& ticket);
    void forgetPromises(std::int64_t now);
    void forgetLane(Lane& lane);

    Limits m_limits;
    std::map<std::string, Lane> m_lanes; ///< only those with somebody inside or promised
    std::array<double, kLoads> m_costs{1'000, 20'000, 10'000, 10'000}; ///< microseconds; guesses at first
    std::array<int, kLoads> m_learned{};                               ///< from how many the costs are known
    std::array<int, kLoads> m_expected{};                              ///< on the way, waiting and at work
    std::list<Ticket*> m_onTheWay;                                     ///< oldest first
    std::list<Ticket*> m_waiting;                                      ///< for a fair turn, oldest first
    std::deque<Ticket*> m_short;
    double m_served = 0; ///< of the lane whose turn was last
    int m_working = 0;
    int m_inside = 0;
    int m_lightInside = 0;
    int m_outside = 0;
    std::int64_t m_forgetAt = 0;
    std::int64_t m_refused = 0;
};

} // namespace motcua::portal
