// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/faulty_way.h"

#include "core/base/check.h"

#include <QPointer>
#include <QSslKey>
#include <QTimer>
#include <sys/socket.h>

namespace motcua::faults {

namespace {

std::size_t bodySize(const std::string& head)
{
    for (const char* name : {"Content-Length: ", "content-length: "}) {
        if (const auto found = head.find(name); found != std::string::npos) {
            return std::stoul(head.substr(found + 16));
        }
    }
    return 0;
}

Request requestIn(const std::string& raw)
{
    Request request;
    const auto space = raw.find(' ');
    request.method = raw.substr(0, space);
    request.path = raw.substr(space + 1, raw.find(' ', space + 1) - space - 1);
    const auto end = raw.find("\r\n\r\n");
    std::size_t line = raw.find("\r\n") + 2;
    while (line < end) {
        const auto lineEnd = raw.find("\r\n", line);
        const auto colon = raw.find(": ", line);
        request.headers.emplace_back(raw.substr(line, colon - line),
                                     raw.substr(colon + 2, lineEnd - colon - 2));
        line = lineEnd + 2;
    }
    request.body = raw.substr(end + 4);
    return request;
}

} // namespace

Turn::Turn(QTcpSocket& socket, std::string raw, const Portal& portal)
    : request(requestIn(raw)), m_socket(socket), m_portal(portal)
{}

std::string Turn::httpOf(const Reply& reply)
{
    std::string text = "HTTP/1.1 " + std::to_string(reply.status) +
                       " X\r\nContent-Length: " + std::to_string(reply.body.size()) + "\r\n";
    for (const auto& [name, value] : reply.headers) {
        text += name + ": " + value + "\r\n";
    }
    return text + "\r\n" + reply.body;
}

void Turn::say(const std::string& bytes)
{
    m_socket.write(bytes.data(), static_cast<qint64>(bytes.size()));
    m_socket.flush();
}

void Turn::drip(std::string bytes)
{
    auto* clock = new QTimer(&m_socket);
    auto rest = std::make_shared<std::string>(std::move(bytes));
    QObject::connect(clock, &QTimer::timeout, &m_socket, [socket = &m_socket, rest] {
        socket->write(rest->data(), rest->empty() ? 0 : 1);
        socket->flush();
        rest->erase(0, 1);
    });
    clock->start(20);
}

void Turn::close()
{
    m_socket.disconnectFromHost();
}

void Turn::reset()
{
    const linger atOnce{1, 0};
    ::setsockopt(static_cast<int>(m_socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce,
                 sizeof atOnce);
    m_socket.abort();
}

void Turn::closeHalf()
{
    ::shutdown(static_cast<int>(m_socket.socketDescriptor()), SHUT_WR);
}

FaultyWay::FaultyWay(Turn::Portal portal) : m_portal(std::move(portal))
{
    listen(QHostAddress::LocalHost);
    require(isListening(), "a port on loopback is free");
}

void FaultyWay::listen(const QHostAddress& address)
{
    m_isTls = false;
    start(std::make_unique<QTcpServer>(), address);
}

void FaultyWay::listenTls(const char* certificate, const char* key)
{
    QSslConfiguration tls;
    tls.setLocalCertificate(QSslCertificate(QByteArray(certificate)));
    tls.setPrivateKey(QSslKey(QByteArray(key), QSsl::Ec));
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(tls);
    m_isTls = true;
    start(std::move(server), QHostAddress::LocalHost);
    require(isListening(), "a port on loopback is free");
}

void FaultyWay::start(std::unique_ptr<QTcpServer> server, const QHostAddress& address)
{
    m_server = std::move(server);
    m_address = address;
    m_server->listen(address);
    m_port = m_server->serverPort();
    if (m_isTls) {
        QObject::connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, m_server.get(),
                         [this] { accept(); });
    } else {
        QObject::connect(m_server.get(), &QTcpServer::newConnection, m_server.get(), [this] { accept(); });
    }
}

void FaultyWay::open()
{
    require(m_server->listen(m_address, m_port), "the port is still free");
}

std::string FaultyWay::url() const
{
    const bool isSix = m_address.protocol() == QAbstractSocket::IPv6Protocol;
    return (m_isTls ? "https://" : "http://") + std::string(isSix ? "[::1]:" : "127.0.0.1:") +
           std::to_string(m_port);
}

void FaultyWay::fault(std::string path, Fault fault, std::optional<int> times)
{
    m_rules.push_back({std::move(path), std::move(fault), times, false});
}

std::vector<std::string> FaultyWay::unmet() const
{
    std::vector<std::string> paths = m_neverMet;
    for (const Rule& rule : m_rules) {
        if (!rule.isMet) {
            paths.push_back(rule.path);
        }
    }
    return paths;
}

void FaultyWay::clear()
{
    m_neverMet = unmet();
    m_rules.clear();
    atBytes = nullptr;
}

void FaultyWay::accept()
{
    while (QTcpSocket* socket = m_server->nextPendingConnection()) {
        ++connections;
        auto seen = std::make_shared<std::string>();
        QObject::connect(socket, &QTcpSocket::readyRead, socket,
                         [this, socket, seen] { read(*socket, *seen); });
        QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        read(*socket, *seen); // what came before anybody listened
    }
}

void FaultyWay::read(QTcpSocket& socket, std::string& seen)
{
    seen += socket.readAll().toStdString();
    if (!seen.empty() && atBytes && atBytes(socket, seen)) {
        return;
    }
    const auto end = seen.find("\r\n\r\n");
    if (end != std::string::npos && seen.size() >= end + 4 + bodySize(seen)) {
        handle(socket, std::exchange(seen, {}));
    }
}

void FaultyWay::handle(QTcpSocket& socket, std::string raw)
{
    ++requests;
    Turn turn(socket, std::move(raw), m_portal);
    for (Rule& rule : m_rules) {
        if (!turn.request.path.starts_with(rule.path) || rule.times == 0) {
            continue;
        }
        if (rule.times) {
            --*rule.times;
        }
        ++hits;
        rule.isMet = true;
        const Fault fault = rule.fault; // it may clear the rules
        return fault(turn);
    }
    turn.answer(turn.judged());
}

Reply page(int status, const std::string& type, const std::string& body, const Headers& more)
{
    Reply reply;
    reply.status = status;
    reply.headers = more;
    if (!type.empty()) {
        reply.headers.emplace_back("Content-Type", type);
    }
    reply.body = body;
    return reply;
}

Reply problem(int status, const std::string& name, const Headers& more)
{
    return page(status, "application/problem+json",
                R"({"type":"urn:motcua:problem:)" + name + R"(","title":"x"})", more);
}

Fault saying(Reply reply)
{
    return [reply = std::move(reply)](Turn& turn) { turn.answer(reply); };
}

Fault sayingBytes(std::string bytes, bool closes)
{
    return [bytes = std::move(bytes), closes](Turn& turn) {
        turn.say(bytes);
        if (closes) {
            turn.close();
        }
    };
}

Fault spoiling(std::function<void(Json&)> spoil)
{
    return [spoil = std::move(spoil)](Turn& turn) {
        Reply reply = turn.judged();
        auto json = parseJson(reply.body);
        require(json.has_value(), "the portal speaks JSON");
        spoil(*json);
        reply.body = dumpJson(*json);
        turn.answer(reply);
    };
}

} // namespace motcua::faults
