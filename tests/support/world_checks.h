// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/reference_portal/courier_station.h"
#include "tests/support/memory_stick.h"
#include "tests/support/world.h"

#include <catch2/catch.hpp>

namespace motcua {

/// Everything comes to rest, and then nothing is wrong anywhere.
inline void allIsWell(World& world)
{
    REQUIRE(world.comesToRest());
    const auto wrongs = world.wrongs();
    INFO((wrongs.empty() ? std::string() : wrongs.front()));
    CHECK(wrongs.empty());
}

/// A stick is read at the city's station, all of it or these files, and the answers are written.
inline std::vector<portal::StationReport> atStation(World& world, MemoryStick& stick, MemoryStick& answers,
                                                    const std::vector<std::string>& files = {},
                                                    std::int64_t volumeBytes = 1'000'000)
{
    portal::CourierStation station(world.portal().office(), world.portal().clock, "/tmp", volumeBytes);
    const auto reports = station.take(stick, files.empty() ? stick.names() : files, answers);
    INFO((reports ? std::string() : reports.error().detail));
    REQUIRE(reports);
    return *reports;
}

} // namespace motcua
