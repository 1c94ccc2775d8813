// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/engine/http_bench.h"

#include "sync/transport/portal_ca.h"
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

Reply ask(const std::string& url, const std::string& ca)
{
    auto transport = HttpTransport::create(url, ca);
    REQUIRE(transport);
    Request request;
    request.method = "POST";
    request.path = "/v1/hello";
    request.headers = {{"Authorization", "Bearer secret-token"}};
    request.body = "{}";
    return (*transport)->exchange(request);
}

} // namespace

TEST_CASE("the city's own CA is enough")
{
    Application application;
    TlsServer server(tls::kGood, tls::kKey);

    const auto reply = ask(server.url(), tls::kCa);

    CHECK(reply.status == 200);
    CHECK(reply.body == "{}");
    CHECK(server.heard.find("secret-token") != std::string::npos);
}

TEST_CASE("a certificate that nobody vouches for, or for another name, gets not one byte")
{
    Application application;
    const bool otherName = GENERATE(true, false);
    TlsServer server(otherName ? tls::kOtherName : tls::kGood, tls::kKey);

    const auto reply = ask(server.url(), otherName ? tls::kCa : "");

    CHECK(reply.failure == Failure::Certificate);
    CHECK(server.heard.empty());
}

TEST_CASE("a server that speaks no TLS is not spoken to")
{
    Application application;
    LoopbackServer plain([](QTcpSocket&, const std::string&) {});

    const auto reply = ask("https://127.0.0.1:" + std::to_string(plain.port()), tls::kCa);

    CHECK(reply.failure != Failure::None);
    CHECK(plain.requests.empty());
}

TEST_CASE("the CA outlives the file that it came in and nothing else of that file is kept")
{
    Application application;
    SmallCounter counter;
    TlsServer server(tls::kGood, tls::kKey);
    const auto file = counter.home.path() / "ca.pem";
    std::ofstream(file) << "For the commune:\n" << tls::kKey << tls::kCa;
    PortalBinding to;
    const auto read = certificatesIn(file);
    REQUIRE(read);
    to.url = server.url();
    to.ca = *read;
    REQUIRE(counter.portal->bind(to));

    std::filesystem::remove(file);

    REQUIRE(counter.restart());
    const auto stored = counter.portal->binding();
    REQUIRE(stored);
    REQUIRE(*stored);
    CHECK(ask((*stored)->url, (*stored)->ca).status == 200);
    CHECK((*stored)->ca.find("BEGIN CERTIFICATE") != std::string::npos);
    CHECK((*stored)->ca.find("PRIVATE KEY") == std::string::npos);
    CHECK((*stored)->ca.find("commune") == std::string::npos);
}
