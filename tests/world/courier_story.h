// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/courier/courier_out.h"
#include "sync/courier/stick_answers.h"
#include "sync/reference_portal/courier_station.h"
#include "tests/support/memory_stick.h"
#include "tests/support/world.h"
#include "tests/support/world_checks.h"

#include <catch2/catch.hpp>

namespace motcua {

inline constexpr const char* kCourierTemporary = "/tmp";

/// One counter's end of the courier.
struct CourierEnd
{
    explicit CourierEnd(WorldCounter& who, std::int64_t volumeBytes = 1'000'000)
        : queue(*who.store().connection, who.store().identity().install),
          desk(*who.store().connection, who.store().identity(), who.store().clock),
          portal(*who.store().portal),
          out(desk, portal, queue, who.store().clock, random, CourierOptions{"motcua 9.9", volumeBytes}),
          in(desk, portal)
    {}

    [[nodiscard]] ExportReport write(Stick& stick)
    {
        const auto report = out.write(stick, "Lan");
        INFO((report ? std::string() : report.error().detail));
        REQUIRE(report);
        return *report;
    }
    [[nodiscard]] StickAnswers read(MemoryStick& stick)
    {
        const auto answers = readAnswers(in, stick, stick.names(), kCourierTemporary);
        INFO((answers ? std::string() : answers.error().detail));
        REQUIRE(answers);
        return *answers;
    }
    [[nodiscard]] static int nextSeed()
    {
        static int seed = 0;
        return ++seed;
    }

    SeededRandom random{static_cast<std::uint64_t>(nextSeed())};
    Queue queue;
    CourierDesk desk;
    PortalDesk& portal;
    CourierOut out;
    CourierIn in;
};

/// Scans of a counter: those that can be read, and one that cannot.
class ThreeScans final : public CourierFiles
{
public:
    ThreeScans() : m_bytes{std::string(2'500'000, 'a'), "b", std::string(70'000, 'c')} {}

    [[nodiscard]] BundleFile file(std::size_t which) const
    {
        const auto& bytes = m_bytes[which];
        return {toHex(sha256(bytes)), static_cast<std::int64_t>(bytes.size()), false};
    }
    Result<std::vector<BundleFile>> wanted(const std::vector<Position>&) override
    {
        return std::vector{file(0), file(1), file(2)};
    }
    Result<std::unique_ptr<BundleSource>> open(const BundleFile& wanted) override
    {
        if (wanted.sha256 == file(1).sha256) {
            return fail(ErrorKind::Damaged, "unreadable");
        }
        const auto& bytes = wanted.sha256 == file(0).sha256 ? m_bytes[0] : m_bytes[2];
        return std::unique_ptr<BundleSource>(std::make_unique<TextSource>(bytes));
    }
    Result<bool> noteHeld(const BundleFile& file, const AnswerMoment&) override
    {
        held.push_back(file.sha256);
        return true;
    }

    std::vector<std::string> held;

private:
    std::vector<std::string> m_bytes;
};

[[nodiscard]] inline std::int64_t countOf(WorldCounter& counter, std::string_view sql)
{
    auto query = counter.store().connection->prepare(sql);
    REQUIRE(query);
    REQUIRE(query->step());
    return query->integer(0);
}
[[nodiscard]] inline std::int64_t courierFacts(WorldCounter& counter)
{
    return countOf(counter, "SELECT (SELECT count(*) FROM receipt) + (SELECT count(*) FROM pulled) + "
                            "(SELECT count(*) FROM journal) + (SELECT count(*) FROM bundle_answer)");
}

/// Enrolled and greeted once, then cut off for two weeks in which this many dossiers come in.
struct CutOffWorld
{
    explicit CutOffWorld(std::uint64_t seed, int dossiers = 5, int counters = 1) : world(seed, counters)
    {
        world.runFor(std::chrono::minutes(5));
        for (std::size_t i = 0; i < world.size(); ++i) {
            world.counter(i).network().isDown = true;
        }
        for (int i = 0; i < dossiers; ++i) {
            codes.push_back(world.counter().receive());
            world.runFor(std::chrono::hours(24 * 14) / dossiers);
        }
    }
    World world;
    std::vector<std::string> codes;
};

} // namespace motcua
