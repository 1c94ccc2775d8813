// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/sample_files.h"
#include "tests/support/world_checks.h"
#include "tests/support/world_courier.h"

#include <catch2/catch.hpp>

namespace motcua {

template<class T> T good(Result<T> result)
{
    INFO((result ? std::string() : result.error().detail));
    REQUIRE(result);
    return std::move(*result);
}

inline const MemoryBlobs::Blob& atPortal(World& world, const std::string& bytes)
{
    const auto* const there = world.portal().blobs().find(toHex(sha256(bytes)));
    REQUIRE(there != nullptr);
    return *there;
}

/// Greeted once, then cut off; then a dossier with scans comes in.
struct CutOff
{
    explicit CutOff(std::uint64_t seed, const std::vector<std::string>& scans) : world(seed)
    {
        world.runFor(std::chrono::minutes(5));
        counter().network().isDown = true;
        code = counter().receive("Nguyễn Văn Hà", scans);
        world.runFor(std::chrono::hours(24));
    }
    WorldCounter& counter() { return world.counter(); }
    [[nodiscard]] std::int64_t filesWaiting() { return counter().desk().queue().filesWaiting()->count; }

    World world;
    std::string code;
};

} // namespace motcua
