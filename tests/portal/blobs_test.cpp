// SPDX-License-Identifier: GPL-3.0-or-later
// contracts/portal-api.yaml, /v1/blobs/{sha256}.
#include "core/base/hash.h"
#include "tests/portal/http_world.h"
#include "tests/portal/raw_line.h"

#include <algorithm>
#include <atomic>
#include <fstream>
#include <future>
#include <thread>

using namespace motcua;
using namespace motcua::test;

namespace {

/// A world in which one stored operation names a file of these bytes.
struct Files
{
    HttpWorld world;
    std::string bytes;
    std::string sha256;
    std::string path;

    Files()
    {
        world.enrol();
        for (int i = 0; i < 100000; ++i) {
            bytes += static_cast<char>(i * 7 % 251);
        }
        sha256 = toHex(motcua::sha256(bytes));
        path = "/v1/blobs/" + sha256;
        auto operation = parseOperation(world.line(1));
        REQUIRE(operation);
        operation->body["components"][0]["files"][0]["sha256"] = sha256;
        operation->body["components"][0]["files"][0]["size"] = bytes.size();
        const std::string line = composeLine(*operation);
        REQUIRE(world.outcome(world.push(line), line) == "applied");
    }
    httplib::Result append(std::size_t offset, const std::string& piece, std::size_t length)
    {
        httplib::Headers headers = world.token();
        headers.emplace("Upload-Offset", std::to_string(offset));
        headers.emplace("Upload-Length", std::to_string(length));
        return world.client().Patch(path, headers, piece, "application/octet-stream");
    }
    httplib::Result append(std::size_t offset, std::size_t count)
    {
        return append(offset, bytes.substr(offset, count), bytes.size());
    }
    std::string held()
    {
        const auto answer = world.client().Head(path, world.token());
        return std::to_string(answer->status) + " " + answer->get_header_value("Upload-Offset") + " " +
               answer->get_header_value("Upload-Complete");
    }
    /// The head of a piece that goes from the beginning.
    [[nodiscard]] std::string pieceHead(std::size_t count) const
    {
        return "PATCH " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + world.enrolment.token +
               "\r\nUpload-Offset: 0\r\nUpload-Length: " + std::to_string(bytes.size()) +
               "\r\nContent-Type: application/octet-stream\r\nContent-Length: " + std::to_string(count) +
               "\r\n\r\n";
    }
};

/// Asks until the piece that was begun is being read, which the portal does as soon as it can.
std::string heldAtLast(Files& it)
{
    std::string held = it.held();
    for (int i = 0; i < 500 && held == "200 0 "; ++i) {
        held = it.held();
    }
    return held;
}

} // namespace

TEST_CASE("a file goes up in pieces, at the offset that the portal says")
{
    Files it;
    CHECK(it.held() == "200 0 ");
    auto answer = it.append(0, 40000);
    CHECK(answer->status == 204);
    CHECK(answer->get_header_value("Upload-Offset") == "40000");
    CHECK_FALSE(answer->has_header("Upload-Complete"));
    CHECK(it.held() == "200 40000 ");

    answer = it.append(0, 40000); // the answer was lost, it is sent again
    CHECK(problemIn(answer) == "409 wrong-offset");
    CHECK(answer->get_header_value("Upload-Offset") == "40000");
    answer = it.append(40000, 60000);
    CHECK(answer->status == 204);
    CHECK(answer->get_header_value("Upload-Complete") == "?1");
    CHECK(it.held() == "200 100000 ?1");
    answer = it.append(100000, 0);
    CHECK(answer->status == 409); // complete already
    CHECK(answer->get_header_value("Upload-Complete") == "?1");

    auto http = it.world.client();
    CHECK(http.Get(it.path, it.world.token())->body == it.bytes);
    httplib::Headers headers = it.world.token();
    headers.emplace("Range", "bytes=10-19");
    const auto part = http.Get(it.path, headers);
    CHECK(part->status == 206);
    CHECK(part->body == it.bytes.substr(10, 10));
    CHECK(part->get_header_value("Content-Range") == "bytes 10-19/100000");
}

