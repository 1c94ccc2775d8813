// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "sync/reference_portal/portal.h"
#include "tests/herd/herd_counter.h"
#include "tests/support/postgres_server.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace motcua::herd {

struct CityOptions
{
    int communes = 126;
    int counters = 10; ///< a commune
    int dossiers = 30; ///< a counter: 8 hours' backlog
    int processes = 2; ///< portals
    int workers = 0;   ///< a portal; 0: its own choice
    std::uint64_t seed = 1;
    std::string store;  ///< postgresql://…; empty: a PostgreSQL of our own, with its durability as it comes
    std::string portal; ///< the program
};

/// A city: a database, the portals before it as processes of their own, and its communes' counters enrolled
/// and with their queues full.
class HerdCity
{
public:
    explicit HerdCity(const CityOptions& options);
    HerdCity(const HerdCity&) = delete;
    HerdCity& operator=(const HerdCity&) = delete;
    ~HerdCity();

    [[nodiscard]] std::vector<Backlog> takeBacklogs() { return std::move(m_backlogs); }
    [[nodiscard]] const std::vector<int>& ports() const { return m_ports; }

    /// What the database holds in the end.
    struct Held
    {
        std::int64_t dossiers = 0;
        std::int64_t applied = 0;  ///< operations
        std::int64_t codes = 0;    ///< different ones
        std::int64_t walBytes = 0; ///< written since the city was made
    };
    [[nodiscard]] Held held() const;
    /// Seconds of a processor since the beginning of the process: all portals, and all of PostgreSQL.
    [[nodiscard]] double portalSeconds() const;
    [[nodiscard]] double databaseSeconds() const;

private:
    void startPortals(const CityOptions& options);
    void enrolAll(const CityOptions& options);
    [[nodiscard]] Backlog enrolOne(portal::Portal& portal, const std::string& unit, int counter,
                                   const CityOptions& options);

    SystemClock m_clock;
    SystemRandom m_random;
    std::unique_ptr<test::PostgresServer> m_server;
    std::string m_url;
    std::filesystem::path m_folder;
    std::vector<pid_t> m_portals;
    std::vector<int> m_ports;
    std::vector<Backlog> m_backlogs;
    std::string m_walStart;
};

} // namespace motcua::herd
