// SPDX-License-Identifier: GPL-3.0-or-later
// contracts/portal-api.yaml over a real socket: transport, problems, digests, compression, waiting.
#include "sync/protocol/gzip.h"
#include "tests/portal/http_world.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace motcua;
using namespace motcua::test;

namespace {

/// Sends bytes as they are and gives back all that comes until the connection ends.
std::string rawExchange(const HttpWorld& world, const std::string& request)
{
    const std::string url = world.server->url();
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1))));
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    REQUIRE(connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(send(descriptor, request.data(), request.size(), MSG_NOSIGNAL) ==
            static_cast<ssize_t>(request.size()));
    shutdown(descriptor, SHUT_WR);
    std::string answer;
    char buffer[4096];
    for (ssize_t got = 0; (got = recv(descriptor, buffer, sizeof buffer, 0)) > 0;) {
        answer.append(buffer, static_cast<std::size_t>(got));
    }
    close(descriptor);
    return answer;
}

/// A counter with fifty operations; all but the first are conflicts over one large dossier.
struct LargeConflicts
{
    HttpWorld world;
    std::vector<std::string> lines;
    std::vector<OpId> ops;

    LargeConflicts()
    {
        world.enrol('a');
        auto large = *parseOperation(world.line(1));
        const Json code = large.body["code"];
        large.body = aLargeDossier();
        large.body["code"] = code;
        const std::string received = composeLine(large);
        REQUIRE(world.outcome(world.push(received), received) == "applied");
        world.enrol('b'); // it does not know what that one wrote
        add(*parseOperation(world.line(100)));
        for (int i = 1; i < 50; ++i) {
            auto change = *parseOperation(world.line(i));
            change.kind = OpKind::Changed;
            change.uid = large.uid;
            change.body = Json{{"set", {{"/note", std::to_string(i)}}}};
            add(change);
        }
    }
    void add(const Operation& operation)
    {
        lines.push_back(composeLine(operation));
        ops.push_back(operation.op);
    }
    [[nodiscard]] httplib::Result push(std::size_t first, std::size_t count)
    {
        std::string body;
        for (std::size_t i = first; i < first + count; ++i) {
            body += lines[i] + "\n";
        }
        return world.push(body);
    }
    [[nodiscard]] httplib::Result ask(const std::vector<OpId>& about) const
    {
        const std::string body = dumpJson(statusRequest(about));
        return world.client().Post("/v1/ops/status", world.token(), body, "application/json");
    }
    using Counts = std::map<Outcome, int>;
    [[nodiscard]] static Counts counts(const httplib::Result& answer)
    {
        REQUIRE(answer->status == 200);
        CHECK(answer->body.size() <= kAnswerBytesMax);
        Counts counts;
        const auto told = resultsFromJson(*parseJson(answer->body));
        for (const OpResult& each : told->results) {
            CHECK((each.result == Outcome::Conflict) == each.dossier.has_value());
            ++counts[each.result];
        }
        return counts;
    }
};

} // namespace

TEST_CASE("routes that are none, methods that do not fit, tokens that are missing")
{
    HttpWorld world;
    world.enrol();
    auto http = world.client();
    const auto token = world.token();

    CHECK(problemIn(http.Get("/", token)) == "404 not-found");
    CHECK(problemIn(http.Get("/v1/nothing", token)) == "404 not-found");
    CHECK(problemIn(http.Get("/v1/dossiers/a/b", token)) == "404 not-found");
    CHECK(problemIn(http.Get("/v1/catalogue", token)) == "404 not-found");
    const auto wrong = http.Put("/v1/ops", token, "x", "text/plain");
    CHECK(problemIn(wrong) == "405 unsupported");
    CHECK(wrong->get_header_value("Allow") == "POST");
    CHECK(problemIn(http.Delete("/v1/ops/status", token)) == "405 unsupported");
    CHECK(problemIn(http.Get("/v1/ops/status", token)) == "405 unsupported"); // no operation of that name
    CHECK(problemIn(http.Options("/v1/hello", token)) == "405 unsupported");
    const auto unknown = http.Get("/v1/changes", {{"Authorization", "Bearer nobody"}});
    CHECK(problemIn(unknown) == "401 not-enrolled");
    CHECK(unknown->get_header_value("WWW-Authenticate") == "Bearer");
    CHECK(problemIn(http.Get("/v1/changes")) == "401 not-enrolled");
    CHECK(problemIn(http.Get("/v1/changes", {{"Authorization", "Basic eDp5"}})) == "401 not-enrolled");
    CHECK(problemIn(http.Get("/v1/ops/x", token)) == "400 bad-request");
}

