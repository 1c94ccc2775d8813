// SPDX-License-Identifier: GPL-3.0-or-later
// Many connections: those who are silent, those who are slow, and those of a unit that has too many.
#include "tests/portal/http_world.h"
#include "tests/portal/raw_line.h"

#include <list>
#include <sys/resource.h>

using namespace motcua;
using namespace motcua::test;

namespace {

std::string pushHead(const std::string& token, const std::string& body)
{
    return "POST /v1/ops HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token +
           "\r\nContent-Type: application/x-ndjson\r\nContent-Digest: " + contentDigest(body) +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
}

/// Not much work, so that only the count of those inside decides who comes in.
std::string statusHead(const std::string& token, const std::string& body)
{
    return "POST /v1/ops/status HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n";
}

/// Both ends of a connection are in this process.
void allowManyFiles()
{
    rlimit files{};
    REQUIRE(getrlimit(RLIMIT_NOFILE, &files) == 0);
    files.rlim_cur = files.rlim_max;
    REQUIRE(setrlimit(RLIMIT_NOFILE, &files) == 0);
}

/// The name of a file that the enrolled counter may fetch, larger than what the system takes of an answer
/// that nobody reads.
std::string storedFile(HttpWorld& world)
{
    const std::string piece(std::size_t{1} << 20, 's');
    constexpr std::size_t kPieces = 8;
    std::string bytes;
    for (std::size_t i = 0; i < kPieces; ++i) {
        bytes += piece;
    }
    const std::string digest = toHex(sha256(bytes));
    auto operation = parseOperation(world.line(1));
    REQUIRE(operation);
    operation->body["components"][0]["files"][0]["sha256"] = digest;
    operation->body["components"][0]["files"][0]["size"] = bytes.size();
    const std::string line = composeLine(*operation);
    REQUIRE(world.outcome(world.push(line), line) == "applied");
    const auto size = static_cast<std::int64_t>(bytes.size());
    for (std::size_t at = 0; at < bytes.size(); at += piece.size()) {
        REQUIRE(world.admin->blobs().append("H26.131", digest, static_cast<std::int64_t>(at), piece, size));
    }
    return digest;
}

constexpr std::size_t kInsideOfUnit = 24;
const std::string kStatusBody = R"({"ops":[]})";

/// So many of the enrolled counter's requests inside that its unit has no more room; their bodies come later.
class Crowd
{
public:
    explicit Crowd(const HttpWorld& world)
    {
        const std::string& token = world.enrolment.token;
        std::string refusal;
        for (int i = 0; !refusal.starts_with("HTTP/1.1 503") && i < 10'000; ++i) {
            while (m_lines.size() < kInsideOfUnit) {
                m_lines.push_back(std::make_unique<RawLine>(world));
                m_lines.back()->say(statusHead(token, kStatusBody));
            }
            const RawLine probe(world);
            probe.say("GET /v1/dossiers/none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                      "Authorization: Bearer " +
                      token + "\r\n\r\n");
            refusal = probe.all();
            // A probe that was inside may have kept one of them out.
            m_lines.remove_if([](const auto& line) { return line->hasAnswer(); });
        }
        REQUIRE(refusal.starts_with("HTTP/1.1 503"));
        this->refusal = refusal;
    }
    void finish() const
    {
        for (const auto& each : m_lines) {
            each->say(kStatusBody);
            CHECK(each->head().starts_with("HTTP/1.1 200"));
        }
    }

    std::string refusal; ///< what one more of the unit is answered

private:
    std::list<std::unique_ptr<RawLine>> m_lines;
};

} // namespace

TEST_CASE("silent connections, many more than there are threads at first, keep nobody waiting")
{
    allowManyFiles();
    HttpWorld world;
    world.enrol();
    std::vector<std::unique_ptr<RawLine>> silent;
    for (int i = 0; i < 400; ++i) {
        silent.push_back(std::make_unique<RawLine>(world));
    }
    CHECK(world.pushed(1) == "applied");
    for (std::size_t i = 0; i < silent.size(); i += 100) { // and they are still good
        silent[i]->say("GET /v1/changes HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " +
                       world.enrolment.token + "\r\n\r\n");
        CHECK(silent[i]->head().starts_with("HTTP/1.1 200"));
    }
}

TEST_CASE("half a head keeps only its own connection waiting")
{
    HttpWorld world;
    world.enrol();
    std::vector<std::unique_ptr<RawLine>> slow;
    for (int i = 0; i < 80; ++i) {
        slow.push_back(std::make_unique<RawLine>(world));
        slow.back()->say("POST /v1/ops HTTP/1.1\r\nHost: x\r\nX: ");
    }
    CHECK(world.pushed(1) == "applied");
}

