// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "sync/engine/transport.h"

#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace motcua::faults {

/// One request that came over a socket, and everything that can become of it.
class Turn
{
public:
    using Portal = std::function<Reply(const Request&)>;
    Turn(QTcpSocket& socket, std::string raw, const Portal& portal);

    /// Hands the request to the portal, once for each call. What it answers is not on its way yet.
    [[nodiscard]] Reply judged() const { return m_portal(request); }
    void answer(const Reply& reply) { say(httpOf(reply)); }
    void say(const std::string& bytes);
    /// A few bytes a second, as the client sees it: one each 20 ms.
    void drip(std::string bytes);
    void close();
    void reset();
    /// Nothing more comes from here; the other direction stays open.
    void closeHalf();

    /// As it stands on the wire.
    [[nodiscard]] static std::string httpOf(const Reply& reply);

    Request request;

private:
    QTcpSocket& m_socket;
    const Portal& m_portal;
};

/// What somebody between the counter and the portal does to a request. None: hands it on and brings the
/// answer.
using Fault = std::function<void(Turn&)>;

/// The way to the portal: a real socket on this machine, with or without TLS, and behind it a real portal
/// without sockets of its own. Belongs to the test's thread; the client's event loop turns it.
class FaultyWay
{
public:
    explicit FaultyWay(Turn::Portal portal);

    /// Other than plain HTTP over IPv4; before the first request.
    void listen(const QHostAddress& address);
    void listenTls(const char* certificate, const char* key);
    [[nodiscard]] bool isListening() const { return m_server->isListening(); }
    [[nodiscard]] std::string url() const;
    void close() { m_server->close(); }
    /// Again on the port that it had.
    void open();

    /// What happens to requests whose path begins so, for so many requests; without a number until clear().
    void fault(std::string path, Fault fault, std::optional<int> times = {});
    void clear();
    /// The paths of faults, also of cleared ones, that no request has met.
    [[nodiscard]] std::vector<std::string> unmet() const;

    /// Before a request is whole: true, and nobody reads on. Sees all bytes of the request so far.
    std::function<bool(QTcpSocket&, const std::string& seen)> atBytes;

    int requests = 0;    ///< whole ones
    int connections = 0; ///< as far as anything could be said over them
    int hits = 0;        ///< requests that met a fault

private:
    struct Rule
    {
        std::string path;
        Fault fault;
        std::optional<int> times;
        bool isMet = false;
    };
    void start(std::unique_ptr<QTcpServer> server, const QHostAddress& address);
    void accept();
    void read(QTcpSocket& socket, std::string& seen);
    void handle(QTcpSocket& socket, std::string raw);

    Turn::Portal m_portal;
    std::unique_ptr<QTcpServer> m_server;
    std::vector<Rule> m_rules;
    std::vector<std::string> m_neverMet; ///< of those that were cleared
    QHostAddress m_address;
    quint16 m_port = 0;
    bool m_isTls = false;
};

/// "application/problem+json" as the contract has it.
[[nodiscard]] Reply problem(int status, const std::string& name, const Headers& more = {});
[[nodiscard]] Reply page(int status, const std::string& type, const std::string& body,
                         const Headers& more = {});
/// Says this and does nothing.
[[nodiscard]] Fault saying(Reply reply);
/// Says these bytes and does nothing; then, if wanted, ends the connection.
[[nodiscard]] Fault sayingBytes(std::string bytes, bool closes = false);
/// The portal does its work, and this becomes of its answer.
[[nodiscard]] Fault spoiling(std::function<void(Json&)> spoil);

} // namespace motcua::faults