TEST_CASE("a line that broke at the counter's end alone: what arrived of the piece counts when it asks")
{
    Files it;
    const RawLine silent(it.world);
    silent.say(it.pieceHead(40'000) + it.bytes.substr(0, 20'000));
    CHECK(heldAtLast(it) == "200 20000 ");
    CHECK(silent.all().find("Upload-Offset: 20000") != std::string::npos); // who still listens is told
    CHECK(it.append(20'000, 80'000)->get_header_value("Upload-Complete") == "?1");
}

TEST_CASE("who goes on with a file waits until what arrived of the earlier piece is stored")
{
    portal::OpenPieces pieces;
    std::promise<void> ended;
    auto first = std::make_unique<portal::OpenPieces::Piece>(pieces, "a", [&] { ended.set_value(); });
    std::atomic<bool> isStored = false;
    auto second = std::async(std::launch::async, [&] {
        const portal::OpenPieces::Piece piece(pieces, "a", {});
        return isStored.load();
    });
    ended.get_future().get(); // the second made the reading of the first end
    first->hasCome();
    const portal::OpenPieces::Piece other(pieces, "b", {}); // of another file: waits for nobody
    isStored = true;
    first.reset();
    CHECK(second.get());
    pieces.settle("a"); // none is open
}

TEST_CASE("a piece that one counter sends is not ended by another that asks for the same file")
{
    Files it;
    const RawLine slow(it.world);
    slow.say(it.pieceHead(40'000) + it.bytes.substr(0, 20'000));
    it.world.enrol('b');
    for (int i = 0; i < 20; ++i) {
        CHECK(it.held() == "200 0 ");
    }
    slow.say(it.bytes.substr(20'000, 20'000));
    CHECK(slow.head().starts_with("HTTP/1.1 204"));
    CHECK(it.held() == "200 40000 ");
}

TEST_CASE("a file that nobody names does not exist, whatever the verb")
{
    Files it;
    it.path = "/v1/blobs/" + std::string(64, '0');
    CHECK(it.held().starts_with("404"));
    CHECK(problemIn(it.append(0, "x", 1)) == "404 not-found");
    CHECK(problemIn(it.world.client().Get(it.path, it.world.token())) == "404 not-found");
    it.path = "/v1/blobs/..";
    CHECK(problemIn(it.world.client().Get(it.path, it.world.token())) == "404 not-found");
}

TEST_CASE("wrong lengths and wrong bytes")
{
    Files it;
    CHECK(problemIn(it.append(0, "x", 5)) == "422 bad-request"); // another length than named
    CHECK(it.append(0, 99999)->status == 204);
    CHECK(problemIn(it.append(99999, "xy", it.bytes.size())) == "422 bad-request"); // beyond the length
    CHECK(it.held() == "200 99999 ");                                               // nothing discarded
    CHECK(problemIn(it.append(99999, "?", it.bytes.size())) == "422 digest-mismatch");
    CHECK(it.held() == "200 0 "); // discarded, begin again
    CHECK(problemIn(it.append(0, std::string((1 << 20) + 1, 'x'), it.bytes.size())) == "413 too-large");
    CHECK(it.append(0, 100000)->get_header_value("Upload-Complete") == "?1");
    CHECK(problemIn(it.world.client().Patch(it.path, it.world.token(), "x", "application/octet-stream")) ==
          "400 bad-request");
}

TEST_CASE("the parts of a file that is not whole are not given out")
{
    Files it;
    CHECK(it.append(0, 10)->status == 204);
    CHECK(problemIn(it.world.client().Get(it.path, it.world.token())) == "404 not-found");
}

TEST_CASE("a file or a part of it goes out as it is, also to those who take gzip")
{
    Files it;
    CHECK(it.append(0, 100000)->status == 204);
    auto http = it.world.client();
    http.set_decompress(false);
    httplib::Headers headers = it.world.token();
    headers.emplace("Accept-Encoding", "gzip");
    const auto whole = http.Get(it.path, headers);
    CHECK_FALSE(whole->has_header("Content-Encoding"));
    CHECK(whole->body == it.bytes);

    headers.emplace("Range", "bytes=1000-5999");
    const auto part = http.Get(it.path, headers);
    CHECK(part->status == 206);
    CHECK_FALSE(part->has_header("Content-Encoding"));
    CHECK(part->get_header_value("Content-Range") == "bytes 1000-5999/100000");
    CHECK(part->body == it.bytes.substr(1000, 5000));
}