TEST_CASE("a unit with too many inside is told when to come, before its body is read; others come in")
{
    HttpWorld world;
    REQUIRE(world.admin->keys().addUnit({"H26.132", "UBND xã Hát Môn"}));
    world.enrol('b', "H26.132");
    const std::string other = world.enrolment.token;
    world.enrol();
    const Crowd crowd(world);
    const auto at = crowd.refusal.find("Retry-After: ");
    REQUIRE(at != std::string::npos);
    CHECK(std::stoi(crowd.refusal.substr(at + 13)) >= 1);
    CHECK(crowd.refusal.find("urn:motcua:problem:busy") != std::string::npos);

    const RawLine large(world); // the body never comes: nobody waits for it
    large.say(pushHead(world.enrolment.token, std::string(500'000, 'x')));
    CHECK(large.all().starts_with("HTTP/1.1 503"));

    const RawLine elsewhere(world);
    elsewhere.say("GET /v1/changes HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + other + "\r\n\r\n");
    CHECK(elsewhere.head().starts_with("HTTP/1.1 200"));
    const RawLine stranger(world);
    stranger.say("GET /v1/changes HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer nobody\r\n\r\n");
    CHECK(stranger.head().starts_with("HTTP/1.1 401"));

    crowd.finish();
    CHECK(world.pushed(2) == "applied");
}

TEST_CASE("strangers who send slowly keep nobody from being enrolled")
{
    HttpWorld world;
    std::list<RawLine> slow;
    for (std::size_t i = 0; i < kInsideOfUnit; ++i) {
        slow.emplace_back(world).say(
            "POST /v1/devices HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n");
    }
    for (const char letter : {'a', 'b', 'c', 'd', 'e'}) { // by the last of them all the others are there
        world.enrol(letter);
        for (const RawLine& line : slow) {
            CHECK_FALSE(line.hasAnswer());
            line.say("1\r\n \r\n");
        }
    }
    CHECK(world.pushed(1) == "applied");
}

TEST_CASE("who does not take his answer keeps his place")
{
    HttpWorld world;
    world.enrol();
    const std::string& token = world.enrolment.token;
    const std::string file = storedFile(world);
    std::list<RawLine> slow;
    for (std::size_t i = 0; i < kInsideOfUnit; ++i) {
        const RawLine& line = slow.emplace_back(world);
        line.say("GET /v1/blobs/" + file + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token +
                 "\r\n\r\n");
        REQUIRE(line.head().starts_with("HTTP/1.1 200")); // and no more of it
    }
    const auto isRefused = [&world, &token] {
        const RawLine probe(world);
        probe.say("GET /v1/dossiers/none HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer " +
                  token + "\r\n\r\n");
        return probe.all().starts_with("HTTP/1.1 503");
    };
    CHECK(isRefused());

    slow.clear(); // they go away
    bool hasRoom = false;
    for (int i = 0; i < 10'000 && !hasRoom; ++i) {
        hasRoom = !isRefused();
    }
    CHECK(hasRoom);
}

TEST_CASE("a refusal of a small request keeps the connection")
{
    HttpWorld world;
    world.enrol();
    const Crowd crowd(world);
    const RawLine patient(world);
    for (int i = 0; i < 2; ++i) {
        patient.say(statusHead(world.enrolment.token, kStatusBody) + kStatusBody);
        const std::string head = patient.head();
        CHECK(head.starts_with("HTTP/1.1 503"));
        CHECK(head.find("Connection: close") == std::string::npos);
        const auto length = head.find("Content-Length: ");
        REQUIRE(length != std::string::npos);
        for (int left = std::stoi(head.substr(length + 16)); left > 0; --left) {
            REQUIRE_FALSE(patient.one().empty());
        }
    }
}

TEST_CASE("what a counter says to have holds up the others, but not what a revoked one says")
{
    const bool isRevoked = GENERATE(false, true);
    HttpWorld world;
    world.enrol('a');
    auto http = world.client();
    const auto spreadAfter = [&](std::int64_t waiting) {
        const HelloRequest hello{world.install, 1, 0, std::string(64, '0'), waiting, {}, "test 1.0"};
        const auto answer =
            http.Post("/v1/hello", world.token(), dumpJson(toJson(hello)), "application/json");
        return helloFromJson(*parseJson(answer->body))->spreadSeconds;
    };
    if (isRevoked) {
        REQUIRE(world.admin->keys().revoke(world.install));
    }
    CHECK(spreadAfter(1'000'000).value_or(0) == 0); // it does not wait for itself
    world.enrol('b');
    CHECK(spreadAfter(1).has_value() == !isRevoked);
}

TEST_CASE("what never ends is cut off while it is small whoever sends it")
{
    // What the portal takes is far below a megabyte. The rest lies in the buffers of both ends, some
    // megabytes, and a closing portal throws some more away, so that its answer is not lost.
    constexpr std::size_t kPoured = std::size_t{64} << 20;
    constexpr std::size_t kBuffers = kPoured / 2;
    const std::string chunked =
        "Host: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    HttpWorld world;
    std::string head;
    std::string piece(64 << 10, '1');
    SECTION("a request line")
    {
        head = "GET /";
    }
    SECTION("one header")
    {
        head = "GET /v1/changes HTTP/1.1\r\nX: ";
    }
    SECTION("headers")
    {
        head = "GET /v1/changes HTTP/1.1\r\n";
        piece.clear();
        while (piece.size() < (64 << 10)) {
            piece += "a: b\r\n";
        }
    }
    SECTION("the body of a method that has no route")
    {
        head = "PRI / HTTP/1.1\r\n\r\n";
    }
    SECTION("the size of a chunk")
    {
        head = "POST /v1/devices HTTP/1.1\r\n" + chunked;
    }
    const RawLine line(world);
    line.say(head);
    CHECK(line.pour(piece, kPoured) < kBuffers);
    const std::string answer = line.all(); // a reset may have been quicker than it
    CHECK((answer.empty() || answer.starts_with("HTTP/1.1 4")));
    world.enrol();
    CHECK(world.pushed(1) == "applied");
}
