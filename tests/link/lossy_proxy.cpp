// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/link/lossy_proxy.h"

#include "core/base/check.h"
#include "core/base/random.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <optional>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

namespace motcua {

namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr std::size_t kSegment = 1'200;
constexpr std::size_t kUnderWayMost = 4;
constexpr int kLossesToBreak = 4;
constexpr int kPollMs = 20;
constexpr int kEndingMs = 10'000;
/// So little is kept by the system that the sender feels the line's pace.
constexpr int kSocketBuffer = 4'096;

Clock::duration real(double seconds, double scale)
{
    return std::chrono::duration_cast<Clock::duration>(Seconds(seconds / scale));
}

void keepLittle(int socket)
{
    const int bytes = kSocketBuffer;
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

} // namespace

/// Both sockets of one connection; whoever breaks it breaks both at once.
struct LossyProxy::Joint
{
    int client;
    int target;
    std::atomic<int>& endings; ///< breaks that the portal has not dealt with yet
    std::atomic<bool> isBroken{false};

    void breakOff()
    {
        if (!isBroken.exchange(true)) {
            ++endings;
            const linger atOnce{1, 0}; // a reset, not an orderly end
            ::setsockopt(client, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
            ::shutdown(client, SHUT_RDWR);
            ::shutdown(target, SHUT_WR);
        }
    }
    /// Returns when the portal has closed its end too.
    void letPortalEnd() const
    {
        std::string rest(kSegment, '\0');
        pollfd waiting{target, POLLIN, 0};
        while (::poll(&waiting, 1, kEndingMs) > 0 && ::recv(target, rest.data(), rest.size(), 0) > 0) {
        }
    }
};

/// One direction. Reads on its own thread, hands on by another, in order and not before its time.
class LossyProxy::Way
{
public:
    Way(LossyProxy& proxy, Joint& joint, bool isUp, std::uint64_t seed)
        : m_proxy(proxy), m_joint(joint), m_isUp(isUp), m_from(isUp ? joint.client : joint.target),
          m_to(isUp ? joint.target : joint.client), m_counted(isUp ? proxy.m_up : proxy.m_down),
          m_random(seed), m_writer([this] { write(); }), m_reader([this] { read(); })
    {}
    Way(const Way&) = delete;
    Way& operator=(const Way&) = delete;
    ~Way()
    {
        m_reader.join();
        m_writer.join();
    }

private:
    struct Segment
    {
        std::string bytes;
        Clock::time_point arrives;
        bool isLost = false; ///< for good: the connection breaks when it would have arrived
    };

    void read()
    {
        std::string bytes(kSegment, '\0');
        while (!m_joint.isBroken && !m_proxy.m_isLeaving) {
            pollfd waiting{m_from, POLLIN, 0};
            if (::poll(&waiting, 1, kPollMs) == 0 || !hasRoom()) {
                continue;
            }
            const ssize_t got = ::recv(m_from, bytes.data(), bytes.size(), 0);
            if (got <= 0) {
                break;
            }
            depart(bytes.substr(0, static_cast<std::size_t>(got)));
        }
        const std::lock_guard lock(m_mutex);
        m_isEnded = true;
        m_changed.notify_all();
    }

    bool hasRoom()
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::milliseconds(kPollMs), [this] {
            const auto now = Clock::now();
            std::erase_if(m_underWay, [&](Clock::time_point acknowledged) { return acknowledged <= now; });
            return m_underWay.size() < kUnderWayMost;
        });
    }

    void depart(std::string bytes)
    {
        const LineShape& shape = m_proxy.m_shape;
        const double takes = static_cast<double>(bytes.size() + 40) * 8 / shape.bitsPerSecond;
        int losses = 0;
        double resends = 0;
        for (double pause = 1.5 * shape.roundTripSeconds; m_random.unit() < shape.loss; pause *= 2) {
            resends += pause;
            if (++losses == kLossesToBreak) {
                break;
            }
        }
        if (m_isUp) {
            m_proxy.m_left += static_cast<std::int64_t>(bytes.size());
        }
        const std::lock_guard lock(m_mutex);
        m_free = std::max(m_free, Clock::now()) + real(takes * (1 + losses), shape.scale);
        const auto arrives =
            std::max(m_last, m_free + real(resends + shape.roundTripSeconds / 2, shape.scale));
        m_last = arrives;
        m_underWay.push_back(arrives + real(shape.roundTripSeconds / 2, shape.scale));
        m_segments.push_back({std::move(bytes), arrives, losses == kLossesToBreak});
        m_changed.notify_all();
    }

