// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/spread_plan.h"

#include <algorithm>
#include <cmath>

namespace motcua::portal {

namespace {

constexpr double kSecond = 1'000'000;
/// Of what can be done, so much is planned for those who spread their call: they will pull, too, and the
/// price was learned while fewer were there.
constexpr double kPlannedShare = 0.25;
constexpr std::int64_t kSpreadLeast = 3;
constexpr std::int64_t kSpreadMost = 900;
/// Where of all counters so many greet within ten seconds they have hardly met by chance: something came back
/// for all. On a quiet day, with a greeting each half an hour, half as many do.
constexpr double kCrowdPart = 0.01;
constexpr double kCrowdLeast = 5;
constexpr std::int64_t kCrowdTime = 10'000'000;
/// After so long without one the next crowd is another, after an outage of its own.
constexpr std::int64_t kCrowdPause = 120'000'000;
constexpr std::int64_t kGreetingLife = 900'000'000;
constexpr std::size_t kGreetingsMost = 20'000;
/// More waits nowhere: a counter's figure beyond it is a mistake, or worse, and must not hold up the others.
constexpr std::int64_t kAnnouncedMost = 1'000'000;
/// A counter's backlog of some days. Whoever has more counts with it, but those who are to come are not
/// expected to have as much.
constexpr std::int64_t kUsualMost = 500;
constexpr double kWeightOfNew = 0.1;

} // namespace

std::int64_t SpreadPlan::announce(const std::string& install, std::int64_t operations, int atTheDoor,
                                  std::int64_t now)
{
    forget(now);
    hear(install, std::clamp<std::int64_t>(operations, 0, kAnnouncedMost), now); // a counter's word, not ours
    // Who asks does not wait for himself.
    const std::int64_t others = m_operations - m_greetings.back().operations;
    const std::int64_t ahead = std::max<std::int64_t>(0, others - m_ofStrangers);
    const double mean = static_cast<double>(m_usual) / static_cast<double>(m_greetings.size());
    const double expected = static_cast<double>(ahead) + mean * stillToCome(atTheDoor, now);
    const double price = m_judgedMicros / m_judgedCount / m_atOnce;
    const auto seconds = static_cast<std::int64_t>(std::ceil(expected * price / kSecond / kPlannedShare));
    return seconds < kSpreadLeast ? 0 : std::min(seconds, kSpreadMost);
}

void SpreadPlan::judged(const std::string& install, std::size_t operations, std::int64_t micros)
{
    if (operations == 0) {
        return;
    }
    m_judgedMicros += static_cast<double>(micros) - kWeightOfNew * m_judgedMicros;
    m_judgedCount += static_cast<double>(operations) - kWeightOfNew * m_judgedCount;
    const auto count = static_cast<std::int64_t>(operations);
    if (const auto found = m_byInstall.find(install); found != m_byInstall.end()) {
        const std::int64_t done = std::min(count, found->second->operations);
        found->second->operations -= done;
        m_operations -= done;
        m_ofStrangers = std::min(m_ofStrangers, m_operations);
    } else {
        m_ofStrangers = std::min(m_ofStrangers + count, m_operations);
    }
}

void SpreadPlan::forget(std::int64_t now)
{
    while (!m_greetings.empty() &&
           (m_greetings.front().at + kGreetingLife < now || m_greetings.size() >= kGreetingsMost)) {
        drop(m_greetings.begin(), m_greetings.front().operations);
    }
}

/// What it has no more, and was not judged here, was judged elsewhere.
void SpreadPlan::drop(Greetings::iterator greeting, std::int64_t judgedElsewhere)
{
    m_operations -= greeting->operations;
    m_usual -= greeting->usual;
    m_ofStrangers = std::clamp<std::int64_t>(m_ofStrangers - judgedElsewhere, 0, m_operations);
    m_byInstall.erase(greeting->install);
    m_greetings.erase(greeting);
}

void SpreadPlan::hear(const std::string& install, std::int64_t operations, std::int64_t now)
{
    bool isNewInCrowd = true;
    if (const auto before = m_byInstall.find(install); before != m_byInstall.end()) {
        const Greeting& said = *before->second;
        isNewInCrowd = said.at < m_crowdSince;
        drop(before->second, std::max<std::int64_t>(0, said.operations - operations));
    }
    const std::int64_t usual = std::min(operations, kUsualMost);
    m_byInstall[install] = m_greetings.insert(m_greetings.end(), {install, now, operations, usual});
    m_operations += operations;
    m_usual += usual;
    m_crowdCame += isNewInCrowd ? 1 : 0;
}

bool SpreadPlan::isCrowd(int atTheDoor, std::int64_t now) const
{
    const double needed = std::max(kCrowdLeast, kCrowdPart * m_enrolled);
    double together = atTheDoor;
    for (auto each = m_greetings.rbegin();
         together < needed && each != m_greetings.rend() && each->at >= now - kCrowdTime; ++each) {
        ++together;
    }
    return together >= needed;
}

/// Those before the door, and of a crowd all who have not greeted since it began.
double SpreadPlan::stillToCome(int atTheDoor, std::int64_t now)
{
    if (!isCrowd(atTheDoor, now)) {
        return atTheDoor;
    }
    if (m_crowdSeen + kCrowdPause < now) { // another one
        m_crowdSince = now - kCrowdTime;
        m_crowdCame = static_cast<std::size_t>(
            std::count_if(m_greetings.begin(), m_greetings.end(),
                          [this](const Greeting& each) { return each.at >= m_crowdSince; }));
    }
    m_crowdSeen = now;
    return std::max<double>(atTheDoor, m_enrolled - static_cast<double>(m_crowdCame));
}

} // namespace motcua::portal
