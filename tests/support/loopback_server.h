// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/check.h"

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace motcua {

/// A server of bytes on this machine: reads one whole HTTP/1.1 request, then lets the test write anything to
/// the socket. Lives on the test's thread; the client's own event loop turns it.
class LoopbackServer
{
public:
    using Behaviour = std::function<void(QTcpSocket&, const std::string& request)>;

    explicit LoopbackServer(Behaviour behaviour) : m_behaviour(std::move(behaviour))
    {
        require(m_server.listen(QHostAddress::LocalHost), "a port on loopback is free");
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] { accept(); });
    }

    [[nodiscard]] std::string url() const
    {
        return "http://127.0.0.1:" + std::to_string(m_server.serverPort());
    }
    [[nodiscard]] std::uint16_t port() const { return m_server.serverPort(); }
    void close() { m_server.close(); }

    [[nodiscard]] static std::string http(int status, const std::string& headers, const std::string& body)
    {
        return "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Length: " + std::to_string(body.size()) +
               "\r\n" + headers + "\r\n" + body;
    }
    static void write(QTcpSocket& socket, const std::string& bytes)
    {
        socket.write(bytes.data(), static_cast<qint64>(bytes.size()));
        socket.flush();
    }

    std::vector<std::string> requests;

private:
    void accept()
    {
        while (QTcpSocket* socket = m_server.nextPendingConnection()) {
            auto seen = std::make_shared<std::string>();
            QObject::connect(socket, &QTcpSocket::readyRead, socket,
                             [this, socket, seen] { read(*socket, *seen); });
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    }
    void read(QTcpSocket& socket, std::string& seen)
    {
        seen += socket.readAll().toStdString();
        const auto end = seen.find("\r\n\r\n");
        if (end == std::string::npos || seen.size() < end + 4 + bodySize(seen)) {
            return;
        }
        requests.push_back(std::exchange(seen, {}));
        m_behaviour(socket, requests.back());
    }
    static std::size_t bodySize(const std::string& head)
    {
        for (const char* name : {"Content-Length: ", "content-length: "}) {
            if (const auto found = head.find(name); found != std::string::npos) {
                return std::stoul(head.substr(found + 16));
            }
        }
        return 0;
    }

    Behaviour m_behaviour;
    QTcpServer m_server;
};

} // namespace motcua
