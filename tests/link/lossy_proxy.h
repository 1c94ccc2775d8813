// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <list>
#include <mutex>
#include <thread>

namespace motcua {

/// A bad line, in real units.
struct LineShape
{
    double bitsPerSecond = 8'000;
    double roundTripSeconds = 3;
    double loss = 0.3; ///< of segments, each way
    double scale = 1;  ///< so many seconds of the line pass in one of ours
    std::uint64_t seed = 1;
};

/// A proxy on loopback that carries each connection as TCP would over such a line, each way by itself:
///
/// - segments of 1,200 bytes leave one after the other at the line's rate, at most four under way;
/// - each is lost with the given chance, and sent again after 1.5 round trips, then after twice that, and so
///   on; what was sent again takes the line's time again; what comes behind it waits, since order is kept;
/// - one that is lost four times in a row (67 s at a round trip of 3 s) breaks the connection both ways at
///   once, as the patience of a router or an end does: what arrived before counts, what was under way is
///   gone. The counter is reset; the portal sees an end, and until it has dealt with it no other connection
///   begins.
///
/// Everything random comes from the seed and the number of the connection. What is counted is what really
/// crossed, without what was sent again.
class LossyProxy
{
public:
    LossyProxy(int targetPort, const LineShape& shape);
    LossyProxy(const LossyProxy&) = delete;
    LossyProxy& operator=(const LossyProxy&) = delete;
    ~LossyProxy();

    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] std::int64_t bytesUp() const { return m_up; }
    /// What the sender gave the line, arrived or not.
    [[nodiscard]] std::int64_t bytesLeft() const { return m_left; }
    [[nodiscard]] std::int64_t bytesDown() const { return m_down; }
    [[nodiscard]] int breaks() const { return m_breaks; }

private:
    struct Joint;
    class Way;
    void accept();
    void carry(int client);

    LineShape m_shape;
    int m_targetPort;
    int m_listener = -1;
    int m_port = 0;
    std::atomic<bool> m_isLeaving{false};
    std::atomic<std::int64_t> m_up{0};
    std::atomic<std::int64_t> m_down{0};
    std::atomic<std::int64_t> m_left{0};
    std::atomic<int> m_connections{0};
    std::atomic<int> m_breaks{0};
    std::atomic<int> m_endings{0};
    std::mutex m_mutex;
    std::list<std::thread> m_carriers;
    std::thread m_acceptor;
};

} // namespace motcua
