// SPDX-License-Identifier: GPL-3.0-or-later
// The real programs over real sockets: counters take in and send while programs are killed with SIGKILL at
// random and the portal loses answers, resets connections, is busy and sometimes somebody else.
// motcua-kill-loop [--counters N] [--windows N] [--dossiers N] [--kills N] [--seed S] [--bin DIR]
// The first N counters do their work in the real window, on a screen in memory: it is what dies then.
#include "core/base/clock.h"
#include "core/catalogue/catalogue.h"
#include "core/dossier/draft.h"
#include "tests/world/kill_loop_counter.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryDir>
#include <QThread>
#include <cstdio>
#include <fstream>
#include <thread>

namespace {

using namespace motcua;

struct Orders
{
    int counters = 3;
    int windows = 0;
    int dossiers = 2'000;
    int kills = 200;
    std::uint64_t seed = 1;
    QString bin = QStringLiteral(MOTCUA_BINARY_DIR);
};

Orders read(const QStringList& texts)
{
    Orders orders;
    for (qsizetype i = 1; i + 1 < texts.size(); i += 2) {
        const auto value = texts[i + 1];
        if (texts[i] == QLatin1String("--counters")) {
            orders.counters = value.toInt();
        } else if (texts[i] == QLatin1String("--windows")) {
            orders.windows = value.toInt();
        } else if (texts[i] == QLatin1String("--dossiers")) {
            orders.dossiers = value.toInt();
        } else if (texts[i] == QLatin1String("--kills")) {
            orders.kills = value.toInt();
        } else if (texts[i] == QLatin1String("--seed")) {
            orders.seed = value.toULongLong();
        } else if (texts[i] == QLatin1String("--bin")) {
            orders.bin = value;
        }
    }
    return orders;
}

/// A dossier by the plain form with all its papers.
Json draftOf()
{
    const auto catalogue = Catalogue::load(MOTCUA_SOURCE_DIR "/resources/catalogue");
    const auto* procedure =
        catalogue ? catalogue->find("1.001570", dayInVietnam(SystemClock().now())) : nullptr;
    if (procedure == nullptr) {
        return {};
    }
    const Json applicant{{"name", "x"},
                         {"address", "thôn Đoài, xã Phúc Thọ"},
                         {"phone", "0912345678"},
                         {"personalId", "001084123456"},
                         {"gender", "male"}};
    return {{"procedure", "1.001570"},
            {"channel", "counter"},
            {"components", fullChecklist(*procedure)},
            {"applicant", applicant},
            {"form", {{"matter", "Tạm ngừng kinh doanh của ông Tư"}}}};
}

class Loop
{
public:
    explicit Loop(const Orders& orders)
        : m_orders(orders), m_portalFate(orders.kills / 5), m_fate(orders.kills - orders.kills / 5),
          m_portal(orders.bin + QStringLiteral("/motcua-portal"), m_home.filePath(QStringLiteral("portal")))
    {}

    int run()
    {
        if (!prepare()) {
            return 2;
        }
        badWeather();
        work();
        static_cast<void>(m_portal.admin(words("fault clear")));
        for (int round = 0; round < 2; ++round) { // the second for what others sent last
            for (auto& counter : m_counters) {
                counter->finish();
            }
        }
        const std::size_t there = compare();
        std::printf(
            "counters %d (windows %d) dossiers %d and %d by keys, at the portal %zu; kills %d and %d of "
            "the portal; red %d\n",
            m_orders.counters, m_orders.windows, m_orders.dossiers, m_inWindows, there,
            m_orders.kills - m_orders.kills / 5, m_portalKills, m_wrongs.count());
        return m_wrongs.count() == 0 ? 0 : 1;
    }

private:
    bool prepare()
    {
        const auto unit = m_portal.admin(words("unit add H26.131", {QStringLiteral("UBND xã Phúc Thọ")}));
        if (unit.exit != 0 || !m_portal.start()) {
            std::printf("the portal does not start: %s\n", unit.err.c_str());
            return false;
        }
        const auto draft = draftOf();
        for (int slot = 1; slot <= m_orders.counters; ++slot) {
            const auto home = m_home.filePath(QStringLiteral("counter-%1").arg(slot));
            QDir().mkpath(home);
            std::ofstream((home + QStringLiteral("/password")).toStdString()) << KILL_LOOP_PASSWORD;
            m_counters.push_back(std::make_unique<KilledCounter>(
                KilledCounter::Plan{m_orders.bin + QStringLiteral("/motcuactl"), home, slot,
                                    (m_orders.dossiers + slot - 1) / m_orders.counters, m_orders.seed, draft,
                                    slot <= m_orders.windows ? m_orders.bin + QStringLiteral("/motcua")
                                                             : QString()},
                m_wrongs, m_fate, m_portalFate));
            const auto code = QString::fromStdString(m_portal.admin(words("code H26.131")).out).trimmed();
            if (!m_counters.back()->prepare(m_portal.url(), code)) {
                return false;
            }
        }
        return true;
    }

