// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <list>
#include <map>
#include <string>

namespace motcua::portal {

/// Over how long those who come back after an outage spread their next call (`spread` of hello). Nobody is
/// asked to wait while there is room for all. Of a crowd the first are told what the last are: when so many
/// greet within seconds as seldom do by chance, all are expected who have not greeted since, with as much as
/// those who have. Knows no clock and no thread: times are microseconds of a clock that never goes back.
class SpreadPlan
{
public:
    /// `atOnce`: so many batches make headway at one time.
    explicit SpreadPlan(int atOnce) : m_atOnce(atOnce) {}

    /// So many counters would come here if all came at once.
    void setEnrolled(double counters) { m_enrolled = counters; }
    /// A counter greets and says how many operations it has; what it said before counts no more. `atTheDoor`:
    /// others who have come and were not heard yet. Seconds; 0: no need to wait.
    [[nodiscard]] std::int64_t announce(const std::string& install, std::int64_t operations, int atTheDoor,
                                        std::int64_t now);
    /// A batch of this counter was judged, in so many microseconds.
    void judged(const std::string& install, std::size_t operations, std::int64_t micros);

private:
    struct Greeting
    {
        std::string install;
        std::int64_t at;
        std::int64_t operations; ///< announced, and not judged here since
        std::int64_t usual;      ///< announced, no more than is usual
    };
    using Greetings = std::list<Greeting>;

    void forget(std::int64_t now);
    void drop(Greetings::iterator greeting, std::int64_t judgedElsewhere);
    void hear(const std::string& install, std::int64_t operations, std::int64_t now);
    [[nodiscard]] bool isCrowd(int atTheDoor, std::int64_t now) const;
    [[nodiscard]] double stillToCome(int atTheDoor, std::int64_t now);

    int m_atOnce;
    double m_enrolled = 0;
    Greetings m_greetings; ///< of a quarter of an hour, the latest of each counter, oldest first
    std::map<std::string, Greetings::iterator, std::less<>> m_byInstall;
    std::int64_t m_operations = 0; ///< of all greetings together
    std::int64_t m_usual = 0;
    std::int64_t m_ofStrangers = 0; ///< judged of who had greeted elsewhere; as much of ours is judged there
    std::int64_t m_crowdSince = 0;  ///< of the latest crowd
    std::int64_t m_crowdSeen = std::numeric_limits<std::int64_t>::min() / 2;
    std::size_t m_crowdCame = 0;   ///< greetings since it began
    double m_judgedMicros = 2'000; ///< of a worker; with the next, the latest batches count most
    double m_judgedCount = 1;
};

} // namespace motcua::portal
