// SPDX-License-Identifier: GPL-3.0-or-later
// motcua-world --minutes M --from-seed S [--steps N] [--store memory|sqlite] [--seed ONE]
#include "tests/world/simulation.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

using namespace motcua;

struct Orders
{
    double minutes = 1;
    std::uint64_t fromSeed = 1;
    int steps = 150;
    bool onlyOne = false;
    bool understood = true;
};

Orders read(int count, char** texts)
{
    Orders orders;
    for (int i = 1; i + 1 < count; i += 2) {
        const std::string name = texts[i];
        const std::string value = texts[i + 1];
        if (name == "--minutes") {
            orders.minutes = std::strtod(value.c_str(), nullptr);
        } else if (name == "--from-seed" || name == "--seed") {
            orders.fromSeed = std::strtoull(value.c_str(), nullptr, 10);
            orders.onlyOne = name == "--seed";
        } else if (name == "--steps") {
            orders.steps = std::atoi(value.c_str());
        } else if (name == "--store" && (value == "memory" || value == "sqlite")) {
            if (value == "memory") {
                ::setenv("TMPDIR", "/dev/shm", 1); // files that no disk has to bear
            }
        } else {
            orders.understood = false;
        }
    }
    orders.understood = orders.understood && count % 2 == 1 && orders.steps > 0;
    return orders;
}

} // namespace

int main(int count, char** texts)
{
    const auto orders = read(count, texts);
    if (!orders.understood) {
        std::fprintf(
            stderr,
            "motcua-world [--minutes M] [--from-seed S] [--seed ONE] [--steps N] [--store memory|sqlite]\n");
        return 2;
    }
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(orders.minutes * 60);
    long worlds = 0;
    long steps = 0;
    long red = 0;
    long deaths = 0;
    long dossiers = 0;
    for (auto seed = orders.fromSeed;
         worlds == 0 || (!orders.onlyOne && std::chrono::steady_clock::now() < end); ++seed) {
        const auto simulated = motcua::simulate(seed, orders.steps);
        ++worlds;
        steps += simulated.steps;
        deaths += simulated.deaths;
        dossiers += simulated.dossiers;
        if (!simulated.wrongs.empty()) {
            ++red;
            std::printf("seed %llu is red:\n", static_cast<unsigned long long>(seed));
            for (const auto& wrong : simulated.wrongs) {
                std::printf("  %s\n", wrong.c_str());
            }
            std::fflush(stdout);
        }
        if (orders.onlyOne) {
            std::printf("trace %s\n", simulated.trace.c_str());
        }
    }
    std::printf("dossiers %ld deaths %ld\n", dossiers, deaths);
    std::printf("worlds %ld steps %ld red %ld\n", worlds, steps, red);
    return red == 0 ? 0 : 1;
}