    void badWeather()
    {
        for (const char* fault :
             {"lose-answer --probability 0.1", "reset-answer --probability 0.1",
              "lose-request --probability 0.05", "away --probability 0.03", "bare-503 --probability 0.02",
              "captive --probability 0.02", "redirect --probability 0.01", "bad-signature --probability 0.01",
              "cut-answer --probability 0.01", "error-500-done --probability 0.01"}) {
            static_cast<void>(m_portal.admin(words("fault set") + words(fault)));
        }
    }

    /// Counters on their threads; the portal dies on this one.
    void work()
    {
        std::atomic<int> working{m_orders.counters};
        std::vector<std::thread> threads;
        for (auto& counter : m_counters) {
            threads.emplace_back([&working, &counter] {
                counter->work();
                --working;
            });
        }
        SeededRandom random(m_orders.seed);
        while (working > 0) {
            QThread::msleep(200 + static_cast<unsigned long>(random.below(1'000)));
            if (working > 0 && m_portalFate.take()) {
                ++m_portalKills;
                m_portal.stop();
                QThread::msleep(static_cast<unsigned long>(random.below(400)));
                if (!m_portal.start()) {
                    m_wrongs.add("the portal does not start again");
                    break;
                }
            }
        }
        for (auto& thread : threads) {
            thread.join();
        }
    }

    /// Every dossier exactly once, at the portal as at its counter, and no code twice. Returns how many are
    /// there.
    std::size_t compare()
    {
        std::map<std::string, std::string> there;
        const Json list = m_portal.admin(words("dossier list")).json();
        for (const auto& dossier : at(list, "dossiers")) {
            if (!there.emplace(stringAt(dossier, "code"), stringAt(dossier, "uid")).second) {
                m_wrongs.add("twice at the portal: " + stringAt(dossier, "code"));
            }
        }
        std::size_t expected = 0;
        for (auto& counter : m_counters) {
            const auto here = counter->dossiers();
            expected += here.size();
            const auto more = static_cast<int>(here.size()) - counter->wanted();
            m_inWindows += more;
            if (more < 0 || (more > 0 && !counter->hasWindow())) {
                m_wrongs.add("a counter has " + std::to_string(here.size()) + " dossiers");
            }
            for (const auto& [ref, dossier] : here) {
                const auto found = there.find(dossier.code);
                if (found == there.end() || found->second != dossier.uid) {
                    m_wrongs.add("not at the portal: " + dossier.code);
                }
            }
        }
        if (there.size() != expected) {
            m_wrongs.add("the portal has " + std::to_string(there.size()) + " dossiers, the counters " +
                         std::to_string(expected));
        }
        return there.size();
    }

    Orders m_orders;
    QTemporaryDir m_home;
    Wrongs m_wrongs;
    Fate m_portalFate;
    Fate m_fate;
    PortalProgram m_portal;
    std::vector<std::unique_ptr<KilledCounter>> m_counters;
    int m_portalKills = 0;
    int m_inWindows = 0;
};

} // namespace

int main(int count, char** texts)
{
    const QCoreApplication application(count, texts);
    return Loop(read(QCoreApplication::arguments())).run();
}