TEST_CASE("nothing is read from whoever is not enrolled")
{
    HttpWorld world;
    world.enrol();
    // The body never comes; an answer that waited for it would not come either.
    const std::string answer =
        rawExchange(world, "POST /v1/ops HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n"
                           "Content-Type: application/x-ndjson\r\n\r\n");
    CHECK(answer.starts_with("HTTP/1.1 401"));
    CHECK(answer.find("urn:motcua:problem:not-enrolled") != std::string::npos);
    const std::string large = rawExchange(
        world, "POST /v1/ops HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\nAuthorization: Bearer " +
                   world.enrolment.token + "\r\nContent-Digest: " + contentDigest("") +
                   "\r\nContent-Type: application/x-ndjson\r\n\r\n");
    CHECK(large.starts_with("HTTP/1.1 413"));
    CHECK(large.find("urn:motcua:problem:too-large") != std::string::npos);
}

TEST_CASE("a declared length near the largest number there is buys nothing")
{
    HttpWorld world;
    world.enrol();
    for (const char* length : {"10000000000000000000", "18446744073709551615", "18446744073709551616"}) {
        const std::string head =
            "POST /v1/ops HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::string(length) + "\r\n";
        CHECK(rawExchange(world, head + "\r\n").starts_with("HTTP/1.1 401"));
        CHECK(rawExchange(world, head + "Authorization: Bearer " + world.enrolment.token +
                                     "\r\nContent-Digest: " + contentDigest("") +
                                     "\r\nContent-Type: application/x-ndjson\r\n\r\n")
                  .starts_with("HTTP/1.1 4"));
    }
}

TEST_CASE("requests that are none get a problem and no more")
{
    HttpWorld world;
    world.enrol();
    CHECK(rawExchange(world, "nonsense\r\n\r\n").starts_with("HTTP/1.1 400"));
    CHECK(rawExchange(world, "nonsense\r\n\r\n").find("application/problem+json") != std::string::npos);
    CHECK(
        rawExchange(world, "GET " + std::string(20000, 'x') + " HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 4"));
    // Two ways to say where the body ends are how requests are smuggled.
    const std::string smuggled = rawExchange(
        world, "POST /v1/ops HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n"
               "Authorization: Bearer " +
                   world.enrolment.token + "\r\nContent-Digest: " + contentDigest("") +
                   "\r\nContent-Type: application/x-ndjson\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n");
    CHECK(smuggled.starts_with("HTTP/1.1 400"));
    CHECK(smuggled.find("HTTP/1.1", 10) == std::string::npos);
}

TEST_CASE("operations come plain, packed or in chunks, and prove themselves")
{
    HttpWorld world;
    world.enrol();
    CHECK(world.pushed(1) == "applied");
    CHECK(world.pushed(1) == "replayed");

    const std::string line = world.line(2);
    const std::string packed = gzip(line + "\n");
    const auto answer = world.push(packed, {{"Content-Encoding", "gzip"}});
    CHECK(world.outcome(answer, line) == "applied");

    const std::string third = world.line(3);
    httplib::Headers headers = world.token();
    headers.emplace("Content-Digest", contentDigest(third));
    auto http = world.client();
    const auto chunked = http.Post(
        "/v1/ops", headers,
        [&third](std::size_t offset, httplib::DataSink& sink) {
            sink.write(third.data() + offset, std::min<std::size_t>(100, third.size() - offset));
            if (offset + 100 >= third.size()) {
                sink.done();
            }
            return true;
        },
        "application/x-ndjson; charset=utf-8");
    CHECK(world.outcome(chunked, third) == "applied");
}

TEST_CASE("the digest is over the body as sent, and anything wrong with it stops the batch")
{
    HttpWorld world;
    world.enrol();
    auto http = world.client();
    const std::string line = world.line(1);
    const auto push = [&](const std::string& body, const std::string& digest, const char* coding = nullptr) {
        httplib::Headers headers = world.token();
        if (!digest.empty()) {
            headers.emplace("Content-Digest", digest);
        }
        if (coding != nullptr) {
            headers.emplace("Content-Encoding", coding);
        }
        return problemIn(http.Post("/v1/ops", headers, body, "application/x-ndjson"));
    };
    CHECK(push(line, "") == "400 digest-mismatch");
    CHECK(push(line, contentDigest("other")) == "400 digest-mismatch");
    CHECK(push(line, "sha-512=:AAAA:") == "400 digest-mismatch");
    CHECK(push(gzip(line), contentDigest(line), "gzip") ==
          "400 digest-mismatch");                                        // after compression, not before
    CHECK(push(line, contentDigest(line), "gzip") == "400 bad-request"); // undecodable
    CHECK(push(gzip(line).substr(0, 50), contentDigest(gzip(line).substr(0, 50)), "gzip") ==
          "400 bad-request");
    CHECK(push(line, contentDigest(line), "br") == "415 unsupported");
    CHECK(push("", contentDigest("")) == "400 bad-request"); // empty batch
    CHECK(problemIn(http.Post("/v1/ops", world.token(), line, "application/json")) == "400 digest-mismatch");
    httplib::Headers headers = world.token();
    headers.emplace("Content-Digest", contentDigest(line));
    CHECK(problemIn(http.Post("/v1/ops", headers, line, "application/json")) == "415 unsupported");
    CHECK(world.pushed(1) == "applied"); // nothing was judged before
}

