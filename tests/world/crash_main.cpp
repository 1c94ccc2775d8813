// SPDX-License-Identifier: GPL-3.0-or-later
// motcua-crash-states: what may be on the disk after a power cut, state by state. README.md says how.
#include "tests/world/crash_search.h"

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

namespace {

using namespace motcua;

constexpr const char* kUsage = "motcua-crash-states [--states N] [--seed S] [--defect no-sync|halves]\n";

struct Orders
{
    CrashSearch::Orders search;
    CrashDefect defect = CrashDefect::None;
    bool understood = true;
};

Orders read(int count, char** texts)
{
    Orders orders;
    orders.understood = count % 2 == 1;
    for (int i = 1; i + 1 < count; i += 2) {
        const std::string name = texts[i];
        const std::string value = texts[i + 1];
        if (name == "--states") {
            orders.search.states = std::strtol(value.c_str(), nullptr, 10);
        } else if (name == "--seed") {
            orders.search.seed = std::strtoull(value.c_str(), nullptr, 10);
        } else if (name == "--defect" && (value == "no-sync" || value == "halves")) {
            orders.defect = value == "halves" ? CrashDefect::Halves : CrashDefect::NoSync;
            orders.search.untilFound = true;
        } else {
            orders.understood = false;
        }
    }
    orders.understood = orders.understood && orders.search.states > 0;
    return orders;
}

} // namespace

int main(int count, char** texts)
{
    const auto orders = read(count, texts);
    if (!orders.understood) {
        std::fputs(kUsage, stderr);
        return 2;
    }
    WorldStore store(1, StoreMode::Sqlite);
    const auto story = tellCrashStory(store, orders.defect);
    CrashSearch search(store, story, orders.search);
    const auto sums = search.run();
    for (const auto& wrong : search.wrongs()) {
        std::printf("WRONG: %s\n", wrong.c_str());
    }
    const auto core = static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
    std::printf("moments %ld, contents read whole %ld, programs started %ld, seconds of a core %.0f\n",
                sums.points, sums.contents, sums.starts, core);
    std::printf("transactions %d states %ld lost %ld torn %ld\n", kCrashTransactions, sums.states, sums.lost,
                sums.torn);
    return sums.lost + sums.torn == 0 ? 0 : 1;
}
