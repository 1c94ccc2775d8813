// SPDX-License-Identifier: GPL-3.0-or-later
// Faults of the way: names, addresses, certificates, and connections that break, hang or crawl.
#include "tests/faults/fault_bench.h"
#include "tests/support/tls_samples.h"

#include <arpa/inet.h>
#include <catch2/catch.hpp>
#include <fcntl.h>
#include <fstream>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace motcua;
using namespace motcua::faults;

namespace {

/// Listens, and is so busy that it takes nobody in: who calls hears nothing.
class FullHouse
{
public:
    FullHouse()
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        m_sockets.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        REQUIRE(::bind(m_sockets[0], reinterpret_cast<sockaddr*>(&address), size) == 0);
        REQUIRE(::listen(m_sockets[0], 0) == 0);
        REQUIRE(::getsockname(m_sockets[0], reinterpret_cast<sockaddr*>(&address), &size) == 0);
        m_port = ntohs(address.sin_port);
        for (int i = 0; i < 4; ++i) { // the seats
            m_sockets.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
            static_cast<void>(::connect(m_sockets.back(), reinterpret_cast<sockaddr*>(&address), size));
        }
    }
    FullHouse(const FullHouse&) = delete;
    FullHouse& operator=(const FullHouse&) = delete;
    ~FullHouse()
    {
        for (const int socket : m_sockets) {
            ::close(socket);
        }
    }
    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port); }

private:
    std::vector<int> m_sockets;
    int m_port = 0;
};

/// Somebody with this certificate stands at the portal's address, and would even do its work.
void meets(const char* certificate, const char* key)
{
    FaultBench bench;
    bench.useTls(tls::kGood, tls::kKey, tls::kCa);
    bench.receive(1);
    bench.settle();
    bench.receive(2);
    FaultyWay stranger([&](const Request& request) { return bench.portalHandles(request); });
    stranger.listenTls(certificate, key);
    bench.goTo(stranger.url(), tls::kCa);

    bench.endure(3);

    CHECK(bench.trouble() == Trouble::NotPortal);
    CHECK(stranger.requests == 0); // not a byte, and so no token
    CHECK(bench.applied() == 1);
    bench.goBack();
    bench.recover();
}

bool isPush(const std::string& seen)
{
    return seen.starts_with("POST /v1/ops ");
}

} // namespace

TEST_CASE("the portal's name is not known")
{
    FaultBench bench;
    bench.receive(2);
    bench.goTo("https://portal.invalid");
    bench.hurry();

    bench.endure(3);

    CHECK(bench.trouble() == Trouble::Offline);
    CHECK(bench.applied() == 0);
    bench.goBack();
    bench.recover();
}

TEST_CASE("the portal's name leads to somebody else")
{
    FaultBench bench;
    bench.receive(2);
    FaultyWay stranger([](const Request&) { return page(200, "application/json", "{}"); });
    bench.goTo(stranger.url());

    bench.endure(6);

    CHECK(stranger.requests > 0);
    CHECK(bench.waiting() == 2);
    bench.goBack();
    bench.recover();
}

TEST_CASE("nobody listens at the portal's address")
{
    FaultBench bench;
    bench.receive(2);
    bench.way.close();
    bench.goBack();

    bench.endure(7);

    CHECK(bench.trouble() == Trouble::Offline);
    bench.way.open();
    bench.recover();
}

TEST_CASE("a connection that does not come about")
{
    FaultBench bench;
    bench.receive(2);
    const FullHouse house;
    bench.goTo(house.url());
    bench.hurry();

    bench.endure(2);

    CHECK(bench.trouble() == Trouble::Offline);
    CHECK(bench.engine->state().detail == "timeout");
    bench.goBack();
    bench.recover();
}

TEST_CASE("a certificate of another name")
{
    meets(tls::kOtherName, tls::kKey);
}

TEST_CASE("a certificate whose time is over")
{
    meets(tls::kExpired, tls::kKey);
}

TEST_CASE("a certificate that vouches for itself")
{
    meets(tls::kSelfSigned, tls::kKey);
}

