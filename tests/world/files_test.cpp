// SPDX-License-Identifier: GPL-3.0-or-later
// Scans on their way to the portal, and all that happens to them.
#include "tests/support/sample_files.h"
#include "tests/support/world.h"
#include "tests/support/world_checks.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace std::chrono_literals;

namespace {

FileOnItsWay onlyFile(World& world)
{
    const auto files = world.counter().files();
    REQUIRE(files.size() == 1);
    return files.front();
}

/// "HEAD" and "PATCH 65536" of each call about a file, "POST /v1/ops" of the others that carry operations.
std::vector<std::string> callsIn(World& world, std::vector<std::string>& calls)
{
    world.counter().network().departs = [&calls](const Request& request) {
        if (request.path.rfind("/v1/blobs/", 0) == 0) {
            calls.push_back(request.method == "HEAD" ? "HEAD"
                                                     : "PATCH " + std::to_string(request.body.size()));
        } else if (request.path == "/v1/ops") {
            calls.push_back("POST /v1/ops");
        }
    };
    return calls;
}

} // namespace

TEST_CASE("a dossier's scan goes up after its text, and is complete when the portal has all of it")
{
    World world(1);
    std::vector<std::string> calls;
    callsIn(world, calls);
    const std::string bytes = samplePdf(300'000);
    world.counter().receive("Nguyễn Văn Hà", {bytes});
    CHECK_FALSE(onlyFile(world).isComplete);

    allIsWell(world);

    CHECK(calls == std::vector<std::string>{"POST /v1/ops", "HEAD", "PATCH 65536", "PATCH 65536",
                                            "PATCH 65536", "PATCH 103392"});
    CHECK(onlyFile(world).isComplete);
    CHECK(onlyFile(world).sent == 300'000);
    const auto* const there = world.portal().blobs().find(toHex(sha256(bytes)));
    REQUIRE(there != nullptr);
    CHECK(there->isComplete);
    CHECK(there->bytes == bytes);
    CHECK(world.counter().engine().counters().filesSent == 1);
    CHECK(world.counter().desk().queue().filesWaiting()->count == 0);
}

TEST_CASE("the smallest file goes first, and text that comes meanwhile goes before the rest")
{
    World world(2);
    std::vector<std::string> calls;
    callsIn(world, calls);
    world.counter().receive("Nguyễn Văn Hà",
                            {samplePdf(500'000, 1), samplePdf(10'000, 2), samplePdf(80'000, 3)});
    while (calls.size() < 6) {
        EngineStep done;
        REQUIRE(world.counter().step(done));
    }
    CHECK(calls == std::vector<std::string>{"POST /v1/ops", "PATCH 10000", "HEAD", "PATCH 65536",
                                            "PATCH 14464", "HEAD"});
    world.counter().receive("Trần Thị Bình"); // while the large one is on its way
    EngineStep done;
    REQUIRE(world.counter().step(done));
    CHECK(calls.back() == "POST /v1/ops");

    allIsWell(world);
    CHECK(world.counter().engine().counters().filesSent == 3);
}

TEST_CASE("a file goes on inside itself after every break, and what arrived before it counts")
{
    World world(3);
    const std::string bytes = samplePdf(3'000'000);
    world.counter().receive("Nguyễn Văn Hà", {bytes});
    world.counter().network().weather = {.loseAnswer = 10, .reset = 10, .tear = 20};
    std::int64_t sent = 0;
    std::int64_t pieces = 0;
    std::size_t largest = 0;
    world.counter().network().departs = [&](const Request& request) {
        if (request.method == "PATCH") {
            sent += static_cast<std::int64_t>(request.body.size());
            largest = std::max(largest, request.body.size());
            ++pieces;
        }
    };
    world.runFor(3h);

    CHECK(onlyFile(world).isComplete);
    const auto lost = world.counter().engine().counters().lost;
    CHECK(lost > 5);
    // Not one byte was taken twice, and no break cost more than its piece.
    CHECK(world.portal().blobs().appended == 3'000'000);
    CHECK(sent - 3'000'000 <= lost * static_cast<std::int64_t>(largest));
    allIsWell(world);
}

TEST_CASE("a counter that is killed at each single call goes on where the portal is")
{
    for (int at = 1;; ++at) {
        World world(4);
        world.counter().receive("Nguyễn Văn Hà", {samplePdf(400'000)});
        int call = 0;
        const auto watch = [&](const Request& request) {
            if (request.path.rfind("/v1/blobs/", 0) == 0 && ++call == at) {
                throw CounterDied{};
            }
        };
        world.counter().network().departs = watch;
        allIsWell(world);
        CHECK(onlyFile(world).isComplete);
        CHECK(world.portal().blobs().appended == 400'000);
        if (call < at) {
            CHECK(at > 5);
            break;
        }
    }
}

TEST_CASE("an answer that is lost at each single call costs nothing but its piece")
{
    for (int at = 1;; ++at) {
        World world(5);
        world.counter().receive("Nguyễn Văn Hà", {samplePdf(400'000)});
        int call = 0;
        world.counter().network().departs = [&](const Request& request) {
            call += request.path.rfind("/v1/blobs/", 0) == 0 ? 1 : 0;
            world.counter().network().weather.loseAnswer =
                request.path.rfind("/v1/blobs/", 0) == 0 && call == at ? 100 : 0;
        };
        world.runFor(1h);
        CHECK(onlyFile(world).isComplete);
        CHECK(world.portal().blobs().appended == 400'000);
        CHECK(world.counter().engine().counters().filesSent == 1);
        allIsWell(world);
        if (call < at) {
            break;
        }
    }
}

TEST_CASE("a photo whose pieces never arrive holds up no text")
{
    World world(6);
    world.counter().receive("Nguyễn Văn Hà", {samplePdf(2'000'000)});
    world.counter().network().departs = [&](const Request& request) {
        world.counter().network().weather.reset = request.method == "PATCH" ? 100 : 0;
    };
    world.runFor(30min);
    CHECK_FALSE(onlyFile(world).isComplete);
    for (int i = 0; i < 20; ++i) {
        world.counter().receive();
        world.runFor(20s);
        CHECK(world.counter().waiting() == 0);
    }
    world.counter().network().departs = {};
    world.counter().network().weather = {};
    allIsWell(world);
    CHECK(onlyFile(world).isComplete);
}

TEST_CASE("a file about which the portal cannot even be asked lets the others go")
{
    World world(6);
    const std::string small = samplePdf(100'000);
    world.counter().receive("Nguyễn Văn Hà", {small, samplePdf(400'000)});
    world.counter().network().departs = [&](const Request& request) {
        const bool isTheSmallOne = request.path.find(toHex(sha256(small))) != std::string::npos;
        world.counter().network().weather.reset = isTheSmallOne ? 100 : 0;
    };
    world.runFor(30min);

    int complete = 0;
    for (const auto& file : world.counter().files()) {
        complete += file.isComplete ? 1 : 0;
    }
    CHECK(complete == 1);
    world.counter().network().departs = {};
    world.counter().network().weather = {};
    allIsWell(world);
}

TEST_CASE("bytes that go wrong on the way are found by the portal, and the file begins again")
{
    World world(7);
    const std::string bytes = samplePdf(200'000);
    const std::string sha256 = toHex(motcua::sha256(bytes));
    world.counter().receive("Nguyễn Văn Hà", {bytes});
    bool isSpoiled = false;
    world.counter().network().departs = [&](const Request& request) {
        auto* const there = world.portal().blobs().find(sha256);
        if (!isSpoiled && request.method == "PATCH" && there != nullptr && there->bytes.size() > 100'000) {
            there->bytes[5] = 'x';
            isSpoiled = true;
        }
    };
    allIsWell(world);
    CHECK(isSpoiled);
    CHECK(onlyFile(world).isComplete);
    CHECK(world.portal().blobs().appended == 400'000);
    CHECK(world.portal().blobs().find(sha256)->bytes == bytes);
}

TEST_CASE("a portal that loses part of a file, or all of it, is asked where it stands and gets the rest")
{
    World world(8);
    const std::string bytes = samplePdf(400'000);
    const std::string sha256 = toHex(motcua::sha256(bytes));
    world.counter().receive("Nguyễn Văn Hà", {bytes});
    int pieces = 0;
    world.counter().network().departs = [&](const Request& request) {
        pieces += request.method == "PATCH" ? 1 : 0;
        auto* const there = world.portal().blobs().find(sha256);
        if (pieces == 3 && there != nullptr) {
            there->bytes.resize(1'000);
        } else if (pieces == 5) {
            world.portal().blobs().blobs.clear();
        }
    };
    allIsWell(world);
    CHECK(onlyFile(world).isComplete);
    CHECK(world.portal().blobs().find(sha256)->bytes == bytes);
}

TEST_CASE("a portal restored from a backup is asked about every file again, and gets what it lost")
{
    World world(9);
    const std::string kept = samplePdf(50'000, 1);
    const std::string gone = samplePdf(70'000, 2);
    world.counter().receive("Nguyễn Văn Hà", {kept, gone});
    allIsWell(world);
    const auto backup = world.portal().copyDisk();
    CHECK(world.portal().blobs().appended == 120'000);

    world.portal().kill();
    world.portal().restore(backup);
    std::erase_if(world.portal().blobs().blobs,
                  [&](const auto& each) { return each.first.second == toHex(sha256(gone)); });

    allIsWell(world);
    CHECK(world.portal().blobs().appended == 190'000); // only what was missing
    for (const auto& file : world.counter().files()) {
        CHECK(file.isComplete);
    }
}

TEST_CASE("a file that the disk spoiled here is told, holds up nothing, and goes when it was scanned again")
{
    World world(10);
    const std::string bytes = samplePdf(200'000, 1);
    world.counter().receive("Nguyễn Văn Hà", {bytes});
    world.counter().receive("Trần Thị Bình", {samplePdf(300'000, 2)});
    auto& shelf = world.counter().store().shelf;
    const auto name = world.counter().store().files->nameOf(sha256(bytes));
    shelf.files[name].bytes[100'000] ^= 1;

    REQUIRE(world.comesToRest());

    auto files = world.counter().files();
    CHECK_FALSE(files[0].isComplete);
    CHECK(files[0].trouble == "damaged");
    CHECK(files[1].isComplete);
    MemorySource again(bytes);
    REQUIRE(world.counter().store().files->add(again, FileKind::Pdf));
    CHECK(world.counter().files()[0].trouble.empty());
    world.runFor(10min); // hours before a stuck one is looked at again by itself
    CHECK(world.counter().files()[0].isComplete);
    allIsWell(world);
}

TEST_CASE("a file of a dossier that was withdrawn before it was sent goes nowhere, and nobody waits for it")
{
    World world(11);
    world.counter().network().isDown = true;
    const auto code = world.counter().receive("Nguyễn Văn Hà", {samplePdf(50'000)});
    const auto operations = world.counter().desk().queue().operations(false);
    REQUIRE(world.counter().desk().withdrawOperation(operations->front().op, "Nhận nhầm."));
    world.counter().network().isDown = false;
    allIsWell(world);
    CHECK(world.portal().blobs().appended == 0);
    CHECK(world.counter().desk().queue().filesWaiting()->count == 0);
    CHECK_FALSE(onlyFile(world).isWanted);
}

TEST_CASE("equal pages of two dossiers and of two counters go up once each counter that has them")
{
    World world(12, 2);
    const std::string bytes = samplePdf(60'000);
    world.counter(0).receive("Nguyễn Văn Hà", {bytes});
    world.counter(0).receive("Trần Thị Bình", {bytes});
    world.counter(1).receive("Lê Văn Cường", {bytes});
    allIsWell(world);
    CHECK(world.portal().blobs().appended == 60'000); // one unit, one file
    CHECK(world.counter(0).files().front().isComplete);
    CHECK(world.counter(1).files().front().isComplete);
}

TEST_CASE("a counter restored from a backup brings its files with it, and asks before it sends them again")
{
    World world(13);
    world.counter().receive("Nguyễn Văn Hà", {samplePdf(90'000)});
    const auto backup = world.counter().store().copyDisk();
    allIsWell(world);
    CHECK(world.portal().blobs().appended == 90'000);

    world.counter().restore(backup);

    allIsWell(world);
    CHECK(world.portal().blobs().appended == 90'000);
    CHECK(onlyFile(world).isComplete);
}

TEST_CASE("storms: every file of every counter arrives whole, whatever the weather")
{
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        World world(seed * 17, 2);
        Weather storm = kStorm;
        storm.tear = 10;
        world.setWeather(storm);
        for (int i = 0; i < 12; ++i) {
            auto& counter = world.counter(static_cast<std::size_t>(i % 2));
            if (!counter.isAlive()) {
                counter.start();
            }
            counter.receive("Nguyễn Văn Hà", {samplePdf(1'000 + world.random().below(200'000), i + 2)});
            world.runFor(1min);
        }
        CAPTURE(seed);
        allIsWell(world);
        for (std::size_t which = 0; which < 2; ++which) {
            for (const auto& file : world.counter(which).files()) {
                CHECK(file.isComplete);
            }
        }
    }
}
