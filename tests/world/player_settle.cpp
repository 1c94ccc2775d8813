// SPDX-License-Identifier: GPL-3.0-or-later
// How a world comes to rest: the sky clears, and people work off their lists.
#include "tests/world/player.h"

#include "core/base/check.h"

#include <algorithm>
#include <iterator>

namespace motcua {

namespace {

constexpr int kSettleRounds = 12;
constexpr int kBeginsMost = 3;
constexpr int kInsists = 6; ///< rounds in which a person may keep to their own

} // namespace

/// Good weather, and people who clear their lists: of copied machines one is chosen, conflicts are decided,
/// what the portal refused is withdrawn.
void Player::settle()
{
    m_world.reseed(m_plan.seed + 1);
    tell("the sky clears");
    m_world.clearSky();
    settleCopies();
    comeToRest();
    for (std::size_t which = 0; which < m_world.size(); ++which) {
        if (!m_world.isOff(which) && wasCopied(which)) {
            repeatWhereTaken(which);
        }
    }
}

void Player::settleCopies()
{
    auto toCome = copies();
    while (!toCome.empty()) {
        const auto which = *toCome.begin();
        toCome.erase(toCome.begin());
        std::vector<std::size_t> twins;
        std::copy_if(toCome.begin(), toCome.end(), std::back_inserter(twins),
                     [&](std::size_t other) { return m_world.areTwins(which, other); });
        for (const auto twin : twins) {
            m_world.setOff(twin, true);
        }
        beginAnew(which);
        if (twins.empty()) {
            continue; // the last of them goes on
        }
        comeToRest();
        repeatWhereTaken(which);
        m_oracles.atClosing(which, toCome);
        m_world.setOff(which, true);
        for (const auto twin : twins) {
            m_world.setOff(twin, false);
        }
    }
}

/// Rarely two machines begin the same epoch. The second is told that the portal has more of it than it knows,
/// or something else, and whoever reads that begins once more.
void Player::repeatWhereTaken(std::size_t which)
{
    for (int times = 0; times < kBeginsMost && isEpochTaken(which); ++times) {
        beginAnew(which);
        comeToRest();
    }
}

bool Player::isEpochTaken(std::size_t which)
{
    const Trouble trouble = m_world.counter(which).engine().state().trouble;
    if (trouble != Trouble::StoreBehind && trouble != Trouble::ChainFork) {
        return false;
    }
    const auto epochOf = [&](std::size_t each) { return m_world.counter(each).store().identity().epoch; };
    for (std::size_t other = 0; other < m_world.size(); ++other) {
        if (other != which && m_world.areTwins(which, other) && epochOf(other) == epochOf(which)) {
            return true;
        }
    }
    return false; // then it is told so by a fault, which is to be found
}

/// All machines that share their disk with another.
std::set<std::size_t> Player::copies()
{
    std::set<std::size_t> found;
    for (std::size_t one = 0; one < m_world.size(); ++one) {
        if (isCopy(one)) {
            found.insert(one);
        }
    }
    return found;
}

/// The other machine may be switched off by now.
bool Player::wasCopied(std::size_t which)
{
    for (std::size_t other = 0; other < m_world.size(); ++other) {
        if (other != which && m_world.areTwins(which, other)) {
            return true;
        }
    }
    return false;
}

bool Player::isCopy(std::size_t which)
{
    for (std::size_t other = 0; other < m_world.size() && !m_world.isOff(which); ++other) {
        if (other != which && !m_world.isOff(other) && m_world.areTwins(which, other)) {
            return true;
        }
    }
    return false;
}

void Player::beginAnew(std::size_t which)
{
    m_at = which;
    counter().beginAnew();
    m_oracles.afterNewEpoch(which);
    m_world.enrolAgain(which);
    tell("begins anew, and the other machine is switched off");
}

void Player::comeToRest()
{
    for (int round = 0; round < kSettleRounds; ++round) {
        m_isAtRest = m_world.comesToRest();
        if (!settleOnce(round)) {
            return;
        }
    }
    m_isAtRest = m_world.comesToRest();
}

bool Player::settleOnce(int round)
{
    bool busy = false;
    for (std::size_t which = 0; which < m_world.size(); ++which) {
        busy = (!m_world.isOff(which) && settleCounter(which, round)) || busy;
    }
    return busy;
}

bool Player::settleCounter(std::size_t which, int round)
{
    bool busy = false;
    // Of copied machines each new enrolment would shut the other out: first a person chooses.
    if (m_world.counter(which).engine().state().trouble == Trouble::NotEnrolled && !isCopy(which)) {
        m_world.enrolAgain(which);
        busy = true;
    }
    busy = decide(which, round >= kInsists) || busy;
    const auto operations = counter().desk().queue().operations(false);
    require(operations.has_value(), "the queue is read");
    for (const auto& each : *operations) {
        const bool stuck = each.state == OpState::NeedsYou || each.state == OpState::Conflict;
        busy = busy || (stuck && !counter().engine().isStopped());
        if (stuck && round > 0) {
            note("withdraws what the portal refused",
                 counter().desk().withdrawOperation(each.op, "cổng không nhận"));
        }
    }
    return busy;
}

} // namespace motcua
