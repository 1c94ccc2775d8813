// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/portal/http_world.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace motcua::test {

/// A connection on which bytes are sent as one likes.
class RawLine
{
public:
    explicit RawLine(const HttpWorld& world)
    {
        const std::string url = world.server->url();
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1))));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        m_socket = ::socket(AF_INET, SOCK_STREAM, 0);
        const timeval patience{10, 0};
        ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        REQUIRE(::connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    }
    RawLine(const RawLine&) = delete;
    RawLine& operator=(const RawLine&) = delete;
    ~RawLine() { ::close(m_socket); }

    void say(const std::string& bytes) const
    {
        REQUIRE(::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
                static_cast<ssize_t>(bytes.size()));
    }
    /// Says the same again until it is not taken any more, and at most so many bytes; how many were taken.
    [[nodiscard]] std::size_t pour(const std::string& piece, std::size_t bytesMost) const
    {
        const timeval patience{10, 0};
        ::setsockopt(m_socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        std::size_t taken = 0;
        while (taken < bytesMost) {
            const ssize_t sent = ::send(m_socket, piece.data(), piece.size(), MSG_NOSIGNAL);
            if (sent <= 0) {
                break;
            }
            taken += static_cast<std::size_t>(sent);
        }
        return taken;
    }
    /// What comes until the end of an answer's head.
    [[nodiscard]] std::string head() const
    {
        std::string text;
        char byte = 0;
        while (text.find("\r\n\r\n") == std::string::npos && ::recv(m_socket, &byte, 1, 0) == 1) {
            text += byte;
        }
        return text;
    }
    [[nodiscard]] bool hasAnswer() const
    {
        char byte = 0;
        return ::recv(m_socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0;
    }
    [[nodiscard]] std::string one() const
    {
        char byte = 0;
        return ::recv(m_socket, &byte, 1, 0) == 1 ? std::string(1, byte) : std::string();
    }
    [[nodiscard]] std::string all() const
    {
        std::string text;
        char buffer[4096];
        for (ssize_t got = 0; (got = ::recv(m_socket, buffer, sizeof buffer, 0)) > 0;) {
            text.append(buffer, static_cast<std::size_t>(got));
        }
        return text;
    }

private:
    int m_socket = -1;
};

} // namespace motcua::test
