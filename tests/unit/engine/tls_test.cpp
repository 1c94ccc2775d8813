// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/engine/http_bench.h"

#include "tests/support/small_counter.h"
#include "tests/support/tls_samples.h"

#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>
#include <catch2/catch.hpp>
#include <fstream>

using namespace motcua;

namespace {

/// A server with a certificate that answers everything with {}, and notes what reached it.
class TlsServer
{
public:
    TlsServer(const char* certificate, const char* key, QSsl::SslProtocol protocol = QSsl::TlsV1_2OrLater)
    {
        QSslConfiguration tls;
        tls.setLocalCertificate(QSslCertificate(QByteArray(certificate)));
        tls.setPrivateKey(QSslKey(QByteArray(key), QSsl::Ec));
        tls.setProtocol(protocol);
        m_server.setSslConfiguration(tls);
        require(m_server.listen(QHostAddress::LocalHost), "a port on loopback is free");
        QObject::connect(&m_server, &QSslServer::pendingConnectionAvailable, &m_server, [this] {
            QTcpSocket* socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                heard += socket->readAll().toStdString();
                if (heard.find("\r\n\r\n") != std::string::npos) {
                    LoopbackServer::write(
                        *socket, LoopbackServer::http(200, "Content-Type: application/json\r\n", "{}"));
                }
            });
        });
    }
    [[nodiscard]] std::string url(const std::string& host = "127.0.0.1") const
    {
        return "https://" + host + ":" + std::to_string(m_server.serverPort());
    }

    std::string heard;

private:
    QSslServer m_server;
};

Reply ask(const std::string& url, const std::string& caFile)
{
    auto transport = HttpTransport::create(url, caFile);
    REQUIRE(transport);
    Request request;
    request.method = "POST";
    request.path = "/v1/hello";
    request.headers = {{"Authorization", "Bearer secret-token"}};
    request.body = "{}";
    return (*transport)->exchange(request);
}

std::string caFileIn(const TemporaryFolder& folder)
{
    const auto path = (folder.path() / "ca.pem").string();
    std::ofstream(path) << tls::kCa;
    return path;
}

} // namespace

TEST_CASE("the city's own CA is enough")
{
    Application application;
    TemporaryFolder folder;
    TlsServer server(tls::kGood, tls::kKey);

    const auto reply = ask(server.url(), caFileIn(folder));

    CHECK(reply.status == 200);
    CHECK(reply.body == "{}");
    CHECK(server.heard.find("secret-token") != std::string::npos);
}

TEST_CASE("a certificate that nobody vouches for, or for another name, gets not one byte")
{
    Application application;
    TemporaryFolder folder;
    const bool otherName = GENERATE(true, false);
    TlsServer server(otherName ? tls::kOtherName : tls::kGood, tls::kKey);

    const auto reply = ask(server.url(), otherName ? caFileIn(folder) : std::string());

    CHECK(reply.failure == Failure::Certificate);
    CHECK(server.heard.empty());
}

TEST_CASE("a server that speaks no TLS is not spoken to")
{
    Application application;
    TemporaryFolder folder;
    LoopbackServer plain([](QTcpSocket&, const std::string&) {});

    const auto reply = ask("https://127.0.0.1:" + std::to_string(plain.port()), caFileIn(folder));

    CHECK(reply.failure != Failure::None);
    CHECK(plain.requests.empty());
}
