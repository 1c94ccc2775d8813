// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/connection_hall.h"

#include "core/base/check.h"

#include <array>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>

namespace motcua::portal {

namespace {

constexpr int kLookEveryMillis = 500;

/// One event, then silence until it is armed again: a connection is never in two hands.
bool arm(int poll, int operation, int descriptor)
{
    epoll_event event{};
    event.events = EPOLLIN | EPOLLRDHUP | EPOLLONESHOT;
    event.data.fd = descriptor;
    return epoll_ctl(poll, operation, descriptor, &event) == 0;
}

} // namespace

ConnectionHall::ConnectionHall(Serve serve, std::function<void(int)> noteWaiting, const Limits& limits,
                               const Clock& clock)
    : m_serve(std::move(serve)), m_noteWaiting(std::move(noteWaiting)), m_limits(limits), m_clock(clock),
      m_poll(epoll_create1(EPOLL_CLOEXEC)), m_wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    require(m_poll >= 0 && m_wake >= 0 && arm(m_poll, EPOLL_CTL_ADD, m_wake), "the hall has a door");
    m_watching = std::thread([this] { watch(); });
}

ConnectionHall::~ConnectionHall()
{
    stop();
    ::close(m_wake);
    ::close(m_poll);
}

bool ConnectionHall::add(std::unique_ptr<ConnectionStream>& stream)
{
    const std::lock_guard lock(m_mutex);
    if (m_isStopping || m_guests.size() >= m_limits.connectionsMax) {
        return false;
    }
    const socket_t socket = stream->socket();
    m_idle.push_back(socket);
    Guest& guest = m_guests[socket];
    guest = {std::move(stream), m_clock.monotonic() + m_limits.silentMax, std::prev(m_idle.end()), true};
    if (!arm(m_poll, EPOLL_CTL_ADD, socket)) {
        m_idle.pop_back();
        m_guests.erase(socket);
    }
    return true;
}

void ConnectionHall::watch()
{
    std::array<epoll_event, 256> events{};
    for (;;) {
        const int count = epoll_wait(m_poll, events.data(), events.size(), kLookEveryMillis);
        const std::lock_guard lock(m_mutex);
        if (m_isStopping) {
            return;
        }
        for (int i = 0; i < count; ++i) {
            makeReady(events.at(static_cast<std::size_t>(i)).data.fd);
        }
        m_noteWaiting(static_cast<int>(m_ready.size()));
        sendAwayTheIdle();
    }
}

void ConnectionHall::makeReady(socket_t socket)
{
    const auto found = m_guests.find(socket);
    if (found == m_guests.end() || !found->second.isIdle) {
        return;
    }
    m_idle.erase(found->second.place);
    found->second.isIdle = false;
    m_ready.push_back(socket);
    if (m_ready.size() > m_free && m_threads.size() < m_limits.threadsMax) {
        addThread();
    }
    m_hasWork.notify_one();
}

void ConnectionHall::addThread()
{
    try {
        m_threads.emplace_back([this] { work(); });
    } catch (const std::system_error&) {
        // The system gives no more; those that there are will come to it.
        require(!m_threads.empty(), "the system gives one thread");
    }
}

void ConnectionHall::sendAwayTheIdle()
{
    const Millis now = m_clock.monotonic();
    if (now < m_lookAgainAt) {
        return;
    }
    m_lookAgainAt = now + Millis{kLookEveryMillis};
    for (auto each = m_idle.begin(); each != m_idle.end();) {
        const socket_t socket = *each++;
        const auto found = m_guests.find(socket);
        if (found->second.idleUntil > now) {
            continue;
        }
        if (found->second.stream->waitForBytes(std::chrono::milliseconds{0})) {
            makeReady(socket); // it has just spoken
            continue;
        }
        m_idle.erase(found->second.place);
        found->second.stream->abandon();
        m_guests.erase(found); // which takes the descriptor out of the poll set
    }
}

void ConnectionHall::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        ++m_free;
        m_hasWork.wait(lock, [this] { return !m_ready.empty() || m_isStopping; });
        --m_free;
        if (m_isStopping) {
            return;
        }
        const socket_t socket = m_ready.front();
        m_ready.pop_front();
        m_noteWaiting(static_cast<int>(m_ready.size())); // who is served is not waiting, not even for himself
        ConnectionStream& stream = *m_guests.at(socket).stream; // ours alone until it is idle again
        lock.unlock();
        bool isGood = m_serve(stream);
        while (isGood && stream.hasBuffered()) {
            isGood = m_serve(stream);
        }
        if (!isGood) {
            stream.close();
        }
        lock.lock();
        settle(socket, isGood);
    }
}

/// The connection is idle again, or gone.
void ConnectionHall::settle(socket_t socket, bool isGood)
{
    if (!isGood || m_isStopping) {
        m_guests.erase(socket);
        return;
    }
    const bool isCrowded = m_guests.size() > m_limits.connectionsMax / 2;
    Guest& guest = m_guests.at(socket);
    guest.idleUntil = m_clock.monotonic() + m_limits.idleMax / (isCrowded ? 4 : 1);
    m_idle.push_back(socket);
    guest.place = std::prev(m_idle.end());
    guest.isIdle = true;
    if (!arm(m_poll, EPOLL_CTL_MOD, socket)) {
        m_idle.pop_back();
        m_guests.erase(socket);
    }
}

void ConnectionHall::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_isStopping) {
            return;
        }
        m_isStopping = true;
        for (const socket_t socket : m_idle) {
            m_guests.erase(socket);
        }
        for (const socket_t socket : m_ready) {
            m_guests.erase(socket);
        }
        m_idle.clear();
        m_ready.clear();
    }
    const std::uint64_t one = 1;
    require(::write(m_wake, &one, sizeof one) == sizeof one, "the watcher is told");
    m_hasWork.notify_all();
    m_watching.join();
    for (std::thread& thread : m_threads) {
        thread.join();
    }
}

} // namespace motcua::portal