    void write()
    {
        while (const auto segment = next()) {
            if (segment->isLost) {
                ++m_proxy.m_breaks;
                m_joint.breakOff();
                return;
            }
            std::string_view left = segment->bytes;
            while (!left.empty()) {
                const ssize_t sent = ::send(m_to, left.data(), left.size(), MSG_NOSIGNAL);
                if (sent <= 0) {
                    m_joint.breakOff();
                    return;
                }
                left.remove_prefix(static_cast<std::size_t>(sent));
            }
            m_counted += static_cast<std::int64_t>(segment->bytes.size());
        }
        ::shutdown(m_to, SHUT_WR);
    }

    /// Waits until the next one has arrived. Nothing: no more will come.
    std::optional<Segment> next()
    {
        std::unique_lock lock(m_mutex);
        for (;;) {
            if (m_joint.isBroken || m_proxy.m_isLeaving || (m_segments.empty() && m_isEnded)) {
                return std::nullopt;
            }
            if (!m_segments.empty() && m_segments.front().arrives <= Clock::now()) {
                Segment segment = std::move(m_segments.front());
                m_segments.pop_front();
                m_changed.notify_all();
                return segment;
            }
            const auto until = Clock::now() + std::chrono::milliseconds(kPollMs);
            m_changed.wait_until(lock,
                                 m_segments.empty() ? until : std::min(until, m_segments.front().arrives));
        }
    }

    LossyProxy& m_proxy;
    Joint& m_joint;
    bool m_isUp;
    int m_from;
    int m_to;
    std::atomic<std::int64_t>& m_counted;
    SeededRandom m_random;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Segment> m_segments;
    std::deque<Clock::time_point> m_underWay; ///< when the sender hears that each arrived
    Clock::time_point m_free{};
    Clock::time_point m_last{};
    bool m_isEnded = false;
    std::thread m_writer;
    std::thread m_reader;
};

LossyProxy::LossyProxy(int targetPort, const LineShape& shape) : m_shape(shape), m_targetPort(targetPort)
{
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    keepLittle(m_listener); // what it accepts inherits it
    const bool isReady = ::bind(m_listener, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
                         ::listen(m_listener, 16) == 0 &&
                         ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &length) == 0;
    require(isReady, "a proxy listens on loopback");
    m_port = ntohs(address.sin_port);
    m_acceptor = std::thread([this] { accept(); });
}

LossyProxy::~LossyProxy()
{
    m_isLeaving = true;
    m_acceptor.join();
    for (auto& carrier : m_carriers) {
        carrier.join();
    }
    ::close(m_listener);
}

void LossyProxy::accept()
{
    while (!m_isLeaving) {
        pollfd waiting{m_listener, POLLIN, 0};
        if (::poll(&waiting, 1, kPollMs) <= 0) {
            continue;
        }
        const int client = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (client >= 0) {
            m_carriers.emplace_back([this, client] { carry(client); });
        }
    }
}

void LossyProxy::carry(int client)
{
    const auto number = static_cast<std::uint64_t>(++m_connections);
    // Over the true line some seconds lie between a break and the first word on the next connection, and the
    // portal has dealt with the break by then; where they pass faster we wait for it.
    for (int open = m_endings; open != 0; open = m_endings) {
        m_endings.wait(open);
    }
    Joint joint{client, ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), m_endings};
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(m_targetPort));
    keepLittle(joint.target);
    if (::connect(joint.target, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
        // A connection is made over the line as well: one round trip before the first byte goes.
        std::this_thread::sleep_for(real(m_shape.roundTripSeconds, m_shape.scale));
        const Way up(*this, joint, true, m_shape.seed * 1'000 + number * 2);
        const Way down(*this, joint, false, m_shape.seed * 1'000 + number * 2 + 1);
    }
    if (joint.isBroken) {
        joint.letPortalEnd();
        --m_endings;
        m_endings.notify_all();
    }
    ::close(joint.client);
    ::close(joint.target);
}

} // namespace motcua
