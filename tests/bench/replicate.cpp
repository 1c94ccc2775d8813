// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.h"
#include "core/base/file.h"
#include "core/desk/desk_support.h"
#include "sync/engine/enrol.h"
#include "sync/engine/sync_run.h"
#include "sync/reference_portal/http_server.h"
#include "sync/transport/http_transport.h"
#include "tests/bench/figures.h"
#include "tests/bench/modes.h"
#include "tests/bench/records.h"

#include <QCoreApplication>
#include <csignal>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace motcua::bench {

namespace fs = std::filesystem;

namespace {

fs::path folderOf(const fs::path& file)
{
    return file.string() + ".d";
}
fs::path codesOf(int port)
{
    return fs::temp_directory_path() / ("motcua-bench-codes-" + std::to_string(port));
}

/// Bytes that crossed the TCP sockets of this process, both ways, headers included.
double bytesOnSockets()
{
    double total = 0;
    for (int descriptor = 3; descriptor < 256; ++descriptor) {
        tcp_info info{};
        socklen_t size = sizeof info;
        if (::getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) == 0) {
            total +=
                static_cast<double>(info.tcpi_bytes_acked) + static_cast<double>(info.tcpi_bytes_received);
        }
    }
    return total;
}

/// Ends the process when the k-th batch was acknowledged, before anything of it is stored.
class DyingTransport final : public Transport
{
public:
    DyingTransport(Transport& inner, int dieAfter) : m_inner(inner), m_dieAfter(dieAfter) {}
    [[nodiscard]] motcua::Reply exchange(const Request& request) override
    {
        return counted(request.path, m_inner.exchange(request));
    }
    void start(const Request& request) override
    {
        m_path = request.path;
        m_inner.start(request);
    }
    [[nodiscard]] motcua::Reply finish() override { return counted(m_path, m_inner.finish()); }
    [[nodiscard]] std::int64_t sent() const { return m_sent; }
    [[nodiscard]] std::int64_t replayed() const { return m_replayed; }
    [[nodiscard]] std::int64_t calls() const { return m_calls; }

private:
    [[nodiscard]] motcua::Reply counted(const std::string& path, motcua::Reply reply)
    {
        if (path == "/v1/ops" && reply.status == 200 && ++m_pushed == m_dieAfter) {
            ::_exit(9);
        }
        m_replayed += countOf(reply.body, "\"replayed\"");
        m_sent += path == "/v1/ops" ? countOf(reply.body, "\"op\"") : 0;
        m_calls += 1;
        return reply;
    }
    static std::int64_t countOf(const std::string& text, std::string_view part)
    {
        std::int64_t count = 0;
        for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
            ++count;
        }
        return count;
    }
    Transport& m_inner;
    std::string m_path; ///< of what was started
    int m_dieAfter;
    int m_pushed = 0;
    std::int64_t m_sent = 0, m_replayed = 0, m_calls = 0;
};

/// A client with everything that the program has when it syncs.
struct Client
{
    Client(int port, const RegisterFolder& home, int batch)
        : connection(connect(home)), desk(connection, home.identity(), fieldsOfRecords(), clock, {}),
          waiting(connection, home.identity().install),
          transport(must(HttpTransport::create("http://127.0.0.1:" + std::to_string(port), {})))
    {
        options.batchCount = std::min(batch, 50); // the contract's bound
        options.pageLimit = std::min(batch, 500);
        if (!must(desk.binding())) {
            PortalBinding to;
            to.url = "http://127.0.0.1:" + std::to_string(port);
            const auto codes = must(readFile(codesOf(port), 4096));
            const auto code = codes.substr(static_cast<std::size_t>(home.identity().slot) * 15, 14);
            must(desk.bind(must(enrol(*transport, home.identity(), to, code, "đo", clock)).binding));
        }
    }

    /// Until the last receipt is stored. That the portal's stream shows our own operations again, as it does
    /// some time later, is left to the next run.
    void drain(Transport& over)
    {
        SyncEngine engine(desk, waiting, over, clock, random, options);
        while (engine.isUnderWay() || !must(desk.sendable(1, options.batchBytes)).empty()) {
            const EngineStep step = must(engine.step());
            require(step.did != Did::Idle && step.did != Did::Waiting, "the portal takes all at once");
        }
    }

