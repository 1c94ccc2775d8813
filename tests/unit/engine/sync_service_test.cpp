// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/transport/sync_service.h"

#include "tests/support/sample_files.h"
#include "tests/support/scripted_portal.h"
#include "tests/support/small_counter.h"
#include "tests/unit/engine/http_bench.h"

#include <QElapsedTimer>
#include <catch2/catch.hpp>

using namespace motcua;
using namespace std::chrono_literals;

namespace {

/// A scripted portal behind a real socket.
class ServedPortal
{
public:
    ServedPortal()
        : server([this](QTcpSocket& socket, const std::string& bytes) {
              if (silent || --answersLeft < 0) {
                  return;
              }
              const auto request = requestOf(bytes);
              if (request.path.starts_with("/v1/blobs/")) {
                  ++pieces; // a line that carries one byte a minute
                  return;
              }
              const auto reply =
                  request.path == "/v1/ops/status" ? neverSeen(request) : words.contented()(request);
              LoopbackServer::write(
                  socket,
                  LoopbackServer::http(reply.status, "Content-Type: application/json\r\n", reply.body));
          })
    {}

    ScriptedPortal words;
    bool silent = false;
    int answersLeft = 1'000; ///< then it takes requests and says nothing
    int pieces = 0;          ///< of files; never answered
    LoopbackServer server;

private:
    /// What it did not answer, it did not take.
    Reply neverSeen(const Request& request)
    {
        Results results;
        results.portalEpoch = words.epoch();
        const auto body = parseJson(request.body);
        for (const std::string op : body->at("ops")) {
            results.results.push_back(words.result(op, "", Outcome::Unknown));
        }
        return ScriptedPortal::json(toJson(results));
    }
    static Request requestOf(const std::string& bytes)
    {
        Request request;
        request.method = bytes.substr(0, bytes.find(' '));
        const auto path = bytes.find(' ') + 1;
        request.path = bytes.substr(path, bytes.find(' ', path) - path);
        for (const char* name : {"Content-Digest", "Content-Encoding"}) {
            if (const auto at = bytes.find(std::string(name) + ": "); at != std::string::npos) {
                const auto begin = at + std::string(name).size() + 2;
                request.headers.emplace_back(name, bytes.substr(begin, bytes.find("\r\n", begin) - begin));
            }
        }
        request.body = bytes.substr(bytes.find("\r\n\r\n") + 4);
        return request;
    }
};

struct Bench
{
    Bench()
    {
        PortalBinding binding;
        binding.url = portal.server.url();
        binding.token = "t";
        binding.portalEpoch = portal.words.epoch();
        binding.keys = Json::array({toJson(portal.words.key())});
        REQUIRE(counter.portal->bind(binding));
    }
    SyncService::Opener opener()
    {
        return [this] { return counter.folder->connect(); };
    }

    SmallCounter counter;
    ServedPortal portal;
    SystemClock clock;
};

} // namespace

TEST_CASE("the service sends what is queued and tells how things stand")
{
    Application application;
    Bench bench;
    REQUIRE(bench.counter.desk->receive(bench.counter.draft()));
    SyncService service(bench.opener(), bench.counter.folder->identity(), fieldOf(bench.counter.catalogue),
                        bench.clock);
    SyncNews last;
    QObject::connect(&service, &SyncService::changed, &service, [&](const SyncNews& news) { last = news; });

    service.start();

    CHECK(eventually([&] { return last.counters.acknowledged == 1 && !last.busy; }));
    CHECK(last.enrolled);
    CHECK(last.portal.online);
    CHECK(last.queue.waiting == 0);

    REQUIRE(bench.counter.desk->receive(bench.counter.draft()));
    service.wake();
    CHECK(eventually([&] { return last.counters.acknowledged == 2; }));
    service.stop();
    CHECK(bench.counter.desk->queue().summary()->waiting == 0);
}

