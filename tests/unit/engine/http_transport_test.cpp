// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/transport/http_transport.h"

#include "sync/protocol/gzip.h"
#include "sync/transport/portal_ca.h"
#include "sync/transport/portal_url.h"
#include "tests/unit/engine/http_bench.h"

#include <QElapsedTimer>
#include <QTimer>
#include <catch2/catch.hpp>
#include <utility>

using namespace motcua;
using namespace std::chrono_literals;

namespace {

Reply ask(const std::string& url, const Request& request)
{
    auto transport = HttpTransport::create(url, {});
    REQUIRE(transport);
    return (*transport)->exchange(request);
}

Reply askServer(const LoopbackServer::Behaviour& behaviour, const Request& request = get())
{
    LoopbackServer server(behaviour);
    return ask(server.url(), request);
}

} // namespace

TEST_CASE("a question without a body is not waited on for the body that its length promises")
{
    const Application application;
    Request head = get("/v1/blobs/x");
    head.method = "HEAD";
    std::string asked;
    LoopbackServer server([&](QTcpSocket& socket, const std::string& request) {
        asked = request;
        LoopbackServer::write(socket,
                              "HTTP/1.1 200 OK\r\nContent-Length: 20971520\r\nUpload-Offset: 7\r\n\r\n");
    });
    head.timeouts.total = 5s;
    const Reply reply = ask(server.url(), head);
    CHECK(reply.failure == Failure::None);
    CHECK(reply.status == 200);
    CHECK(headerOf(reply.headers, "upload-offset") == "7");
    CHECK(asked.starts_with("HEAD /v1/blobs/x HTTP/1.1"));
}

TEST_CASE("a piece goes out as it is, an empty one too, and its answer needs no body")
{
    const Application application;
    for (const std::string& body : {std::string("\0\xff\n piece", 9), std::string()}) {
        Request piece = get("/v1/blobs/x");
        piece.method = "PATCH";
        piece.headers = {{"Upload-Offset", "7"}, {"Content-Type", "application/octet-stream"}};
        piece.body = body;
        piece.timeouts.total = 5s;
        std::string asked;
        LoopbackServer server([&](QTcpSocket& socket, const std::string& request) {
            asked = request;
            LoopbackServer::write(socket, "HTTP/1.1 204 No Content\r\nUpload-Offset: 16\r\n\r\n");
        });
        const Reply reply = ask(server.url(), piece);
        CHECK(reply.status == 204);
        CHECK(headerOf(reply.headers, "Upload-Offset") == "16");
        CHECK(asked.starts_with("PATCH /v1/blobs/x HTTP/1.1"));
        CHECK(asked.ends_with("\r\n\r\n" + body));
    }
}

