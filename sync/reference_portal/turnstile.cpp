// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/turnstile.h"

#include <algorithm>
#include <thread>

namespace motcua::portal {

namespace {

/// Whoever is let in expects less; so nobody has an answer later than a second after he came in.
constexpr std::chrono::milliseconds kWaitMost{900};
constexpr Millis kCensusEvery = std::chrono::minutes{1};

/// Workers beyond the processors wait for each other.
int batchesAtOnce(std::size_t portals)
{
    return static_cast<int>(
        std::min<std::size_t>(portals, std::max(1U, std::thread::hardware_concurrency())));
}

} // namespace

Turnstile::Turnstile(std::vector<Portal> portals, const Clock& clock)
    : m_clock(clock), m_portals(std::move(portals)),
      m_admission(Admission::Limits{.workers = static_cast<int>(m_portals.size())}),
      m_spread(batchesAtOnce(m_portals.size()))
{
    for (Portal& portal : m_portals) {
        m_free.push_back(&portal);
    }
    if (const auto census = m_portals.front().keys().census()) {
        setCensus(*census); // as of now; the first who greets has it taken anew
    }
}

Turnstile::Pass::~Pass()
{
    if (m_isInside) {
        const std::lock_guard lock(m_turnstile.m_mutex);
        m_turnstile.m_admission.leave(m_ticket);
    }
}

std::optional<std::int64_t> Turnstile::Pass::enter(const std::string& unit, Load load)
{
    const std::lock_guard lock(m_turnstile.m_mutex);
    const auto refused =
        m_turnstile.m_admission.enter(m_ticket, unit, load, m_turnstile.m_clock.monotonicMicros());
    m_isInside = !refused;
    return refused;
}

Turnstile::Lease Turnstile::take(Pass& pass, Turn turn)
{
    std::unique_lock lock(m_mutex);
    m_admission.wait(pass.m_ticket, turn == Turn::Short, m_clock.monotonicMicros());
    callNext();
    if (!pass.m_called.wait_for(lock, kWaitMost, [&pass] { return pass.m_given != nullptr; })) {
        return {*this, pass, m_admission.giveUp(pass.m_ticket, m_clock.monotonicMicros())};
    }
    Portal& portal = *std::exchange(pass.m_given, nullptr);
    return {*this, pass, portal, m_clock.monotonicMicros()};
}

void Turnstile::giveBack(Pass& pass, Portal& portal, std::int64_t since)
{
    const std::lock_guard lock(m_mutex);
    m_admission.done(pass.m_ticket, m_clock.monotonicMicros() - since);
    m_free.push_back(&portal);
    callNext();
}

/// Hands each free portal to whoever's turn it is.
void Turnstile::callNext()
{
    while (Admission::Ticket* ticket = m_admission.next(m_clock.monotonicMicros())) {
        Pass& called = *static_cast<Pass*>(ticket->owner);
        called.m_given = m_free.back();
        m_free.pop_back();
        called.m_called.notify_one();
    }
}

std::int64_t Turnstile::announce(const std::string& install, std::int64_t operations)
{
    const std::lock_guard lock(m_mutex);
    return m_spread.announce(install, operations, m_admission.atTheDoor(), m_clock.monotonicMicros());
}

void Turnstile::judged(const std::string& install, std::size_t operations, std::int64_t micros)
{
    const std::lock_guard lock(m_mutex);
    m_spread.judged(install, operations, micros);
}

void Turnstile::setOutside(int count)
{
    const std::lock_guard lock(m_mutex);
    m_admission.setOutside(count);
}

bool Turnstile::isCensusDue()
{
    const std::lock_guard lock(m_mutex);
    const Millis now = m_clock.monotonic();
    if (m_censusAt && now < *m_censusAt + kCensusEvery) {
        return false;
    }
    m_censusAt = now;
    return true;
}

/// Of those who come here as large a part as ours is of all portals.
void Turnstile::setCensus(const KeyStore::Census& census)
{
    const auto own = static_cast<double>(m_portals.size());
    const double part = std::min(1.0, own / static_cast<double>(census.portals));
    const std::lock_guard lock(m_mutex);
    m_spread.setEnrolled(static_cast<double>(census.counters) * part);
}

} // namespace motcua::portal
