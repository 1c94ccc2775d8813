// SPDX-License-Identifier: GPL-3.0-or-later
// The real programs over real sockets: counters take in and send while programs are killed with SIGKILL at
// random and the portal loses answers, resets connections, is busy and sometimes somebody else.
// motcua-kill-loop [--counters N] [--dossiers N] [--kills N] [--seed S] [--bin DIR]
#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/base/random.h"
#include "core/catalogue/catalogue.h"
#include "core/dossier/draft.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QThread>
#include <atomic>
#include <cstdio>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace {

using namespace motcua;

constexpr int kPatience = 120'000;
constexpr int kEnough = 20; ///< more wrongs tell nothing new

struct Orders
{
    int counters = 3;
    int dossiers = 2'000;
    int kills = 200;
    std::uint64_t seed = 1;
    QString bin = QStringLiteral(MOTCUA_BINARY_DIR);
};

struct Ran
{
    int exit = -1;
    bool killed = false;
    std::string out;
    std::string err;

    [[nodiscard]] Json json() const
    {
        return parseJson(out.substr(0, out.find_last_not_of('\n') + 1)).value_or(Json());
    }
};

/// What is wrong, from all threads.
class Wrongs
{
public:
    void add(const std::string& what)
    {
        const std::lock_guard lock(m_mutex);
        std::printf("WRONG: %s\n", what.c_str());
        std::fflush(stdout);
        ++m_count;
    }
    [[nodiscard]] int count() const { return m_count; }

private:
    std::mutex m_mutex;
    std::atomic<int> m_count{0};
};

/// How many more programs have to die.
class Fate
{
public:
    explicit Fate(int kills) : m_left(kills) {}
    [[nodiscard]] bool take()
    {
        if (m_left.fetch_sub(1) > 0) {
            return true;
        }
        ++m_left;
        return false;
    }
    /// It was done before death came.
    void giveBack() { ++m_left; }
    [[nodiscard]] bool isOver() const { return m_left <= 0; }

private:
    std::atomic<int> m_left;
};

/// Runs a program to its end, or until it is killed after so many milliseconds.
Ran run(const QString& program, const QStringList& arguments, const std::string& input = {},
        int killAfter = -1)
{
    QProcess process;
    process.start(program, arguments);
    process.write(input.data(), static_cast<qint64>(input.size()));
    process.closeWriteChannel();
    Ran ran;
    if (killAfter >= 0 && !process.waitForFinished(killAfter)) {
        process.kill();
        ran.killed = true;
    }
    process.waitForFinished(kPatience);
    ran.exit = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    ran.out = process.readAllStandardOutput().toStdString();
    ran.err = process.readAllStandardError().toStdString();
    return ran;
}

/// The portal's program; killed and started again on the same port.
class PortalProgram
{
public:
    PortalProgram(QString program, QString data) : m_program(std::move(program)), m_data(std::move(data))
    {
        QTcpServer free;
        free.listen(QHostAddress::LocalHost);
        m_port = free.serverPort();
    }
    ~PortalProgram() { stop(); }
    PortalProgram(const PortalProgram&) = delete;
    PortalProgram& operator=(const PortalProgram&) = delete;

    bool start()
    {
        m_process = std::make_unique<QProcess>();
        m_process->start(m_program, {QStringLiteral("--listen"), QStringLiteral("127.0.0.1:%1").arg(m_port),
                                     QStringLiteral("--data"), m_data, QStringLiteral("--allow-faults")});
        QByteArray said;
        QElapsedTimer timer;
        timer.start();
        while (!said.contains("listening on") && timer.elapsed() < kPatience) {
            m_process->waitForReadyRead(200);
            said += m_process->readAllStandardOutput();
            if (m_process->state() == QProcess::NotRunning) {
                break;
            }
        }
        return said.contains("listening on");
    }
    void stop()
    {
        if (m_process) {
            m_process->kill();
            m_process->waitForFinished(kPatience);
            m_process.reset();
        }
    }
    [[nodiscard]] QString url() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_port); }
    Ran admin(QStringList words) const
    {
        return run(m_program, QStringList{QStringLiteral("admin"), QStringLiteral("--data"), m_data} + words);
    }

private:
    QString m_program;
    QString m_data;
    quint16 m_port = 0;
    std::unique_ptr<QProcess> m_process;
};