TEST_CASE("a small body that unpacks to a huge one is refused while it is unpacked")
{
    HttpWorld world;
    world.enrol();
    const std::string bomb = gzip(std::string(200 << 20, ' '));
    REQUIRE(bomb.size() < (1 << 20));
    CHECK(problemIn(world.push(bomb, {{"Content-Encoding", "gzip"}})) == "413 too-large");
    const std::string large(kBatchBytesMax + 1, 'x');
    CHECK(problemIn(world.push(large)) == "413 too-large");
    CHECK(problemIn(world.push(gzip(large), {{"Content-Encoding", "gzip"}})) == "413 too-large");
}

TEST_CASE("answers are packed for those who take it")
{
    HttpWorld world;
    world.enrol();
    CHECK(world.pushed(1) == "applied");
    auto http = world.client();
    http.set_decompress(false);
    httplib::Headers headers = world.token();
    const auto plain = http.Get("/v1/changes", headers);
    CHECK_FALSE(plain->has_header("Content-Encoding"));
    headers.emplace("Accept-Encoding", "gzip, deflate");
    const auto packed = http.Get("/v1/changes", headers);
    CHECK(packed->get_header_value("Content-Encoding") == "gzip");
    CHECK(*gunzip(packed->body, 1 << 20) == plain->body);
    CHECK(plain->get_header_value("Content-Type") == "application/json");

    for (const char* refusing : {"gzip;q=0", "gzip; q=0.0, deflate", "x-gzip", "identity"}) {
        auto others = world.token();
        others.emplace("Accept-Encoding", refusing);
        CHECK_FALSE(http.Get("/v1/changes", others)->has_header("Content-Encoding"));
    }
    auto weighed = world.token();
    weighed.emplace("Accept-Encoding", "br, GZIP;q=0.5");
    CHECK(http.Get("/v1/changes", weighed)->get_header_value("Content-Encoding") == "gzip");
}

TEST_CASE("where there is more to answer than a counter takes, nothing is judged, and half of it is answered")
{
    LargeConflicts it;
    using Counts = LargeConflicts::Counts;
    CHECK(problemIn(it.push(0, 50)) == "413 too-large");
    CHECK(it.counts(it.ask(it.ops)) == Counts{{Outcome::Unknown, 50}});

    CHECK(it.counts(it.push(0, 25)) == Counts{{Outcome::Applied, 1}, {Outcome::Conflict, 24}});
    CHECK(it.counts(it.push(25, 25)) == Counts{{Outcome::Conflict, 25}});
    CHECK(problemIn(it.ask(it.ops)) == "413 too-large");
    CHECK(it.counts(it.ask({it.ops.begin() + 25, it.ops.end()})) == Counts{{Outcome::Conflict, 25}});
}

TEST_CASE("status, dossier and hello over HTTP")
{
    HttpWorld world;
    world.enrol();
    CHECK(world.pushed(1) == "applied");
    auto http = world.client();
    const auto token = world.token();
    const OpId op = makeOpId({world.install, 1, 1});

    const auto status = opStatusFromJson(*parseJson(http.Get("/v1/ops/" + op.text(), token)->body));
    REQUIRE(status);
    CHECK(status->result.result == Outcome::Applied);
    const auto many = http.Post("/v1/ops/status", token, dumpJson(statusRequest({op})), "application/json");
    CHECK(resultsFromJson(*parseJson(many->body))->results.front().receipt == status->result.receipt);
    CHECK(problemIn(http.Post("/v1/ops/status", token, R"({"ops":["x"]})", "application/json")) ==
          "400 bad-request");
    CHECK(problemIn(http.Post("/v1/ops/status", token, "nonsense", "application/json")) == "400 bad-request");

    const auto dossier = http.Get("/v1/dossiers/" + aUid(1).text(), token);
    CHECK(dossier->status == 200);
    CHECK(dossier->get_header_value("ETag").size() == 34);
    CHECK(problemIn(http.Get("/v1/dossiers/" + aUid(2).text(), token)) == "404 not-found");
    portal::City city(*world.admin, world.clock, world.random);
    REQUIRE(city.takeAway(aUid(1)));
    CHECK(problemIn(http.Get("/v1/dossiers/" + aUid(1).text(), token)) == "410 dossier-gone");

    const HelloRequest request{world.install, 1, 0, std::string(64, '0'), {}, {}, "test 1.0"};
    const auto hello = http.Post("/v1/hello", token, dumpJson(toJson(request)), "application/json");
    CHECK(hello->status == 200);
    CHECK(helloFromJson(*parseJson(hello->body))->held == 1);
    CHECK(problemIn(http.Post("/v1/hello", token, "{}", "application/json")) == "400 bad-request");
    CHECK(problemIn(http.Post("/v1/devices", "{}", "application/json")) == "400 bad-request");
}