TEST_CASE("somebody in the middle, whose own CA vouches for him")
{
    meets(tls::kIntercepted, tls::kKey);
}

TEST_CASE("a request that is reset after some bytes")
{
    FaultBench bench;
    for (const std::size_t bytes : {1, 20, 300, 700}) {
        INFO(bytes);
        const int before = bench.applied();
        bench.receive(1);
        bool hit = false;
        bench.way.atBytes = [&hit, bytes](QTcpSocket& socket, const std::string& seen) {
            if (!isPush(seen) || seen.size() < bytes) {
                return isPush(seen);
            }
            hit = true;
            socket.abort();
            return true;
        };
        bench.endure(3);
        CHECK(hit);
        CHECK(bench.applied() == before);
        bench.recover();
    }
}

TEST_CASE("an answer that is reset after some bytes")
{
    FaultBench bench;
    for (const double part : {0.0, 0.01, 0.2, 0.6, 0.999}) {
        INFO(part);
        const int before = bench.acknowledged();
        bench.receive(2);
        bench.during("/v1/ops", [part](Turn& turn) {
            const std::string whole = Turn::httpOf(turn.judged());
            turn.say(whole.substr(0, static_cast<std::size_t>(static_cast<double>(whole.size()) * part)));
            turn.reset();
        });
        bench.endure(3);
        CHECK(bench.acknowledged() == before);
        CHECK(bench.applied() == before + 2); // done, and nobody knows it here
        bench.recover();
    }
}

TEST_CASE("an answer that comes byte by byte")
{
    FaultBench bench;
    bench.receive(2);
    bench.endure(1); // the hello
    bench.hurry();
    bench.during("/v1/ops", [](Turn& turn) { turn.drip(Turn::httpOf(turn.judged())); });

    bench.endure(2);

    CHECK(bench.acknowledged() == 0);
    CHECK(bench.applied() == 2);
    CHECK(bench.engine->state().detail == "timeout");
    bench.recover();
}

TEST_CASE("a request that gets away byte by byte")
{
    FaultBench bench;
    bench.receive(2);
    bench.endure(1);
    bench.hurry();
    bench.way.atBytes = [](QTcpSocket&, const std::string&) { return true; }; // its end is yet to come

    bench.endure(2);

    CHECK(bench.applied() == 0);
    CHECK(bench.engine->state().detail == "timeout");
    bench.recover();
}

TEST_CASE("a connection that is closed on one side")
{
    FaultBench bench;
    bench.receive(2);
    bench.during(
        "/v1/ops", [](Turn& turn) { turn.closeHalf(); }, 2);
    bench.during("/v1/ops", [](Turn& turn) {
        static_cast<void>(turn.judged());
        turn.closeHalf();
    });

    bench.endure(5);

    CHECK(bench.acknowledged() == 0);
    CHECK(bench.applied() == 2);
    bench.recover();
}

TEST_CASE("a portal that is reached over IPv6 only")
{
    FaultBench bench;
    bench.way.listen(QHostAddress::LocalHostIPv6);
    if (!bench.way.isListening()) {
        // Then this machine has no such address at all, and there is nobody to talk to.
        std::ifstream addresses("/proc/net/if_inet6");
        const std::string all{std::istreambuf_iterator<char>(addresses), {}};
        CHECK(all.find("00000000000000000000000000000001") == std::string::npos);
        return;
    }
    bench.receive(2);
    bench.goBack();

    bench.recover();

    CHECK(bench.way.url().starts_with("http://[::1]:"));
    CHECK(bench.applied() == 2);
}

TEST_CASE("a way that swallows what is larger than one packet")
{
    FaultBench bench;
    bench.receive(12);
    bench.endure(1);
    bench.hurry();
    bench.way.atBytes = [](QTcpSocket&, const std::string& seen) { return seen.size() > 1'400; };

    bench.endure(40);

    CHECK(bench.acknowledged() > 0); // batches are halved until they fit
    bench.recover();
}
