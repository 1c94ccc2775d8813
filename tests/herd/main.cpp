// SPDX-License-Identifier: GPL-3.0-or-later
// motcua-herd: a city's counters come back after an outage, all at once, against real portals and a real
// PostgreSQL. See README.md.
#include "tests/herd/herd_city.h"
#include "tests/herd/herd_figures.h"
#include "tests/herd/herd_wire.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <queue>
#include <string>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

namespace motcua::herd {

namespace {

/// Plays all counters in one thread.
class Herd
{
public:
    Herd(std::vector<Backlog> backlogs, const std::vector<int>& ports, const HerdOptions& options)
        : m_options(options), m_poll(epoll_create1(EPOLL_CLOEXEC)), m_begin(m_clock.monotonic())
    {
        SeededRandom dice(options.seed);
        for (std::size_t i = 0; i < backlogs.size(); ++i) {
            const auto start = Millis{static_cast<std::int64_t>(dice.unit() * options.arrivalSeconds * 1000)};
            const bool isGreedy = backlogs[i].unit == backlogs.front().unit && options.hasGreedyCommune;
            m_players.push_back(std::make_unique<Player>(std::move(backlogs[i]), dice.next(), start, isGreedy,
                                                         ports[i % ports.size()]));
            m_due.push({start, i});
        }
    }
    ~Herd() { ::close(m_poll); }

    /// Until every honest counter has been heard to the end, or the time is over.
    Figures play()
    {
        while (!isOver()) {
            speak();
            listen();
        }
        m_figures.took = elapsed();
        for (const auto& player : m_players) {
            m_figures.counters.push_back(
                {player->counter.backlog().unit,
                 static_cast<std::int64_t>(player->counter.backlog().operations.size()),
                 player->counter.finishedAt(), player->counter.isGreedy()});
        }
        return std::move(m_figures);
    }

private:
    struct Player
    {
        Player(Backlog backlog, std::uint64_t seed, Millis start, bool isGreedy, int port)
            : counter(std::move(backlog), seed, start, isGreedy), wire(port)
        {}
        HerdCounter counter;
        HerdWire wire;
        Millis askedAt{0};
        std::int64_t askedMicros = 0;
        int watched = -1; ///< the descriptor in the poll set
        bool isAsking = false;
        bool isOver = false;
    };

    [[nodiscard]] Millis elapsed() const { return m_clock.monotonic() - m_begin; }

    [[nodiscard]] bool isOver() const
    {
        const auto honest = [](const auto& player) { return player->isOver || player->counter.isGreedy(); };
        return elapsed() > m_options.budget || std::all_of(m_players.begin(), m_players.end(), honest);
    }

    void speak()
    {
        const Millis now = elapsed();
        while (!m_due.empty() && m_due.top().first <= now) {
            const std::size_t i = m_due.top().second;
            m_due.pop();
            Player& player = *m_players[i];
            player.wire.send(player.counter.ask());
            player.askedMicros = m_clock.monotonicMicros();
            player.isAsking = true;
            goOn(i);
        }
    }

    void listen()
    {
        const Millis wait =
            m_due.empty() ? Millis{50} : std::clamp(m_due.top().first - elapsed(), Millis{0}, Millis{50});
        std::array<epoll_event, 512> events{};
        const int count = epoll_wait(m_poll, events.data(), events.size(), static_cast<int>(wait.count()));
        for (int e = 0; e < count; ++e) {
            goOn(events.at(static_cast<std::size_t>(e)).data.u64);
        }
    }

    void goOn(std::size_t i)
    {
        Player& player = *m_players[i];
        if (!player.isAsking) {
            player.wire.close(); // the portal ended an idle connection
            player.watched = -1;
            return;
        }
        if (auto reply = player.wire.goOn()) {
            heard(i, *reply);
        }
        watch(i);
    }

    void heard(std::size_t i, const Reply& reply)
    {
        Player& player = *m_players[i];
        const std::int64_t micros = m_clock.monotonicMicros() - player.askedMicros;
        player.isAsking = false;
        const auto call = player.counter.asked();
        const bool isUseful = player.counter.hear(reply, elapsed(), m_clock.now(), m_figures.tally);
        m_figures.note(call, reply, isUseful, micros, player.counter.isGreedy(), elapsed());
        if (const auto due = player.counter.dueAt()) {
            m_due.push({*due, i});
        } else {
            player.isOver = true;
            player.wire.close();
        }
    }