TEST_CASE("a file whose portal was killed after the last byte comes to its end when somebody asks")
{
    if (usesPostgres()) {
        return; // there the last byte and the look at the digest are one transaction
    }
    Files it;
    const std::filesystem::path folder = it.world.store.folder.path() + "/blobs/H26.131";
    std::filesystem::create_directories(folder);
    const auto leave = [&](const std::string& bytes) {
        std::ofstream(folder / (it.sha256 + ".part"), std::ios::binary) << bytes;
    };
    SECTION("all of it")
    {
        leave(it.bytes);
        CHECK(it.held() == "200 100000 ?1");
        CHECK(it.world.client().Get(it.path, it.world.token())->body == it.bytes);
    }
    SECTION("all of it, and the counter sends on without asking")
    {
        leave(it.bytes);
        const auto answer = it.append(0, 100000);
        CHECK(answer->status == 409);
        CHECK(answer->get_header_value("Upload-Complete") == "?1");
    }
    SECTION("other bytes")
    {
        leave(std::string(it.bytes.size(), 'x'));
        CHECK(it.held() == "200 0 ");
        CHECK(it.append(0, 100000)->get_header_value("Upload-Complete") == "?1");
    }
    SECTION("more than it has")
    {
        leave(it.bytes + "x");
        CHECK(it.held() == "200 0 ");
        CHECK(it.append(0, 100000)->get_header_value("Upload-Complete") == "?1");
    }
}

TEST_CASE("network and stick bring one file at the same moment: one of them writes, and the file ends whole")
{
    const TemporaryFolder folder;
    std::string bytes;
    for (int i = 0; i < 60'000; ++i) {
        bytes += static_cast<char>(i * 7 % 251);
    }
    const std::string sha256 = toHex(motcua::sha256(bytes));
    const auto size = static_cast<std::int64_t>(bytes.size());
    const std::string half = bytes.substr(0, 30'000);
    std::vector<Result<portal::BlobStore::Taken>> taken(8, portal::BlobStore::Taken::More);
    std::vector<std::thread> writers;
    for (auto& each : taken) {
        writers.emplace_back([&each, &folder, &sha256, &half, size] {
            each = portal::FolderBlobStore(folder.path()).append("H26.131", sha256, 0, half, size);
        });
    }
    for (auto& writer : writers) {
        writer.join();
    }
    CHECK(std::count_if(taken.begin(), taken.end(), [](const auto& each) {
              return each && *each == portal::BlobStore::Taken::More;
          }) == 1);
    portal::FolderBlobStore store(folder.path());
    CHECK(store.held("H26.131", sha256)->bytes == 30'000);
    CHECK(store.append("H26.131", sha256, 30'000, bytes.substr(30'000), size) ==
          portal::BlobStore::Taken::Whole);
    CHECK(store.append("H26.131", sha256, 0, half, size) == portal::BlobStore::Taken::WrongOffset);
    CHECK(store.held("H26.131", sha256)->isComplete);
}

TEST_CASE("a part that grew longer than its file is dropped, and the file begins again")
{
    const TemporaryFolder folder;
    const std::string bytes(2'000, 'x');
    const std::string sha256 = toHex(motcua::sha256(bytes));
    portal::FolderBlobStore store(folder.path());
    REQUIRE(store.append("H26.131", sha256, 0, bytes.substr(0, 1'500), 4'000) ==
            portal::BlobStore::Taken::More);
    REQUIRE(store.append("H26.131", sha256, 1'500, bytes, 4'000) == portal::BlobStore::Taken::More);

    CHECK(store.append("H26.131", sha256, 0, bytes, 2'000) == portal::BlobStore::Taken::WrongOffset);

    CHECK(store.held("H26.131", sha256)->bytes == 0);
    CHECK(store.append("H26.131", sha256, 0, bytes, 2'000) == portal::BlobStore::Taken::Whole);
}
