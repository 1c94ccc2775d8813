// SPDX-License-Identifier: GPL-3.0-or-later
// Answers that are none: other people's pages, redirects, broken framing, broken JSON.
#include "sync/protocol/gzip.h"
#include "tests/faults/fault_bench.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace motcua::faults;

namespace {

constexpr const char* kLogin = "<!doctype html><title>Wi-Fi</title><p>Please log in.</p>";

/// While the portal's work is done and this becomes of the answer, nothing counts as acknowledged.
void provesNothing(const std::function<std::string(const Reply& true_)>& spoiled, bool closes = false)
{
    FaultBench bench;
    bench.receive(3);
    bench.during("/v1/ops", [&](Turn& turn) {
        turn.say(spoiled(turn.judged()));
        if (closes) {
            turn.close();
        }
    });
    bench.endure(4);
    CHECK(bench.way.hits > 0);
    CHECK(bench.acknowledged() == 0);
    CHECK(bench.applied() == 3);
    bench.recover();
}

std::string headOf(const Reply& reply, const std::string& length)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + length + "\r\n" + reply.body;
}

} // namespace

TEST_CASE("a login page with status 200")
{
    FaultBench bench;
    bench.receive(2);
    bench.during("/", saying(page(200, "text/html", kLogin)));

    bench.endure(5);

    CHECK(bench.trouble() == Trouble::NotPortal);
    CHECK(bench.applied() == 0);
    bench.recover();
}

TEST_CASE("a login page that says it is JSON")
{
    FaultBench bench;
    bench.receive(2);
    bench.during("/", saying(page(200, "application/json", kLogin)));

    bench.endure(5);

    CHECK(bench.trouble() == Trouble::Offline);
    bench.recover();
}

TEST_CASE("redirects in a ring")
{
    FaultBench bench;
    bench.receive(2);
    const std::string home = bench.way.url();
    bench.during("/", [home](Turn& turn) {
        turn.answer(page(302, "text/html", kLogin, {{"Location", home + turn.request.path}}));
    });

    const int before = bench.way.requests;
    bench.endure(5);

    CHECK(bench.way.requests - before == 5); // an answer each, and nobody follows
    CHECK(bench.trouble() == Trouble::NotPortal);
    bench.recover();
}

TEST_CASE("511, the network wants a login")
{
    FaultBench bench;
    bench.receive(2);
    bench.during("/", saying(page(511, "text/html", kLogin)));

    bench.endure(5);

    CHECK(bench.trouble() == Trouble::NotPortal);
    bench.recover();
}

TEST_CASE("204 and no body, though the portal did the work")
{
    provesNothing([](const Reply&) { return std::string("HTTP/1.1 204 No Content\r\n\r\n"); });
}

TEST_CASE("200 and no body, though the portal did the work")
{
    provesNothing([](const Reply&) { return Turn::httpOf(page(200, "application/json", "")); });
}

TEST_CASE("an answer that unpacks without end")
{
    provesNothing([](const Reply&) {
        static const std::string bomb = gzip(std::string(std::size_t{64} << 20, ' '));
        return Turn::httpOf(page(200, "application/json", bomb, {{"Content-Encoding", "gzip"}}));
    });
}

TEST_CASE("a Content-Length that promises more")
{
    provesNothing(
        [](const Reply& reply) {
            return headOf(reply, "Content-Length: " + std::to_string(reply.body.size() + 1) + "\r\n");
        },
        true);
}

TEST_CASE("a Content-Length that promises less")
{
    provesNothing([](const Reply& reply) {
        return headOf(reply, "Content-Length: " + std::to_string(reply.body.size() - 1) + "\r\n");
    });
}

TEST_CASE("JSON that ends in the middle")
{
    provesNothing([](const Reply& reply) {
        return Turn::httpOf(page(200, "application/json", reply.body.substr(0, reply.body.size() / 2)));
    });
}

TEST_CASE("JSON with more behind its end")
{
    provesNothing(
        [](const Reply& reply) { return Turn::httpOf(page(200, "application/json", reply.body + "{}")); });
}
