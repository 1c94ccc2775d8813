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
/// Where of all counters so many greet within ten seconds they have not met by chance: something came back
/// for all.
constexpr double kCrowdPart = 0.01;
constexpr double kCrowdLeast = 5;
constexpr std::int64_t kCrowdTime = 10'000'000;
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
    operations = std::clamp<std::int64_t>(operations, 0, kAnnouncedMost); // a counter's word, not ours
    forget(now);
    if (const auto before = m_byInstall.find(install); before != m_byInstall.end()) {
        // What it has no more was judged.
        take(before->second, std::max<std::int64_t>(0, before->second->operations - operations));
    }
    // Who asks does not wait for himself.
    const auto others = static_cast<double>(std::max<std::int64_t>(0, m_announced - m_judgedSince));
    m_byInstall[install] = m_greetings.insert(m_greetings.end(), {install, now, operations});
    m_announced += operations;
    m_usual += std::min(operations, kUsualMost);
    const double mean = static_cast<double>(m_usual) / static_cast<double>(m_greetings.size());
    const double expected = others + mean * stillToCome(atTheDoor, now);
    const double price = m_judgedMicros / m_judgedCount / m_atOnce;
    const auto seconds = static_cast<std::int64_t>(std::ceil(expected * price / kSecond / kPlannedShare));
    return seconds < kSpreadLeast ? 0 : std::min(seconds, kSpreadMost);
}

void SpreadPlan::judged(std::size_t operations, std::int64_t micros)
{
    if (operations > 0) {
        m_judgedMicros += static_cast<double>(micros) - kWeightOfNew * m_judgedMicros;
        m_judgedCount += static_cast<double>(operations) - kWeightOfNew * m_judgedCount;
        m_judgedSince = std::min(m_judgedSince + static_cast<std::int64_t>(operations), m_announced);
    }
}

void SpreadPlan::forget(std::int64_t now)
{
    while (!m_greetings.empty() &&
           (m_greetings.front().at + kGreetingLife < now || m_greetings.size() >= kGreetingsMost)) {
        take(m_greetings.begin(), m_greetings.front().operations);
    }
}

/// `judged`: so many of its operations are done with.
void SpreadPlan::take(Greetings::iterator greeting, std::int64_t judged)
{
    m_announced -= greeting->operations;
    m_usual -= std::min(greeting->operations, kUsualMost);
    m_judgedSince = std::clamp<std::int64_t>(m_judgedSince - judged, 0, m_announced);
    m_byInstall.erase(greeting->install);
    m_greetings.erase(greeting);
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

/// Those before the door, and of a crowd all who have not greeted yet.
double SpreadPlan::stillToCome(int atTheDoor, std::int64_t now) const
{
    const double others = m_enrolled - static_cast<double>(m_greetings.size());
    return isCrowd(atTheDoor, now) ? std::max<double>(atTheDoor, others) : atTheDoor;
}

} // namespace motcua::portal
