// SPDX-License-Identifier: GPL-3.0-or-later
// motcua-bench: one call, one or more lines of JSON. See README.md.
#include "tests/bench/modes.h"

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>

using namespace motcua::bench;

namespace {

struct Mode
{
    int arguments;
    std::function<int(char**)> run;
};

const std::map<std::string, Mode>& modes()
{
    static const std::map<std::string, Mode> known{
        {"w1",
         {3,
          [](char** a) {
              save(a[0], a[1], std::strtoul(a[2], nullptr, 10));
              return 0;
          }}},
        {"load",
         {2,
          [](char** a) {
              load(a[0], a[1]);
              return 0;
          }}},
        {"w2",
         {2,
          [](char** a) {
              search(a[0], a[1]);
              return 0;
          }}},
        {"w3",
         {1,
          [](char** a) {
              report(a[0]);
              return 0;
          }}},
        {"w5",
         {2,
          [](char** a) {
              start(a[0], std::strtod(a[1], nullptr));
              return 0;
          }}},
        {"serve", {3, [](char** a) { return serve(std::atoi(a[0]), a[1]); }}},
        {"w4queue",
         {3,
          [](char** a) {
              queue(a[0], a[1], std::strtoul(a[2], nullptr, 10));
              return 0;
          }}},
        {"w4push",
         {5, [](char** a) { return push(std::atoi(a[0]), a[1], std::atoi(a[2]), a[3], std::atoi(a[4])); }}},
        {"w4pull",
         {3,
          [](char** a) {
              pull(std::atoi(a[0]), a[1], std::atoi(a[2]));
              return 0;
          }}},
        {"courier",
         {2,
          [](char** a) {
              exportStick(a[0], a[1]);
              return 0;
          }}},
    };
    return known;
}

} // namespace

int main(int count, char** words)
{
    const auto mode = count > 1 ? modes().find(words[1]) : modes().end();
    if (mode == modes().end() || count - 2 < mode->second.arguments) {
        std::fputs("motcua-bench MODE ARGS…; modes and arguments: tests/bench/README.md\n", stderr);
        return 2;
    }
    return mode->second.run(words + 2);
}
