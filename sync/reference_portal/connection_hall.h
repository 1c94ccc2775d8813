// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/reference_portal/connection_stream.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

namespace motcua::portal {

/// Where connections wait between two requests. A thousand counters that keep their connection cost a thread
/// nothing until one of them has something to say: then a thread takes the connection, serves one request and
/// brings it back. Threads are made as they are needed, up to a bound, and kept.
class ConnectionHall
{
public:
    static constexpr std::chrono::seconds kIdleMax{30};
    struct Limits
    {
        std::size_t connectionsMax = 4096;
        std::size_t threadsMax = 1000; ///< more than Admission lets in, so that some can say no
        std::chrono::milliseconds idleMax = kIdleMax; ///< a quarter of it when the hall is half full
        std::chrono::milliseconds silentMax{10'000};  ///< of a connection that has not said anything yet
    };
    /// Serves one request on a connection that has bytes. False: the connection is of no more use.
    using Serve = std::function<bool(ConnectionStream& stream)>;

    /// `noteWaiting` is told how many connections have a request that nobody has looked at.
    ConnectionHall(Serve serve, std::function<void(int)> noteWaiting, const Limits& limits,
                   const Clock& clock);
    ConnectionHall(const ConnectionHall&) = delete;
    ConnectionHall& operator=(const ConnectionHall&) = delete;
    ~ConnectionHall();

    /// Takes an accepted connection. False: the hall is full, and the stream was not taken.
    [[nodiscard]] bool add(std::unique_ptr<ConnectionStream>& stream);
    /// Ends the idle connections and those that wait, and returns when the others have been answered.
    void stop();

private:
    struct Guest
    {
        std::unique_ptr<ConnectionStream> stream;
        Millis idleUntil{0};
        std::list<socket_t>::iterator place; ///< among the idle, while it is
        bool isIdle = true;
    };

    void watch();
    void work();
    void makeReady(socket_t socket);
    void addThread();
    void settle(socket_t socket, bool isGood);
    void sendAwayTheIdle();

    Serve m_serve;
    std::function<void(int)> m_noteWaiting;
    Limits m_limits;
    const Clock& m_clock;
    int m_poll;
    int m_wake;
    std::mutex m_mutex;
    std::condition_variable m_hasWork;
    std::unordered_map<socket_t, Guest> m_guests;
    std::list<socket_t> m_idle;
    Millis m_lookAgainAt{0}; ///< for those who are silent for too long
    std::deque<socket_t> m_ready;
    std::size_t m_free = 0; ///< threads that wait for work
    std::vector<std::thread> m_threads;
    bool m_isStopping = false;
    std::thread m_watching;
};

} // namespace motcua::portal
