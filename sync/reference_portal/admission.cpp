// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/admission.h"

#include "core/base/check.h"

#include <algorithm>
#include <cmath>

namespace motcua::portal {

namespace {

constexpr double kSecond = 1'000'000;
/// A request whose body has not come after this time comes over a slow line, and is no work as yet.
constexpr std::int64_t kOnTheWayMax = 300'000;
/// Of what the workers can do, so much is promised to those who come back; the rest is for newcomers.
constexpr double kPromisedShare = 0.75;
constexpr std::int64_t kRetryAfterMax = 600;
constexpr double kWeightOfNew = 0.1;

} // namespace

std::int64_t Admission::backlog(std::int64_t now)
{
    while (!m_onTheWay.empty() && m_onTheWay.front()->enteredAt + kOnTheWayMax < now) {
        arrived(*m_onTheWay.front());
    }
    return static_cast<std::int64_t>(expectedCost() / m_limits.workers);
}

/// By what is known now, not by what was guessed when they came in.
double Admission::expectedCost() const
{
    double sum = 0;
    for (std::size_t load = 0; load < kLoads; ++load) {
        sum += m_expected[load] * m_costs[load];
    }
    return sum;
}

/// The first ones count for more than the guess did.
void Admission::learn(Load load, std::int64_t micros)
{
    const auto i = static_cast<std::size_t>(load);
    const double weight = std::max(kWeightOfNew, 1.0 / (2 + m_learned[i]++));
    m_costs[i] += weight * (static_cast<double>(micros) - m_costs[i]);
}

/// It is counted as on the way no longer.
void Admission::arrived(Ticket& ticket)
{
    if (ticket.isOnTheWay) {
        ticket.isOnTheWay = false;
        m_onTheWay.erase(ticket.place);
        --expected(ticket.load);
    }
}

std::optional<std::int64_t> Admission::enter(Ticket& ticket, const std::string& unit, Load load,
                                             std::int64_t now)
{
    forgetPromises(now);
    Lane& lane = m_lanes.try_emplace(unit, Lane{unit, 0, 0, {}, {}}).first->second;
    const std::int64_t before = backlog(now);
    const bool isPromised = !lane.promises.empty() && lane.promises.front().from <= now;
    const bool isFirst = lane.inside == 0 || isPromised;
    const bool hasRoom = m_inside < m_limits.insideMax && lane.inside < m_limits.insideOfLaneMax;
    if (!hasRoom || before > (isFirst ? 2 : 1) * m_limits.patience) {
        ++m_refused;
        return refuse(lane, load, now);
    }
    if (isPromised) {
        lane.promises.pop_front();
    }
    const auto place = m_onTheWay.insert(m_onTheWay.end(), &ticket);
    ticket = {&lane, load, now, 0, 0, 0, true, false, place, costOf(load), ticket.owner};
    ++expected(load);
    ++lane.inside;
    ++m_inside;
    m_lightInside += load == Load::Light ? 1 : 0;
    return std::nullopt;
}

/// The place behind all that is inside, and behind as many of each other lane as of one's own.
std::int64_t Admission::refuse(Lane& lane, Load load, std::int64_t now)
{
    const std::size_t own = lane.promises.size();
    std::size_t before = own;
    for (const auto& [unit, other] : m_lanes) {
        before += &other == &lane ? 0 : std::min(other.promises.size(), own + 1);
    }
    const double work = expectedCost() + static_cast<double>(before + 1) * costOf(load) / kPromisedShare;
    const auto seconds = static_cast<std::int64_t>(std::ceil(work / m_limits.workers / kSecond));
    const std::int64_t bounded = std::clamp<std::int64_t>(seconds, 1, kRetryAfterMax);
    // A counter waits up to a fifth longer than it was asked to.
    const std::int64_t from = now + bounded * 1'000'000;
    lane.promises.push_back({from, from + bounded * 200'000 + 2'000'000});
    return bounded;
}

void Admission::forgetPromises(std::int64_t now)
{
    if (now < m_forgetAt) {
        return;
    }
    m_forgetAt = now + 1'000'000;
    for (auto each = m_lanes.begin(); each != m_lanes.end();) {
        Lane& lane = (each++)->second;
        while (!lane.promises.empty() && lane.promises.front().until < now) {
            lane.promises.pop_front();
        }
        forgetLane(lane);
    }
}

void Admission::forgetLane(Lane& lane)
{
    if (lane.inside == 0 && lane.promises.empty()) {
        const std::string unit = lane.unit; // erase() must not read the key of what it erases
        m_lanes.erase(unit);
    }
}

void Admission::leave(Ticket& ticket)
{
    arrived(ticket);
    if (ticket.worked > 0) {
        learn(ticket.load, ticket.worked / std::max(1, ticket.turns)); // each turn is expected anew
    }
    m_lightInside -= ticket.load == Load::Light ? 1 : 0;
    --m_inside;
    --ticket.lane->inside;
    forgetLane(*ticket.lane);
}

void Admission::wait(Ticket& ticket, bool isShort, std::int64_t now)
{
    ticket.isShort = isShort;
    ticket.waitsSince = now;
    if (isShort) {
        m_short.push_back(&ticket);
        return;
    }
    arrived(ticket);
    ++expected(ticket.load);
    ticket.place = m_waiting.insert(m_waiting.end(), &ticket);
    Lane& lane = *ticket.lane;
    if (lane.waiting.empty()) {
        lane.served = std::max(lane.served, m_served);
    }
    lane.waiting.push_back(&ticket);
}

std::int64_t Admission::giveUp(Ticket& ticket, std::int64_t now)
{
    auto& queue = ticket.isShort ? m_short : ticket.lane->waiting;
    queue.erase(std::find(queue.begin(), queue.end(), &ticket));
    if (!ticket.isShort) {
        m_waiting.erase(ticket.place);
        --expected(ticket.load);
    }
    ++m_refused;
    return refuse(*ticket.lane, ticket.load, now);
}

Admission::Ticket* Admission::next(std::int64_t now)
{
    Ticket* ticket = nullptr;
    if (m_working >= m_limits.workers) {
        return nullptr;
    }
    if (!m_short.empty()) {
        ticket = m_short.front();
        m_short.pop_front();
    } else {
        ticket = nextWaiting(now);
    }
    m_working += ticket == nullptr ? 0 : 1;
    return ticket;
}

/// Of the lane that has had least, unless somebody has waited too long.
Admission::Ticket* Admission::nextWaiting(std::int64_t now)
{
    Lane* least = nullptr;
    for (auto& [unit, lane] : m_lanes) {
        if (!lane.waiting.empty() && (least == nullptr || lane.served < least->served)) {
            least = &lane;
        }
    }
    if (least == nullptr) {
        return nullptr;
    }
    m_served = least->served;
    if (m_waiting.front()->waitsSince + m_limits.patience / 2 < now) {
        least = m_waiting.front()->lane;
    }
    Ticket* ticket = least->waiting.front(); // of one lane the oldest is the first
    least->waiting.pop_front();
    m_waiting.erase(ticket->place);
    least->served += ticket->cost;
    return ticket;
}

void Admission::done(Ticket& ticket, std::int64_t micros)
{
    require(m_working > 0, "who comes back has worked");
    --m_working;
    ticket.worked += micros;
    if (!ticket.isShort) {
        ++ticket.turns;
        --expected(ticket.load);
        ticket.lane->served += static_cast<double>(micros) - ticket.cost; // what it really was
    }
}

} // namespace motcua::portal
