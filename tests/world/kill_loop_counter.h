// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "tests/world/kill_loop_window.h"

#include <map>
#include <string>
#include <vector>

namespace motcua {

/// One counter's programs over its register, on a thread of its own. Each of its dossiers has a clientRef, so
/// that after a kill it is known which were taken in.
class KilledCounter
{
public:
    struct Plan
    {
        QString program; ///< motcuactl
        QString home;
        int slot = 1;
        int dossiers = 0;
        std::uint64_t seed = 1;
        Json draft;
        QString window = {}; ///< motcua: half of its work is done there, and it is what dies
    };
    KilledCounter(Plan plan, Wrongs& wrongs, Fate& fate, const Fate& portalFate)
        : m_plan(std::move(plan)), m_wrongs(wrongs), m_fate(fate), m_portalFate(portalFate),
          m_random(m_plan.seed * 1'000 + static_cast<std::uint64_t>(m_plan.slot))
    {}

    [[nodiscard]] bool prepare(const QString& url, const QString& code);
    /// Takes in what is missing and sends what waits, until everything was taken in and nobody dies any more.
    void work();
    /// Sends the rest in peace, and looks at everything.
    void finish();

    struct Kept
    {
        std::string code;
        std::string uid;
    };
    /// Our own dossiers by clientRef.
    [[nodiscard]] std::map<std::string, Kept> dossiers();
    /// How many there must be at the end; what the window took in comes on top.
    [[nodiscard]] int wanted() const { return m_plan.dossiers; }
    [[nodiscard]] bool hasWindow() const { return m_window != nullptr; }

private:
    void workInWindow();
    void checkSlips();
    Ran call(const QStringList& command, const std::string& input = {}, int killAfter = -1);
    [[nodiscard]] int deathAfter(std::uint64_t within);
    [[nodiscard]] std::vector<std::string> whatIsMissing();
    void receiveSome(const std::vector<std::string>& missing);
    void readAnswers(const Ran& ran);

    Plan m_plan;
    Wrongs& m_wrongs;
    Fate& m_fate;
    const Fate& m_portalFate;
    SeededRandom m_random;
    std::unique_ptr<KilledWindow> m_window;
    std::map<std::string, std::string> m_promised; ///< clientRef to the code that was printed
};

} // namespace motcua
