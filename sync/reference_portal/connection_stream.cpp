// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/connection_stream.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace motcua::portal {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kIoTimeout = seconds{20};
constexpr milliseconds kLingerTime = seconds{1};
constexpr milliseconds kLingerMost = seconds{3};
constexpr std::size_t kReadAhead = 64 << 10;
constexpr std::size_t kLingerBytesMax = std::size_t{4} << 20;

void address(socket_t socket, bool isRemote, std::string& ip, int& port)
{
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    auto* any = reinterpret_cast<sockaddr*>(&storage);
    const int result = isRemote ? getpeername(socket, any, &length) : getsockname(socket, any, &length);
    char text[INET6_ADDRSTRLEN] = "";
    if (result == 0 && storage.ss_family == AF_INET) {
        const auto* v4 = reinterpret_cast<const sockaddr_in*>(&storage);
        inet_ntop(AF_INET, &v4->sin_addr, text, sizeof text);
        port = ntohs(v4->sin_port);
    } else if (result == 0 && storage.ss_family == AF_INET6) {
        const auto* v6 = reinterpret_cast<const sockaddr_in6*>(&storage);
        inet_ntop(AF_INET6, &v6->sin6_addr, text, sizeof text);
        port = ntohs(v6->sin6_port);
    }
    ip = text;
}

} // namespace

ConnectionStream::ConnectionStream(socket_t socket, SSL_CTX* tls, const Clock& clock)
    : m_clock(clock), m_socket(socket), m_tls(tls == nullptr ? nullptr : SSL_new(tls))
{
    const int yes = 1;
    setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    fcntl(m_socket, F_SETFL, fcntl(m_socket, F_GETFL, 0) | O_NONBLOCK);
    if (m_tls) {
        SSL_set_fd(m_tls.get(), m_socket);
    }
}

ConnectionStream::~ConnectionStream()
{
    m_tls.reset();
    ::close(m_socket);
}

bool ConnectionStream::waitFor(short events, milliseconds time) const
{
    pollfd descriptor{m_socket, events, 0};
    const milliseconds left = m_until - m_clock.monotonic();
    int result = 0;
    do {
        result = poll(&descriptor, 1, static_cast<int>(std::clamp(left, milliseconds{0}, time).count()));
    } while (result < 0 && errno == EINTR);
    return result > 0;
}

/// After a call of OpenSSL on a socket that does not block: waits for what it asks for.
bool ConnectionStream::mayTryAgain(int sslResult) const
{
    switch (SSL_get_error(m_tls.get(), sslResult)) {
    case SSL_ERROR_WANT_READ:
        return waitFor(POLLIN, kIoTimeout);
    case SSL_ERROR_WANT_WRITE:
        return waitFor(POLLOUT, kIoTimeout);
    default:
        ERR_clear_error();
        return false;
    }
}

bool ConnectionStream::accept()
{
    if (!m_tls || SSL_is_init_finished(m_tls.get()) == 1) {
        return true;
    }
    int result = SSL_accept(m_tls.get());
    while (result != 1 && mayTryAgain(result) && isInTime()) {
        result = SSL_accept(m_tls.get());
    }
    return result == 1;
}

bool ConnectionStream::hasBuffered() const
{
    return m_inAt < m_in.size() || (m_tls && SSL_pending(m_tls.get()) > 0);
}

bool ConnectionStream::waitForBytes(milliseconds time)
{
    return hasBuffered() || waitFor(POLLIN, time);
}

void ConnectionStream::endReading() const
{
    shutdown(m_socket, SHUT_RD); // what the system has already is still given out
}

void ConnectionStream::abandon()
{
    if (m_tls && SSL_is_init_finished(m_tls.get()) == 1) {
        SSL_shutdown(m_tls.get()); // the socket does not block
    }
}

/// The clock is looked at before each piece: whose bytes never cease never lets us wait, and waiting alone
/// would not end it.
ssize_t ConnectionStream::receive(char* to, std::size_t size)
{
    const std::size_t wanted = std::min(size, kReadAhead);
    while (isInTime()) {
        if (m_tls) {
            const int got = SSL_read(m_tls.get(), to, static_cast<int>(wanted));
            if (got > 0 || !mayTryAgain(got)) {
                return std::max(got, 0);
            }
            continue;
        }
        const ssize_t got = recv(m_socket, to, wanted, 0);
        const bool isInterrupted = got < 0 && errno == EINTR;
        const bool isEmpty = got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
        if (!isInterrupted && !(isEmpty && waitFor(POLLIN, kIoTimeout))) {
            return got;
        }
    }
    return -1;
}