    RunReport run(Transport& over)
    {
        SyncEngine engine(desk, waiting, over, clock, random, options);
        return must(runSync(engine, waiting, clock, RunMode::UntilEmpty, Millis{600'000},
                            [](Millis wait) { ::usleep(static_cast<useconds_t>(wait.count()) * 1000); }));
    }

    SystemClock clock;
    SystemRandom random;
    Connection connection;
    PortalDesk desk;
    Queue waiting;
    std::unique_ptr<HttpTransport> transport;
    EngineOptions options;
};

/// Takes the queue of one counter over as many days as its numbers need: a slot has 9,899 a day.
class CalendarClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override { return m_clock.now() - m_ago; }
    [[nodiscard]] Millis monotonic() const override { return m_clock.monotonic(); }
    /// The days before today on which the next ones are received.
    void setDaysAgo(int days) { m_ago = std::chrono::hours{24} * days; }

private:
    SystemClock m_clock;
    Millis m_ago{0};
};
constexpr std::size_t kReceivedPerDay = 5000;

} // namespace

int serve(int port, const fs::path& marker)
{
    const fs::path folder = folderOf(marker);
    std::error_code ignored;
    if (!fs::exists(marker, ignored)) {
        fs::remove_all(folder, ignored);
    }
    must(writeFileDurably(marker, "the portal's store is the folder beside this\n"));
    const SystemClock clock;
    SystemRandom random;
    auto portal = must(portal::Portal::open(folder.string(), clock, random));
    // A second start finds the unit there.
    static_cast<void>(portal.keys().addUnit({"H26.25", "UBND xã Đo Lường"}));
    std::string codes;
    for (int i = 0; i < 3; ++i) {
        codes += must(portal.keys().newEnrolmentCode("H26.25")) + "\n";
    }
    must(writeFileDurably(codesOf(port), codes));
    portal::PortalApi api(std::move(portal), clock);
    portal::Faults faults;
    portal::HttpServer server(api, faults);
    portal::ServerOptions options;
    options.port = port;
    must(server.bind(options));
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ending, nullptr);
    std::thread serving([&server] { server.serve(); });
    std::puts("ready");
    std::fflush(stdout);
    int signal = 0;
    sigwait(&ending, &signal);
    api.stopWaiting();
    server.stop();
    serving.join();
    return 0;
}

void queue(const fs::path& client, const std::string& data, std::size_t count)
{
    CalendarClock clock;
    SystemRandom random;
    const Catalogue catalogue = shippedCatalogue();
    const auto home = freshRegister(folderOf(client), 1, clock, random);
    auto connection = connect(home);
    must(connection.execute("PRAGMA synchronous=OFF"));
    Desk desk(connection, home.identity(), home.actor(), catalogue, clock, random);
    std::size_t received = 0;
    eachRecord(data, count, [&](const Json& record) {
        const std::size_t left = count > received ? count - received - 1 : 0;
        clock.setDaysAgo(static_cast<int>(left / kReceivedPerDay));
        const auto taken = desk.receive(draftOf(record, catalogue, dayInVietnam(clock.now())));
        require(taken.has_value(), "a draft of the benchmark is taken in");
        ++received;
    });
}

int push(int port, const fs::path& client, int batch, const std::string& label, int dieAfter)
{
    int none = 0;
    const QCoreApplication application(none, nullptr);
    const SystemClock clock;
    const auto home = openRegister(folderOf(client), clock);
    Client sender(port, home, batch);
    DyingTransport over(*sender.transport, dieAfter);
    const double begun = now();
    sender.drain(over);
    const double took = now() - begun;
    const auto sent = static_cast<double>(over.sent());
    print("W4", "push " + label + ", batch " + std::to_string(sender.options.batchCount),
          {member("n", sent), member("fresh", sent - static_cast<double>(over.replayed())),
           member("docs_per_s", sent / took), member("req_per_s", static_cast<double>(over.calls()) / took),
           member("bytes_per_doc", bytesOnSockets() / std::max(1.0, sent)),
           member("waiting", static_cast<double>(must(sender.waiting.summary()).waiting))});
    return 0;
}

void pull(int port, const fs::path& client, int batch)
{
    int none = 0;
    const QCoreApplication application(none, nullptr);
    const SystemClock clock;
    SystemRandom random;
    const auto home = freshRegister(folderOf(client), 2, clock, random);
    Client receiver(port, home, batch);
    const double begun = now();
    const RunReport report = receiver.run(*receiver.transport);
    const double took = now() - begun;
    const auto pulled = static_cast<double>(report.counters.pulled);
    print("W4", "pull stored with all indexes, batch " + std::to_string(receiver.options.pageLimit),
          {member("n", pulled), member("docs_per_s", pulled / took),
           member("bytes_per_doc", bytesOnSockets() / std::max(1.0, pulled))});
}

} // namespace motcua::bench
