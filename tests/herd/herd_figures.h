// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/herd/herd_city.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace motcua::herd {

struct HerdOptions
{
    double arrivalSeconds = 0; ///< the first calls come within this time
    Millis budget = std::chrono::minutes{30};
    std::uint64_t seed = 1;
    bool hasGreedyCommune = false;
};

/// What came of it, and what is printed.
class Figures
{
public:
    void note(HerdCounter::Call call, const Reply& reply, bool isUseful, std::int64_t micros, bool isGreedy,
              Millis at);

    struct CounterEnd
    {
        std::string unit;
        std::int64_t operations;
        std::optional<Millis> finishedAt;
        bool isGreedy;
    };

    Tally tally;
    Millis took{0};
    std::vector<CounterEnd> counters;
    double portalSeconds = 0;
    double databaseSeconds = 0;
    HerdCity::Held held;
    std::int64_t dossiers = 0; ///< that there should be

    void print();
    /// Each dossier is there once, and every operation of an honest counter has its receipt.
    [[nodiscard]] bool isWhole() const;
    /// Fifteen minutes, a second, a twentieth.
    [[nodiscard]] bool isWithinTheIssue() const;

private:
    struct Requests
    {
        std::vector<std::int64_t> micros; ///< of those that were let in
        std::int64_t refused = 0;
        std::int64_t lost = 0;
        std::int64_t useless = 0; ///< answered, and nothing new came of it
    };
    [[nodiscard]] std::int64_t all() const;
    [[nodiscard]] std::int64_t wasted() const;
    [[nodiscard]] std::vector<double> finishTimes() const; ///< seconds by commune, sorted
    [[nodiscard]] double jain() const;
    void printRequests();
    void printFairness() const;
    void printProjection() const;

    std::array<Requests, 3> m_requests; ///< by call
    Requests m_greedy;
    std::vector<Millis> m_finishes;
    Millis m_lastPush{0};
};

} // namespace motcua::herd
