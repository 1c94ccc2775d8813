// SPDX-License-Identifier: GPL-3.0-or-later
// A call in two halves: the caller works while the portal does.
#include "tests/unit/engine/http_bench.h"

#include <QElapsedTimer>
#include <QTimer>
#include <catch2/catch.hpp>

using namespace motcua;
using namespace std::chrono_literals;

TEST_CASE("a request is out when start() comes back, and its answer is fetched later")
{
    Application application;
    QTcpSocket* asking = nullptr;
    LoopbackServer server([&asking](QTcpSocket& socket, const std::string&) { asking = &socket; });
    auto transport = HttpTransport::create(server.url(), {});
    REQUIRE(transport);
    Request request = get("/v1/ops");
    const auto size = GENERATE(as<std::size_t>{}, 0, 10, 3'000'000);
    if (size > 0) {
        request.method = "POST";
        request.body = std::string(size, 'x');
    }

    (*transport)->start(request);

    // It came back, though nobody answers before this.
    QTimer answering;
    QObject::connect(&answering, &QTimer::timeout, [&asking] {
        if (asking != nullptr) {
            LoopbackServer::write(*std::exchange(asking, nullptr), LoopbackServer::http(200, "", "late"));
        }
    });
    answering.start(1);
    const auto reply = (*transport)->finish();
    CHECK(reply.status == 200);
    CHECK(reply.body == "late");
    REQUIRE(server.requests.size() == 1);
    CHECK(server.requests.front().size() > size);
}

TEST_CASE("what was started fails at finish() as it would have failed at once")
{
    Application application;
    std::string nobody;
    {
        LoopbackServer server(always(""));
        nobody = server.url();
    }
    auto transport = HttpTransport::create(nobody, {});
    REQUIRE(transport);

    (*transport)->start(get());

    CHECK((*transport)->finish().failure == Failure::Refused);
}

TEST_CASE("a second start gives the first one up")
{
    Application application;
    int number = 0;
    LoopbackServer server([&](QTcpSocket& socket, const std::string&) {
        ++number;
        if (number == 2) {
            LoopbackServer::write(socket, LoopbackServer::http(200, "", "second"));
        }
    });
    auto transport = HttpTransport::create(server.url(), {});
    REQUIRE(transport);

    (*transport)->start(get("/v1/first"));
    REQUIRE(eventually([&] { return number == 1; }));
    (*transport)->start(get("/v1/second"));

    CHECK((*transport)->finish().body == "second");
    CHECK(server.requests.size() == 2);
}

TEST_CASE("stop ends what is under way, also while nobody waits for it")
{
    Application application;
    LoopbackServer server([](QTcpSocket&, const std::string&) {});
    auto transport = HttpTransport::create(server.url(), {});
    REQUIRE(transport);
    (*transport)->start(get());

    (*transport)->stop();

    CHECK((*transport)->finish().failure == Failure::Stopped);
    (*transport)->start(get());
    CHECK((*transport)->finish().failure == Failure::Stopped);
}

TEST_CASE("the caller's own work between the halves is no pause of the portal's")
{
    Application application;
    LoopbackServer server(always(LoopbackServer::http(200, "", "ok")));
    auto transport = HttpTransport::create(server.url(), {});
    REQUIRE(transport);
    Request request = get();
    request.timeouts.noProgress = 150ms;
    (*transport)->start(request);

    QElapsedTimer work;
    work.start();
    while (work.elapsed() < 250) { // nothing turns, also not the server of this test
    }

    CHECK((*transport)->finish().body == "ok");
}
