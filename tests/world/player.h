// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/memory_stick.h"
#include "tests/world/oracles.h"
#include "tests/world/play.h"

#include <optional>
#include <string>

namespace motcua {

/// Lets the people, the city and the fates of one world act.
class Player
{
public:
    Player(const Plan& plan, const PlayOptions& options);

    Played run();

private:
    void act(const PlanStep& step);
    void peopleAct(const PlanStep& step);
    void cityActs(const PlanStep& step);
    void fateActs(const PlanStep& step);
    void rareFateActs(const PlanStep& step);

    void receive(const std::vector<std::string>& scans = {});
    void change();
    void move();
    void withdraw();
    bool decide(std::size_t which, bool givesIn);
    void stepEngine();
    void wait();
    void rotate(Event event);
    void jumpClock(Event event);
    void cutPower();
    void backUp();
    void restore();
    void clone();
    void restorePortal();

    void scan();
    void writeStick();
    void takeStickToCity();
    void readStick();
    void readAnswer(MemoryStick& stick);
    void emptyDrawers();
    [[nodiscard]] std::string scanBytes();

    void settle();
    /// Of machines that ran from one disk only one goes on; each of the others first brings to the city what
    /// it alone knows.
    void settleCopies();
    [[nodiscard]] std::set<std::size_t> copies();
    [[nodiscard]] bool isCopy(std::size_t which);
    [[nodiscard]] bool wasCopied(std::size_t which);
    void beginAnew(std::size_t which);
    void repeatWhereTaken(std::size_t which);
    [[nodiscard]] bool isEpochTaken(std::size_t which);
    void comeToRest();
    /// True: somebody had something to do.
    bool settleOnce(int round);
    bool settleCounter(std::size_t which, int round);
    void finish();

    /// A refusal by a rule of the office is as good as done; a failure of the disk is a death.
    template<class T> void note(const char* what, const T& done)
    {
        m_world.trace().mix(done ? 1 : 0);
        if (!done && counter().losesPower()) {
            died();
            return;
        }
        tell(what, done ? "" : "refused");
    }
    void died();
    void tell(const std::string& what, const std::string& more = {});
    [[nodiscard]] WorldCounter& counter() { return m_world.counter(m_at); }
    [[nodiscard]] std::optional<DossierRow> anyDossier();
    [[nodiscard]] SeededRandom& dice() { return m_world.random(); }
    [[nodiscard]] std::string name();
    [[nodiscard]] std::string phone();

    const Plan& m_plan;
    World m_world;
    Oracles m_oracles;
    Played m_played;
    bool m_isAtRest = false;
    std::size_t m_at = 0; ///< the counter that acts
    std::vector<std::optional<DiskCopy>> m_backups;
    std::optional<std::string> m_portalBackup;
    MemoryBlobs m_portalFiles; ///< with it
    /// A stick on its way, and whose it is.
    struct Carried
    {
        MemoryStick stick;
        std::size_t counter = 0;
        std::set<std::string> operations; ///< that may be on it
    };
    std::vector<Carried> m_toCity;
    std::vector<Carried> m_toCounters;
};

} // namespace motcua