    void watch(std::size_t i)
    {
        Player& player = *m_players[i];
        const int descriptor = player.wire.descriptor();
        if (descriptor < 0) {
            player.watched = -1; // closing took it out
            return;
        }
        epoll_event event{};
        event.events = EPOLLIN | (player.wire.wantsToWrite() ? EPOLLOUT : 0U);
        event.data.u64 = i;
        epoll_ctl(m_poll, player.watched == descriptor ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, descriptor, &event);
        player.watched = descriptor;
    }

    using Due = std::pair<Millis, std::size_t>;
    HerdOptions m_options;
    SystemClock m_clock;
    int m_poll;
    Millis m_begin;
    std::vector<std::unique_ptr<Player>> m_players;
    std::priority_queue<Due, std::vector<Due>, std::greater<>> m_due;
    Figures m_figures;
};

constexpr const char* kUsage =
    R"(motcua-herd [--communes 126] [--counters 10] [--dossiers 30] [--processes 2] [--workers N]
            [--arrival SECONDS] [--minutes 30] [--seed 1] [--greedy] [--judge] [--store postgresql://…]
            [--portal PROGRAM]
  --arrival  the first calls come within so many seconds (0: at once)
  --greedy   the first commune's counters obey nothing and send everything again and again
  --judge    exit 1 also when a figure of the issue is missed, not only when something is lost or doubled
)";

struct Options
{
    CityOptions city;
    HerdOptions herd;
    bool judges = false;
    bool isGood = true;
};

Options read(int argc, char** argv)
{
    Options options;
    options.city.portal = std::filesystem::absolute(argv[0]).replace_filename("motcua-portal").string();
    for (int i = 1; i < argc; ++i) {
        const std::string name = argv[i];
        if (name == "--greedy") {
            options.herd.hasGreedyCommune = true;
            continue;
        }
        if (name == "--judge") {
            options.judges = true;
            continue;
        }
        if (i + 1 == argc) {
            options.isGood = false;
            break;
        }
        const std::string value = argv[++i];
        const int number = std::atoi(value.c_str());
        if (name == "--communes") {
            options.city.communes = number;
        } else if (name == "--counters") {
            options.city.counters = number;
        } else if (name == "--dossiers") {
            options.city.dossiers = number;
        } else if (name == "--processes") {
            options.city.processes = number;
        } else if (name == "--workers") {
            options.city.workers = number;
        } else if (name == "--arrival") {
            options.herd.arrivalSeconds = std::atof(value.c_str());
        } else if (name == "--minutes") {
            options.herd.budget = std::chrono::minutes{number};
        } else if (name == "--seed") {
            options.herd.seed = static_cast<std::uint64_t>(number);
        } else if (name == "--store") {
            options.city.store = value;
        } else if (name == "--portal") {
            options.city.portal = value;
        } else {
            options.isGood = false;
        }
    }
    return options;
}

void allowManyFiles()
{
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
}

int run(const Options& options)
{
    allowManyFiles();
    HerdCity city(options.city);
    const double portalBefore = city.portalSeconds();
    const double databaseBefore = city.databaseSeconds();
    Herd herd(city.takeBacklogs(), city.ports(), options.herd);
    Figures figures = herd.play();
    figures.portalSeconds = city.portalSeconds() - portalBefore;
    figures.databaseSeconds = city.databaseSeconds() - databaseBefore;
    figures.held = city.held();
    figures.dossiers = std::int64_t{options.city.communes} * options.city.counters * options.city.dossiers;
    figures.print();
    const bool isWhole = figures.isWhole();
    return isWhole && (!options.judges || figures.isWithinTheIssue()) ? 0 : 1;
}

} // namespace

} // namespace motcua::herd

int main(int argc, char** argv)
{
    const auto options = motcua::herd::read(argc, argv);
    if (!options.isGood) {
        std::fputs(motcua::herd::kUsage, stderr);
        return 2;
    }
    try {
        return motcua::herd::run(options);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "motcua-herd: %s\n", error.what());
        return 3;
    }
}
