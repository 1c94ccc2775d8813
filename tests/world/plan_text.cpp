// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/world/plan_text.h"

#include <array>
#include <sstream>

namespace motcua {

namespace {

constexpr std::array kMisfortunes{
    &Weather::loseAnswer, &Weather::cutAnswer, &Weather::reset,      &Weather::ghost,       &Weather::twice,
    &Weather::echo,       &Weather::busy,      &Weather::bare503,    &Weather::error500,    &Weather::captive,
    &Weather::redirect,   &Weather::forged,    &Weather::portalDies, &Weather::counterDies, &Weather::tear};
/// Plans that are kept from before there were files know this many.
constexpr std::size_t kFirstMisfortunes = 14;

bool readHead(std::istringstream& line, const std::string& word, KeptPlan& kept)
{
    if (word == "store") {
        std::string store;
        line >> store;
        kept.mode = store == "sqlite" ? StoreMode::Sqlite : StoreMode::Memory;
    } else if (word == "seed") {
        line >> kept.plan.seed;
    } else if (word == "counters") {
        line >> kept.plan.counters;
    } else if (word == "weather") {
        for (std::size_t i = 0; i < kMisfortunes.size(); ++i) {
            if (i >= kFirstMisfortunes && line.eof()) {
                return true;
            }
            line >> kept.plan.weather.*kMisfortunes[i];
        }
    } else {
        return false;
    }
    return !line.fail();
}

bool readStep(const std::string& text, Plan& plan)
{
    std::istringstream line(text);
    std::size_t event = 0;
    PlanStep step;
    if (!(line >> event >> step.counter >> step.seed) || event >= kEvents) {
        return false;
    }
    step.act = static_cast<Event>(event);
    plan.steps.push_back(step);
    return true;
}

} // namespace

std::string planText(const Plan& plan, StoreMode mode)
{
    std::ostringstream text;
    text << "store " << (mode == StoreMode::Sqlite ? "sqlite" : "memory") << "\nseed " << plan.seed
         << "\ncounters " << plan.counters << "\nweather";
    for (const auto misfortune : kMisfortunes) {
        text << ' ' << plan.weather.*misfortune;
    }
    text << '\n';
    for (const auto& step : plan.steps) {
        text << static_cast<std::size_t>(step.act) << ' ' << step.counter << ' ' << step.seed << '\n';
    }
    return text.str();
}

std::optional<KeptPlan> parsePlan(const std::string& text)
{
    KeptPlan kept;
    std::istringstream lines(text);
    std::string line;
    while (std::getline(lines, line)) {
        if (line.empty() || line.front() == '#') {
            continue;
        }
        std::istringstream words(line);
        std::string word;
        words >> word;
        if (!readHead(words, word, kept) && !readStep(line, kept.plan)) {
            return std::nullopt;
        }
    }
    return kept.plan.steps.empty() ? std::nullopt : std::optional(std::move(kept));
}

} // namespace motcua
