// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/gzip.h"

#include "core/base/random.h"

#include <catch2/catch.hpp>

using namespace motcua;

TEST_CASE("what was packed comes back, of any size")
{
    SeededRandom random(1);
    for (const std::size_t size : {0U, 1U, 100U, 65'535U, 65'536U, 65'537U, 1'000'000U}) {
        std::string bytes;
        while (bytes.size() < size) {
            bytes += static_cast<char>(random.below(256));
        }
        INFO(size);
        CHECK(gunzip(gzip(bytes), size).value() == bytes);
    }
}

TEST_CASE("a bomb stops at the bound")
{
    const std::string bomb = gzip(std::string(50'000'000, 'A'));
    REQUIRE(bomb.size() < 1'000'000);

    const auto unpacked = gunzip(bomb, 8'000'000);

    REQUIRE_FALSE(unpacked);
    CHECK(unpacked.error().kind == ErrorKind::Refused);
    CHECK(gunzip(gzip(std::string(100, 'A')), 100));
    CHECK(gunzip(gzip(std::string(101, 'A')), 100).error().kind == ErrorKind::Refused);
    CHECK(gunzip(gzip("ab") + gzip("cd"), 4) == "abcd");
    CHECK(gunzip(gzip("ab") + gzip("cd"), 4, 1).error().kind == ErrorKind::Refused);
    std::string empties; // each costs the processor its whole limit
    for (int i = 0; i < 9; ++i) {
        empties += gzip("");
    }
    CHECK(gunzip(empties, 100'000).error().kind == ErrorKind::Refused);
    CHECK(gunzip(gzip("ab") + gzip("cd"), 3).error().kind == ErrorKind::Refused);
}

TEST_CASE("cut off, damaged, lengthened or foreign bytes are refused")
{
    const std::string packed = gzip(std::string(10'000, 'x') + "end");
    for (std::size_t length = 0; length < packed.size(); ++length) {
        CHECK(gunzip(packed.substr(0, length), 100'000).error().kind == ErrorKind::Invalid);
    }
    CHECK(gunzip(packed + "x", 100'000).error().kind == ErrorKind::Invalid);
    CHECK(gunzip("<html>", 100'000).error().kind == ErrorKind::Invalid);
    std::string damaged = packed;
    damaged[packed.size() - 6] = static_cast<char>(damaged[packed.size() - 6] ^ 1);
    CHECK_FALSE(gunzip(damaged, 100'000));
}