TEST_CASE("a revoked device hears so in hello and is refused everywhere else; an old program is told")
{
    HttpWorld world;
    world.enrol();
    auto http = world.client();
    const auto token = world.token();
    const std::string hello =
        dumpJson(toJson(HelloRequest{world.install, 1, 0, std::string(64, '0'), {}, {}, "test 1.0"}));

    REQUIRE(world.admin->keys().setSetting("min-app", "1.1"));
    CHECK(http.Post("/v1/hello", token, hello, "application/json")->status == 200);
    CHECK(problemIn(http.Get("/v1/changes", token)) == "426 client-too-old");
    REQUIRE(world.admin->keys().setSetting("min-app", ""));
    CHECK(http.Get("/v1/changes", token)->status == 200);

    REQUIRE(world.admin->keys().revoke(world.install));
    const auto answer = http.Post("/v1/hello", token, hello, "application/json");
    CHECK(helloFromJson(*parseJson(answer->body))->revoked);
    CHECK(problemIn(http.Get("/v1/changes", token)) == "403 revoked");
    CHECK(problemIn(world.push(world.line(1))) == "403 revoked");
}

TEST_CASE("waiting for changes ends with the change, or with the time")
{
    HttpWorld world;
    world.enrol();
    auto http = world.client();
    const auto first = changesPageFromJson(*parseJson(http.Get("/v1/changes", world.token())->body));
    REQUIRE(first);
    const std::string path = "/v1/changes?cursor=" + first->cursor + "&wait=";

    const auto begin = std::chrono::steady_clock::now();
    const auto empty = http.Get(path + "1", world.token());
    CHECK(std::chrono::steady_clock::now() - begin >= std::chrono::milliseconds{900});
    CHECK(changesPageFromJson(*parseJson(empty->body))->changes.empty());

    std::thread pushing([&world] { static_cast<void>(world.push(world.line(1))); });
    const auto woken = http.Get(path + "9", world.token());
    pushing.join();
    CHECK(changesPageFromJson(*parseJson(woken->body))->changes.size() == 1);

    for (const char* query :
         {"limit=0", "limit=501", "limit=x", "limit=", "wait=61", "wait=-1", "cursor=x"}) {
        CHECK(problemIn(http.Get("/v1/changes?" + std::string(query), world.token())) == "400 bad-request");
    }
    CHECK(problemIn(http.Get("/v1/changes?cursor=" + std::string(201, 'x'), world.token())) ==
          "400 bad-request");
}

TEST_CASE("plain HTTP stays on loopback")
{
    CHECK(portal::isLoopback("127.0.0.1"));
    CHECK(portal::isLoopback("127.8.9.1"));
    CHECK(portal::isLoopback("::1"));
    CHECK(portal::isLoopback("localhost"));
    for (const char* host : {"0.0.0.0", "192.168.1.1", "::", "portal.example.vn", "127.0.0.1.example.vn"}) {
        CHECK_FALSE(portal::isLoopback(host));
    }
    HttpWorld world;
    portal::HttpServer server(*world.api, *world.faults);
    CHECK(server.bind({"0.0.0.0", 0, "", ""}).error().kind == ErrorKind::Refused);
    CHECK(server.bind({"0.0.0.0", 0, "/nonexistent.pem", ""}).error().kind == ErrorKind::Invalid);

    CHECK(portal::parseListenAddress("127.0.0.1:8080")->port == 8080);
    CHECK(portal::parseListenAddress("[::1]:0")->host == "::1");
    for (const char* bad : {"", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000"}) {
        CHECK_FALSE(portal::parseListenAddress(bad));
    }
}

TEST_CASE("two portals cannot share one port")
{
    HttpWorld world;
    const std::string url = world.server->url();
    portal::HttpServer second(*world.api, *world.faults);
    portal::ServerOptions options;
    options.port = std::stoi(url.substr(url.rfind(':') + 1));
    CHECK(second.bind(options).error().kind == ErrorKind::Network);
}
