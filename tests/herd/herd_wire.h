// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/engine/transport.h"

#include <optional>
#include <string>

namespace motcua::herd {

/// One counter's connection: HTTP/1.1 over a socket that never blocks, kept open between requests, so that
/// one thread can play a thousand counters. Plain HTTP on loopback: what TLS costs is not in the figures.
class HerdWire
{
public:
    explicit HerdWire(int port) : m_port(port) {}
    HerdWire(const HerdWire&) = delete;
    HerdWire& operator=(const HerdWire&) = delete;
    ~HerdWire() { close(); }

    /// Begins a request, connecting when necessary. One at a time.
    void send(const Request& request);
    /// The descriptor to watch; -1 when there is none.
    [[nodiscard]] int descriptor() const { return m_socket; }
    [[nodiscard]] bool wantsToWrite() const { return m_sent < m_out.size(); }
    /// Goes on as far as it can. The reply, once it is whole or cannot come any more.
    [[nodiscard]] std::optional<Reply> goOn();
    void close();

private:
    [[nodiscard]] bool writeOut();
    [[nodiscard]] std::optional<Reply> readIn();
    [[nodiscard]] std::optional<Reply> whole();
    [[nodiscard]] Reply broken();

    int m_port;
    int m_socket = -1;
    std::string m_out;
    std::size_t m_sent = 0;
    std::string m_in;
};

} // namespace motcua::herd
