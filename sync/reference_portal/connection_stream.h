// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <chrono>
#include <cstdint>
#include <httplib.h>
#include <memory>
#include <openssl/ssl.h>
#include <string>

namespace motcua::portal {

/// How the connection ends when something is to go wrong on purpose.
enum class ConnectionFate
{
    Good,
    DropAnswer,  ///< nothing of the answer goes out, then the connection ends
    ResetAnswer, ///< the same with a reset
    CutAnswer,   ///< the first half goes out, then the connection ends
};

/// One accepted connection, plain or TLS, as cpp-httplib wants to read and write it. Ours instead of the
/// library's own for three reasons: requests are read and written in few system calls, the body stays as
/// it was sent (see HttpServer), and faults can be made on the wire.
class ConnectionStream final : public httplib::Stream
{
public:
    /// Takes the socket over. `tls`: none for plain HTTP. `clock` must outlive it.
    ConnectionStream(socket_t socket, SSL_CTX* tls, const Clock& clock);
    ConnectionStream(const ConnectionStream&) = delete;
    ConnectionStream& operator=(const ConnectionStream&) = delete;
    ~ConnectionStream() override;

    /// From now on all reading and writing together may take so long; beyond it the connection is of no use.
    /// And no more than so many bytes are given to the library, which bounds neither a line nor their number.
    void allow(std::chrono::milliseconds time, std::uint64_t bytes = 0)
    {
        m_until = m_clock.monotonic() + time;
        m_bytesLeft = bytes;
    }
    /// The same bytes anew, within the time that runs already.
    void allowBytes(std::uint64_t bytes) { m_bytesLeft = bytes; }
    /// The TLS handshake; at once true without TLS, and when it is done already.
    [[nodiscard]] bool accept();
    /// Whether bytes have come that nobody has read, as far as that is known without waiting.
    [[nodiscard]] bool hasBuffered() const;
    [[nodiscard]] std::size_t bufferedCount() const { return m_in.size() - m_inAt; }
    /// Waits for the first byte of a request.
    [[nodiscard]] bool waitForBytes(std::chrono::milliseconds time);
    /// Sends what was written, as the fate says. False: the connection is of no more use.
    [[nodiscard]] bool finishAnswer();
    /// Nothing more is read than what has arrived. From any thread.
    void endReading() const;
    /// Says good-bye to somebody who was silent; the descriptor goes with the object.
    void abandon();
    /// Ends the connection so that the last answer is not lost to bytes still under way to us.
    void close();

    ConnectionFate fate = ConnectionFate::Good;
    bool closesAfterAnswer = false;
    std::shared_ptr<void> held; ///< let go when the answer has been sent

    [[nodiscard]] bool is_readable() const override;
    [[nodiscard]] bool is_writable() const override;
    ssize_t read(char* to, size_t size) override;
    ssize_t write(const char* from, size_t size) override;
    void get_remote_ip_and_port(std::string& ip, int& port) const override;
    void get_local_ip_and_port(std::string& ip, int& port) const override;
    [[nodiscard]] socket_t socket() const override { return m_socket; }

private:
    [[nodiscard]] bool waitFor(short events, std::chrono::milliseconds time) const;
    [[nodiscard]] ssize_t receive(char* to, std::size_t size);
    [[nodiscard]] bool sendAll(std::string_view bytes);
    [[nodiscard]] bool mayTryAgain(int sslResult) const;
    [[nodiscard]] bool isInTime() const { return m_clock.monotonic() < m_until; }

    struct FreeTls
    {
        void operator()(SSL* tls) const { SSL_free(tls); }
    };
    const Clock& m_clock;
    socket_t m_socket;
    std::unique_ptr<SSL, FreeTls> m_tls;
    Millis m_until = Millis::max(); ///< monotonic
    std::uint64_t m_bytesLeft = 0;  ///< that the library may still read; what is read ahead does not count
    std::string m_in;               ///< read ahead
    std::size_t m_inAt = 0;
    std::string m_out;
};

} // namespace motcua::portal