/// One counter's programs over its register, on a thread of its own.
class Counter
{
public:
    Counter(const Orders& orders, QString home, int slot, Json draft, Wrongs& wrongs, Fate& fate,
            Fate& portalFate)
        : m_program(orders.bin + QStringLiteral("/motcuactl")), m_home(std::move(home)), m_slot(slot),
          m_draft(std::move(draft)), m_wrongs(wrongs), m_fate(fate), m_portalFate(portalFate),
          m_random(orders.seed * 1'000 + static_cast<std::uint64_t>(slot)),
          m_wanted(orders.dossiers / orders.counters)
    {}

    bool prepare(const QString& url, const QString& code)
    {
        const auto made =
            call({QStringLiteral("init"), QStringLiteral("--unit"), QStringLiteral("H26.131"),
                  QStringLiteral("--unit-name"), QStringLiteral("UBND xã Phúc Thọ"), QStringLiteral("--slot"),
                  QString::number(m_slot), QStringLiteral("--admin"), QStringLiteral("lan"),
                  QStringLiteral("--practice"), QStringLiteral("--quick-keys")});
        const auto bound =
            call({QStringLiteral("enrol"), QStringLiteral("--portal"), url, QStringLiteral("--code"), code});
        if (made.exit != 0 || bound.exit != 0) {
            m_wrongs.add("a counter could not be prepared: " + made.err + bound.err);
        }
        return made.exit == 0 && bound.exit == 0;
    }

    /// Takes in what is missing and sends what waits, until everything was taken in and nobody dies any more.
    void work()
    {
        for (auto missing = whatIsMissing();
             (!missing.empty() || !m_fate.isOver() || !m_portalFate.isOver()) && m_wrongs.count() < kEnough;
             missing = whatIsMissing()) {
            receiveSome(missing);
            static_cast<void>(
                call({QStringLiteral("sync"), QStringLiteral("--until-empty"), QStringLiteral("--timeout"),
                      QStringLiteral("5"), QStringLiteral("--backoff-base"), QStringLiteral("20")},
                     {}, deathAfter(1'500)));
        }
    }

    void finish()
    {
        for (int i = 0; i < 20; ++i) {
            const auto sent =
                call({QStringLiteral("sync"), QStringLiteral("--until-empty"), QStringLiteral("--timeout"),
                      QStringLiteral("60"), QStringLiteral("--backoff-base"), QStringLiteral("20")});
            if (sent.exit == 0) {
                break;
            }
        }
        const auto verified = call({QStringLiteral("verify"), QStringLiteral("--full")});
        if (verified.exit != 0 || at(verified.json(), "ok") != true) {
            m_wrongs.add("verify: " + verified.out + verified.err);
        }
        const auto queue = call({QStringLiteral("queue")}).json();
        if (!queue["operations"].is_array() || !queue["operations"].empty()) {
            m_wrongs.add("the queue is not empty: " + dumpJson(queue).substr(0, 500));
        }
    }

    /// clientRef to code and uid, of our own dossiers.
    std::map<std::string, std::pair<std::string, std::string>> dossiers()
    {
        std::map<std::string, std::pair<std::string, std::string>> found;
        const Json list = call({QStringLiteral("list")}).json();
        for (const auto& row : at(list, "dossiers")) {
            const auto ref = stringAt(row, "clientRef");
            if (ref.empty()) {
                continue; // pulled: another counter's
            }
            if (!found.emplace(ref, std::pair(stringAt(row, "code"), stringAt(row, "uid"))).second) {
                m_wrongs.add("taken in twice: " + ref);
            }
        }
        return found;
    }
    [[nodiscard]] const std::map<std::string, std::string>& promised() const { return m_promised; }
    [[nodiscard]] int wanted() const { return m_wanted; }

private:
    Ran call(QStringList words, const std::string& input = {}, int killAfter = -1)
    {
        const QStringList common{QStringLiteral("--register"),
                                 m_home + QStringLiteral("/register"),
                                 QStringLiteral("--user"),
                                 QStringLiteral("lan"),
                                 QStringLiteral("--password-file"),
                                 m_home + QStringLiteral("/password"),
                                 QStringLiteral("--json"),
                                 QStringLiteral("--lock-timeout"),
                                 QStringLiteral("30")};
        auto ran = run(m_program, words + common, input, killAfter);
        if (killAfter >= 0 && !ran.killed) {
            m_fate.giveBack();
        }
        return ran;
    }

    /// A moment to die at within so many milliseconds, or never.
    int deathAfter(int within)
    {
        return m_random.below(3) != 0 && m_fate.take()
                   ? static_cast<int>(m_random.below(static_cast<std::uint64_t>(within)))
                   : -1;
    }

    std::vector<std::string> whatIsMissing()
    {
        const auto there = dossiers();
        for (const auto& [ref, code] : m_promised) {
            const auto found = there.find(ref);
            if (found == there.end() || found->second.first != code) {
                m_wrongs.add("printed, and not in the register: " + code);
            }
        }
        std::vector<std::string> missing;
        for (int i = 0; i < m_wanted; ++i) {
            const auto ref = "q" + std::to_string(m_slot) + "-" + std::to_string(i);
            if (there.find(ref) == there.end()) {
                missing.push_back(ref);
            }
        }
        return missing;
    }

    void receiveSome(const std::vector<std::string>& missing)
    {
        if (missing.empty()) {
            return;
        }
        const auto number = std::min<std::size_t>(missing.size(), 5 + m_random.below(60));
        std::string lines;
        for (std::size_t i = 0; i < number; ++i) {
            Json draft = m_draft;
            draft["clientRef"] = missing[i];
            draft["applicant"]["name"] = "Nguyễn Văn " + missing[i].substr(1);
            lines += dumpJson(draft) + "\n";
        }
        const auto ran = call({QStringLiteral("accept"), QStringLiteral("--stream")}, lines, deathAfter(500));
        std::size_t begin = 0;
        for (auto end = ran.out.find('\n'); end != std::string::npos; end = ran.out.find('\n', begin)) {
            const auto answer = parseJson(ran.out.substr(begin, end - begin)).value_or(Json());
            begin = end + 1;
            if (!stringAt(answer, "code").empty()) {
                m_promised[stringAt(answer, "clientRef")] = stringAt(answer, "code");
            } else {
                m_wrongs.add("a good draft was refused: " + dumpJson(answer));
            }
        }
        if (!ran.killed && ran.exit != 0) {
            m_wrongs.add("accept ended with " + std::to_string(ran.exit) + ": " + ran.err);
        }
    }

    QString m_program;
    QString m_home;
    int m_slot;
    Json m_draft;
    Wrongs& m_wrongs;
    Fate& m_fate;
    Fate& m_portalFate;
    SeededRandom m_random;
    int m_wanted;
    std::map<std::string, std::string> m_promised; ///< clientRef to the code that was printed
};

Orders read(const QStringList& texts)
{
    Orders orders;
    for (qsizetype i = 1; i + 1 < texts.size(); i += 2) {
        const auto value = texts[i + 1];
        if (texts[i] == QLatin1String("--counters")) {
            orders.counters = value.toInt();
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

Json draftOf()
{
    const auto catalogue = Catalogue::load(MOTCUA_SOURCE_DIR "/resources/catalogue");
    const auto* procedure =
        catalogue ? catalogue->find("1.004837", dayInVietnam(SystemClock().now())) : nullptr;
    if (procedure == nullptr) {
        return {};
    }
    return {{"procedure", "1.004837"},
            {"channel", "counter"},
            {"components", fullChecklist(*procedure)},
            {"applicant",
             {{"name", "x"},
              {"address", "thôn Đoài, xã Phúc Thọ"},
              {"phone", "0912345678"},
              {"personalId", "001084123456"},
              {"gender", "male"}}},
            {"form", {{"matter", "Đăng ký giám hộ cho cháu ông Tư"}}}};
}

void badWeather(const PortalProgram& portal)
{
    const auto fault = [&](const char* kind, const char* probability) {
        static_cast<void>(portal.admin({QStringLiteral("fault"), QStringLiteral("set"), QLatin1String(kind),
                                        QStringLiteral("--probability"), QLatin1String(probability)}));
    };
    fault("lose-answer", "0.1");
    fault("reset-answer", "0.05");
    fault("lose-request", "0.05");
    fault("away", "0.03");
    fault("bare-503", "0.02");
    fault("captive", "0.02");
    fault("redirect", "0.01");
    fault("bad-signature", "0.01");
    fault("cut-answer", "0.01");
    fault("error-500-done", "0.01");
}

/// Every dossier exactly once, at the portal as at its counter, and no code twice.
void compare(const PortalProgram& portal, std::vector<std::unique_ptr<Counter>>& counters, Wrongs& wrongs)
{
    std::map<std::string, std::string> there;
    const Json list = portal.admin({QStringLiteral("dossier"), QStringLiteral("list")}).json();
    for (const auto& dossier : at(list, "dossiers")) {
        if (!there.emplace(stringAt(dossier, "code"), stringAt(dossier, "uid")).second) {
            wrongs.add("twice at the portal: " + stringAt(dossier, "code"));
        }
    }
    std::size_t expected = 0;
    for (auto& counter : counters) {
        const auto here = counter->dossiers();
        expected += here.size();
        if (static_cast<int>(here.size()) != counter->wanted()) {
            wrongs.add("a counter has " + std::to_string(here.size()) + " dossiers");
        }
        for (const auto& [ref, dossier] : here) {
            const auto found = there.find(dossier.first);
            if (found == there.end() || found->second != dossier.second) {
                wrongs.add("not at the portal: " + dossier.first);
            }
        }
    }
    if (there.size() != expected) {
        wrongs.add("the portal has " + std::to_string(there.size()) + " dossiers, the counters " +
                   std::to_string(expected));
    }
}

int loop(const Orders& orders)
{
    QTemporaryDir home;
    Wrongs wrongs;
    Fate portalFate(orders.kills / 5);
    Fate fate(orders.kills - orders.kills / 5);
    PortalProgram portal(orders.bin + QStringLiteral("/motcua-portal"),
                         home.filePath(QStringLiteral("portal")));
    const auto unit = portal.admin({QStringLiteral("unit"), QStringLiteral("add"), QStringLiteral("H26.131"),
                                    QStringLiteral("UBND xã Phúc Thọ")});
    if (unit.exit != 0 || !portal.start()) {
        std::printf("the portal does not start: %s\n", unit.err.c_str());
        return 2;
    }
    const auto draft = draftOf();
    std::vector<std::unique_ptr<Counter>> counters;
    for (int i = 0; i < orders.counters; ++i) {
        const auto folder = home.filePath(QStringLiteral("counter-%1").arg(i + 1));
        QDir().mkpath(folder);
        std::ofstream((folder + QStringLiteral("/password")).toStdString()) << "mật khẩu của lan";
        counters.push_back(std::make_unique<Counter>(orders, folder, i + 1, draft, wrongs, fate, portalFate));
        const auto code = portal.admin({QStringLiteral("code"), QStringLiteral("H26.131")}).out;
        if (!counters.back()->prepare(portal.url(), QString::fromStdString(code).trimmed())) {
            return 2;
        }
    }
    badWeather(portal);

    std::atomic<int> working{orders.counters};
    std::vector<std::thread> threads;
    for (auto& counter : counters) {
        threads.emplace_back([&working, &counter] {
            counter->work();
            --working;
        });
    }
    SeededRandom random(orders.seed);
    int portalKills = 0;
    while (working > 0) {
        QThread::msleep(200 + static_cast<unsigned long>(random.below(1'000)));
        if (working > 0 && portalFate.take()) {
            ++portalKills;
            portal.stop();
            QThread::msleep(static_cast<unsigned long>(random.below(400)));
            if (!portal.start()) {
                wrongs.add("the portal does not start again");
                break;
            }
        }
    }
    for (auto& thread : threads) {
        thread.join();
    }
    static_cast<void>(portal.admin({QStringLiteral("fault"), QStringLiteral("clear")}));
    for (int round = 0; round < 2; ++round) { // the second for what others sent last
        for (auto& counter : counters) {
            counter->finish();
        }
    }
    compare(portal, counters, wrongs);
    std::printf("counters %d dossiers %d kills %d (portal %d) red %d\n", orders.counters, orders.dossiers,
                orders.kills, portalKills, wrongs.count());
    return wrongs.count() == 0 ? 0 : 1;
}

} // namespace

int main(int count, char** texts)
{
    const QCoreApplication application(count, texts);
    return loop(read(QCoreApplication::arguments()));
}