TEST_CASE("a piece under which a kept connection goes away is not sent once more by Qt")
{
    const Application application;
    int pieces = 0;
    LoopbackServer server([&](QTcpSocket& socket, const std::string& request) {
        if (request.starts_with("PATCH") && ++pieces == 1) {
            socket.abort();
            return;
        }
        LoopbackServer::write(socket, LoopbackServer::http(200, "", "{}"));
    });
    auto transport = HttpTransport::create(server.url(), {});
    REQUIRE(transport);
    REQUIRE((*transport)->exchange(get("/v1/hello")).status == 200);
    Request piece = get("/v1/blobs/x");
    piece.method = "PATCH";
    piece.body = std::string(100'000, 'x');

    CHECK((*transport)->exchange(piece).failure == Failure::Reset);
    CHECK(pieces == 1);
    CHECK((*transport)->exchange(piece).status == 200); // and it goes on
    CHECK(pieces == 2);
}

TEST_CASE("a portal is https, or plain on this machine only")
{
    for (const char* good :
         {"https://portal.example.vn", "https://portal.example.vn:8443/", "http://127.0.0.1:8080",
          "http://localhost", "http://[::1]:80", "http://127.9.9.9", "https://a/b/"}) {
        INFO(good);
        CHECK(parsePortalUrl(good));
    }
    for (const char* bad :
         {"http://portal.example.vn", "http://10.0.0.1", "http://localhost.evil.vn", "ftp://127.0.0.1",
          "https://user:pass@portal.vn", "https://portal.vn?x=1", "https://portal.vn#x", "portal.vn", "",
          "http://", "https://", "file:///etc/passwd", "http://0.0.0.0"}) {
        INFO(bad);
        CHECK_FALSE(parsePortalUrl(bad));
    }
    CHECK(parsePortalUrl("https://a/b/")->path() == QLatin1String("/b"));
}

TEST_CASE("an answer comes whole, whatever its status, and the request went out as it was made")
{
    Application application;
    const int status = GENERATE(200, 201, 400, 401, 403, 404, 409, 410, 413, 426, 429, 500, 502, 503, 511);
    LoopbackServer server(always(LoopbackServer::http(
        status, "Content-Type: application/problem+json\r\nRetry-After: 7\r\n", "{\"a\":1}")));
    Request request = get("/v1/ops");
    request.method = "POST";
    request.headers = {{"Authorization", "Bearer t"}, {"Content-Type", "application/x-ndjson"}};
    request.body = std::string("{}\n\0binary", 10);

    const auto reply = ask(server.url(), request);

    CHECK(reply.failure == Failure::None);
    CHECK(reply.status == status);
    CHECK(reply.body == "{\"a\":1}");
    CHECK(headerOf(reply.headers, "retry-after") == "7");
    REQUIRE(server.requests.size() == 1);
    const auto& sent = server.requests.front();
    CHECK(sent.rfind("POST /v1/ops HTTP/1.1\r\n", 0) == 0);
    CHECK(sent.find("Authorization: Bearer t\r\n") != std::string::npos);
    CHECK(sent.find("Accept-Encoding: gzip\r\n") != std::string::npos);
    CHECK(sent.substr(sent.size() - request.body.size()) == request.body);
}

TEST_CASE("a redirect is an answer, and nobody follows it")
{
    Application application;
    LoopbackServer elsewhere(always(LoopbackServer::http(200, "", "elsewhere")));
    LoopbackServer server(
        always(LoopbackServer::http(307, "Location: " + elsewhere.url() + "/v1/hello\r\n", "")));

    const auto reply = ask(server.url(), get());

    CHECK(reply.status == 307);
    CHECK(elsewhere.requests.empty());
}

TEST_CASE("a packed answer is unpacked, and a bomb is not")
{
    Application application;
    const std::string headers = "Content-Encoding: gzip\r\nContent-Type: application/json\r\n";

    CHECK(askServer(always(LoopbackServer::http(200, headers, gzip("{\"packed\":true}")))).body ==
          "{\"packed\":true}");
    CHECK(askServer(always(LoopbackServer::http(200, headers, gzip(std::string(kAnswerLimit, 'A')))))
              .body.size() == kAnswerLimit);
    const auto bomb =
        askServer(always(LoopbackServer::http(200, headers, gzip(std::string(kAnswerLimit + 1, 'A')))));
    CHECK(bomb.failure == Failure::Unreadable);
    CHECK(bomb.body.empty());
    CHECK(askServer(always(LoopbackServer::http(200, headers, "no gzip"))).failure == Failure::Unreadable);
    CHECK(askServer(always(LoopbackServer::http(200, "Content-Encoding: br\r\n", "x"))).failure ==
          Failure::Unreadable);
}

TEST_CASE("an answer without end is given up at the bound")
{
    Application application;
    const auto reply = askServer([](QTcpSocket& socket, const std::string&) {
        LoopbackServer::write(socket, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n");
        auto* clock = new QTimer(&socket);
        QObject::connect(clock, &QTimer::timeout, &socket, [&socket] {
            if (socket.bytesToWrite() < 1'000'000) {
                LoopbackServer::write(socket, std::string(1'000'000, 'x'));
            }
        });
        clock->start(1);
    });

    CHECK(reply.failure == Failure::TooLarge);
    CHECK(reply.body.empty());
}

TEST_CASE("an answer that breaks off is no answer")
{
    Application application;
    const auto whole = LoopbackServer::http(200, "Content-Type: application/json\r\n", "{\"results\":[]}");
    for (const std::size_t length :
         {std::size_t{0}, std::size_t{5}, std::size_t{20}, whole.size() - 14, whole.size() - 1}) {
        INFO(length);
        const auto reply = askServer([&](QTcpSocket& socket, const std::string&) {
            LoopbackServer::write(socket, whole.substr(0, length));
            socket.disconnectFromHost();
        });
        CHECK(reply.failure != Failure::None);
        CHECK(reply.status == 0);
    }
}

TEST_CASE("what is not sent again may still say how long it is")
{
    Application application;
    const auto reply = askServer(always("HTTP/1.1 304 X\r\nContent-Length: 9000\r\nETag: \"7\"\r\n\r\n"));
    CHECK(reply.failure == Failure::None);
    CHECK(reply.status == 304);
}

TEST_CASE("what is not HTTP is not read as an answer")
{
    Application application;
    const auto reply = askServer([](QTcpSocket& socket, const std::string&) {
        LoopbackServer::write(socket, "SSH-2.0-OpenSSH\r\n\r\n");
        socket.disconnectFromHost();
    });
    CHECK(reply.failure != Failure::None);
}

TEST_CASE("nobody there, no such name, no progress, too long in all: each ends in its time")
{
    Application application;
    LoopbackServer gone(always(""));
    const auto url = gone.url();
    gone.close();
    CHECK(ask(url, get()).failure == Failure::Refused);

    Request hurried = get();
    hurried.timeouts = {200ms, 200ms, 10s};
    QElapsedTimer timer;
    timer.start();
    CHECK(askServer([](QTcpSocket&, const std::string&) {}, hurried).failure == Failure::Timeout);
    CHECK(timer.elapsed() < 5'000);

    hurried.timeouts = {1s, 1s, 400ms};
    const auto drip = [](QTcpSocket& socket, const std::string&) {
        LoopbackServer::write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        auto* clock = new QTimer(&socket);
        QObject::connect(clock, &QTimer::timeout, &socket, [&socket] { LoopbackServer::write(socket, "x"); });
        clock->start(20);
    };
    timer.restart();
    CHECK(askServer(drip, hurried).failure == Failure::Timeout);
    CHECK(timer.elapsed() < 5'000);
}

TEST_CASE("stop ends a running request at once, and every later one")
{
    Application application;
    LoopbackServer server([](QTcpSocket&, const std::string&) {});
    auto transport = HttpTransport::create(server.url(), {});
    REQUIRE(transport);
    QTimer::singleShot(50, [&] { (*transport)->stop(); });
    QElapsedTimer timer;
    timer.start();

    CHECK((*transport)->exchange(get()).failure == Failure::Stopped);
    CHECK((*transport)->exchange(get()).failure == Failure::Stopped);

    CHECK(timer.elapsed() < 5'000);
    CHECK(server.requests.size() == 1);
}

TEST_CASE("one connection serves many calls")
{
    Application application;
    int connections = 0;
    LoopbackServer server([&](QTcpSocket& socket, const std::string&) {
        connections += socket.property("seen").toBool() ? 0 : 1;
        socket.setProperty("seen", true);
        LoopbackServer::write(socket, LoopbackServer::http(200, "Content-Type: application/json\r\n", "{}"));
    });
    auto transport = HttpTransport::create(server.url(), {});
    REQUIRE(transport);
    for (int i = 0; i < 20; ++i) {
        CHECK((*transport)->exchange(get()).status == 200);
    }
    CHECK(connections == 1);
}

TEST_CASE("a CA must hold a certificate")
{
    Application application;
    CHECK_FALSE(HttpTransport::create("https://portal.example.vn", "/nonexistent.pem"));
    CHECK(certificatesIn("/nonexistent.pem").error().kind == ErrorKind::NotFound);
    CHECK(certificatesIn(MOTCUA_SOURCE_DIR "/LICENSE").error().kind == ErrorKind::Invalid);
}