TEST_CASE("a scan that crawls is set aside the moment text is queued, and counts as no loss")
{
    Application application;
    Bench bench;
    FolderShelf shelf = bench.counter.folder->shelf();
    FileStore files(*bench.counter.connection, shelf, bench.counter.folder->dataKey(), bench.clock);
    const std::string bytes = samplePdf(50'000);
    MemorySource source(bytes);
    const auto file = files.add(source, FileKind::Pdf);
    REQUIRE(file);
    Json draft = bench.counter.draft();
    draft["components"][0]["files"] = Json::array({{{"name", "trang.pdf"},
                                                    {"sha256", toHex(file->sha256)},
                                                    {"size", file->size},
                                                    {"type", "application/pdf"}}});
    REQUIRE(bench.counter.desk->receive(draft));
    SyncService service(bench.opener(), bench.counter.folder->identity(), fieldOf(bench.counter.catalogue),
                        bench.clock);
    service.useFiles([&](Connection& connection) {
        return std::make_unique<FileStore>(connection, shelf, bench.counter.folder->dataKey(), bench.clock);
    });
    SyncNews last;
    QObject::connect(&service, &SyncService::changed, &service, [&](const SyncNews& news) { last = news; });
    service.start();
    REQUIRE(eventually([&] { return bench.portal.pieces == 1; }));

    REQUIRE(bench.counter.desk->receive(bench.counter.draft()));
    service.wake();

    CHECK(eventually([&] { return last.counters.acknowledged == 2; }));
    CHECK(last.counters.lost == 0);
    CHECK(last.portal.online);
    CHECK(bench.counter.desk->queue().filesWaiting()->count == 1);
    CHECK(eventually([&] { return bench.portal.pieces == 2; })); // and then it goes on
    service.stop();
}

TEST_CASE("it stops promptly in the middle of a request, and nothing is lost")
{
    Application application;
    Bench bench;
    REQUIRE(bench.counter.desk->receive(bench.counter.draft()));
    bench.portal.silent = true;
    SyncService service(bench.opener(), bench.counter.folder->identity(), fieldOf(bench.counter.catalogue),
                        bench.clock);
    service.start();
    REQUIRE(eventually([&] { return !bench.portal.server.requests.empty(); }));
    QElapsedTimer timer;
    timer.start();

    service.stop();

    CHECK(timer.elapsed() < 2'000);
    CHECK(bench.counter.desk->queue().summary()->waiting == 1);
    bench.portal.silent = false;
    service.start();
    CHECK(eventually([&] { return bench.counter.desk->queue().summary()->waiting == 0; }));
}

TEST_CASE("it stops while one batch is stored and the next is under way, and goes on there")
{
    Application application;
    Bench bench;
    for (int i = 0; i < 30; ++i) {
        REQUIRE(bench.counter.desk->receive(bench.counter.draft()));
    }
    EngineOptions options;
    options.batchCount = 5;
    bench.portal.answersLeft = GENERATE(1, 2, 3, 4);
    SyncService service(bench.opener(), bench.counter.folder->identity(), fieldOf(bench.counter.catalogue),
                        bench.clock, options);
    service.start();
    REQUIRE(eventually([&] { return bench.portal.answersLeft < 0; }));

    service.stop();

    CHECK(bench.counter.desk->queue().summary()->waiting > 0);
    bench.portal.answersLeft = 1'000;
    service.start();
    CHECK(eventually([&] { return bench.counter.desk->queue().summary()->waiting == 0; }));
    service.stop();
    CHECK(bench.counter.findings().empty());
}

TEST_CASE("without a portal it waits for one")
{
    Application application;
    SmallCounter counter;
    SystemClock clock;
    SyncService service([&] { return counter.folder->connect(); }, counter.folder->identity(),
                        fieldOf(counter.catalogue), clock);
    bool heard = false;
    SyncNews last;
    last.enrolled = true;
    QObject::connect(&service, &SyncService::changed, &service, [&](const SyncNews& news) {
        heard = true;
        last = news;
    });
    service.start();
    CHECK(eventually([&] { return heard; }));
    CHECK_FALSE(last.enrolled);

    ServedPortal portal;
    PortalBinding binding;
    binding.url = portal.server.url();
    binding.token = "t";
    binding.portalEpoch = portal.words.epoch();
    binding.keys = Json::array({toJson(portal.words.key())});
    REQUIRE(counter.portal->bind(binding));
    service.rebind();
    CHECK(eventually([&] { return last.enrolled && last.portal.online; }));
}

TEST_CASE("a register that cannot be opened is said, and tried again")
{
    Application application;
    Bench bench;
    int tries = 0;
    SyncService service(
        [&]() -> Result<Connection> {
            ++tries;
            return fail(ErrorKind::Storage, "the disk is gone");
        },
        bench.counter.folder->identity(), fieldOf(bench.counter.catalogue), bench.clock);
    QString said;
    QObject::connect(&service, &SyncService::storageFailed, &service,
                     [&](const QString& detail) { said = detail; });

    service.start();

    CHECK(eventually([&] { return !said.isEmpty(); }));
    CHECK(said == QLatin1String("the disk is gone"));
    service.stop();
    CHECK(tries == 1);
}
