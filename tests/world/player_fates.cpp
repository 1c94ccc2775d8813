// SPDX-License-Identifier: GPL-3.0-or-later
// What nobody does on purpose: time, weather, deaths, restores, clones.
#include "core/base/check.h"
#include "tests/world/player.h"

namespace motcua {

namespace {

constexpr std::uint64_t kWaitMost = 10 * 60'000;
constexpr std::uint64_t kLongWaitMost = 3 * 3'600'000;
constexpr std::uint64_t kJumpMost = 5ULL * 24 * 3'600'000;
constexpr std::size_t kMachinesMost = 12;

} // namespace

void Player::fateActs(const PlanStep& step)
{
    switch (step.act) {
    case Event::Engine:
        return stepEngine();
    case Event::Wait:
        return wait();
    case Event::Kill:
        counter().kill();
        return died();
    case Event::PortalKill:
        m_world.portal().kill();
        ++m_played.deaths;
        return tell("the portal is killed");
    case Event::Network:
        counter().network().isDown = !counter().network().isDown;
        return tell(counter().network().isDown ? "network goes" : "network is back");
    case Event::Ghosts:
        counter().network().deliverGhosts();
        return tell("its late requests arrive");
    case Event::Postpone:
        m_world.portal().postponed = 1 + static_cast<int>(dice().below(3));
        return tell("the portal puts off the next requests");
    case Event::RotateKey:
    case Event::RotateToken:
        return rotate(step.act);
    case Event::ClockJump:
    case Event::ClockBack:
        return jumpClock(step.act);
    default:
        return rareFateActs(step);
    }
}

void Player::rareFateActs(const PlanStep& step)
{
    switch (step.act) {
    case Event::NewEpoch:
        require(m_world.portal().keys().newEpoch().has_value(), "the portal says that it was restored");
        return tell("the portal says that it was restored, and has everything");
    case Event::Backup:
        return backUp();
    case Event::Restore:
        return restore();
    case Event::PowerCut:
        return cutPower();
    case Event::PortalPowerCut:
        m_world.portal().cutPower(dice());
        ++m_played.deaths;
        return tell("the portal's power goes");
    case Event::Clone:
        return clone();
    case Event::PortalBackup:
        m_portalBackup = m_world.portal().copyDisk();
        m_portalFiles = m_world.portal().blobs();
        return tell("the portal is backed up");
    case Event::Scan:
        return scan();
    case Event::StickOut:
        return writeStick();
    case Event::StickToCity:
        return takeStickToCity();
    case Event::StickBack:
        return readStick();
    default:
        return restorePortal();
    }
}

void Player::stepEngine()
{
    if (!m_world.portal().isUp() && dice().below(4) == 0) {
        m_world.portal().start();
    }
    EngineStep done;
    counter().network().fate = "";
    if (!counter().step(done)) {
        died();
        return;
    }
    m_world.trace().mix(static_cast<std::uint64_t>(done.did));
    const auto pause = done.until - counter().store().clock.monotonic();
    if (done.did == Did::Waiting && pause > Millis{0}) {
        m_world.advance(pause);
    }
    tell("engine " + std::string(didName(done.did)), std::string(counter().network().fate));
}

void Player::wait()
{
    const auto most = dice().below(8) == 0 ? kLongWaitMost : kWaitMost;
    m_world.advance(Millis{static_cast<std::int64_t>(dice().below(most))});
    tell("time passes");
}

void Player::rotate(Event act)
{
    auto& keys = m_world.portal().keys();
    const auto done =
        act == Event::RotateKey ? keys.rotateKey() : keys.rotateToken(counter().store().identity().install);
    require(done.has_value(), "keys rotate");
    tell(act == Event::RotateKey ? "the portal signs with a new key" : "its token is changed");
}

// People set the clock of a PC wrong, and right again.
void Player::jumpClock(Event event)
{
    auto& clock = counter().store().clock;
    const auto right = m_world.portal().clock.now();
    const auto some = Millis{static_cast<std::int64_t>(dice().below(kJumpMost))};
    const bool isMended = dice().below(3) == 0;
    if (event == Event::ClockJump) {
        clock.setWall(right + some);
    } else {
        clock.setWall(isMended ? right : clock.now() - some);
    }
    tell(event == Event::ClockJump ? "its clock is set forward"
         : isMended                ? "its clock is set right"
                                   : "its clock is set back");
}

/// The power goes at some write of an ordinary act, or between two acts.
void Player::cutPower()
{
    if (m_world.mode() != StoreMode::Sqlite) {
        return;
    }
    MemoryDisk::the().cutPowerAt(counter().store().machine(), 1 + static_cast<std::int64_t>(dice().below(60)),
                                 dice().next());
    tell("the power goes in the next act");
    const auto which = dice().below(4);
    if (which == 0) {
        receive();
    } else if (which == 1) {
        change();
    } else {
        stepEngine();
    }
    const bool hasGone = counter().losesPower();
    if (!hasGone && counter().isAlive()) {
        counter().store().cutPower(dice());
        counter().kill();
        died();
    }
}

void Player::backUp()
{
    m_backups.resize(m_world.size());
    m_backups[m_at] = counter().store().copyDisk();
    tell("is backed up");
}

void Player::restore()
{
    m_backups.resize(m_world.size());
    if (!m_backups[m_at]) {
        return;
    }
    const auto& copy = *m_backups[m_at];
    counter().restore(copy);
    m_oracles.afterRestore(m_at, copy);
    ++m_played.deaths;
    tell("is restored from its backup");
    // Whoever restores makes a backup of the result: the old one must not begin the same epoch again.
    backUp();
}

void Player::clone()
{
    if (m_world.size() >= kMachinesMost) {
        return;
    }
    const auto copy = counter().store().copyDisk();
    m_world.addMachine(counter().store().identity().slot, copy).network().weather = m_plan.weather;
    tell("a second machine starts from its copied disk");
}

void Player::restorePortal()
{
    if (!m_portalBackup) {
        return;
    }
    m_world.portal().restore(*m_portalBackup);
    m_world.portal().blobs().blobs = m_portalFiles.blobs;
    m_oracles.afterPortalRestore();
    ++m_played.deaths;
    tell("the portal is restored from its backup");
}

} // namespace motcua
