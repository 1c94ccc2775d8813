// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/herd/herd_figures.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <sys/resource.h>

namespace motcua::herd {

namespace {

constexpr std::array<const char*, 3> kCallNames{"hello", "push", "pull"};
constexpr Millis kTimeMost = std::chrono::minutes{15};
constexpr double kSecondMost = 1'000'000; // microseconds
constexpr double kWasteMost = 0.05;

/// The part-th value of a sorted list, 0 for none.
template<class T> T quantile(const std::vector<T>& sorted, double part)
{
    if (sorted.empty()) {
        return T{};
    }
    const auto at = static_cast<std::size_t>(std::ceil(part * static_cast<double>(sorted.size())));
    return sorted[std::clamp<std::size_t>(at, 1, sorted.size()) - 1];
}

double millis(std::int64_t micros)
{
    return static_cast<double>(micros) / 1000;
}

double ownSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

} // namespace

void Figures::note(HerdCounter::Call call, const Reply& reply, bool isUseful, std::int64_t micros,
                   bool isGreedy, Millis at)
{
    Requests& requests = isGreedy ? m_greedy : m_requests.at(static_cast<std::size_t>(call));
    if (reply.failure != Failure::None) {
        ++requests.lost;
    } else if (reply.status == 503 || reply.status == 429) {
        ++requests.refused;
    } else {
        requests.micros.push_back(micros);
        requests.useless += isUseful ? 0 : 1;
    }
    if (call == HerdCounter::Call::Push && isUseful) {
        m_lastPush = at;
    }
}

std::int64_t Figures::all() const
{
    std::int64_t count = 0;
    for (const Requests& each : m_requests) {
        count += static_cast<std::int64_t>(each.micros.size()) + each.refused + each.lost;
    }
    return count;
}

std::int64_t Figures::wasted() const
{
    std::int64_t count = 0;
    for (const Requests& each : m_requests) {
        count += each.refused + each.lost + each.useless;
    }
    return count;
}

std::vector<double> Figures::finishTimes() const
{
    std::map<std::string, double> byCommune;
    for (const CounterEnd& counter : counters) {
        if (!counter.isGreedy) {
            const double end = static_cast<double>(counter.finishedAt.value_or(took).count()) / 1000;
            byCommune[counter.unit] = std::max(byCommune[counter.unit], end);
        }
    }
    std::vector<double> times;
    for (const auto& [unit, end] : byCommune) {
        times.push_back(end);
    }
    std::sort(times.begin(), times.end());
    return times;
}

/// Jain's index of the communes' speeds (all have as much to send): 1 when all are as fast as each other.
double Figures::jain() const
{
    double sum = 0;
    double squares = 0;
    const auto times = finishTimes();
    for (const double time : times) {
        const double speed = 1 / std::max(time, 0.001);
        sum += speed;
        squares += speed * speed;
    }
    return sum * sum / (static_cast<double>(times.size()) * squares);
}

void Figures::printRequests()
{
    std::vector<std::int64_t> every;
    for (std::size_t i = 0; i < m_requests.size(); ++i) {
        Requests& each = m_requests[i];
        std::sort(each.micros.begin(), each.micros.end());
        every.insert(every.end(), each.micros.begin(), each.micros.end());
        std::printf("%-6s answered %6zu  p50 %7.1f ms  p95 %7.1f  p99 %7.1f  max %7.1f   refused %lld  lost "
                    "%lld  useless %lld\n",
                    kCallNames[i], each.micros.size(), millis(quantile(each.micros, 0.5)),
                    millis(quantile(each.micros, 0.95)), millis(quantile(each.micros, 0.99)),
                    millis(quantile(each.micros, 1)), static_cast<long long>(each.refused),
                    static_cast<long long>(each.lost), static_cast<long long>(each.useless));
    }
    std::sort(every.begin(), every.end());
    std::printf("all    answered %6zu  p50 %7.1f ms  p95 %7.1f  p99 %7.1f  max %7.1f\n", every.size(),
                millis(quantile(every, 0.5)), millis(quantile(every, 0.95)), millis(quantile(every, 0.99)),
                millis(quantile(every, 1)));
    std::printf("wasted requests: %lld of %lld, %.2f %%\n", static_cast<long long>(wasted()),
                static_cast<long long>(all()),
                100 * static_cast<double>(wasted()) / static_cast<double>(all()));
    if (!m_greedy.micros.empty() || m_greedy.refused > 0) {
        std::printf("greedy commune: answered %zu, refused %lld, lost %lld\n", m_greedy.micros.size(),
                    static_cast<long long>(m_greedy.refused), static_cast<long long>(m_greedy.lost));
    }
}

void Figures::printFairness() const
{
    const auto times = finishTimes();
    std::printf("communes' last receipt after: first %.1f s, p5 %.1f, median %.1f, p95 %.1f, last %.1f; "
                "Jain's index of their "
                "speeds %.3f\n",
                quantile(times, 0), quantile(times, 0.05), quantile(times, 0.5), quantile(times, 0.95),
                quantile(times, 1), jain());
}

/// For 3,321 communes with as many counters and dossiers each.
void Figures::printProjection() const
{
    const auto count = static_cast<double>(std::max<std::int64_t>(1, held.dossiers));
    const double server = (portalSeconds + databaseSeconds) / count;
    const double country = 3321.0 / static_cast<double>(finishTimes().size()) * count;
    std::printf("processor a dossier, pulls included: portal %.2f ms, PostgreSQL %.2f ms, counters (herd) "
                "%.2f ms; log written %.0f bytes\n",
                1000 * portalSeconds / count, 1000 * databaseSeconds / count, 1000 * ownSeconds() / count,
                static_cast<double>(held.walBytes) / count);
    std::printf("projection, 3,321 communes: %.0f dossiers x %.2f ms = %.0f processor seconds; at 60 %% of 2 "
                "processors %.0f min, "
                "of 8 %.0f min, of 16 %.0f min; log %.1f GB, at 60 min %.1f MB/s\n",
                country, 1000 * server, country * server, country * server / 1.2 / 60,
                country * server / 4.8 / 60, country * server / 9.6 / 60,
                country * static_cast<double>(held.walBytes) / count / 1e9,
                country * static_cast<double>(held.walBytes) / count / 3600 / 1e6);
}

void Figures::print()
{
    std::printf(
        "dossiers %lld of %lld, codes %lld; operations applied %lld, receipts verified %lld (again %lld), "
        "unproven %lld, changes pulled %lld\n",
        static_cast<long long>(held.dossiers), static_cast<long long>(dossiers),
        static_cast<long long>(held.codes), static_cast<long long>(held.applied),
        static_cast<long long>(tally.acknowledged), static_cast<long long>(tally.replayed),
        static_cast<long long>(tally.unproven), static_cast<long long>(tally.pulled));
    printRequests();
    printFairness();
    std::printf("last receipt after %.1f s, last pull after %.1f s\n",
                static_cast<double>(m_lastPush.count()) / 1000, static_cast<double>(took.count()) / 1000);
    printProjection();
}

bool Figures::isWhole() const
{
    std::int64_t operations = 0;
    bool isEveryCounterDone = true;
    for (const CounterEnd& counter : counters) {
        operations += counter.operations;
        isEveryCounterDone = isEveryCounterDone && (counter.finishedAt || counter.isGreedy);
    }
    return isEveryCounterDone && tally.unproven == 0 && held.dossiers == dossiers && held.codes == dossiers &&
           held.applied == operations;
}

bool Figures::isWithinTheIssue() const
{
    std::vector<std::int64_t> every;
    for (const Requests& each : m_requests) {
        every.insert(every.end(), each.micros.begin(), each.micros.end());
    }
    std::sort(every.begin(), every.end());
    return m_lastPush <= kTimeMost && static_cast<double>(quantile(every, 0.99)) <= kSecondMost &&
           static_cast<double>(wasted()) < kWasteMost * static_cast<double>(all());
}

} // namespace motcua::herd
