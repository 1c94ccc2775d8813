// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/herd/herd_wire.h"

#include "core/base/check.h"
#include "sync/protocol/gzip.h"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace motcua::herd {

namespace {

constexpr std::size_t kAnswerMax = std::size_t{8} << 20;

std::string textOf(const Request& request)
{
    std::string text =
        request.method + " " + request.path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n";
    for (const auto& [name, value] : request.headers) {
        text += name + ": " + value + "\r\n";
    }
    if (!request.body.empty()) {
        text += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
    }
    return text + "\r\n" + request.body;
}

Headers headersIn(std::string_view head)
{
    Headers headers;
    for (auto line = head.find("\r\n"); line != std::string_view::npos;) {
        const auto end = std::min(head.find("\r\n", line + 2), head.size());
        const std::string_view text = head.substr(line + 2, end - line - 2);
        const auto colon = text.find(':');
        if (colon != std::string_view::npos) {
            const auto value = text.substr(std::min(text.find_first_not_of(' ', colon + 1), text.size()));
            headers.emplace_back(text.substr(0, colon), value);
        }
        line = end == head.size() ? std::string_view::npos : end;
    }
    return headers;
}

} // namespace

void HerdWire::send(const Request& request)
{
    m_out = textOf(request);
    m_sent = 0;
    m_in.clear();
    char byte = 0;
    if (m_socket >= 0 && ::recv(m_socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0) {
        close(); // the portal ended it meanwhile
    }
    if (m_socket >= 0) {
        return;
    }
    m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    require(m_socket >= 0, "the system gives a socket");
    const int yes = 1;
    ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(m_port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    static_cast<void>(::connect(m_socket, reinterpret_cast<sockaddr*>(&address), sizeof address));
}

std::optional<Reply> HerdWire::goOn()
{
    if (!writeOut()) {
        // The portal may have said no before it had read all, and then its answer is there.
        auto early = readIn();
        return early ? early : std::optional(broken());
    }
    return readIn();
}

bool HerdWire::writeOut()
{
    while (m_sent < m_out.size()) {
        const ssize_t sent = ::send(m_socket, m_out.data() + m_sent, m_out.size() - m_sent, MSG_NOSIGNAL);
        if (sent < 0) {
            return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR || errno == ENOTCONN;
        }
        m_sent += static_cast<std::size_t>(sent);
    }
    return true;
}

std::optional<Reply> HerdWire::readIn()
{
    std::array<char, 65536> bytes;
    for (;;) {
        const ssize_t got = ::recv(m_socket, bytes.data(), bytes.size(), 0);
        if (got > 0) {
            m_in.append(bytes.data(), static_cast<std::size_t>(got));
            continue;
        }
        const bool isOpen =
            got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR || errno == ENOTCONN);
        auto reply = whole();
        return reply || isOpen ? std::move(reply) : std::optional(broken());
    }
}

std::optional<Reply> HerdWire::whole()
{
    const auto end = m_in.find("\r\n\r\n");
    if (end == std::string::npos) {
        return std::nullopt;
    }
    Reply reply;
    const std::string_view head = std::string_view(m_in).substr(0, end);
    reply.status = head.size() > 12 ? std::atoi(std::string(head.substr(9, 3)).c_str()) : 0;
    reply.headers = headersIn(head);
    const auto length = headerOf(reply.headers, "Content-Length");
    const std::size_t size = length ? std::strtoul(std::string(*length).c_str(), nullptr, 10) : 0;
    if (m_in.size() < end + 4 + size) {
        return std::nullopt;
    }
    reply.body = m_in.substr(end + 4, size);
    if (headerOf(reply.headers, "Content-Encoding").value_or("") == "gzip") {
        auto plain = gunzip(reply.body, kAnswerMax);
        reply.failure = plain ? Failure::None : Failure::Unreadable;
        reply.body = plain ? std::move(*plain) : std::string();
    }
    if (headerOf(reply.headers, "Connection").value_or("") == "close") {
        close();
    }
    return reply;
}

Reply HerdWire::broken()
{
    close();
    return {Failure::Reset, 0, {}, {}, "the connection ended"};
}

void HerdWire::close()
{
    if (m_socket >= 0) {
        ::close(m_socket);
        m_socket = -1;
    }
}

} // namespace motcua::herd
