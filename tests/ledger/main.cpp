// SPDX-License-Identifier: GPL-3.0-or-later
// motcua-old-ledger [--rows N] [--seed S] [--kills K] [--only NAME]: an invented ledger in each encoding, as
// XLSX and as CSV, taken in by motcuactl and compared cell by cell. Ends with 0 when nothing was lost or
// changed and every sign that an encoding does not have was named with its place.
#include "tests/ledger/compare.h"

#include <charconv>
#include <cstdio>
#include <cstring>
#include <unistd.h>

namespace {

using motcua::ledger::Container;
using motcua::ledger::Figures;
using motcua::ledger::Plan;
using motcua::ledger::Writing;

bool readNumber(const char* text, std::int64_t& number)
{
    const char* const end = text + std::strlen(text);
    return std::from_chars(text, end, number).ptr == end && number >= 0;
}

void print(const Writing& writing, const Figures& figures)
{
    std::printf("%-12s %-4s  rows %lld  cells %lld  lost %lld  changed %lld  unmappable %lld listed %lld "
                "wrongly %lld  "
                "kills %d  %.1f s  %.0f MB%s%s\n",
                writing.name.c_str(), writing.container == Container::Xlsx ? "xlsx" : "csv",
                static_cast<long long>(figures.rows), static_cast<long long>(figures.cells),
                static_cast<long long>(figures.lost), static_cast<long long>(figures.changed),
                static_cast<long long>(figures.planted), static_cast<long long>(figures.listed),
                static_cast<long long>(figures.tooMany), figures.kills, figures.seconds, figures.megabytes,
                figures.trouble.empty() ? "" : "  ", figures.trouble.c_str());
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv)
{
    Plan plan;
    std::string only;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string option = argv[i];
        std::int64_t number = 0;
        if (option == "--only") {
            only = argv[i + 1];
        } else if (!readNumber(argv[i + 1], number)) {
            std::fprintf(stderr, "%s is no number\n", argv[i + 1]);
            return 2;
        } else if (option == "--rows") {
            plan.rows = number;
        } else if (option == "--seed") {
            plan.seed = static_cast<std::uint64_t>(number);
        } else if (option == "--kills") {
            plan.kills = static_cast<int>(number);
        } else {
            std::fprintf(stderr, "no option %s\n", option.c_str());
            return 2;
        }
    }
    const auto folder =
        std::filesystem::temp_directory_path() / ("motcua-old-ledger-" + std::to_string(::getpid()));
    bool good = true;
    for (const Writing& writing : motcua::ledger::allWritings()) {
        if (only.empty() || writing.name == only) {
            const Figures figures = motcua::ledger::tryWriting(folder, writing, plan);
            print(writing, figures);
            good = good && figures.isGood();
        }
    }
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    return good ? 0 : 1;
}