ssize_t ConnectionStream::read(char* to, size_t size)
{
    if (m_bytesLeft == 0) {
        return -1;
    }
    if (m_inAt == m_in.size()) {
        m_in.resize(kReadAhead);
        m_inAt = 0;
        const ssize_t got = receive(m_in.data(), m_in.size());
        // A client that sends a body in two pieces and leaves Nagle's algorithm on (Qt does both) would wait
        // 40 ms for a delayed acknowledgement. The option holds for the moment only, so it is set each time.
        const int yes = 1;
        setsockopt(m_socket, IPPROTO_TCP, TCP_QUICKACK, &yes, sizeof yes);
        m_in.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
        if (got <= 0) {
            return got;
        }
    }
    const std::size_t wanted = static_cast<std::size_t>(std::min<std::uint64_t>(size, m_bytesLeft));
    const std::size_t count = std::min(wanted, m_in.size() - m_inAt);
    std::memcpy(to, m_in.data() + m_inAt, count);
    m_inAt += count;
    m_bytesLeft -= count;
    return static_cast<ssize_t>(count);
}

/// Answers are kept until finishAnswer(), so that one goes out in one piece.
ssize_t ConnectionStream::write(const char* from, size_t size)
{
    // "100 Continue" has to go out at once; it is the only thing written before the answer.
    const std::string_view text(from, size);
    if (m_out.empty() && text.starts_with("HTTP/1.1 100")) {
        return sendAll(text) ? static_cast<ssize_t>(size) : -1;
    }
    m_out.append(from, size);
    return static_cast<ssize_t>(size);
}

bool ConnectionStream::sendAll(std::string_view bytes)
{
    while (!bytes.empty()) {
        ssize_t sent = 0;
        if (m_tls) {
            const int size = static_cast<int>(std::min(bytes.size(), kReadAhead));
            const int result = SSL_write(m_tls.get(), bytes.data(), size);
            if (result <= 0 && !mayTryAgain(result)) {
                return false;
            }
            sent = std::max(result, 0);
        } else {
            sent = send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            const bool isFull =
                sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) && waitFor(POLLOUT, kIoTimeout);
            if (sent < 0 && errno != EINTR && !isFull) {
                return false;
            }
            sent = std::max<ssize_t>(sent, 0);
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool ConnectionStream::finishAnswer()
{
    std::string_view answer = m_out;
    if (fate == ConnectionFate::CutAnswer) {
        answer = answer.substr(0, answer.size() / 2);
    } else if (fate != ConnectionFate::Good) {
        answer = {};
    }
    const bool isSent = sendAll(answer);
    m_out.clear();
    if (m_out.capacity() > kReadAhead) {
        std::string().swap(
            m_out); // clear() keeps what the largest answer needed for as long as the connection
    }
    held.reset();
    return isSent && fate == ConnectionFate::Good && !closesAfterAnswer;
}

void ConnectionStream::close()
{
    if (fate == ConnectionFate::ResetAnswer) {
        const linger now{1, 0};
        setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        return;
    }
    if (m_tls && fate == ConnectionFate::Good) {
        SSL_shutdown(m_tls.get());
    }
    shutdown(m_socket, SHUT_WR);
    allow(kLingerMost);
    // What is still under way to us would turn into a reset, and a reset takes the answer with it.
    std::string rest(kReadAhead, '\0');
    std::size_t total = 0;
    while (total < kLingerBytesMax && waitFor(POLLIN, kLingerTime)) {
        const ssize_t got = recv(m_socket, rest.data(), rest.size(), 0);
        if (got <= 0) {
            break;
        }
        total += static_cast<std::size_t>(got);
    }
}

bool ConnectionStream::is_readable() const
{
    return m_inAt < m_in.size() || waitFor(POLLIN, kIoTimeout);
}

bool ConnectionStream::is_writable() const
{
    return true; // into memory
}

void ConnectionStream::get_remote_ip_and_port(std::string& ip, int& port) const
{
    address(m_socket, true, ip, port);
}

void ConnectionStream::get_local_ip_and_port(std::string& ip, int& port) const
{
    address(m_socket, false, ip, port);
}

} // namespace motcua::portal
