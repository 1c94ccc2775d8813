// SPDX-License-Identifier: GPL-3.0-or-later
// motcua-upgrade-steps: a full queue of the previous release, upgraded and ended at each step. README.md says
// how.
#include "tests/world/upgrade_box.h"
#include "tests/world/upgrade_rounds.h"

#include <QCoreApplication>
#include <cstdio>

namespace {

using namespace motcua;

struct Orders
{
    int operations = 1'000;
    long moments = 100; ///< for each manner in which it ends
    int rounds = 0;     ///< with the real programs
    std::uint64_t seed = 1;
    QString bin = QStringLiteral(MOTCUA_BINARY_DIR);
    bool understood = true;
};

Orders read(const QStringList& texts)
{
    Orders orders;
    orders.understood = texts.size() % 2 == 1;
    for (qsizetype i = 1; i + 1 < texts.size(); i += 2) {
        const auto value = texts[i + 1];
        if (texts[i] == QLatin1String("--operations")) {
            orders.operations = value.toInt();
        } else if (texts[i] == QLatin1String("--moments")) {
            orders.moments = value.toLong();
        } else if (texts[i] == QLatin1String("--rounds")) {
            orders.rounds = value.toInt();
        } else if (texts[i] == QLatin1String("--seed")) {
            orders.seed = value.toULongLong();
        } else if (texts[i] == QLatin1String("--bin")) {
            orders.bin = value;
        } else {
            orders.understood = false;
        }
    }
    orders.understood = orders.understood && orders.operations >= 50;
    return orders;
}

/// False: they could not be prepared.
bool playRounds(const Orders& orders, UpgradeSums& sums)
{
    UpgradeRounds rounds(orders.bin, orders.operations, orders.seed);
    if (!rounds.prepare()) {
        std::puts("the real programs could not be prepared");
        return false;
    }
    rounds.run(orders.rounds);
    rounds.finish();
    std::printf("real programs: rounds %d killed %d red %d\n", orders.rounds, rounds.kills(),
                rounds.wrongs());
    sums.steps += rounds.kills();
    sums.lost += rounds.wrongs();
    return true;
}

} // namespace

int main(int count, char** texts)
{
    const QCoreApplication application(count, texts);
    const auto orders = read(QCoreApplication::arguments());
    if (!orders.understood) {
        std::fputs(
            "motcua-upgrade-steps [--operations N] [--moments N] [--rounds N] [--seed S] [--bin DIR]\n",
            stderr);
        return 2;
    }
    UpgradeSums sums;
    if (orders.moments > 0) {
        UpgradeBox box(orders.operations);
        box.endBetweenNames();
        box.endEverywhere(orders.moments);
        sums = box.sums();
        for (const auto& wrong : box.wrongs()) {
            std::printf("WRONG: %s\n", wrong.c_str());
        }
        std::printf("operations %ld: %s\n", sums.operations, box.mixture().c_str());
    }
    if (orders.rounds > 0 && !playRounds(orders, sums)) {
        return 2;
    }
    std::printf("steps %ld lost %ld twice %ld\n", sums.steps, sums.lost, sums.twice);
    return sums.lost + sums.twice == 0 ? 0 : 1;
}
