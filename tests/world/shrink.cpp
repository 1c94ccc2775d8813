// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/world/shrink.h"

#include <algorithm>
#include <array>

namespace motcua {

namespace {

constexpr int kTriesMost = 3'000;

class Shrinker
{
public:
    Shrinker(Plan plan, PlayOptions options) : m_plan(std::move(plan)), m_options(options)
    {
        m_options.tells = false;
    }

    Plan run()
    {
        // What comes after the first wrong has nothing to do with it.
        const auto played = play(m_plan, m_options);
        m_plan.steps.resize(std::min(m_plan.steps.size(), static_cast<std::size_t>(played.steps)));
        simplify();
        while (m_tries < kTriesMost && leaveOut()) {
            simplify();
        }
        return m_plan;
    }
    [[nodiscard]] int tries() const { return m_tries; }

private:
    bool isRed(const Plan& plan)
    {
        ++m_tries;
        return !play(plan, m_options).wrongs.empty();
    }

    /// True: something could be left out.
    bool leaveOut()
    {
        bool any = false;
        for (std::size_t piece = std::max<std::size_t>(m_plan.steps.size() / 2, 1); piece > 0; piece /= 2) {
            for (std::size_t at = 0; at < m_plan.steps.size() && m_tries < kTriesMost;) {
                auto less = m_plan;
                const auto from = less.steps.begin() + static_cast<std::ptrdiff_t>(at);
                less.steps.erase(
                    from, from + static_cast<std::ptrdiff_t>(std::min(piece, m_plan.steps.size() - at)));
                if (isRed(less)) {
                    m_plan = std::move(less);
                    any = true;
                } else {
                    at += piece;
                }
            }
        }
        return any;
    }

    void simplify()
    {
        constexpr std::array kMisfortunes{&Weather::loseAnswer, &Weather::cutAnswer,   &Weather::reset,
                                          &Weather::ghost,      &Weather::twice,       &Weather::echo,
                                          &Weather::busy,       &Weather::bare503,     &Weather::error500,
                                          &Weather::captive,    &Weather::redirect,    &Weather::forged,
                                          &Weather::portalDies, &Weather::counterDies, &Weather::tear};
        for (const auto misfortune : kMisfortunes) {
            auto less = m_plan;
            less.weather.*misfortune = 0;
            if (m_plan.weather.*misfortune != 0 && isRed(less)) {
                m_plan = std::move(less);
            }
        }
        for (int counters = 1; counters < m_plan.counters; ++counters) {
            auto less = m_plan;
            less.counters = counters;
            if (isRed(less)) {
                m_plan = std::move(less);
            }
        }
    }

    Plan m_plan;
    PlayOptions m_options;
    int m_tries = 0;
};

} // namespace

Plan shrink(Plan plan, const PlayOptions& options, int& tried)
{
    Shrinker shrinker(std::move(plan), options);
    auto shrunk = shrinker.run();
    tried = shrinker.tries();
    return shrunk;
}

} // namespace motcua
