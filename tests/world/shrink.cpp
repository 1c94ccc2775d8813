// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/world/shrink.h"

#include <algorithm>
#include <array>

namespace motcua {

namespace {

constexpr int kTriesMost = 3'000;
constexpr int kTriesForLongMost = 6'000; ///< where a story is still too long to be read
constexpr std::uint64_t kOtherSeeds = 6;

class Shrinker
{
public:
    Shrinker(Plan plan, const IsRed& isRed) : m_plan(std::move(plan)), m_isRed(isRed) {}

    Plan run()
    {
        simplify();
        while (m_tries < m_most && leaveOut()) {
            simplify();
        }
        m_most = kTriesForLongMost;
        while (m_plan.steps.size() > kStoryMost && m_tries < m_most && (leaveOutTwo() || takeOtherSeed())) {
            while (leaveOut()) {
            }
            simplify();
        }
        return m_plan;
    }
    [[nodiscard]] int tries() const { return m_tries; }

private:
    bool isRed(const Plan& plan)
    {
        ++m_tries;
        return m_isRed(plan);
    }

    /// True: something could be left out.
    bool leaveOut()
    {
        bool any = false;
        for (std::size_t piece = std::max<std::size_t>(m_plan.steps.size() / 2, 1); piece > 0; piece /= 2) {
            for (std::size_t at = 0; at < m_plan.steps.size() && m_tries < m_most;) {
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

    /// Two steps that need each other and nothing else, such as an act and the push that takes it away.
    bool leaveOutTwo()
    {
        for (std::size_t first = 0; first < m_plan.steps.size(); ++first) {
            for (std::size_t second = first + 1; second < m_plan.steps.size() && m_tries < m_most; ++second) {
                auto less = m_plan;
                less.steps.erase(less.steps.begin() + static_cast<std::ptrdiff_t>(second));
                less.steps.erase(less.steps.begin() + static_cast<std::ptrdiff_t>(first));
                if (isRed(less)) {
                    m_plan = std::move(less);
                    return true;
                }
            }
        }
        return false;
    }

    /// A step goes better or worse than it went, and another one is needed no more for it.
    bool takeOtherSeed()
    {
        for (std::size_t at = 0; at < m_plan.steps.size(); ++at) {
            for (std::uint64_t seed = 0; seed < kOtherSeeds && m_tries < m_most; ++seed) {
                const auto kept = m_plan;
                m_plan.steps[at].seed = seed;
                if (kept.steps[at].seed != seed && isRed(m_plan) && leaveOut()) {
                    return true;
                }
                m_plan = kept;
            }
        }
        return false;
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
    const IsRed& m_isRed;
    int m_tries = 0;
    int m_most = kTriesMost;
};

} // namespace

Plan shrink(Plan plan, const IsRed& isRed, int& tried)
{
    Shrinker shrinker(std::move(plan), isRed);
    auto shrunk = shrinker.run();
    tried = shrinker.tries();
    return shrunk;
}

Plan shrink(Plan plan, PlayOptions options, int& tried)
{
    options.tells = false;
    // What comes after the first wrong has nothing to do with it.
    const auto played = play(plan, options);
    plan.steps.resize(std::min(plan.steps.size(), static_cast<std::size_t>(played.steps)));
    const IsRed isRed = [&options](const Plan& less) { return !play(less, options).wrongs.empty(); };
    return shrink(std::move(plan), isRed, tried);
}

} // namespace motcua
